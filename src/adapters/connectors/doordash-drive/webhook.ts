import type { DeliveryReport } from "../../../domain/index.ts";
import type { RawWebhook, WebhookRefusal } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { parseJson, time } from "../shared/reading.ts";
import { sameSecret } from "../shared/same-secret.ts";
import { toEventReport } from "./from-wire.ts";
import type { DoorDashSettings } from "./settings.ts";

/** Clocks may differ by so much. */
const ahead_ms = 5 * 60_000;

/** DoorDash signs no body: it sends back the credential that the portal was given (reference §7). */
export function receive(
  { headers, body }: RawWebhook,
  credential: string,
  now: Instant,
  settings: DoorDashSettings,
): Result<readonly DeliveryReport[], WebhookRefusal> {
  const given = headers[settings.webhookHeader.toLowerCase()];
  if (given === undefined || given === "") return refuse({ code: "WEBHOOK_UNSIGNED" });
  if (!sameSecret(given, credential)) return refuse({ code: "WEBHOOK_FORGED" });
  const json = parseJson(body);
  const report = json && toEventReport(json, now);
  if (!json || !report) return refuse({ code: "WEBHOOK_GARBAGE" });
  const created = time(json, "created_at");
  const stale = created !== null && (now - created > settings.webhookAge_ms || created - now > ahead_ms);
  return stale ? refuse({ code: "WEBHOOK_STALE" }) : ok([report]);
}
