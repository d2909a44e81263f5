import type { DeliveryReport } from "../../../domain/index.ts";
import type { PlatformQuote, PlatformRefusal } from "../../../journey/dispatch/ports.ts";
import { money, type Money } from "../../../kernel/money.ts";
import { instant, type Instant } from "../../../kernel/quantity.ts";
import { outage, refuse, type Outage, type Result } from "../../../kernel/result.ts";
import type { Answer } from "../shared/http.ts";
import { digest, latLng, objects, text, time, unknownWord, whole, type Json } from "../shared/reading.ts";
import { cancellations, errorReasons, errors, events, statuses, type Standing } from "./words.ts";
import type { DoorDashDelivery } from "./wire.ts";

/** Null when the answer has no price. A quote has no id of its own: ours names it. */
export function toPlatformQuote({ id, all }: DoorDashDelivery, madeAt: Instant, life_ms: number): PlatformQuote | null {
  const price = toPrice(all);
  if (price === null) return null;
  return {
    reference: id,
    price,
    pickupAt: time(all, "pickup_time_estimated"),
    dropoffAt: time(all, "dropoff_time_estimated"),
    expiresAt: instant(madeAt + life_ms),
  };
}

function toPrice(all: Json): Money | null {
  const [fee, currency] = [whole(all, "fee"), text(all, "currency")];
  return fee === null || currency === null || !/^[A-Za-z]{3}$/.test(currency)
    ? null
    : money(fee, currency.toUpperCase());
}

interface Told extends Standing, Pick<DeliveryReport, "reason" | "unknown"> {}

/** What a delivery's own record says. */
export function toReport({ id, status, all }: DoorDashDelivery, now: Instant): DeliveryReport {
  const told =
    status === "cancelled" ? cancelled(all) : plain(statuses[status], unknownWord("delivery_status", status));
  return report(id, all, told, { message: digest(all), at: time(all, "updated_at") ?? now });
}

/** What a webhook says: it has no status, its event's name stands for it. Null when it names no delivery or no event. */
export function toEventReport(json: Json, now: Instant): DeliveryReport | null {
  const [id, name, created] = [text(json, "external_delivery_id"), text(json, "event_name"), text(json, "created_at")];
  if (id === null || name === null) return null;
  const event = name.toLowerCase();
  const told = event === "delivery_cancelled" ? cancelled(json) : plain(events[event], unknownWord("event_name", name));
  const message = created === null ? digest(json) : `${id}:${event}:${created}`;
  return report(id, json, told, { message, at: time(json, "created_at") ?? now });
}

const plain = (known: Standing | undefined, unknown: string): Told =>
  known
    ? { ...known, reason: known.returning || known.returned ? "other" : null, unknown: [] }
    : { state: null, returning: false, returned: false, reason: null, unknown: [unknown] };

/** A cancelled delivery whose goods were fetched has failed at the door, whatever word was chosen. */
function cancelled(all: Json): Told {
  const word = text(all, "cancellation_reason");
  const [state, reason] = (word === null ? undefined : cancellations[word]) ?? (["cancelled", "other"] as const);
  const fetched = text(all, "pickup_time_actual") !== null;
  return {
    state: fetched ? "dropoff_failed" : state,
    returning: false,
    returned: false,
    reason,
    unknown: word !== null && !(word in cancellations) ? [unknownWord("cancellation_reason", word)] : [],
  };
}

function report(
  id: string,
  all: Json,
  told: Told,
  { message, at }: { readonly message: string; readonly at: Instant },
): DeliveryReport {
  return {
    reference: id,
    key: id,
    message,
    at,
    ...told,
    // DoorDash says that a drop was contactless, not that somebody was missed.
    leftSafe: false,
    price: toPrice(all),
    pickupAt: time(all, "pickup_time_actual") ?? time(all, "pickup_time_estimated"),
    dropoffAt: time(all, "dropoff_time_actual") ?? time(all, "dropoff_time_estimated"),
    courier: toCourier(all),
    proof: text(all, "dropoff_verification_image_url") ?? text(all, "dropoff_signature_image_url"),
    tracking: text(all, "tracking_url"),
  };
}

/** Flat fields, there once a courier has taken it. */
function toCourier(all: Json): DeliveryReport["courier"] {
  const [name, phone] = [
    text(all, "dasher_name"),
    text(all, "dasher_dropoff_phone_number") ?? text(all, "dasher_pickup_phone_number"),
  ];
  const point = latLng(all, "dasher_location");
  return name === null && phone === null && point === null ? null : { name, phone, point };
}

export interface ReadError {
  readonly answer: Result<never, PlatformRefusal> | Outage;
  readonly unknown: readonly string[];
}

/** An error of DoorDash's. A code or reason that we do not know keeps its words; the code, else the status, decides. */
export function toNo({ status, json }: Answer): ReadError {
  const [code, reason] = [text(json, "code"), text(json, "reason")];
  const byReason = reason === null || code === "update_not_allowed" ? undefined : errorReasons[reason];
  const byCode = code === null ? undefined : errors[code];
  const kind = byReason ?? byCode ?? byStatus(status);
  const fields = objects(json, "field_errors")
    .flatMap((one) => text(one, "field") ?? [])
    .slice(0, 6);
  const said = [
    code ?? String(status),
    ...(reason ? [reason] : []),
    ...(fields.length > 0 ? [`(${fields.join(", ")})`] : []),
  ].join(" ");
  const unknown = [
    ...(byCode ? [] : [unknownWord("code", code ?? String(status))]),
    ...(reason !== null && code !== "update_not_allowed" && !byReason ? [unknownWord("reason", reason)] : []),
  ];
  if (kind === "outage") return { answer: outage(said, true), unknown };
  const standing = kind === "ALREADY_BOOKED" ? text(json, "external_delivery_id") : null;
  return { answer: refuse({ code: kind, words: said, reference: standing }), unknown };
}

function byStatus(status: number): PlatformRefusal["code"] | "outage" {
  if (status >= 500 || status === 408) return "outage";
  if (status === 401 || status === 403) return "NOT_ALLOWED";
  if (status === 404) return "UNKNOWN_DELIVERY";
  return status === 409 ? "ALREADY_BOOKED" : "BAD_REQUEST";
}
