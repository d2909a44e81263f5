import { createHmac } from "node:crypto";
import type { DeliveryReport } from "../../../domain/index.ts";
import type { RawWebhook, WebhookRefusal } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { parseJson, text, time } from "../shared/reading.ts";
import { sameSecret } from "../shared/same-secret.ts";
import { toEventReport } from "./from-wire.ts";
import type { WoltSettings } from "./settings.ts";

/** Clocks may differ by so much. */
const ahead_ms = 5 * 60_000;

/** `{token}`: a JWT under HS256 whose claims are the event; the key is our secret as plain bytes (reference §7). */
export function receive(
  { body }: RawWebhook,
  secret: string,
  now: Instant,
  settings: WoltSettings,
): Result<DeliveryReport, WebhookRefusal> {
  const envelope = parseJson(body);
  if (!envelope) return refuse({ code: "WEBHOOK_GARBAGE" });
  const [head, claims, signature, ...more] = (text(envelope, "token") ?? "").split(".");
  if (!head || !claims || !signature || more.length > 0) return refuse({ code: "WEBHOOK_UNSIGNED" });
  const algorithm = parseJson(Buffer.from(head, "base64url"))?.["alg"];
  const expected = createHmac("sha256", secret).update(`${head}.${claims}`).digest("base64url");
  // The algorithm is ours to choose, not the message's: `none` and its like are forgeries.
  if (algorithm !== "HS256" || !sameSecret(signature, expected)) return refuse({ code: "WEBHOOK_FORGED" });
  const event = parseJson(Buffer.from(claims, "base64url"));
  const report = event && toEventReport(event, now);
  if (!event || !report) return refuse({ code: "WEBHOOK_GARBAGE" });
  const sent = time(event, "dispatched_at");
  const stale = sent !== null && (now - sent > settings.webhookAge_ms || sent - now > ahead_ms);
  return stale ? refuse({ code: "WEBHOOK_STALE" }) : ok(report);
}
