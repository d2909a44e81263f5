import { createHmac } from "node:crypto";
import type { DeliveryReport } from "../../../domain/index.ts";
import type { RawWebhook, WebhookRefusal } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { idText, object, parseJson, text, time, unknownWord, type Json } from "../shared/reading.ts";
import { sameSecret } from "../shared/same-secret.ts";
import { standingIn, toCourier, toReport } from "./from-wire.ts";
import type { BorzoSettings } from "./settings.ts";
import { readOrder } from "./wire.ts";
import { deliveries } from "./words.ts";

/** Clocks may differ by so much. */
const ahead_ms = 5 * 60_000;

export interface Received {
  readonly report: Result<DeliveryReport | null, WebhookRefusal>;
  readonly unknown: readonly string[];
}

const refused = (code: WebhookRefusal["code"]): Received => ({ report: refuse({ code }), unknown: [] });

/** `X-DV-Signature` is the hex HMAC-SHA256 of the raw body under the callback secret (reference §7). */
export function receive(
  { headers, body }: RawWebhook,
  secret: string,
  currency: string,
  now: Instant,
  settings: BorzoSettings,
  wasFetched: (order: string) => boolean,
): Received {
  const given = headers["x-dv-signature"];
  if (given === undefined || given === "") return refused("WEBHOOK_UNSIGNED");
  if (!sameSecret(given.toLowerCase(), createHmac("sha256", secret).update(body).digest("hex")))
    return refused("WEBHOOK_FORGED");
  const json = parseJson(body);
  const type = json && text(json, "event_type");
  if (!json || type === null) return refused("WEBHOOK_GARBAGE");
  const at = time(json, "event_datetime");
  if (at !== null && (now - at > settings.webhookAge_ms || at - now > ahead_ms)) return refused("WEBHOOK_STALE");
  const [isOrder, isDelivery] = [type.startsWith("order_"), type.startsWith("delivery_")];
  if (!isOrder && !isDelivery) return { report: ok(null), unknown: [unknownWord("event_type", type)] };
  const report = isOrder
    ? ofOrder(object(json, "order"), now, currency, wasFetched)
    : ofDelivery(object(json, "delivery"), now, wasFetched);
  if (!report) return refused("WEBHOOK_GARBAGE");
  const said = text(json, "event_datetime") ?? text(object(json, "delivery"), "status_datetime");
  // There is no event id: type, order, state and time tell a repeat.
  const message = said === null ? report.message : `${type}:${report.message}:${said}`;
  return { report: ok({ ...report, message, at: at ?? report.at }), unknown: report.unknown };
}

function ofOrder(
  json: Json,
  now: Instant,
  currency: string,
  wasFetched: (order: string) => boolean,
): DeliveryReport | null {
  const order = readOrder(json);
  return order && toReport(order, wasFetched(order.id), now, currency);
}

function ofDelivery(json: Json, now: Instant, wasFetched: (order: string) => boolean): DeliveryReport | null {
  const [reference, status] = [idText(json, "order_id"), text(json, "status")];
  if (reference === null || status === null) return null;
  const known = deliveries[status];
  const standing = standingIn(
    known,
    json["is_return_required"] === true,
    wasFetched(reference),
    known ? [] : [unknownWord("delivery.status", status)],
  );
  return {
    reference,
    key: text(json, "client_order_id"),
    message: `${reference}:${idText(json, "delivery_id") ?? ""}:${status}`,
    at: time(json, "status_datetime") ?? now,
    ...standing,
    leftSafe: false,
    price: null,
    pickupAt: null,
    dropoffAt: null,
    courier: toCourier(object(json, "courier")),
    proof: null,
    tracking: null,
  };
}
