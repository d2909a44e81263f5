import type { Point } from "../../../src/kernel/point.ts";
import { fromIso, type Instant } from "../../../src/kernel/quantity.ts";
import { isObject } from "../shared/json.ts";
import type { Reading } from "../shared/reading.ts";

export interface PointRequest {
  readonly address: string;
  readonly phone: string;
  readonly name: string | null;
  readonly given: Point | null;
  readonly clientOrderId: string | null;
  readonly note: string | null;
  readonly start: Instant | null;
}

/** What calculate and create have in common. */
export interface OrderRequest {
  readonly matter: string;
  readonly type: string;
  readonly vehicleType: number;
  readonly weight_kg: number;
  readonly insurance: string;
  readonly paymentMethod: string;
  readonly pickup: PointRequest;
  readonly dropoff: PointRequest;
}

const phone = /^\+?[1-9]\d{6,14}$/;
const money = /^\d{1,9}(\.\d{1,2})?$/;

/** Null when anything is wrong; `reading.problems` tells what. */
export function readOrder(reading: Reading, now: Instant): OrderRequest | null {
  const points = reading.list("points", { required: true });
  if (points.length === 1) reading.wrong("points", "min_length");
  if (points.length > 2) reading.wrong("points", "max_length");
  const [pickup, dropoff] = points.map((point) => readPoint(point, now));
  const request = {
    matter: reading.text("matter", { required: true, max: 5000 }) ?? "",
    type: reading.oneOf("type", ["standard", "endofday", "same_day"] as const) ?? "standard",
    vehicleType: reading.whole("vehicle_type_id", { min: 1 }) ?? 8,
    weight_kg: reading.whole("total_weight_kg", { min: 0 }) ?? 0,
    insurance: reading.text("insurance_amount", { pattern: money }) ?? "0.00",
    paymentMethod: reading.oneOf("payment_method", ["cash", "non_cash", "bank_card"] as const) ?? "cash",
  };
  for (const name of [
    "is_client_notification_enabled",
    "is_contact_person_notification_enabled",
    "is_route_optimizer_enabled",
  ])
    reading.flag(name);
  return pickup && dropoff && reading.problems.size === 0 ? { ...request, pickup, dropoff } : null;
}

function readPoint(point: Reading, now: Instant): PointRequest {
  const person = point.object("contact_person");
  if (!point.has("contact_person")) point.wrong("contact_person", "required");
  return {
    address: point.text("address", { required: true, max: 350 }) ?? "",
    phone: person?.text("phone", { required: true, pattern: phone, otherwise: "invalid_phone" }) ?? "",
    name: person?.text("name") ?? null,
    given: readCoordinates(point),
    clientOrderId: point.text("client_order_id", { max: 32 }),
    note: point.text("note"),
    start: readStart(point, now),
  };
}

/** Text or numbers, both or neither. */
function readCoordinates(point: Reading): Point | null {
  const [latitude, longitude] = [point.body["latitude"], point.body["longitude"]].map((value) =>
    typeof value === "number" || (typeof value === "string" && value.trim() !== "") ? Number(value) : null,
  );
  if (latitude === null || longitude === null || latitude === undefined || longitude === undefined) return null;
  const onGlobe = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return onGlobe ? [longitude, latitude] : point.wrong("latitude", "coordinates_out_of_bounds");
}

function readStart(point: Reading, now: Instant): Instant | null {
  const text = point.text("required_start_datetime");
  if (text === null) return null;
  const at = fromIso(text);
  if (at === null) return point.wrong("required_start_datetime", "invalid_value");
  // A minute of grace: "now" is a little old when it arrives.
  return at < now - 60_000 ? point.wrong("required_start_datetime", "earlier_than_now") : at;
}

export const orderIdOf = (value: unknown): number | null =>
  /^\d{1,15}$/.test(String(value)) && !isObject(value) ? Number(value) : null;
