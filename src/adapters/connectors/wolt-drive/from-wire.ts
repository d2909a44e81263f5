import { hasGoods, type DeliveryReport } from "../../../domain/index.ts";
import type { PlatformQuote } from "../../../journey/dispatch/ports.ts";
import { money, type Money } from "../../../kernel/money.ts";
import { after, minutes, type Instant } from "../../../kernel/quantity.ts";
import type { Answer } from "../shared/http.ts";
import { digest, number, object, pointIn, text, time, unknownWord, whole, type Json } from "../shared/reading.ts";
import { readNo, type ReadNo } from "../shared/told.ts";
import { complaints, errorCode, type WoltDelivery } from "./wire.ts";
import { errors, events, ranks } from "./words.ts";

/** Null when the answer is no promise. Its ETAs are minutes. */
export function toPlatformQuote(json: Json, now: Instant): PlatformQuote | null {
  const [reference, price] = [text(json, "id"), toPrice(json)];
  if (reference === null || price === null) return null;
  const ahead = (stop: string): Instant | null => {
    const wait = number(object(json, stop), "eta_minutes");
    return wait === null || wait < 0 ? null : after(now, minutes(wait));
  };
  return {
    reference,
    price,
    pickupAt: ahead("pickup"),
    dropoffAt: ahead("dropoff"),
    expiresAt: time(json, "valid_until"),
  };
}

/** Minor units. */
function toPrice(json: Json): Money | null {
  const price = object(json, "price");
  const [amount, currency] = [whole(price, "amount"), text(price, "currency")];
  return amount === null || currency === null || !/^[A-Z]{3}$/.test(currency) ? null : money(amount, currency);
}

/** What the answer to a creation says; its ETAs are times. */
export function toReport({ reference, all }: WoltDelivery, now: Instant): DeliveryReport {
  return {
    reference,
    key: text(all, "merchant_order_reference_id"),
    message: digest(all),
    at: now,
    state: "assigned",
    returning: false,
    returned: false,
    leftSafe: false,
    reason: null,
    price: toPrice(all),
    pickupAt: time(object(all, "pickup"), "eta"),
    dropoffAt: time(object(all, "dropoff"), "eta"),
    courier: null,
    proof: null,
    tracking: text(object(all, "tracking"), "url"),
    unknown: [],
  };
}

/** What an event says (§7); the drop-off's ETA is a span here, of which the later end is told. Null when it names no delivery. */
export function toEventReport(claims: Json, now: Instant): DeliveryReport | null {
  const [details, type] = [object(claims, "details"), text(claims, "type")];
  const reference = text(details, "wolt_order_reference_id");
  if (reference === null || type === null) return null;
  const [pickup, dropoff, at] = [object(details, "pickup"), object(details, "dropoff"), time(claims, "dispatched_at")];
  const said = text(claims, "dispatched_at");
  const state = events[type];
  const why = state === "cancelled" ? text(details, "purchase_rejected_reason") : null;
  const point = pointIn(object(details, "courier_location"), "lat", "lon");
  return {
    reference,
    key: text(details, "merchant_order_reference_id"),
    message: said === null ? digest(claims) : `${text(details, "id") ?? reference}:${type}:${said}`,
    at: at ?? now,
    state: state ?? null,
    returning: false,
    returned: false,
    leftSafe: false,
    reason: type === "order.customer_no_show" ? "nobody_home" : state === "cancelled" ? "other" : null,
    price: toPrice(details),
    pickupAt: time(pickup, "eta"),
    dropoffAt: time(dropoff, "completed_at") ?? time(object(dropoff, "eta"), "max"),
    courier: point === null ? null : { name: null, phone: null, point },
    proof: null,
    tracking: null,
    unknown: [
      ...(state === undefined ? [unknownWord("type", type)] : []),
      ...(why === null ? [] : [unknownWord("purchase_rejected_reason", why)]),
    ],
  };
}

/** What is known of a delivery once an event has told more. None leads back; what is rejected with its goods fetched has failed. */
export function together(known: DeliveryReport, told: DeliveryReport): DeliveryReport {
  const forward = told.state !== null && (known.state === null || ranks[told.state] >= ranks[known.state]);
  const failed = forward && told.state === "cancelled" && known.state !== null && hasGoods(known.state);
  const state = failed ? "dropoff_failed" : forward ? told.state : known.state;
  return {
    ...told,
    at: told.at > known.at ? told.at : known.at,
    state,
    reason: forward ? told.reason : known.reason,
    price: told.price ?? known.price,
    pickupAt: told.pickupAt ?? known.pickupAt,
    dropoffAt: told.dropoffAt ?? known.dropoffAt,
    courier: told.courier ?? known.courier,
    tracking: told.tracking ?? known.tracking,
    unknown: [],
  };
}

export const toNo = (answer: Answer): ReadNo => readNo(answer, errorCode(answer.json), errors, complaints(answer.json));
