import { greatCircle, type Point } from "../../../src/kernel/point.ts";
import { minor } from "../../../src/kernel/quantity.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import type { WireResponse } from "../wire.ts";
import type { Reading } from "../shared/reading.ts";
import type { UberDelivery } from "./delivery.ts";
import { invalid, no } from "./errors.ts";
import type { Settings } from "./options.ts";

/** How far the dropoff may be moved, metres. */
const longestMove_m = 500;

/** Applies an update, or nothing of it. */
export function update(
  delivery: UberDelivery,
  reading: Reading,
  settings: Settings,
): Result<UberDelivery, WireResponse> {
  const tip = reading.whole("tip_by_customer", { min: 0 });
  if (reading.problems.size > 0) return invalid(reading.problems);
  const tipped = tip === null ? ok(null) : checkTip(delivery, tip, settings);
  if (!tipped.ok) return tipped;
  const point = readPoint(reading, delivery);
  const changes = {
    pickupNotes: reading.text("pickup_notes", { max: 280 }),
    dropoffNotes: reading.text("dropoff_notes", { max: 280 }),
    sellerNotes: reading.text("dropoff_seller_notes", { max: 280 }),
    manifestReference: reading.text("manifest_reference"),
  };
  const barcodes = { pickup: readBarcodes(reading, "pickup"), dropoff: readBarcodes(reading, "dropoff") };
  refuseTooLate(reading, delivery);
  if (reading.problems.size > 0) return invalid(reading.problems);

  for (const [name, value] of Object.entries(changes)) if (value !== null) Object.assign(delivery, { [name]: value });
  if (point) delivery.dropoffPoint = point;
  delivery.barcodes = {
    pickup: barcodes.pickup ?? delivery.barcodes.pickup,
    dropoff: barcodes.dropoff ?? delivery.barcodes.dropoff,
  };
  if (tip !== null) Object.assign(delivery, { tip: minor(tip), tippedLater: true });
  if (tip !== null && delivery.status === "delivered") addTip(delivery, tip);
  delivery.touch();
  return ok(delivery);
}

function checkTip(delivery: UberDelivery, tip: number, settings: Settings): Result<null, WireResponse> {
  if (delivery.status === "canceled" || delivery.status === "returned") return no("invalid_tipping_state");
  if (tip === 0) return no("no_tip");
  if (delivery.tippedLater || delivery.tip > 0) return no("tip_already_recorded");
  return tip > settings.largestTip ? no("max_tip_exceeded") : ok(null);
}

const addTip = (delivery: UberDelivery, tip: number): void =>
  void delivery.charges.push({ what: "tip", amount: minor(tip), at: delivery.updated });

function readPoint(reading: Reading, delivery: UberDelivery): Point | null {
  const latitude = reading.number("dropoff_latitude", { min: -90, max: 90 });
  const longitude = reading.number("dropoff_longitude", { min: -180, max: 180 });
  if ((latitude === null) !== (longitude === null))
    return reading.wrong("dropoff_latitude", "latitude and longitude must be given together");
  if (latitude === null || longitude === null) return null;
  const point: Point = [longitude, latitude];
  if (greatCircle(delivery.birth.dropoff.point, point) > longestMove_m)
    return reading.wrong("dropoff_latitude", "delivery location changed: distance too far");
  return point;
}

const readBarcodes = (reading: Reading, end: string): unknown => {
  const verification = reading.object(`${end}_verification`);
  verification?.list("barcodes");
  return verification?.body["barcodes"] ?? null;
};

/** Pickup details are closed once the parcels are gone, dropoff details once it is over. */
function refuseTooLate(reading: Reading, delivery: UberDelivery): void {
  const gone = !["pending", "pickup"].includes(delivery.status);
  const closed = [
    ...(gone ? ["pickup_notes", "pickup_verification"] : []),
    ...(gone && delivery.status !== "pickup_complete" ? ["dropoff_latitude", "dropoff_longitude"] : []),
    ...(delivery.complete
      ? ["dropoff_notes", "dropoff_seller_notes", "dropoff_verification", "manifest_reference"]
      : []),
  ];
  for (const name of closed) if (reading.has(name)) reading.wrong(name, `${name} cannot be updated in current state`);
}

const reasons = [
  "out_of_items",
  "store_closed",
  "customer_called_to_cancel",
  "store_too_busy",
  "courier_delayed_en_route_to_pickup",
  "too_expensive",
  "delivery_vehicle_too_small",
  "no_courier_assigned",
  "other",
] as const;
const stages = ["pending", "pickup", "pickup_complete", "dropoff"];

/** Cancels on the merchant's word; an empty body is the rule, a reason is taken too. */
export function cancel(
  delivery: UberDelivery,
  reading: Reading,
  settings: Settings,
): Result<UberDelivery, WireResponse> {
  const reason = reading.oneOf("cancelation_reason", reasons);
  reading.text("additional_description", { required: reason === "other" });
  if (reading.problems.size > 0) return invalid(reading.problems);
  const stage = stages.indexOf(delivery.status);
  if (stage < 0 || stage > stages.indexOf(settings.cancelUntil)) return no("noncancelable_delivery");
  delivery.cancel({ primary_reason: "MERCHANT_CANCEL", secondary_reason: "cancelled_by_merchant_api" });
  return ok(delivery);
}
