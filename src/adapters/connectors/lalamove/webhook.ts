import type { DeliveryReport } from "../../../domain/index.ts";
import type { RawWebhook, WebhookRefusal } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { digest, idText, object, parseJson, text, unknownWord, type Json } from "../shared/reading.ts";
import { sameSecret } from "../shared/same-secret.ts";
import { sign } from "./client.ts";
import { isFetched, toCourier, toPrice, toReport } from "./from-wire.ts";
import type { LalamoveSettings } from "./settings.ts";
import { dataOf, looseTime, rawMember, stamp, type LalamoveOrder } from "./wire.ts";
import { events } from "./words.ts";

/** Clocks may differ by so much. */
const ahead_ms = 5 * 60_000;

/** What a webhook tells of one order. */
export interface News {
  readonly report: DeliveryReport;
  /** The goods are, or were, with a courier. */
  readonly fetched: boolean;
  /** The order that this one goes on for: support cancelled it and made it anew. */
  readonly replaces: string | null;
}

export interface Received {
  readonly news: Result<News | null, WebhookRefusal>;
  readonly unknown: readonly string[];
}

const refused = (code: WebhookRefusal["code"]): Received => ({ news: refuse({ code }), unknown: [] });
const nothing: Received = { news: ok(null), unknown: [] };

/** The signature stands in the body and covers its time, our path and `data` (reference §7). `wasFetched`: as told before. */
export function receive(
  { body }: RawWebhook,
  secret: string,
  now: Instant,
  settings: LalamoveSettings,
  wasFetched: (order: string) => boolean,
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
  return understand(json, at, now, settings, wasFetched);
}

function understand(
  json: Json,
  at: Instant,
  now: Instant,
  settings: LalamoveSettings,
  wasFetched: (order: string) => boolean,
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
  const fetched = wasFetched(id) || isFetched(order);
  const message = text(json, "eventId") ?? digest(json);
  const told = { order, at: looseTime(data, "updatedAt") ?? at, message, fetched };
  const report = toReport(told, now, settings);
  const replaces = tells === "replaced" ? (text(data, "prevOrderId") ?? text(all, "prevOrderId")) : null;
  const news = tells === "state" ? report : factsOf(report, data, all);
  return { news: ok({ report: news, fetched, replaces }), unknown: news.unknown };
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
