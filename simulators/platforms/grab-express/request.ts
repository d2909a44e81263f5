import type { Point } from "../../../src/kernel/point.ts";
import type { Instant } from "../../../src/kernel/quantity.ts";
import { isObject, type JsonObject } from "../shared/json.ts";
import { Reading } from "../shared/reading.ts";
import type { WireResponse } from "../wire.ts";
import { bad, invalid } from "./errors.ts";

export const serviceTypes = ["INSTANT", "SAME_DAY", "BULK"] as const;
export type ServiceType = (typeof serviceTypes)[number];

const vehicleTypes = [
  ...[
    "BIKE",
    "CAR",
    "JUSTEXPRESS",
    "VAN",
    "TRUCK",
    "TRIKE",
    "EBIKE",
    "SUV",
    "BOXPICKUPTRUCK",
    "TRICYCLE",
    "CYCLE",
    "FOOT",
  ],
] as const;
const largest_cm = 50;
const [soonest_ms, latest_ms] = [3_600_000, 3 * 3_600_000];
const farthest_ms = 48 * 3_600_000;

export interface Stop {
  readonly address: string;
  readonly given: Point | null;
  readonly body: JsonObject;
}

/** What a quote asks for. */
export interface QuoteRequest {
  readonly serviceType: ServiceType | null;
  readonly vehicleType: string;
  readonly packages: readonly JsonObject[];
  readonly origin: Stop;
  readonly destination: Stop;
}

/** What a create asks for beside. */
export interface DeliveryRequest extends QuoteRequest {
  readonly serviceType: ServiceType;
  readonly merchantOrderID: string;
  readonly paymentMethod: "CASHLESS" | "CASH";
  readonly payer: "SENDER" | "RECIPIENT";
  readonly sender: JsonObject;
  readonly recipient: JsonObject;
  readonly schedule: { readonly from: Instant; readonly to: Instant } | null;
  readonly cashOnDelivery: JsonObject | null;
}

/** Reads a quote; the refusal when it is wrong. */
export function readQuote(body: JsonObject, heaviest_g: number): QuoteRequest | WireResponse {
  const reading = new Reading(body);
  const request = readParts(reading);
  if (reading.problems.size > 0) return invalid(reading.problems);
  return refusalOf(body, request.packages, heaviest_g) ?? request;
}

export function readDelivery(body: JsonObject, heaviest_g: number, now: Instant): DeliveryRequest | WireResponse {
  const reading = new Reading(body);
  const parts = readParts(reading);
  const merchantOrderID = reading.text("merchantOrderID", { required: true }) ?? "";
  if (!reading.has("serviceType")) reading.wrong("serviceType", "is required");
  const paymentMethod = reading.oneOf("paymentMethod", ["CASHLESS", "CASH"] as const) ?? "CASHLESS";
  const payer = reading.oneOf("payer", ["SENDER", "RECIPIENT"] as const) ?? "SENDER";
  if (payer === "RECIPIENT" && paymentMethod === "CASHLESS") reading.wrong("payer", "cannot be RECIPIENT without cash");
  const [sender, recipient] = [readPerson(reading, "sender"), readPerson(reading, "recipient")];
  const schedule = readSchedule(reading, now);
  if (reading.problems.size > 0) return invalid(reading.problems);
  const cash = body["cashOnDelivery"];
  const serviceType = parts.serviceType ?? "INSTANT";
  const rest = { merchantOrderID, paymentMethod, payer, sender, recipient, schedule };
  const request = { ...parts, ...rest, serviceType, cashOnDelivery: isObject(cash) ? cash : null };
  return refusalOf(body, parts.packages, heaviest_g) ?? request;
}

function readParts(reading: Reading): QuoteRequest {
  reading.object("cashOnDelivery")?.number("amount", { required: true, min: 0 });
  reading.oneOf("codType", ["REGULAR", "ADVANCED"] as const);
  return {
    serviceType: knownOr(reading.body["serviceType"], serviceTypes),
    vehicleType: reading.text("vehicleType") ?? "BIKE",
    packages: reading.list("packages", { required: true }).map(readPackage),
    origin: readStop(reading, "origin"),
    destination: readStop(reading, "destination"),
  };
}

/** The refusals that have messages of their own. */
function refusalOf(body: JsonObject, packages: readonly JsonObject[], heaviest_g: number): WireResponse | null {
  const { serviceType, vehicleType } = body;
  if (serviceType !== undefined && knownOr(serviceType, serviceTypes) === null) return bad("Invalid ServiceType");
  if (vehicleType !== undefined && knownOr(vehicleType, vehicleTypes) === null) return bad("Invalid vehicleType");
  const sizes = packages.map(({ dimensions }) => dimensions as Record<"height" | "width" | "depth" | "weight", number>);
  if (sizes.some(({ weight }) => weight > heaviest_g)) return bad("Package over weight limit");
  const tooLarge = sizes.some(({ height, width, depth }) => Math.max(height, width, depth) > largest_cm);
  return tooLarge ? bad("Package over size limit") : null;
}

function readPackage(item: Reading): JsonObject {
  for (const name of ["name", "description"]) item.text(name, { required: true, max: 500 });
  item.whole("quantity", { required: true, min: 1 });
  item.number("price", { min: 0 });
  const size = item.object("dimensions") ?? (item.has("dimensions") ? null : item.wrong("dimensions", "is required"));
  for (const name of ["height", "width", "depth", "weight"]) size?.whole(name, { required: true, min: 0 });
  return item.body;
}

function readStop(reading: Reading, name: "origin" | "destination"): Stop {
  const stop = reading.object(name) ?? (reading.has(name) ? null : reading.wrong(name, "is required"));
  const at = stop?.object("coordinates");
  const latitude = at?.number("latitude", { required: true, min: -90, max: 90 });
  const longitude = at?.number("longitude", { required: true, min: -180, max: 180 });
  const given: Point | null =
    typeof latitude === "number" && typeof longitude === "number" ? [longitude, latitude] : null;
  return { address: stop?.text("address", { required: true }) ?? "", given, body: stop?.body ?? {} };
}

/** Telephone numbers are E.164 without the plus. */
function readPerson(reading: Reading, name: "sender" | "recipient"): JsonObject {
  const person = reading.object(name) ?? (reading.has(name) ? null : reading.wrong(name, "is required"));
  if (person === null) return {};
  person.text("firstName", { required: true });
  const rules = { pattern: /^[1-9]\d{6,14}$/, otherwise: "must be E.164 without the plus" };
  const [email, phone] = [person.text("email"), person.text("phone", rules)];
  if (email === null && phone === null && !person.has("phone")) person.wrong("phone", "or email is required");
  if (person.flag("smsEnabled") === null && !person.has("smsEnabled")) person.wrong("smsEnabled", "is required");
  person.text("instruction", { max: 1000 });
  return person.body;
}

/** Within two days, a window of one to three hours. */
function readSchedule(reading: Reading, now: Instant): DeliveryRequest["schedule"] {
  const schedule = reading.object("schedule");
  if (schedule === null) return null;
  const [from, to] = [schedule.instant("pickupTimeFrom"), schedule.instant("pickupTimeTo")];
  if (from === null || to === null) return reading.wrong("schedule", "needs both times");
  if (to - from < soonest_ms || to - from > latest_ms)
    return reading.wrong("schedule", "must be a window of 1 to 3 hours");
  if (from < now || to > now + farthest_ms) return reading.wrong("schedule", "must lie within 48 hours");
  return { from, to };
}

const knownOr = <Value extends string>(value: unknown, values: readonly Value[]): Value | null =>
  values.find((one) => one === value) ?? null;
