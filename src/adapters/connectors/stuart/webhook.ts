import type { DeliveryReport } from "../../../domain/index.ts";
import type { RawWebhook, WebhookRefusal } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { digest, idText, isJson, object, parseJson, text, time, unknownWord, type Json } from "../shared/reading.ts";
import { sameSecret } from "../shared/same-secret.ts";
import { toCourier } from "./from-wire.ts";
import type { StuartSettings } from "./settings.ts";
import { deliveries, jobs, packages } from "./words.ts";

export interface Received {
  readonly reports: Result<readonly DeliveryReport[], WebhookRefusal>;
  readonly unknown: readonly string[];
}

const refused = (code: WebhookRefusal["code"]): Received => ({ reports: refuse({ code }), unknown: [] });

/** Stuart signs nothing that is known of: it sends back the credential that it was given (reference §7). */
export function receive(
  { headers, body }: RawWebhook,
  secret: string,
  now: Instant,
  settings: StuartSettings,
  referenceOf: (key: string) => string | undefined,
): Received {
  const given = headers[settings.webhookHeader.toLowerCase()];
  if (given === undefined || given === "") return refused("WEBHOOK_UNSIGNED");
  if (!sameSecret(given, secret)) return refused("WEBHOOK_FORGED");
  const json = parseJson(body);
  const event = json && text(json, "event");
  if (!json || event === null || !isJson(json["data"])) return refused("WEBHOOK_GARBAGE");
  return understand(event, json, now, referenceOf);
}

/** The two families: `event` is a kind of thing in the second, a package's news in the third. */
function understand(
  event: string,
  json: Json,
  now: Instant,
  referenceOf: (key: string) => string | undefined,
): Received {
  const data = object(json, "data");
  const read = event === "job" ? ofJob : event === "delivery" ? ofDelivery : event === "driver" ? ofDriver : null;
  const heard = read ? read(data) : event in packages ? ofPackage(event, data) : null;
  if (heard === null) return { reports: ok([]), unknown: [unknownWord("event", event)] };
  // By our key first: stacking by hand moves a delivery into another job (§7), and it stays the booking that it was.
  const reference = (heard.key === null ? undefined : referenceOf(heard.key)) ?? heard.job;
  if (reference === null) return { reports: ok([]), unknown: [unknownWord("event", `${event} without a job`)] };
  const { job: _, delivery, ...said } = heard;
  const report: DeliveryReport = {
    ...said,
    reference,
    message: digest(json),
    at: now,
    returning: false,
    returned: false,
    leftSafe: false,
    reason: said.state === "cancelled" ? "other" : null,
    price: null,
    pickupAt: time(delivery, "etaToOrigin"),
    dropoffAt: time(delivery, "etaToDestination"),
    proof: null,
    tracking: text(delivery, "trackingUrl"),
  };
  return { reports: ok([report]), unknown: report.unknown };
}

interface Heard extends Pick<DeliveryReport, "key" | "state" | "courier" | "unknown"> {
  readonly job: string | null;
  /** The part of the message that speaks of the delivery. */
  readonly delivery: Json;
}

/** Webhooks write in camelCase, but for one field in one sample (§11.15). */
const keyIn = (delivery: Json): string | null =>
  text(delivery, "clientReference") ?? text(delivery, "client_reference");

function ofJob(data: Json): Heard {
  const [delivery, status] = [object(data, "currentDelivery"), text(data, "status")];
  const ofDelivery = stateOf(delivery);
  const ofJob = status === null ? undefined : jobs[status];
  const over = ofJob === "cancelled" && ofDelivery.state !== "handed_over";
  return {
    job: idText(data, "id"),
    delivery,
    key: keyIn(delivery),
    state: over ? "cancelled" : (ofDelivery.state ?? ofJob ?? null),
    courier: toCourier(object(delivery, "driver")),
    unknown: [
      ...ofDelivery.unknown,
      ...(status !== null && ofJob === undefined ? [unknownWord("job.status", status)] : []),
    ],
  };
}

function ofDelivery(data: Json): Heard {
  const job = object(data, "job");
  const driver = object(object(job, "currentDelivery"), "driver");
  return { job: idText(job, "id"), delivery: data, key: keyIn(data), courier: toCourier(driver), ...stateOf(data) };
}

/** Where the courier is; the state in it is left to the messages that are about the state. */
function ofDriver(data: Json): Heard {
  const job = object(data, "job");
  const delivery = object(job, "currentDelivery");
  const courier = toCourier(data) ?? toCourier(object(delivery, "driver"));
  return { job: idText(job, "id"), delivery, key: keyIn(delivery), courier, state: null, unknown: [] };
}

function ofPackage(event: string, data: Json): Heard {
  const courier = toCourier(object(data, "courier")) ?? toCourier(object(data, "driver"));
  const job = idText(object(data, "job"), "id") ?? idText(data, "job_id");
  return { job, delivery: data, key: keyIn(data), courier, state: packages[event] ?? null, unknown: [] };
}

function stateOf(delivery: Json): Pick<Heard, "state" | "unknown"> {
  const status = text(delivery, "status");
  const known = status === null ? null : deliveries[status];
  return known === undefined
    ? { state: null, unknown: [unknownWord("delivery.status", status ?? "")] }
    : { state: known, unknown: [] };
}
