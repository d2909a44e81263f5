import { Webhook } from "standardwebhooks";
import type { SecretBox } from "../../commons/governance/ports.ts";
import type { Endpoint, HappenedType, Scope, Sealed } from "../../domain/index.ts";
import type { OrderId } from "../../kernel/id.ts";
import { after, toIso, type Instant } from "../../kernel/quantity.ts";
import { outage } from "../../kernel/result.ts";
import type { Network } from "../network.ts";
import { backoff, mostFailures } from "./backoff.ts";
import { mayReadEvent, toCloudEvent } from "./cloud-event.ts";
import type { Poster } from "./poster.ts";

/** What the webhooks run on. */
export interface WebhookParts {
  readonly network: Pick<Network, "reads" | "registry" | "onFeed">;
  readonly secrets: SecretBox;
  readonly poster: Poster;
  /** The CloudEvents' source, e.g. `https://example.org/v1`. */
  readonly source: string;
  /** An order as a delivery, in the words of the carrier API; null when the scope sees none. */
  readonly deliveryOf: (scope: Scope, order: OrderId) => Promise<object | null>;
  /** The clock on the wall, whatever the demo's shows: signatures carry it and receivers compare it with their own. */
  readonly now: () => Instant;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Told of what went wrong on our side; the pump goes on. */
  readonly log: (what: string, error: unknown) => void;
}

export interface RunningWebhooks {
  /** Looks at once for what is to be sent, and resolves when all that is due has been tried. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** How often endpoints are looked at when nothing happens: new ones, replays, and retries that have come due. */
const look_ms = 2000;

/**
 * Sends each endpoint the events after its position, in order, one after the other. Endpoints do not wait for each other: one that is
 * slow or down delays nobody else. An event may come twice (`webhook-id` tells), never not at all: an endpoint that fails too
 * long rests at its position until it is replayed.
 */
export function runWebhooks(parts: WebhookParts): RunningWebhooks {
  const busy = new Map<Endpoint["id"], Promise<void>>();
  const stopping = new AbortController();
  const ending = stopping.signal;
  let looking: Promise<void> = Promise.resolve();

  const look = (): Promise<void> =>
    (looking = looking.then(lookOnce).catch((error: unknown) => parts.log("webhooks", error)));
  const lookOnce = async (): Promise<void> => {
    if (ending.aborted) return;
    const now = parts.now();
    for (const endpoint of await parts.network.registry.endpoints(everyone)) {
      const due = endpoint.active && (endpoint.retryAt === null || endpoint.retryAt <= now);
      if (!due || busy.has(endpoint.id)) continue;
      const serving = serve(parts, endpoint, ending)
        .catch((error: unknown) => parts.log(`webhooks to ${endpoint.id}`, error))
        .finally(() => busy.delete(endpoint.id));
      busy.set(endpoint.id, serving);
    }
  };

  const timer = setInterval(() => void look(), look_ms);
  const unlisten = parts.network.onFeed(() => void look());
  return {
    async settle() {
      await look();
      await Promise.all(busy.values());
    },
    async stop() {
      stopping.abort(); // nobody's silence keeps the program from ending
      clearInterval(timer);
      unlisten();
      await looking;
      await Promise.all(busy.values());
    },
  };
}

const everyone: Scope = { viewer: "network", by: "webhooks", may: [] };
const scopeOf = ({ participant, id }: Endpoint): Scope => ({ viewer: participant, by: `webhooks:${id}`, may: [] });

/** Sends until there is nothing more, a try fails, or the end comes: a try that it cuts short is no failure, and is made again. */
async function serve(parts: WebhookParts, first: Endpoint, ending: AbortSignal): Promise<void> {
  const signer = new Webhook(parts.secrets.open(first.sealedSecret));
  let endpoint: Endpoint | null = first;
  while (endpoint?.active && !ending.aborted) {
    const [next]: Feed = await parts.network.reads.feed(scopeOf(endpoint), endpoint.position, 1);
    if (!next) return;
    const body = await messageOf(parts, endpoint, next);
    const outcome: Outcome | null =
      body === null ? { delivered: true } : await tryOne(parts, endpoint, signer, next, body, ending);
    if (outcome === null) return;
    endpoint = await saved(parts, endpoint, standing(parts, endpoint, next.position, outcome));
    if (!outcome.delivered) return;
  }
}

type Feed = Awaited<ReturnType<Network["reads"]["feed"]>>;
type Outcome =
  | { readonly delivered: true }
  | { readonly delivered: false; readonly gone: boolean; readonly wished_s: number | null };

/** After these a delivery is another than before. */
const changesDelivery: ReadonlySet<HappenedType> = new Set([
  "OrderAccepted",
  "OrderEdited",
  "LegAssigned",
  "LegProgressed",
  "LegCancelled",
  "CarrierCancelled",
  "OrderClosed",
]);

/** What the endpoint is sent of an event; null when it is none of its business. Of a delivery that is how it stands now, not how it stood. */
async function messageOf(
  parts: WebhookParts,
  endpoint: Endpoint,
  { position, event }: Feed[number],
): Promise<string | null> {
  const scope = scopeOf(endpoint);
  if (endpoint.form === "events")
    return mayReadEvent(scope, event, new Set())
      ? JSON.stringify(toCloudEvent(scope, position, event, parts.source))
      : null;
  if (event.owner !== endpoint.participant || !changesDelivery.has(event.event.type)) return null;
  const data = await parts.deliveryOf(scope, event.order);
  return data && JSON.stringify({ type: "delivery.changed", timestamp: toIso(parts.now()), data });
}

/** Where the endpoint stands after a try. "410 Gone" means: never again. */
function standing({ now, random }: WebhookParts, endpoint: Endpoint, position: number, outcome: Outcome): Endpoint {
  if (outcome.delivered) return { ...endpoint, position, failures: 0, retryAt: null };
  const failures = endpoint.failures + 1;
  const retryAt = after(now(), backoff(failures, random, outcome.wished_s));
  return { ...endpoint, failures, active: !outcome.gone && failures < mostFailures, retryAt };
}

/** Stores where the endpoint stands, unless somebody has replayed, stopped or removed it since: then that counts. */
async function saved({ network }: WebhookParts, before: Endpoint, next: Endpoint): Promise<Endpoint | null> {
  const scope = scopeOf(before);
  const stored = (await network.registry.endpoints(scope)).find(({ id }) => id === before.id);
  if (!stored) return null;
  const touched =
    stored.position !== before.position || stored.active !== before.active || stored.failures !== before.failures;
  if (touched) return stored;
  await network.registry.saveEndpoint(scope, next);
  return next;
}

/** One try: signed as Standard Webhooks says (id, time and body). Null when it was given up at the end. */
async function tryOne(
  parts: WebhookParts,
  endpoint: Endpoint,
  signer: Webhook,
  { position, event }: Feed[number],
  body: string,
  ending: AbortSignal,
): Promise<Outcome | null> {
  const now = parts.now();
  const why = parts.poster.refusal(endpoint.url);
  const answer =
    why === null
      ? await parts.poster.post(endpoint.url, signed(signer, endpoint, event, now, body), body, ending)
      : outage(why, false);
  if (ending.aborted && !("status" in answer)) return null;
  const [status, error] = "status" in answer ? [answer.status, null] : [null, answer.reason];
  await parts.network.registry.recordTry(scopeOf(endpoint), {
    endpoint: endpoint.id,
    event: event.id,
    position,
    at: now,
    status,
    error,
  });
  if (status !== null && status >= 200 && status < 300) return { delivered: true };
  return { delivered: false, gone: status === 410, wished_s: "status" in answer ? answer.retryAfter_s : null };
}

/** The headers of a signed message. */
function signed(
  signer: Webhook,
  { form }: Endpoint,
  { id }: Sealed,
  at: Instant,
  body: string,
): Readonly<Record<string, string>> {
  return {
    "content-type": form === "events" ? "application/cloudevents+json" : "application/json",
    "user-agent": "milepool-webhooks",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at / 1000)),
    "webhook-signature": signer.sign(id, new Date(at), body),
  };
}
