import { instant, type Instant } from "../../../kernel/quantity.ts";
import { isJson, number, object, objects, text, time, type Json } from "../shared/reading.ts";

/** An order as Lalamove tells it: read field by field, because any may be missing (reference §5). */
export interface LalamoveOrder {
  readonly id: string;
  readonly status: string;
  readonly all: Json;
}

/** The two stops of a quotation, by the ids under which an order names them. */
export interface QuotedStops {
  readonly pickup: string;
  readonly dropoff: string;
}

interface StopBody {
  readonly coordinates: { readonly lat: string; readonly lng: string };
  readonly address: string;
}

/** `data` of `POST /v3/quotations` (§4). */
export interface QuotationBody {
  readonly serviceType: string;
  readonly language: string;
  readonly stops: readonly [StopBody, StopBody];
  readonly scheduleAt?: string;
}

interface Person {
  readonly stopId: string;
  readonly name: string;
  readonly phone: string;
  readonly remarks?: string;
}

/** `data` of `POST /v3/orders` (§4). */
export interface OrderBody {
  readonly quotationId: string;
  readonly sender: Person;
  readonly recipients: readonly [Person];
  readonly isPODEnabled: boolean;
  readonly metadata: Readonly<Record<string, string>>;
}

export function readOrder(data: Json): LalamoveOrder | null {
  const [id, status] = [text(data, "orderId"), text(data, "status")];
  return id !== null && status !== null ? { id, status, all: data } : null;
}

export function readStops(data: Json): QuotedStops | null {
  const [pickup, dropoff] = objects(data, "stops").map((stop) => text(stop, "stopId"));
  return pickup && dropoff ? { pickup, dropoff } : null;
}

/** Times are UTC, and in several places written `14:30.00Z`: with a point before the seconds. */
export const looseTime = (from: Json, field: string): Instant | null => {
  const value = text(from, field)?.replace(/(T\d{2}:\d{2})\.(\d{2})(?=Z|$)/, "$1:$2");
  return value === undefined ? null : time({ value }, "value");
};

/** Seconds or milliseconds, both are seen (§7). */
export const stamp = (from: Json, field: string): Instant | null => {
  const value = number(from, field);
  if (value === null || value < 0 || !Number.isSafeInteger(value)) return null;
  return instant(value < 1e11 ? value * 1000 : value);
};

/** The code, wherever it stands: `errors` as a list or one object, or `message` (§8). */
export function errorCode(json: Json): string | null {
  const one = objects(json, "errors")[0] ?? object(json, "errors");
  const said = [text(one, "id"), text(one, "message"), text(json, "message")];
  return said.find((word) => word?.startsWith("ERR_")) ?? said.find((word) => word !== null && word !== "") ?? null;
}

/**
 * The text of the member `name` of the object that `body` holds, byte for byte: a signature covers it as it was written, and writing it
 * again would change its escapes. Null when there is none.
 */
export function rawMember(body: string, name: string): string | null {
  let depth = 0;
  let start: number | null = null;
  let key: string | null = null;
  for (const { 0: token, index } of body.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    if (depth === 1 && start !== null && (token === "," || token === "}")) return body.slice(start, index).trim();
    if (depth === 1 && token === ":" && key === name) start = index + 1;
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    key = token.startsWith('"') ? token.slice(1, -1) : null;
  }
  return null;
}

export const dataOf = (json: Json): Json => (isJson(json["data"]) ? json["data"] : {});
