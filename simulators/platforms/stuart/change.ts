import { minor, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import type { JsonObject } from "../shared/json.ts";
import type { Market } from "../shared/market.ts";
import { Reading } from "../shared/reading.ts";
import type { WireResponse } from "../wire.ts";
import { invalid, no } from "./errors.ts";
import type { StuartJob } from "./job.ts";
import type { Settings } from "./options.ts";
import { readContact, type JobRequest, type StopRequest } from "./request.ts";

/**
 * What a request says about the job's delivery after an update; once the delivery is over only the reference may change.
 * Refuses what is wrong, a delivery of another job among it.
 */
export function updated(job: StuartJob, body: JsonObject): Result<JobRequest, WireResponse> {
  const whole = new Reading(body);
  const given = whole.object("job");
  const [delivery, ...others] = given?.list("deliveries") ?? [];
  if (delivery === undefined || others.length > 0) whole.wrong("job.deliveries", "exactly one delivery is expected");
  const id = delivery?.whole("id", { required: true });
  if (delivery && id !== null && id !== job.ids.delivery) delivery.wrong("id", "is not a delivery of this job");
  const reference = delivery?.text("client_reference") ?? job.request.clientReference;
  const changes = delivery ? changesOf(delivery, job.request) : {};
  if (whole.problems.size > 0) return invalid(whole.problems);
  return ok({ ...job.request, ...(job.over ? {} : changes), clientReference: reference });
}

function changesOf(delivery: Reading, before: JobRequest): Partial<JobRequest> {
  return {
    packageDescription: delivery.text("package_description") ?? before.packageDescription,
    pickup: stopChange(delivery.object("pickup"), before.pickup),
    dropoff: stopChange(delivery.object("dropoff"), before.dropoff),
  };
}

function stopChange(stop: Reading | null, before: StopRequest): StopRequest {
  if (stop === null) return before;
  const contact = Object.entries(readContact(stop.object("contact"))).filter(([, value]) => value !== null);
  return {
    ...before,
    comment: stop.text("comment") ?? before.comment,
    contact: { ...before.contact, ...Object.fromEntries(contact) },
  };
}

/** What cancelling now costs; null when it is too late for the caller. */
export function cancellationFee(job: StuartJob, market: Market, settings: Settings, now: Instant): Minor | null {
  if (job.over || job.delivery.reached("delivering") !== null) return null;
  if (job.acceptedAt === null) return minor(0);
  const from = settings.freeCancelFrom === "acceptance" ? job.acceptedAt : job.status.created;
  return minor(now <= from + settings.freeCancel_s * 1000 ? 0 : market.price.base);
}

/** The optional body of both cancellations. */
export function readReason(
  body: JsonObject,
): Result<{ readonly key: string; readonly comment: string | null }, WireResponse> {
  const reading = new Reading(body);
  const [key, comment] = [reading.text("public_reason_key"), reading.text("comment")];
  return reading.problems.size > 0 ? no("RECORD_INVALID") : ok({ key: key ?? "client_request", comment });
}
