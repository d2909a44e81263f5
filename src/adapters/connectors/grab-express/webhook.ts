import type { RawWebhook, WebhookRefusal } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { number, parseJson } from "../shared/reading.ts";
import { sameSecret } from "../shared/same-secret.ts";
import type { GrabSettings } from "./settings.ts";
import { readDelivery, type GrabDelivery } from "./wire.ts";

/** Clocks may differ by so much. */
const ahead_ms = 5 * 60_000;

/** Grab signs nothing: it sends back the secret that it was given (reference §7). */
export function receive(
  { headers, body }: RawWebhook,
  secret: string,
  now: Instant,
  settings: GrabSettings,
): Result<GrabDelivery, WebhookRefusal> {
  const given = headers[settings.webhookHeader.toLowerCase()];
  if (given === undefined || given === "") return refuse({ code: "WEBHOOK_UNSIGNED" });
  if (!sameSecret(given, secret)) return refuse({ code: "WEBHOOK_FORGED" });
  const json = parseJson(body);
  const delivery = json && readDelivery(json);
  if (!json || !delivery) return refuse({ code: "WEBHOOK_GARBAGE" });
  const stamp = number(json, "timestamp");
  const age_ms = stamp === null ? 0 : now - stamp * 1000;
  const stale = age_ms > settings.webhookAge_ms || age_ms < -ahead_ms;
  return stale ? refuse({ code: "WEBHOOK_STALE" }) : ok(delivery);
}
