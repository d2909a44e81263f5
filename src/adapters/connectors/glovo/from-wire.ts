import type { DeliveryReport } from "../../../domain/index.ts";
import type { PlatformQuote } from "../../../journey/dispatch/ports.ts";
import type { Money } from "../../../kernel/money.ts";
import { instant, type Instant } from "../../../kernel/quantity.ts";
import { majorUnits } from "../shared/amount.ts";
import type { Answer } from "../shared/http.ts";
import { digest, idText, isJson, object, pointIn, text, time, unknownWord, type Json } from "../shared/reading.ts";
import { readNo, type ReadNo } from "../shared/told.ts";
import { duration_ms, type GlovoParcel } from "./wire.ts";
import { statuses } from "./words.ts";

/** Null when the answer is no quote. Its times are durations, of which the longer one is told. */
export function toPlatformQuote(json: Json, currency: string, now: Instant): PlatformQuote | null {
  const [reference, price] = [idText(json, "quoteId"), toPrice(json, currency)];
  if (reference === null || price === null) return null;
  const span = object(json, "estimatedTimeOfDelivery");
  const wait_ms = duration_ms(span, "upperBound") ?? duration_ms(span, "lowerBound");
  return {
    reference,
    price,
    pickupAt: null,
    dropoffAt: wait_ms === null ? null : instant(now + wait_ms),
    expiresAt: time(json, "expiresAt"),
  };
}

/** `quotePrice` is a number, or an amount with its currency: both are read, in major units. */
function toPrice(json: Json, currency: string): Money | null {
  const said = json["quotePrice"];
  if (!isJson(said)) return majorUnits(said, currency);
  return majorUnits(said["value"] ?? said["amount"], text(said, "currencyCode") ?? text(said, "currency") ?? currency);
}

export function toReport(
  { id, state, all }: GlovoParcel,
  fetched: boolean,
  currency: string,
  now: Instant,
): DeliveryReport {
  const known = statuses[state];
  const failed = known?.state === "cancelled" && fetched;
  const ours = failed ? "dropoff_failed" : (known?.state ?? null);
  const at = time(object(all, "status"), "updateTime") ?? time(all, "updateTime");
  return {
    reference: id,
    key: text(object(all, "pickupDetails"), "pickupOrderCode"),
    message: digest(all),
    at: at ?? now,
    state: ours,
    returning: false,
    returned: known?.returned ?? false,
    leftSafe: false,
    reason: ours === "cancelled" || ours === "dropoff_failed" ? "other" : null,
    price: toPrice(all, currency),
    pickupAt: null,
    dropoffAt: ours === "handed_over" ? at : null,
    courier: null,
    proof: null,
    tracking: text(all, "trackingLink"),
    unknown: known ? [] : [unknownWord("state", state)],
  };
}

/** The two answers about a courier, whose names were not all read: the probable ones. */
export function toCourier(position: Json, contact: Json): DeliveryReport["courier"] {
  const place = isJson(position["coordinates"]) ? position["coordinates"] : position;
  const point = pointIn(place, "latitude", "longitude");
  const name = text(contact, "courierName") ?? text(contact, "name");
  const phone = text(contact, "phoneNumber") ?? text(contact, "phone");
  return name === null && phone === null && point === null ? null : { name, phone, point };
}

/** Glovo's errors are sentences: they are read by their status, and counted by it. */
export const toNo = (answer: Answer): ReadNo => readNo(answer, null, {});
