import { digits } from "../shared/random-text.ts";
import { isObject, type JsonObject } from "../shared/json.ts";
import type { Reading } from "../shared/reading.ts";
import type { Rng } from "../../../src/kernel/rng.ts";

export const idPattern = /^[a-zA-Z0-9\-._~]+$/;
const e164 = /^\+[1-9]\d{6,14}$/;
const personName = /^[^~`@#$%^&*+=?;[\]{}]*$/;

const choices = {
  action_if_undeliverable: ["return_to_pickup", "dispose"],
  order_fulfillment_method: [
    "standard",
    "parcel",
    "large_order",
    "shop_stage",
    "shop_deliver",
    "shop_handoff",
    "catering",
  ],
  order_route_type: ["roundtrip"],
  locale: ["en-US", "fr-CA", "es-US"],
} as const;

const dropoffOptions = {
  signature: ["required", "preferred", "none"],
  id_verification: ["required", "preferred", "none"],
  proof_of_delivery: ["photo_required", "photo_preferred", "pin_code", "none"],
  catering_setup: ["required", "none"],
} as const;

const texts = [
  "pickup_address",
  "pickup_business_name",
  "pickup_instructions",
  "pickup_reference_tag",
  "pickup_external_business_id",
  "pickup_external_store_id",
  "dropoff_address",
  "dropoff_business_name",
  "dropoff_instructions",
  "dropoff_email_address",
  "promotion_id",
  "origin_facility_id",
] as const;

const kept = [
  "pickup_verification_metadata",
  "dropoff_pin_code_verification_metadata",
  "return_pin_code_verification_metadata",
  "pickup_address_components",
  "dropoff_address_components",
  "order_route_items",
  "shopping_options",
  "shipping_label_config",
  "customer_expected_sla",
  "expires_by",
] as const;

/**
 * Reads the fields that quote, create and update share, and gives back what the delivery will echo: known fields only,
 * so that what nobody knows is ignored, as the platform's versioning promises.
 */
export function readFields(reading: Reading): JsonObject {
  const fields: Record<string, unknown> = {};
  const keep = (name: string, value: unknown): void => {
    if (value !== null && value !== undefined) fields[name] = value;
  };
  for (const name of texts) keep(name, reading.text(name));
  for (const name of kept) keep(name, reading.body[name]);
  for (const name of ["pickup_phone_number", "dropoff_phone_number"])
    keep(name, reading.text(name, { pattern: e164, otherwise: "must be a valid E.164 phone number" }));
  for (const name of ["dropoff_contact_given_name", "dropoff_contact_family_name"])
    keep(name, reading.text(name, { pattern: personName, otherwise: "contains a character that is not allowed" }));
  for (const name of ["dropoff_contact_send_notifications", "contactless_dropoff", "dropoff_requires_signature"])
    keep(name, reading.flag(name));
  for (const name of ["order_value", "tip", "dropoff_cash_on_delivery"])
    keep(name, reading.whole(name, { min: 0, max: 2_147_483_647 }));
  for (const [name, values] of Object.entries(choices)) keep(name, reading.oneOf(name, values));
  keep("items", readItems(reading));
  readGroups(reading, keep);
  readTimes(reading, keep);
  return fields;
}

function readItems(reading: Reading): unknown {
  const items = reading.list("items");
  for (const item of items) {
    item.text("name", { required: true, max: 100 });
    item.whole("quantity", { required: true, min: 1, max: 100 });
    item.text("description", { max: 500 });
    item.text("external_id", { max: 100 });
    item.whole("price", { min: 0, max: 9_999_999 });
    for (const size of ["volume", "weight", "length", "width", "height"]) item.number(size, { min: 0, max: 999.9995 });
  }
  return items.length === 0 ? null : items.map((item) => item.body);
}

function readGroups(reading: Reading, keep: (name: string, value: unknown) => void): void {
  const options = reading.object("dropoff_options");
  for (const [name, values] of Object.entries(dropoffOptions)) options?.oneOf(name, values);
  keep("dropoff_options", options?.body);
  const contains = reading.object("order_contains");
  const flags = ["alcohol", "pharmacy_items", "age_restricted_pharmacy_items", "tobacco", "hemp", "otc"];
  const marked = flags.filter((name) => contains?.flag(name));
  if (marked.includes("alcohol") && options?.body["id_verification"] !== "required")
    reading.wrong("dropoff_options", "id_verification must be required when the order contains alcohol");
  keep("order_contains", contains?.body);
  const vehicles: unknown = reading.body["dasher_allowed_vehicles"];
  if (
    reading.has("dasher_allowed_vehicles") &&
    !(Array.isArray(vehicles) && vehicles.every((one) => ["car", "bicycle", "walking"].includes(String(one))))
  )
    reading.wrong("dasher_allowed_vehicles", "must be a list of car, bicycle, walking");
  keep("dasher_allowed_vehicles", vehicles);
  const place = reading.object("dropoff_location");
  place?.number("lat", { required: true, min: -90, max: 90 });
  place?.number("lng", { required: true, min: -180, max: 180 });
  keep("dropoff_location", place?.body);
  readPin(reading);
}

function readPin(reading: Reading): void {
  const pin = reading.object("dropoff_pin_code_verification_metadata");
  const type = pin?.oneOf("pin_code_type", ["random_number", "customer_phone_number", "merchant_provided_number"]);
  if (type === "merchant_provided_number")
    pin?.text("pin_code_value", { required: true, pattern: /^\d{4}$/, otherwise: "must be 4 digits" });
}

function readTimes(reading: Reading, keep: (name: string, value: unknown) => void): void {
  for (const name of ["pickup_time", "dropoff_time", "order_ready_time"]) {
    if (reading.instant(name) !== null) keep(name, reading.body[name]);
  }
  const windows = ["pickup_window", "dropoff_window"].map((name) => {
    const window = reading.object(name);
    const [start, end] = [window?.instant("start_time") ?? null, window?.instant("end_time") ?? null];
    if (start !== null && end !== null && end < start) reading.wrong(name, "end_time must not be before start_time");
    keep(name, window?.body);
    return start !== null && end !== null;
  });
  if (reading.has("pickup_time") && reading.has("dropoff_time") && windows.includes(false))
    reading.wrong("pickup_time", "give pickup_time or dropoff_time, not both");
}

/** Makes up the PIN where the platform is asked to, and takes the phone's last four digits where that is wanted. */
export function withPin(fields: JsonObject, rng: Rng): JsonObject {
  const pin = fields["dropoff_pin_code_verification_metadata"];
  if (!isObject(pin)) return fields;
  const phone = fields["dropoff_phone_number"];
  const value =
    pin["pin_code_type"] === "random_number"
      ? digits(rng, 4)
      : pin["pin_code_type"] === "customer_phone_number"
        ? (typeof phone === "string" ? phone : "").slice(-4)
        : pin["pin_code_value"];
  return { ...fields, dropoff_pin_code_verification_metadata: { ...pin, pin_code_value: value } };
}
