import type { DeliveryReport } from "../../../domain/index.ts";
import type { PlatformQuote } from "../../../journey/dispatch/ports.ts";
import type { Money } from "../../../kernel/money.ts";
import { after, minutes, type Instant } from "../../../kernel/quantity.ts";
import { majorUnits } from "../shared/amount.ts";
import type { Answer } from "../shared/http.ts";
import { digest, number, object, objects, pointIn, text, time, unknownWord, type Json } from "../shared/reading.ts";
import { readNo, type ReadNo } from "../shared/told.ts";
import { destinationOf, type YangoClaim } from "./wire.ts";
import { errors, statuses, type Standing } from "./words.ts";

/** A price without a claim holds nothing: our key names it. Its ETA is minutes, to the pickup. */
export function toPlatformQuote(json: Json, key: string, now: Instant): PlatformQuote | null {
  const price = majorUnits(json["price"], text(object(json, "currency_rules"), "code"));
  const wait = number(json, "eta");
  if (price === null) return null;
  const pickupAt = wait !== null && wait >= 0 ? after(now, minutes(wait)) : null;
  return { reference: key, price, pickupAt, dropoffAt: null, expiresAt: null };
}

/** The final price once there is one, before it the offer's. */
export function priceOf({ all }: YangoClaim): Money | null {
  const pricing = object(all, "pricing");
  const currency = text(pricing, "currency");
  return majorUnits(pricing["final_price"], currency) ?? majorUnits(object(pricing, "offer")["price"], currency);
}

export function toReport(claim: YangoClaim, now: Instant): DeliveryReport {
  const { id, all } = claim;
  const wait = number(all, "eta");
  const standing = standingOf(claim);
  const before = standing.state === "assigned" || standing.state === "en_route_to_pickup";
  return {
    reference: id,
    key: text(destinationOf(all), "external_order_id"),
    message: digest(all),
    at: time(all, "updated_ts") ?? now,
    ...standing,
    leftSafe: false,
    price: priceOf(claim),
    pickupAt: before && wait !== null && wait >= 0 ? after(now, minutes(wait)) : null,
    dropoffAt: null,
    courier: toCourier(object(all, "performer_info")),
    proof: null,
    tracking: null,
  };
}

/** Whether the goods were fetched is told by the source's own visit. */
function standingOf({ status, all }: YangoClaim): Standing & Pick<DeliveryReport, "reason" | "unknown"> {
  const known = statuses[status];
  if (!known) {
    const unknown = [unknownWord("status", status)];
    return { state: null, returning: false, returned: false, reason: null, unknown };
  }
  const source = objects(all, "route_points").find((point) => text(point, "type") === "source") ?? {};
  const fetched = text(source, "visit_status") === "visited";
  const state = known.state === "cancelled" && fetched ? "dropoff_failed" : known.state;
  const over = state === "cancelled" || state === "dropoff_failed";
  return { ...known, state, reason: over ? "other" : null, unknown: [] };
}

/** The names of these fields were not read anywhere: the probable ones. */
function toCourier(performer: Json): DeliveryReport["courier"] {
  const name = text(performer, "courier_name") ?? text(performer, "name");
  const phone = text(performer, "phone");
  return name === null && phone === null ? null : { name, phone, point: null };
}

export const toPoint = (json: Json): NonNullable<DeliveryReport["courier"]>["point"] =>
  pointIn(object(json, "position"), "lat", "lon");

export const toNo = (answer: Answer): ReadNo => readNo(answer, text(answer.json, "code"), errors);

/** A price that could not be made: its reasons stand inside a 200 (§5). */
export function toEstimateNo({ all }: YangoClaim): ReadNo {
  const codes = objects(all, "error_messages").flatMap((one) => text(one, "code") ?? []);
  const code = codes.find((one) => one in errors) ?? codes[0] ?? "estimating_failed";
  return readNo({ status: 400, json: {} }, code, { ...errors, estimating_failed: "BAD_REQUEST" });
}
