import type { Point } from "../../../src/kernel/point.ts";
import type { Instant } from "../../../src/kernel/quantity.ts";
import type { JsonObject } from "../shared/json.ts";
import type { Reading } from "../shared/reading.ts";

export interface RoutePoint {
  readonly id: number;
  readonly type: "source" | "destination" | "return";
  readonly visitOrder: number;
  readonly address: string;
  readonly given: Point | null;
  readonly phone: string;
  readonly externalId: string | null;
  readonly body: JsonObject;
}

export interface ClaimRequest {
  readonly source: RoutePoint;
  readonly destination: RoutePoint;
  /** Where parcels go that nobody took; null: the source. */
  readonly back: RoutePoint | null;
  readonly items: readonly JsonObject[];
  readonly callbackUrl: string | null;
  readonly due: Instant | null;
  readonly autoAccept: boolean;
  readonly optionalReturn: boolean;
  readonly comment: string | null;
}

const types = ["source", "destination", "return"] as const;
const decimal = /^\d{1,12}(\.\d{1,6})?$/;

/** Null when anything is wrong; `reading.problems` tells what. */
export function readClaim(reading: Reading): ClaimRequest | null {
  const points = reading.list("route_points", { required: true }).map(readPoint);
  const one = (type: RoutePoint["type"]): readonly RoutePoint[] => points.filter((point) => point.type === type);
  const [[source, ...sources], [destination, ...others], [back]] = [one("source"), one("destination"), one("return")];
  if (sources.length > 0 || others.length > 0)
    reading.wrong("route_points", "one source and one destination are served here");
  if (source === undefined || destination === undefined)
    reading.wrong("route_points", "source and destination are required");
  const ids = points.map(({ id }) => id);
  if (new Set(ids).size < ids.length) reading.wrong("route_points", "point_id must be unique");
  const items = reading.list("items", { required: true }).map((item) => readItem(item, ids));
  const url = reading.object("callback_properties")?.text("callback_url", { pattern: /^https?:\/\/./ }) ?? null;
  const rest = {
    items,
    callbackUrl: url,
    due: reading.instant("due"),
    autoAccept: reading.flag("auto_accept") ?? false,
    optionalReturn: reading.flag("optional_return") ?? false,
    comment: reading.text("comment", { max: 7000 }),
  };
  if (!source || !destination || reading.problems.size > 0) return null;
  return { source, destination, back: back ?? null, ...rest };
}

function readPoint(point: Reading): RoutePoint {
  const contact = point.object("contact");
  contact?.text("name", { required: true });
  const address =
    point.object("address") ?? (point.has("address") ? null : point.wrong("address", "address is required"));
  const type = point.oneOf("type", types);
  if (type === null && !point.has("type")) point.wrong("type", "type is required");
  return {
    id: point.whole("point_id", { required: true, min: 0 }) ?? 0,
    type: type ?? "source",
    visitOrder: point.whole("visit_order", { required: true, min: 1 }) ?? 1,
    address: address?.text("fullname", { required: true }) ?? "",
    given: readCoordinates(address),
    phone: contact?.text("phone", { required: true }) ?? "",
    externalId: point.text("external_order_id"),
    body: point.body,
  };
}

/** `[longitude, latitude]`. */
function readCoordinates(address: Reading | null): Point | null {
  const given = address?.body["coordinates"];
  if (given === undefined || given === null) return null;
  const [longitude, latitude] = Array.isArray(given) ? (given as unknown[]) : [];
  const isPlace = typeof longitude === "number" && typeof latitude === "number";
  if (isPlace && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90) return [longitude, latitude];
  return address?.wrong("coordinates", "must be [longitude, latitude]") ?? null;
}

function readItem(item: Reading, ids: readonly number[]): JsonObject {
  item.text("title", { required: true });
  item.whole("quantity", { required: true, min: 1 });
  item.text("cost_value", { required: true, pattern: decimal });
  item.text("cost_currency", { required: true, pattern: /^[A-Z]{3}$/ });
  item.number("weight", { min: 0 });
  // Their own samples misspell it.
  const drop = item.has("droppof_point") ? "droppof_point" : "dropoff_point";
  for (const end of ["pickup_point", drop]) {
    const id = item.whole(end, { required: true });
    if (id !== null && !ids.includes(id)) item.wrong(end, "is not a point of the route");
  }
  return item.body;
}
