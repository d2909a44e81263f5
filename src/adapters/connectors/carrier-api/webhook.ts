import { Webhook } from "standardwebhooks";
import type { DeliveryReport } from "../../../domain/index.ts";
import type { RawWebhook, WebhookRefusal } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { object, parseJson } from "../shared/reading.ts";
import { sameSecret } from "../shared/same-secret.ts";
import { toReport } from "./from-wire.ts";
import { readDelivery } from "./wire.ts";

/** A message older than this, or from so far ahead, is stale; senders try again for three days, but sign each try anew. */
const tolerance_ms = 5 * 60_000;

/**
 * Believed by its signature over id, time and raw body alone. The package's own check reads the wall's clock; ours is a parameter, so the
 * signature is made here and compared.
 *
 * Source: Standard Webhooks 1.0, github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
 */
export function receive(
  { headers, body }: RawWebhook,
  secret: string,
  now: Instant,
): Result<readonly DeliveryReport[], WebhookRefusal> {
  const [id, time, given] = ["id", "timestamp", "signature"].map((part) => headers[`webhook-${part}`] ?? "");
  if (!id || !time || !given) return refuse({ code: "WEBHOOK_UNSIGNED" });
  if (!/^\d{1,12}$/.test(time)) return refuse({ code: "WEBHOOK_FORGED" });
  const at_ms = Number(time) * 1000;
  const expected = new Webhook(secret).sign(id, new Date(at_ms), new TextDecoder().decode(body));
  // Several stand side by side while a secret is being changed.
  if (!given.split(" ").some((one) => sameSecret(one, expected))) return refuse({ code: "WEBHOOK_FORGED" });
  if (Math.abs(now - at_ms) > tolerance_ms) return refuse({ code: "WEBHOOK_STALE" });
  const json = parseJson(body);
  const delivery = json && readDelivery(object(json, "data"));
  return delivery ? ok([{ ...toReport(delivery, now), message: id }]) : refuse({ code: "WEBHOOK_GARBAGE" });
}
