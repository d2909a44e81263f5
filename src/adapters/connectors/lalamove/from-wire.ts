import type { DeliveryReport } from "../../../domain/index.ts";
import type { PlatformQuote } from "../../../journey/dispatch/ports.ts";
import type { Money } from "../../../kernel/money.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { majorUnits } from "../shared/amount.ts";
import type { Answer } from "../shared/http.ts";
import { digest, latLng, object, objects, text, unknownWord, type Json } from "../shared/reading.ts";
import { readNo, type ReadNo } from "../shared/told.ts";
import type { LalamoveSettings } from "./settings.ts";
import { errorCode, looseTime, type LalamoveOrder } from "./wire.ts";
import { errors, parties, proofs, statuses } from "./words.ts";

/** Null when the answer is no quotation. Lalamove says no time at which a courier would be there. */
export function toPlatformQuote(data: Json): PlatformQuote | null {
  const [reference, price] = [text(data, "quotationId"), toPrice(object(data, "priceBreakdown"), "total")];
  if (reference === null || price === null) return null;
  return {
    reference,
    price,
    pickupAt: looseTime(data, "scheduleAt"),
    dropoffAt: null,
    expiresAt: looseTime(data, "expiresAt"),
  };
}

export const toPrice = (from: Json, field: string): Money | null => majorUnits(from[field], text(from, "currency"));

/** What earlier words told of an order: an event tells a part of it alone. */
export interface Earlier {
  /** The goods were picked up. */
  readonly fetched: boolean;
  /** The proof at the last stop; null: none was told. */
  readonly failed: boolean | null;
}

/** What an order, or an event's part of one, tells. */
export interface Told {
  readonly order: LalamoveOrder;
  readonly at: Instant | null;
  readonly message: string | null;
  readonly earlier: Earlier;
}

export function toReport(
  { order, at, message, earlier }: Told,
  now: Instant,
  settings: LalamoveSettings,
): DeliveryReport {
  const { id, all } = order;
  const stops = objects(all, "stops");
  const proof = object(stops.at(-1) ?? {}, "POD");
  return {
    reference: id,
    key: text(object(all, "metadata"), settings.metadataKey),
    message: message ?? digest(all),
    at: at ?? now,
    ...standingOf(order, earlier, now, settings),
    returning: false,
    returned: false,
    leftSafe: false,
    price: toPrice(object(all, "priceBreakdown"), "total"),
    pickupAt: looseTime(object(stops[0] ?? {}, "POP"), "pickedUpAt") ?? looseTime(all, "scheduleAt"),
    dropoffAt: looseTime(proof, "deliveredAt"),
    courier: null,
    proof: text(proof, "image"),
    tracking: text(all, "shareLink"),
  };
}

/** Whether an order says of itself that a courier had the goods. */
export const isFetched = ({ status, all }: LalamoveOrder): boolean =>
  status === "PICKED_UP" ||
  text(all, "previousStatus") === "PICKED_UP" ||
  looseTime(object(objects(all, "stops")[0] ?? {}, "POP"), "pickedUpAt") !== null;

/** `POD.status` of the last stop: whether the drop-off was tried in vain. Null: nothing yet; undefined: a word no table holds. */
export function failedAtDoor({ all }: LalamoveOrder): boolean | null | undefined {
  const status = podStatus(all);
  return status === null ? null : proofs[status];
}

const podStatus = (all: Json): string | null => text(object(objects(all, "stops").at(-1) ?? {}, "POD"), "status");

type Standing = Pick<DeliveryReport, "state" | "reason" | "unknown">;

function standingOf(order: LalamoveOrder, earlier: Earlier, now: Instant, settings: LalamoveSettings): Standing {
  const { status, all } = order;
  const state = statuses[status];
  const failed = failedAtDoor(order);
  const unknown = [
    ...(state === undefined ? [unknownWord("status", status)] : []),
    ...(failed === undefined ? [unknownWord("POD.status", podStatus(all) ?? "")] : []),
  ];
  if (state === "handed_over" && (failed ?? earlier.failed) === true)
    return { state: "dropoff_failed", reason: "other", unknown };
  if (state === "cancelled") return cancelled(all, earlier.fetched || isFetched(order), unknown);
  // A scheduled order is taken long before its courier sets out (§6).
  const scheduleAt = looseTime(all, "scheduleAt");
  const waits = status === "ON_GOING" && scheduleAt !== null && scheduleAt - now > settings.startsAhead_ms;
  return { state: waits ? "assigned" : (state ?? null), reason: null, unknown };
}

function cancelled(all: Json, fetched: boolean, unknown: readonly string[]): Standing {
  const party = text(all, "cancelParty");
  const reason = party === null ? undefined : parties[party];
  return {
    state: fetched ? "dropoff_failed" : "cancelled",
    reason: reason ?? "other",
    unknown: party !== null && reason === undefined ? [...unknown, unknownWord("cancelParty", party)] : unknown,
  };
}

export function toCourier(driver: Json): DeliveryReport["courier"] {
  const [name, phone, point] = [text(driver, "name"), text(driver, "phone"), latLng(driver, "coordinates")];
  return name === null && phone === null && point === null ? null : { name, phone, point };
}

export const toNo = (answer: Answer): ReadNo => {
  const code = errorCode(answer.json);
  // Some refusals are plain sentences: they are read by their status, and counted by it.
  return readNo(answer, code !== null && /^[A-Z_]+$/.test(code) ? code : null, errors);
};
