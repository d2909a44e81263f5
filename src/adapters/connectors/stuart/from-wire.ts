import type { DeliveryReport } from "../../../domain/index.ts";
import type { PlatformQuote } from "../../../journey/dispatch/ports.ts";
import type { Money } from "../../../kernel/money.ts";
import { after, seconds, type Instant } from "../../../kernel/quantity.ts";
import { majorUnits } from "../shared/amount.ts";
import type { Answer } from "../shared/http.ts";
import { digest, number, object, pointIn, text, time, unknownWord, type Json } from "../shared/reading.ts";
import { readNo, type ReadNo } from "../shared/told.ts";
import type { StuartSettings } from "./settings.ts";
import { complaints, keyOf, type StuartJob } from "./wire.ts";
import { deliveries, errors, jobs, reasons } from "./words.ts";

/** Stuart has no quote object: a price holds nothing, so our key names it. Null when the answer has no price. */
export function toPlatformQuote(
  price: Json,
  eta: Json | null,
  key: string,
  now: Instant,
  { withTax }: StuartSettings,
): PlatformQuote | null {
  const amount = withTax ? (price["amount_with_tax"] ?? price["amount"]) : price["amount"];
  const asked = majorUnits(amount, text(price, "currency"));
  if (asked === null) return null;
  const wait = eta && number(eta, "eta");
  return {
    reference: key,
    price: asked,
    pickupAt: wait !== null && wait >= 0 ? after(now, seconds(Math.round(wait))) : null,
    dropoffAt: null,
    expiresAt: null,
  };
}

/** A job in our words, as asking for it tells. */
export function toReport(job: StuartJob, now: Instant, settings: StuartSettings): DeliveryReport {
  const { delivery, all } = job;
  const eta = object(delivery, "eta");
  const standing = standingOf(job);
  const deliveredAt = time(delivery, "delivered_at");
  return {
    reference: job.id,
    key: keyOf(job),
    message: digest(all),
    at: (standing.state === "handed_over" ? deliveredAt : null) ?? now,
    ...standing,
    returning: false,
    returned: false,
    leftSafe: false,
    price: toPrice(object(all, "pricing"), settings),
    pickupAt: time(delivery, "picked_at") ?? time(eta, "pickup"),
    dropoffAt: deliveredAt ?? time(eta, "dropoff"),
    courier: toCourier(object(all, "driver")),
    proof: toProof(delivery),
    tracking: text(delivery, "tracking_url"),
  };
}

/**
 * The delivery tells more than its job, unless the job is over and the delivery has not heard. What is cancelled after the pickup is with
 * the courier: it failed at the door, and support brings it back by a job of its own (§9).
 */
function standingOf({ status, delivery }: StuartJob): Pick<DeliveryReport, "state" | "reason" | "unknown"> {
  const said = text(delivery, "status");
  const [ofDelivery, ofJob] = [said === null ? undefined : deliveries[said], jobs[status]];
  const over = ofJob === "cancelled" && ofDelivery !== "handed_over";
  const state = over ? ofJob : (ofDelivery ?? ofJob ?? null);
  const [reason, strange] = toReason(delivery);
  const unknown = [
    ...(said !== null && ofDelivery === undefined ? [unknownWord("delivery.status", said)] : []),
    ...(ofJob === undefined ? [unknownWord("job.status", status)] : []),
    ...(strange ? [strange] : []),
  ];
  if (state !== "cancelled") return { state, reason: null, unknown };
  return { state: time(delivery, "picked_at") === null ? "cancelled" : "dropoff_failed", reason, unknown };
}

function toReason(delivery: Json): readonly [NonNullable<DeliveryReport["reason"]>, string | null] {
  const word = text(object(delivery, "cancellation"), "reason_key");
  const known = word === null ? undefined : reasons[word];
  return [known ?? "other", word !== null && known === undefined ? unknownWord("reason_key", word) : null];
}

const toPrice = (pricing: Json, { withTax }: StuartSettings): Money | null =>
  majorUnits(pricing[withTax ? "price_tax_included" : "price_tax_excluded"], text(pricing, "currency"));

/** REST gives `display_name`, webhooks a name in one or two parts (§7); coordinates come as numbers or as texts. */
export function toCourier(driver: Json): DeliveryReport["courier"] {
  const parts = [text(driver, "firstname"), text(driver, "lastname")].filter((part) => part !== null);
  const name = text(driver, "display_name") ?? text(driver, "name") ?? (parts.length > 0 ? parts.join(" ") : null);
  const [phone, point] = [text(driver, "phone"), pointIn(driver, "latitude", "longitude")];
  return name === null && phone === null && point === null ? null : { name, phone, point };
}

const toProof = (delivery: Json): string | null =>
  text(object(delivery, "proof"), "signature_url") ??
  text(delivery, "proof_of_delivery_url") ??
  text(delivery, "package_image_url");

/** Stuart's codes come in `error`. */
export const toNo = (answer: Answer): ReadNo =>
  readNo(answer, text(answer.json, "error"), errors, complaints(answer.json));
