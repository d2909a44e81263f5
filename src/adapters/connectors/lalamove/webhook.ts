import type { DeliveryReport } from "../../../domain/index.ts";
import type { RawWebhook, WebhookRefusal } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { digest, idText, object, parseJson, text, unknownWord, type Json } from "../shared/reading.ts";
import { sameSecret } from "../shared/same-secret.ts";
import { sign } from "./client.ts";
import { failedAtDoor, isFetched, toCourier, toPrice, toReport, type Earlier } from "./from-wire.ts";
import type { LalamoveSettings } from "./settings.ts";
import { dataOf, looseTime, rawMember, stamp, type LalamoveOrder } from "./wire.ts";
import { events } from "./words.ts";

/** Clocks may differ by so much. */
const ahead_ms = 5 * 60_000;

/** What a webhook tells of one order. */
export interface News {
  readonly report: DeliveryReport;
  /** The order as Lalamove numbers it, and what is to be remembered of it. */
  readonly order: string;
  readonly now: Earlier;
  /** The order that this one goes on for: support cancelled it and made it anew. */
  readonly replaces: string | null;
}

export interface Received {
  readonly news: Result<News | null, WebhookRefusal>;
  readonly unknown: readonly string[];
}

const refused = (code: WebhookRefusal["code"]): Received => ({ news: refuse({ code }), unknown: [] });
const nothing: Received = { news: ok(null), unknown: [] };

/** The signature stands in the body and covers its time, our path and `data` (reference §7). `earlierOf`: what was told before. */
export function receive(
  { body }: RawWebhook,
  secret: string,
  now: Instant,
  settings: LalamoveSettings,
  earlierOf: (order: string) => Earlier,
): Received {
  // Registering a URL calls it with nothing, and wants a yes.
  if (body.length === 0) return nothing;
  const json = parseJson(body);
  if (!json) return refused("WEBHOOK_GARBAGE");
  const [signature, at] = [text(json, "signature"), stamp(json, "timestamp")];
  if (signature === null || at === null) return refused("WEBHOOK_UNSIGNED");
  const raw = rawMember(new TextDecoder().decode(body), "data");
  // As it was written, or as JSON writes it: the pages say both.
  const signed = [...(raw === null ? [] : [raw]), JSON.stringify(json["data"] ?? {})];
  const stated = idText(json, "timestamp")!;
  const given = signature.toLowerCase();
  if (!signed.some((data) => sameSecret(given, sign(secret, stated, "POST", settings.webhookPath, data))))
    return refused("WEBHOOK_FORGED");
  if (now - at > settings.webhookAge_ms || at - now > ahead_ms) return refused("WEBHOOK_STALE");
  return understand(json, at, now, settings, earlierOf);
}

function understand(
  json: Json,
  at: Instant,
  now: Instant,
  settings: LalamoveSettings,
  earlierOf: (order: string) => Earlier,
): Received {
  const [type, data] = [text(json, "eventType"), dataOf(json)];
  const tells = type === null ? undefined : events[type];
  if (tells === undefined)
    return type === null ? refused("WEBHOOK_GARBAGE") : { ...nothing, unknown: [unknownWord("eventType", type)] };
  if (tells === "nothing") return nothing;
  const all = object(data, "order");
  const [id, status] = [text(all, "orderId"), text(all, "status")];
  if (id === null || (tells === "state" && status === null)) return refused("WEBHOOK_GARBAGE");
  const order: LalamoveOrder = { id, status: status ?? "", all };
  const before = earlierOf(id);
  const after: Earlier = {
    fetched: before.fetched || isFetched(order),
    failed: failedAtDoor(order) ?? before.failed,
  };
  const message = text(json, "eventId") ?? digest(json);
  const report = toReport({ order, at: looseTime(data, "updatedAt") ?? at, message, earlier: after }, now, settings);
  const replaces = tells === "replaced" ? (text(data, "prevOrderId") ?? text(all, "prevOrderId")) : null;
  const told =
    tells === "state"
      ? ended(report, after, settings)
      : { ...factsOf(report, data, all), ...(tells === "proof" ? proofOf(report, order) : {}) };
  return { news: ok({ report: told, order: id, now: after, replaces }), unknown: told.unknown };
}

/** `COMPLETED` comes without the proof, which alone says whether it was handed over: until that is told, nothing is. */
function ended(report: DeliveryReport, { failed }: Earlier, { proofOfDelivery }: LalamoveSettings): DeliveryReport {
  const open = report.state === "handed_over" && proofOfDelivery && failed === null;
  return open ? { ...report, state: null } : report;
}

function proofOf({ unknown }: DeliveryReport, order: LalamoveOrder): Partial<DeliveryReport> {
  const failed = failedAtDoor(order);
  const words = unknown.filter((word) => word.startsWith("POD."));
  if (failed === null || failed === undefined) return { unknown: words };
  return { state: failed ? "dropoff_failed" : "handed_over", reason: failed ? "other" : null, unknown: words };
}

/** What stands beside the state; the state in such a message is left to those that are about it. */
function factsOf(report: DeliveryReport, data: Json, order: Json): DeliveryReport {
  return {
    ...report,
    state: null,
    reason: null,
    unknown: [],
    courier: toCourier(object(data, "driver")),
    price: toPrice(object(order, "price"), "totalPrice") ?? report.price,
  };
}
