import { createHmac } from "node:crypto";
import type { DeliveryReport } from "../../../domain/index.ts";
import type { RawWebhook, WebhookRefusal } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { digest, latLng, parseJson, text, time, unknownWord, type Json } from "../shared/reading.ts";
import { sameSecret } from "../shared/same-secret.ts";
import { toReport } from "./from-wire.ts";
import type { UberSettings } from "./settings.ts";
import { readEnvelope } from "./wire.ts";

/** Clocks may differ by so much. */
const ahead_ms = 5 * 60_000;
/** Known, and nothing to a delivery's state. */
const besides: readonly string[] = ["event.refund_request", "event.shopping_progress"];

export interface Received {
  readonly reports: Result<readonly DeliveryReport[], WebhookRefusal>;
  readonly unknown: readonly string[];
}

const refused = (code: WebhookRefusal["code"]): Received => ({ reports: refuse({ code }), unknown: [] });

/** The signature is the hex HMAC-SHA256 of the raw body under the webhook's own key (reference §7). */
export function receive({ headers, body }: RawWebhook, key: string, now: Instant, settings: UberSettings): Received {
  const given = settings.signatureHeaders
    .map((name) => headers[name])
    .find((value) => value !== undefined && value !== "");
  if (given === undefined) return refused("WEBHOOK_UNSIGNED");
  if (!sameSecret(given.toLowerCase(), createHmac("sha256", key).update(body).digest("hex")))
    return refused("WEBHOOK_FORGED");
  const json = parseJson(body);
  if (!json) return refused("WEBHOOK_GARBAGE");
  const created = time(json, "created");
  if (created !== null && (now - created > settings.webhookAge_ms || created - now > ahead_ms))
    return refused("WEBHOOK_STALE");
  return understand(json, created ?? now, now);
}

function understand(json: Json, at: Instant, now: Instant): Received {
  const kind = text(json, "kind");
  if (kind === null) return refused("WEBHOOK_GARBAGE");
  if (besides.includes(kind)) return { reports: ok([]), unknown: [] };
  const delivery = readEnvelope(json);
  if (kind === "event.courier_update") return position(json, at);
  if (kind !== "event.delivery_status" && kind !== "event.delivery_return") {
    return { reports: ok([]), unknown: [unknownWord("kind", kind)] };
  }
  if (!delivery) return refused("WEBHOOK_GARBAGE");
  const report = toReport(delivery, now, text(json, "id") ?? digest(json));
  return { reports: ok([{ ...report, at: time(delivery.all, "updated") ?? at }]), unknown: report.unknown };
}

/** Where the courier is; the state in it is left to the messages that are about the state. */
function position(json: Json, at: Instant): Received {
  const id = text(json, "delivery_id");
  const delivery = readEnvelope({ ...json, status: "pending" });
  if (id === null || !delivery) return refused("WEBHOOK_GARBAGE");
  const report = toReport(delivery, at, text(json, "id") ?? digest(json));
  const courier = report.courier ?? { name: null, phone: null, point: null };
  const point = latLng(json, "location") ?? courier.point;
  return {
    reports: ok([
      {
        ...report,
        at,
        state: null,
        returning: false,
        returned: false,
        leftSafe: false,
        reason: null,
        courier: { ...courier, point },
        unknown: [],
      },
    ]),
    unknown: [],
  };
}
