import type { DeliveryReport } from "../../../domain/index.ts";
import type { PlatformQuote } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { majorUnits } from "../shared/amount.ts";
import type { Answer } from "../shared/http.ts";
import { digest, object, objects, pointIn, text, time, unknownWord, type Json } from "../shared/reading.ts";
import { readNo, type ReadNo } from "../shared/told.ts";
import { errorCodes, type BorzoOrder } from "./wire.ts";
import { deliveries, errors, orders, type Standing } from "./words.ts";

/** A calculation has no id and holds nothing: our key names it. Null when the answer has no price. */
export function toPlatformQuote(order: Json, key: string, currency: string): PlatformQuote | null {
  const price = majorUnits(order["payment_amount"], currency);
  if (price === null) return null;
  const [pickup, drop] = objects(order, "points");
  const arrival = (point: Json = {}): Instant | null =>
    time(point, "estimated_arrival_datetime") ?? time(point, "arrival_finish_datetime");
  return { reference: key, price, pickupAt: arrival(pickup), dropoffAt: arrival(drop), expiresAt: null };
}

/** An order in our words. `fetched`: an earlier word told that a courier has the goods. */
export function toReport(order: BorzoOrder, fetched: boolean, now: Instant, currency: string): DeliveryReport {
  const { id, drop, all } = order;
  const [pickup = {}] = objects(all, "points");
  return {
    reference: id,
    key: text(drop, "client_order_id"),
    message: digest(all),
    at: now,
    ...standingOf(order, fetched || isFetched(order)),
    leftSafe: false,
    price: majorUnits(all["payment_amount"], currency),
    pickupAt: time(pickup, "courier_visit_datetime") ?? time(pickup, "estimated_arrival_datetime"),
    dropoffAt: time(drop, "courier_visit_datetime") ?? time(drop, "estimated_arrival_datetime"),
    courier: toCourier(object(all, "courier")),
    proof:
      text(drop, "sign_photo_url") ??
      text(drop, "place_photo_url") ??
      text(object(drop, "checkin"), "recipient_full_name"),
    tracking: text(drop, "tracking_url"),
  };
}

/** Whether an order says of itself that a courier has had the goods. */
export function isFetched({ drop, all }: BorzoOrder): boolean {
  const [pickup = {}] = objects(all, "points");
  const state = deliveries[text(object(drop, "delivery"), "status") ?? ""]?.state;
  const past = state === "picked_up" || state === "at_dropoff" || state === "handed_over" || state === "dropoff_failed";
  return past || time(pickup, "courier_visit_datetime") !== null;
}

type Told = Standing & Pick<DeliveryReport, "reason" | "unknown">;

/** The delivery tells more than its order, unless the order is over and the delivery has not heard. */
function standingOf({ status, drop, all }: BorzoOrder, fetched: boolean): Told {
  const said = text(object(drop, "delivery"), "status");
  const [ofDelivery, ofOrder] = [said === null ? undefined : deliveries[said], orders[status]];
  const unknown = [
    ...(said !== null && !ofDelivery ? [unknownWord("delivery.status", said)] : []),
    ...(ofOrder ? [] : [unknownWord("order.status", status)]),
  ];
  const over = ofOrder?.state === "cancelled" || ofOrder?.state === "handed_over";
  const ended = ofDelivery?.state === "handed_over" || ofDelivery?.state === "dropoff_failed";
  const standing = over && !ended ? ofOrder : ofDelivery?.state ? ofDelivery : ofOrder;
  return standingIn(standing, all["is_return_required"] === true, fetched, unknown);
}

export function standingIn(
  standing: Standing | undefined,
  comesBack: boolean,
  fetched: boolean,
  unknown: readonly string[],
): Told {
  if (!standing) return { state: null, returning: false, returned: false, reason: null, unknown };
  if (standing.state === "cancelled")
    return { ...standing, state: fetched ? "dropoff_failed" : "cancelled", reason: "other", unknown };
  if (standing.state !== "dropoff_failed") return { ...standing, reason: null, unknown };
  return { ...standing, returning: comesBack && !standing.returned, reason: "other", unknown };
}

export function toCourier(courier: Json): DeliveryReport["courier"] {
  const parts = [text(courier, "name"), text(courier, "middlename"), text(courier, "surname")];
  const name = parts.filter((part) => part !== null).join(" ") || null;
  const [phone, point] = [text(courier, "phone"), pointIn(courier, "latitude", "longitude")];
  return name === null && phone === null && point === null ? null : { name, phone, point };
}

/** The first code that the table holds and that says more than a bad request; else the first. */
export function toNo(answer: Answer): ReadNo {
  const codes = errorCodes(answer.json);
  const telling = codes.find((code) => (errors[code] ?? "BAD_REQUEST") !== "BAD_REQUEST");
  return readNo(answer, telling ?? codes.find((code) => !(code in errors)) ?? codes[0] ?? null, errors);
}
