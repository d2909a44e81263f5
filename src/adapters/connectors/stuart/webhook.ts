import type { DeliveryReport } from "../../../domain/index.ts";
import type { RawWebhook, WebhookRefusal } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { digest, idText, isJson, object, parseJson, text, time, unknownWord, type Json } from "../shared/reading.ts";
import { sameSecret } from "../shared/same-secret.ts";
import { toCourier } from "./from-wire.ts";
import type { StuartSettings } from "./settings.ts";
import { deliveries, jobs, packages } from "./words.ts";

/** What is remembered of deliveries by our key. */
export interface Memory {
  /** The job it was booked as. */
  referenceOf(key: string): string | undefined;
  /** Whether a courier has had the goods, as an earlier word told. */
  wasFetched(key: string): boolean;
}

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
  memory: Memory,
): Received {
  const given = headers[settings.webhookHeader.toLowerCase()];
  if (given === undefined || given === "") return refused("WEBHOOK_UNSIGNED");
  if (!sameSecret(given, secret)) return refused("WEBHOOK_FORGED");
  const json = parseJson(body);
  const event = json && text(json, "event");
  if (!json || event === null || !isJson(json["data"])) return refused("WEBHOOK_GARBAGE");
  return understand(event, json, now, settings, memory);
}

/** The two families: `event` is a kind of thing in the second, a package's news in the third. */
function understand(
  event: string,
  json: Json,
  now: Instant,
  { returnSuffix }: StuartSettings,
  memory: Memory,
): Received {
  const data = object(json, "data");
  const read = event === "job" ? ofJob : event === "delivery" ? ofDelivery : event === "driver" ? ofDriver : null;
  const heard = read ? read(data) : event in packages ? ofPackage(event, data) : null;
  if (heard === null) return { reports: ok([]), unknown: [unknownWord("event", event)] };
  const isWayBack = heard.key?.endsWith(returnSuffix) === true;
  const key = isWayBack ? heard.key.slice(0, -returnSuffix.length) : heard.key;
  // By our key first: stacking by hand moves a delivery into another job (§7), and it stays the booking that it was.
  const reference = (key === null ? undefined : memory.referenceOf(key)) ?? (isWayBack ? null : heard.job);
  if (reference === null) return { reports: ok([]), unknown: [unknownWord("event", `${event} without a job`)] };
  const standing = isWayBack ? standingOfReturn(heard) : standingOf(heard, key !== null && memory.wasFetched(key));
  const report: DeliveryReport = {
    reference,
    key,
    message: digest(json),
    at: now,
    ...standing,
    leftSafe: false,
    price: null,
    pickupAt: isWayBack ? null : time(heard.delivery, "etaToOrigin"),
    dropoffAt: isWayBack ? null : time(heard.delivery, "etaToDestination"),
    courier: heard.courier,
    proof: null,
    tracking: isWayBack ? null : text(heard.delivery, "trackingUrl"),
    unknown: heard.unknown,
  };
  return { reports: ok([report]), unknown: report.unknown };
}

type Standing = Pick<DeliveryReport, "state" | "reason" | "returning" | "returned">;

function standingOf({ state }: Heard, fetched: boolean): Standing {
  const plain = { returning: false, returned: false };
  if (state !== "cancelled") return { state, reason: null, ...plain };
  return { state: fetched ? "dropoff_failed" : state, reason: "other", ...plain };
}

/** A job of its own brings the goods back (§9): what it says is said of the booking. */
const standingOfReturn = ({ state }: Heard): Standing =>
  state === null
    ? { state, reason: null, returning: false, returned: false }
    : {
        state: "dropoff_failed",
        reason: "other",
        returning: state !== "handed_over",
        returned: state === "handed_over",
      };

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
