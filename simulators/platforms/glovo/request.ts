import type { Point } from "../../../src/kernel/point.ts";
import type { Instant } from "../../../src/kernel/quantity.ts";
import type { JsonObject } from "../shared/json.ts";
import type { Reading } from "../shared/reading.ts";

/** Where it goes; coordinates win over the address. */
export interface Target {
  readonly address: string;
  readonly given: Point | null;
}

export interface QuoteRequest {
  readonly addressBookId: string;
  readonly pickupTime: Instant | null;
  readonly target: Target;
}

/** What a parcel says beside where it goes. */
export interface ParcelDetails {
  readonly contact: JsonObject;
  readonly packageDetails: JsonObject;
  readonly packageId: string | null;
  readonly orderCode: string | null;
}

export interface DirectRequest extends ParcelDetails {
  readonly pickup: string | null;
  readonly pickupTime: Instant | null;
  readonly target: Target;
}

const phone = /^\+[1-9]\d{6,14}$/;

/** Null when anything is wrong; `reading.problems` tells what. */
export function readQuote(reading: Reading): QuoteRequest | null {
  const pickup = required(reading, "pickupDetails");
  const addressBookId = (pickup && required(pickup, "addressBook"))?.text("id", { required: true }) ?? "";
  const pickupTime = pickup?.instant("pickupTime") ?? null;
  const target = readTarget(required(reading, "deliveryAddress"));
  return target && reading.problems.size === 0 ? { addressBookId, pickupTime, target } : null;
}

/** On stage a price must be left out. */
export function readDetails(reading: Reading, isStage: boolean): ParcelDetails | null {
  const contact = required(reading, "contact");
  contact?.text("name", { required: true });
  contact?.text("phone", { required: true, pattern: phone, otherwise: "is not E.164" });
  const details = required(reading, "packageDetails");
  details?.text("contentType", { required: true });
  details?.text("description");
  details?.number("parcelValue", { min: 0 });
  details?.number("weight", { min: 0 });
  if (isStage && reading.has("price")) reading.wrong("price", "must be left out here");
  reading.object("price")?.oneOf("paymentType", ["PAID"] as const);
  const orderCode = reading.object("pickupDetails")?.text("pickupOrderCode") ?? null;
  const packageId = reading.text("packageId");
  if (reading.problems.size > 0) return null;
  return { contact: contact?.body ?? {}, packageDetails: details?.body ?? {}, packageId, orderCode };
}

export function readDirect(reading: Reading, isStage: boolean): DirectRequest | null {
  const target = readTarget(required(reading, "address"));
  const pickup = required(reading, "pickupDetails");
  const from = pickup?.text("address") ?? null;
  pickup?.text("pickupPhone", { pattern: phone, otherwise: "is not E.164" });
  const pickupTime = pickup?.instant("pickupTime") ?? null;
  const details = readDetails(reading, isStage);
  return target && details ? { ...details, pickup: from, pickupTime, target } : null;
}

function readTarget(address: Reading | null): Target | null {
  if (address === null) return null;
  const at = address.object("coordinates");
  const latitude = at?.number("latitude", { required: true, min: -90, max: 90 });
  const longitude = at?.number("longitude", { required: true, min: -180, max: 180 });
  const given: Point | null =
    typeof latitude === "number" && typeof longitude === "number" ? [longitude, latitude] : null;
  const text = address.text("rawAddress", { required: given === null });
  address.text("details");
  return { address: text ?? "", given };
}

const required = (reading: Reading, name: string): Reading | null =>
  reading.object(name) ?? (reading.has(name) ? null : reading.wrong(name, "is required"));
