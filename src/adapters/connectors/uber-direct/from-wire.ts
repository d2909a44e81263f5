import type { DeliveryReport } from "../../../domain/index.ts";
import type { PlatformQuote, PlatformRefusal } from "../../../journey/dispatch/ports.ts";
import { money, type Money } from "../../../kernel/money.ts";
import { after, minutes, type Instant } from "../../../kernel/quantity.ts";
import { outage, refuse, type Outage, type Result } from "../../../kernel/result.ts";
import { digest, latLng, number, object, text, time, unknownWord, whole, type Json } from "../shared/reading.ts";
import type { Answer } from "../shared/http.ts";
import { errors, reasons, states } from "./words.ts";
import { complaints, related, type UberDelivery } from "./wire.ts";

/** Null when the answer is no quote. Durations come in minutes. */
export function toPlatformQuote(json: Json, now: Instant): PlatformQuote | null {
  const [reference, price] = [text(json, "id"), toPrice(json)];
  if (reference === null || price === null) return null;
  const made = time(json, "created") ?? now;
  const ahead = (field: string): Instant | null => {
    const wait = number(json, field);
    return wait === null || wait < 0 ? null : after(made, minutes(wait));
  };
  return {
    reference,
    price,
    pickupAt: ahead("pickup_duration"),
    dropoffAt: time(json, "dropoff_eta") ?? ahead("duration"),
    expiresAt: time(json, "expires"),
  };
}

/** `fee` holds the tip already; quotes name their currency in upper case, deliveries in lower. */
function toPrice(json: Json): Money | null {
  const [fee, currency] = [whole(json, "fee"), text(json, "currency_type") ?? text(json, "currency")];
  return fee === null || currency === null || !/^[A-Za-z]{3}$/.test(currency)
    ? null
    : money(fee, currency.toUpperCase());
}

/** A delivery in our words. `message` is the event's id where a webhook brought it. */
export function toReport(delivery: UberDelivery, now: Instant, message: string | null): DeliveryReport {
  const { id, all } = delivery;
  const standing = id.startsWith("ret_") ? standingOfReturn(delivery) : standingOf(delivery);
  return {
    reference: standing.reference,
    key: text(all, "external_id"),
    message: message ?? digest(all),
    at: time(all, "updated") ?? time(all, "created") ?? now,
    state: standing.state,
    returning: standing.returning,
    returned: standing.returned,
    leftSafe: standing.state === "handed_over" && text(all, "undeliverable_action") === "left_at_door",
    reason: standing.reason,
    price: id.startsWith("ret_") ? null : toPrice(all),
    pickupAt: time(all, "pickup_eta"),
    dropoffAt: time(all, "dropoff_eta"),
    courier: toCourier(all),
    proof: toProof(all),
    tracking: text(all, "tracking_url"),
    unknown: standing.unknown,
  };
}

type Standing = Pick<DeliveryReport, "reference" | "state" | "returning" | "returned" | "reason" | "unknown">;

function standingOf(delivery: UberDelivery): Standing {
  const { id: reference, status, all } = delivery;
  const { reason, afterPickup, unknown } = toReason(all);
  const plain = { reference, returning: false, returned: false };
  if (status === "returned")
    return { ...plain, state: "dropoff_failed", returning: true, reason: reason ?? "other", unknown };
  if (status === "canceled") {
    const state = afterPickup ? "dropoff_failed" : "cancelled";
    return { ...plain, state, reason: reason ?? "other", unknown };
  }
  const state = states[status];
  if (state) return { ...plain, state, reason: null, unknown };
  return { ...plain, state: null, reason: null, unknown: [...unknown, unknownWord("status", status)] };
}

/** The way back is a delivery of its own (`ret_…`): what it says is said of the original, as far as Uber names it. */
function standingOfReturn(delivery: UberDelivery): Standing {
  const { id, status } = delivery;
  const original = related(delivery, "original");
  const known = status === "canceled" || status === "returned" || status in states;
  const unknown = [
    ...(original ? [] : [unknownWord("return_without_original", id)]),
    ...(known ? [] : [unknownWord("status", status)]),
  ];
  const returned = status === "delivered";
  return {
    reference: original ?? id,
    state: known ? "dropoff_failed" : null,
    returning: known && !returned && status !== "canceled",
    returned,
    reason: known ? "other" : null,
    unknown,
  };
}

interface WhyFailed extends Pick<DeliveryReport, "reason" | "unknown"> {
  readonly afterPickup: boolean;
}

/** The first word that says more than "other" wins; the waypoint says better than any word whether the goods were fetched. */
function toReason(all: Json): WhyFailed {
  const said = object(all, "cancelation_reason");
  const words = [
    ["secondary_reason", text(said, "secondary_reason")],
    ["undeliverable_reason", text(all, "undeliverable_reason")],
    ["primary_reason", text(said, "primary_reason")],
  ] as const;
  const given = words.flatMap(([field, word]) =>
    word === null ? [] : [{ field, word, known: reasons[word.toLowerCase()] }],
  );
  const known = given.flatMap((one) => (one.known ? [one.known] : []));
  const pickup = text(object(all, "pickup"), "status");
  return {
    reason: (known.find(([reason]) => reason !== "other") ?? known[0])?.[0] ?? null,
    afterPickup: pickup === null ? known.some(([, fetched]) => fetched === true) : pickup === "completed",
    unknown: given.filter((one) => !one.known).map(({ field, word }) => unknownWord(field, word)),
  };
}

function toCourier(all: Json): DeliveryReport["courier"] {
  const courier = object(all, "courier");
  const [name, phone, point] = [text(courier, "name"), text(courier, "phone_number"), latLng(courier, "location")];
  return name === null && phone === null && point === null ? null : { name, phone, point };
}

function toProof(all: Json): string | null {
  const proofs = object(object(all, "dropoff"), "verification");
  return (
    text(object(proofs, "picture"), "image_url") ??
    text(object(proofs, "signature"), "image_url") ??
    text(object(proofs, "signature"), "name") ??
    text(object(proofs, "pin_code"), "entered")
  );
}

export interface ReadError {
  readonly answer: Result<never, PlatformRefusal> | Outage;
  readonly code: string | null;
  readonly unknown: readonly string[];
}

/** An error of Uber's. A code we do not know keeps its words and is read by its status. */
export function toNo({ status, json }: Answer): ReadError {
  const code = text(json, "code");
  const known = code === null ? undefined : errors[code];
  const kind = known ?? byStatus(status);
  const fields = complaints(json);
  const said = `${code ?? status}${fields.length > 0 ? ` (${fields.join(", ")})` : ""}`;
  const unknown = known ? [] : [unknownWord("code", code ?? String(status))];
  if (kind === "outage") return { answer: outage(said, true), code, unknown };
  const standing = kind === "ALREADY_BOOKED" ? text(object(json, "metadata"), "delivery_id") : null;
  return { answer: refuse({ code: kind, words: said, reference: standing }), code, unknown };
}

function byStatus(status: number): PlatformRefusal["code"] | "outage" {
  if (status >= 500 || status === 408) return "outage";
  if (status === 401 || status === 402 || status === 403) return "NOT_ALLOWED";
  return status === 404 ? "UNKNOWN_DELIVERY" : "BAD_REQUEST";
}
