import type { DeliveryReport } from "../../../domain/index.ts";
import type { RawWebhook, WebhookRefusal } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { digest, idText, object, objects, parseJson, text, time, unknownWord, type Json } from "../shared/reading.ts";
import { sameSecret } from "../shared/same-secret.ts";
import { standingIn, toCourier } from "./from-wire.ts";
import type { RoadieSettings } from "./settings.ts";
import { events } from "./words.ts";

/** Clocks may differ by so much. */
const ahead_ms = 5 * 60_000;

/** What is remembered of shipments: by our key, and whether a driver had the goods. */
export interface Memory {
  referenceOf(key: string): string | undefined;
  wasFetched(reference: string): boolean;
}

export interface Received {
  readonly report: Result<DeliveryReport | null, WebhookRefusal>;
  readonly unknown: readonly string[];
}

const refused = (code: WebhookRefusal["code"]): Received => ({ report: refuse({ code }), unknown: [] });

/** Roadie signs nothing: `x-api-key` brings back the token that it was given (reference §7). */
export function receive(
  { headers, body }: RawWebhook,
  token: string,
  now: Instant,
  settings: RoadieSettings,
  memory: Memory,
): Received {
  const given = headers["x-api-key"];
  if (given === undefined || given === "") return refused("WEBHOOK_UNSIGNED");
  if (!sameSecret(given, token)) return refused("WEBHOOK_FORGED");
  const json = parseJson(body);
  const event = json && text(json, "event");
  if (!json || event === null) return refused("WEBHOOK_GARBAGE");
  const data = object(json, "data");
  const at = time(json, "occurred_at") ?? time(data, "occurred_at") ?? time(data, "updated_at");
  if (at !== null && (now - at > settings.webhookAge_ms || at - now > ahead_ms)) return refused("WEBHOOK_STALE");
  return understand(event, json, at, now, settings, memory);
}

function understand(
  event: string,
  json: Json,
  at: Instant | null,
  now: Instant,
  { pingEvent }: RoadieSettings,
  memory: Memory,
): Received {
  const data = object(json, "data");
  const name = event.replace(/^shipment\./, "");
  const unknown = name in events || name === pingEvent ? [] : [unknownWord("event", event)];
  const key = text(data, "reference_id");
  const reference = idText(data, "id") ?? (key === null ? undefined : memory.referenceOf(key)) ?? null;
  if (reference === null)
    return { report: ok(null), unknown: [...unknown, unknownWord("event", `${event} of nothing`)] };
  const report: DeliveryReport = {
    reference,
    key,
    message: at === null ? digest(json) : `${reference}:${name}:${at}`,
    at: at ?? now,
    ...standingIn(events[name], memory.wasFetched(reference), unknown),
    leftSafe: false,
    price: null,
    pickupAt: null,
    dropoffAt: null,
    courier: toCourier(object(data, "driver"), [...objects(data, "events"), data]),
    proof: text(data, "signatory_name"),
    tracking: null,
  };
  return { report: ok(report), unknown };
}
