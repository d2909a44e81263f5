import type { DeliveryReport } from "../../../domain/index.ts";
import type {
  ConnectionHealth,
  Errand,
  PlatformConnector,
  PlatformQuote,
  RawWebhook,
  WebhookRefusal,
  WireRequest,
} from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, outage, refuse, type Result } from "../../../kernel/result.ts";
import { HealthCounter } from "../shared/health.ts";
import { didNothing, isOutage, realWait, type Answer } from "../shared/http.ts";
import { KnownOrders } from "../shared/known-orders.ts";
import type { ConnectorParts } from "../shared/parts.ts";
import { Remembered } from "../shared/remembered.ts";
import { text } from "../shared/reading.ts";
import { answered, isNo, settle, understood, whenYes, type ReadNo, type Told } from "../shared/told.ts";
import { GrabClient, type GrabCredentials } from "./client.ts";
import { isFetched, toNo, toPlatformQuote, toReport, type Earlier } from "./from-wire.ts";
import { grabDefaults, type GrabSettings } from "./settings.ts";
import { toDelivery, toQuote } from "./to-wire.ts";
import { receive } from "./webhook.ts";
import { readDelivery, type GrabDelivery } from "./wire.ts";

interface GrabParts extends ConnectorParts {
  readonly credentials: GrabCredentials;
  /** `https://partner-api.grab.com/grab-express`, without the version. */
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly settings: Partial<GrabSettings> & Pick<GrabSettings, "fallbackPhone">;
}

/** GrabExpress v1. Source: developer.grab.com as an integrator paraphrased it, as read on 2026-11-21; see README.md. */
export function grabExpressConnector(parts: GrabParts): PlatformConnector {
  return new GrabExpress(parts);
}

class GrabExpress implements PlatformConnector {
  readonly name = "GrabExpress";
  readonly #parts: GrabParts;
  readonly #settings: GrabSettings;
  readonly #health: HealthCounter;
  readonly #client: GrabClient;
  readonly #known: KnownOrders;
  readonly #earlier = new Remembered<Earlier>();

  constructor(parts: GrabParts) {
    this.#parts = parts;
    this.#settings = { ...grabDefaults, ...parts.settings };
    this.#health = parts.health ?? new HealthCounter(parts.clock);
    this.#known = new KnownOrders(parts.clock, this.#settings.unheard_ms);
    const wires = { wait: parts.wait ?? realWait, health: this.#health, settings: this.#settings };
    this.#client = new GrabClient({ ...parts, ...wires });
  }

  async quote(errand: Errand): Promise<Told<PlatformQuote>> {
    const answer = await this.#ask("POST", "/v1/deliveries/quotes", toQuote(errand, this.#settings), true);
    const told = whenYes(answer, ({ json }) => understood(toPlatformQuote(json, errand.key, this.#settings)));
    return settle(this.#health, "quote", told);
  }

  async book(errand: Errand): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "book", await this.#book(errand));
  }

  async find(key: string): Promise<Told<DeliveryReport | null>> {
    return settle(this.#health, "find", await this.#find(key));
  }

  async get(reference: string): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "get", await this.#get(reference));
  }

  async cancel(reference: string): Promise<Told<DeliveryReport>> {
    const answer = await this.#ask("DELETE", pathOf(reference), null, true);
    if (isOutage(answer) || (!answer.ok && !isNo(answer, "NOT_CANCELLABLE")))
      return settle(this.#health, "cancel", answer);
    // Cancelled by an earlier try whose answer was lost: that is a yes.
    const standing = await this.#get(reference);
    const done = isOutage(standing) || !standing.ok || standing.value.state === "cancelled";
    return settle(this.#health, "cancel", answer.ok || done ? standing : answer);
  }

  receive(webhook: RawWebhook): Result<readonly DeliveryReport[], WebhookRefusal> {
    const { webhookAuth } = this.#parts.credentials;
    const delivery = receive(webhook, webhookAuth, this.#now(), this.#settings);
    this.#health.webhook(delivery.ok ? null : delivery.refusal.code);
    if (!delivery.ok) return delivery;
    const report = this.#report(delivery.value);
    // What is over stands no more: an unanswered creation is not answered by its end.
    if (report.state !== "cancelled") this.#known.heard(report.key, report.reference);
    return ok([report]);
  }

  health(): ConnectionHealth {
    return this.#health.snapshot();
  }

  #now(): Instant {
    return this.#parts.clock.now();
  }

  /** Grab takes no idempotency key, and one `merchantOrderID` many times: a delivery is sent once. */
  async #book(errand: Errand): Promise<Told<DeliveryReport>> {
    const { key } = errand;
    if (this.#known.wasTried(key)) {
      const standing = await this.#find(key);
      if (isOutage(standing) || !standing.ok) return standing;
      if (standing.value) return ok(standing.value);
    }
    this.#known.tried(key);
    const answer = await this.#ask("POST", "/v1/deliveries", toDelivery(errand, this.#now(), this.#settings), false);
    if (isOutage(answer) ? didNothing(answer) : !answer.ok) this.#known.notMade(key);
    return whenYes(answer, ({ json }) =>
      whenYes(understood(readDelivery(json)), (delivery) => {
        this.#known.heard(key, delivery.id);
        return ok({ ...this.#report(delivery), key });
      }),
    );
  }

  /** Known from its answer or a webhook; what none told of for a while is cancelled by our key, and then surely does not stand. */
  async #find(key: string): Promise<Told<DeliveryReport | null>> {
    const reference = this.#known.reference(key);
    if (reference !== null) return this.#get(reference);
    const silence = this.#known.silence(key);
    if (isOutage(silence)) return silence;
    const answer = await this.#ask("DELETE", `/v1/merchant/deliveries/${encodeURIComponent(key)}`, null, true);
    if (isNo(answer, "NOT_CANCELLABLE")) return outage("it is under way, and its number is not told yet", true);
    if (!isNo(answer, "UNKNOWN_DELIVERY") && (isOutage(answer) || !answer.ok)) return answer;
    this.#known.notMade(key);
    return ok(null);
  }

  async #get(reference: string): Promise<Told<DeliveryReport>> {
    const answer = await this.#ask("GET", pathOf(reference), null, true);
    return whenYes(answer, ({ json }) =>
      whenYes(understood(readDelivery(json)), (delivery) => ok(this.#report(delivery))),
    );
  }

  #report(delivery: GrabDelivery): DeliveryReport {
    const before = this.#earlier.get(delivery.id) ?? { fetched: false, proof: null };
    const earlier: Earlier = {
      fetched: before.fetched || isFetched(delivery),
      proof: text(delivery.all, "dropoffProofURL") ?? before.proof,
    };
    this.#earlier.set(delivery.id, earlier);
    const report = toReport(delivery, earlier, this.#now(), this.#settings);
    this.#health.unknown(report.unknown);
    return report;
  }

  async #ask(
    method: WireRequest["method"],
    path: string,
    body: object | null,
    repeatable: boolean,
  ): Promise<Told<Answer>> {
    const answer = await this.#client.ask(method, path, body, repeatable);
    return answered(this.#health, answer, method === "DELETE" ? toNoCancel : toNo);
  }
}

/** A 409 has no code; to a cancellation it says that it is too late. */
const toNoCancel = (answer: Answer): ReadNo =>
  answer.status === 409
    ? { answer: refuse({ code: "NOT_CANCELLABLE", words: "409", reference: null }), unknown: [] }
    : toNo(answer);

const pathOf = (reference: string): string => `/v1/deliveries/${encodeURIComponent(reference)}`;
