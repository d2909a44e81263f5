import type { Instant } from "../../../src/kernel/quantity.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import type { JsonObject } from "../shared/json.ts";
import { Reading } from "../shared/reading.ts";
import type { WireResponse } from "../wire.ts";
import { invalid, no } from "./errors.ts";

export interface Contact {
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly company: string | null;
}

/** One end of a job as the caller wrote it. */
export interface StopRequest {
  readonly address: string;
  readonly given: Point | null;
  readonly comment: string | null;
  readonly contact: Contact;
  readonly accessCodes: readonly JsonObject[];
}

/** What create, price, validate and eta have in common, read and valid by itself. */
export interface JobRequest {
  readonly pickup: StopRequest;
  readonly dropoff: StopRequest;
  readonly pickupAt: Instant | null;
  readonly dropoffAt: Instant | null;
  readonly assignmentCode: string | null;
  readonly transportType: string | null;
  readonly packageType: (typeof packageTypes)[number] | null;
  readonly packageDescription: string | null;
  readonly clientReference: string | null;
}

export const packageTypes = ["xsmall", "small", "medium", "large", "xlarge"] as const;
const transports = ["walk", "bike", "motorbike", "motorbike_xl", "cargobike", "cargobike_xl", "car", "van"] as const;
const phonePattern = /^\+[1-9]\d{6,14}$/;

/** Reads `{"job": {…}}`: shape first, then phone numbers. */
export function readJob(body: JsonObject): Result<JobRequest, WireResponse> {
  const whole = new Reading(body);
  const job = whole.object("job") ?? (whole.has("job") ? null : whole.wrong("job", "is missing"));
  if (job === null) return invalid(whole.problems);
  const pickups = job.list("pickups", { required: true });
  const dropoffs = job.list("dropoffs", { required: true });
  const [pickup, dropoff] = [pickups[0] && readStop(pickups[0]), dropoffs[0] && readStop(dropoffs[0])];
  const rest = readRest(job, dropoffs[0] ?? job);
  if (pickup === undefined || dropoff === undefined || job.problems.size > 0) return invalid(job.problems);
  if (pickups.length > 1 || dropoffs.length > 1)
    return no("JOB_DELIVERIES_INVALID", { "job.dropoffs": ["one pickup and one dropoff are served here"] });
  for (const [end, { contact }] of [
    ["pickups", pickup],
    ["dropoffs", dropoff],
  ] as const)
    if (contact.phone !== null && !phonePattern.test(contact.phone))
      return no("PHONE_INVALID", { [`job.${end}.contact.phone`]: ["is invalid"] });
  return ok({ pickup, dropoff, ...rest });
}

function readRest(job: Reading, dropoff: Reading): Omit<JobRequest, "pickup" | "dropoff"> {
  const transportType = job.oneOf("transport_type", transports);
  const packageType = dropoff.oneOf("package_type", packageTypes);
  if (transportType === null && packageType === null && !dropoff.has("package_type"))
    dropoff.wrong("package_type", "can't be blank");
  for (const end of ["start", "end"]) dropoff.instant(`end_customer_time_window_${end}`);
  dropoff.object("partner_data")?.text("integrator", { required: true, pattern: /^[a-z0-9_ -]+$/ });
  return {
    transportType,
    packageType,
    pickupAt: job.instant("pickup_at"),
    dropoffAt: job.instant("dropoff_at"),
    assignmentCode: job.text("assignment_code"),
    packageDescription: dropoff.text("package_description"),
    clientReference: dropoff.text("client_reference"),
  };
}

export function readStop(stop: Reading): StopRequest {
  const latitude = stop.number("latitude", { min: -90, max: 90 });
  const longitude = stop.number("longitude", { min: -180, max: 180 });
  return {
    address: stop.text("address", { required: true }) ?? "",
    given: latitude === null || longitude === null ? null : [longitude, latitude],
    comment: stop.text("comment"),
    contact: readContact(stop.object("contact"), stop.text("contact_phone")),
    accessCodes: stop.list("access_codes").map((code) => code.body),
  };
}

export const readContact = (contact: Reading | null, phone: string | null = null): Contact => ({
  firstname: contact?.text("firstname") ?? null,
  lastname: contact?.text("lastname") ?? null,
  phone: contact?.text("phone") ?? phone,
  email: contact?.text("email") ?? null,
  company: contact?.text("company") ?? null,
});
