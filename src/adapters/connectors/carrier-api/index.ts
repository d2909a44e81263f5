import type { DeliveryReport, OrderChange } from "../../../domain/index.ts";
import type {
  ConnectionHealth,
  Errand,
  PlatformConnector,
  PlatformQuote,
  PlatformRefusal,
  RawWebhook,
  WebhookRefusal,
  WireRequest,
} from "../../../journey/dispatch/ports.ts";
import { ok, outage, type Outage, type Result } from "../../../kernel/result.ts";
import { HealthCounter } from "../shared/health.ts";
import { httpDefaults, isOutage, realWait, send } from "../shared/http.ts";
import type { ConnectorParts } from "../shared/parts.ts";
import { objects, type Json } from "../shared/reading.ts";
import { toNo, toPlatformQuote, toReport } from "./from-wire.ts";
import { toChanges, toDelivery, toQuote } from "./to-wire.ts";
import { receive } from "./webhook.ts";
import { readDelivery } from "./wire.ts";

export interface CarrierApiParts extends ConnectorParts {
  /** The carrier's own address, below which /quotes and /deliveries stand; without a slash at its end. */
  readonly baseUrl: string;
  /** The key that the carrier has issued. */
  readonly key: string;
  /** What it signs webhooks with, `whsec_…`. */
  readonly webhookSecret: string;
  readonly fallbackPhone: string;
}

type Told<Value> = Result<Value, PlatformRefusal> | Outage;

/** Any carrier that speaks the carrier API (`/carrier-openapi.json`): a partner's fleet, a platform, another network. */
export function carrierApiConnector(parts: CarrierApiParts): PlatformConnector {
  return new CarrierApi(parts);
}

class CarrierApi implements PlatformConnector {
  readonly name = "Carrier API";
  readonly takes = ["dropoffNotes", "dropoffPhone", "readyAt", "dropoffWindow"] as const;
  readonly #parts: CarrierApiParts;
  readonly #health: HealthCounter;

  constructor(parts: CarrierApiParts) {
    this.#parts = parts;
    this.#health = parts.health ?? new HealthCounter(parts.clock);
  }

  async quote(errand: Errand): Promise<Told<PlatformQuote>> {
    const told = await this.#ask("POST", "/quotes", toQuote(errand));
    return this.#settle(
      "quote",
      then(told, (json) => understood(toPlatformQuote(json))),
    );
  }

  /** The contract makes one delivery of one externalId, so a try whose answer was lost may be made again. */
  async book(errand: Errand, quote: { readonly reference: string }): Promise<Told<DeliveryReport>> {
    const told = this.#toReport(
      await this.#ask("POST", "/deliveries", toDelivery(errand, quote.reference, this.#parts.fallbackPhone)),
    );
    if (isOutage(told) || told.ok || told.refusal.code !== "ALREADY_BOOKED") return this.#settle("book", told);
    // The same key with another body: an earlier try, before the errand was edited. What stands is taken over.
    const standing = await this.#find(errand.key);
    return this.#settle(
      "book",
      isOutage(standing) || !standing.ok || standing.value ? (standing as typeof told) : told,
    );
  }

  async find(key: string): Promise<Told<DeliveryReport | null>> {
    return this.#settle("find", await this.#find(key));
  }

  async get(reference: string): Promise<Told<DeliveryReport>> {
    return this.#settle("get", this.#toReport(await this.#ask("GET", pathOf(reference), null)));
  }

  async cancel(reference: string): Promise<Told<DeliveryReport>> {
    return this.#settle("cancel", this.#toReport(await this.#ask("POST", `${pathOf(reference)}/cancel`, {})));
  }

  async update(reference: string, errand: Errand, changes: readonly OrderChange[]): Promise<Told<DeliveryReport>> {
    const body = toChanges(errand, changes, this.#parts.fallbackPhone);
    return this.#settle("update", this.#toReport(await this.#ask("PATCH", pathOf(reference), body)));
  }

  receive(webhook: RawWebhook): Result<readonly DeliveryReport[], WebhookRefusal> {
    const heard = receive(webhook, this.#parts.webhookSecret, this.#parts.clock.now());
    this.#health.webhook(heard.ok ? null : heard.refusal.code);
    if (heard.ok) for (const { unknown } of heard.value) this.#health.unknown(unknown);
    return heard;
  }

  health(): ConnectionHealth {
    return this.#health.snapshot();
  }

  async #find(key: string): Promise<Told<DeliveryReport | null>> {
    const told = await this.#ask("GET", `/deliveries?externalId=${encodeURIComponent(key)}`, null);
    return then(told, (json) => {
      if (!Array.isArray(json["deliveries"])) return understood<DeliveryReport | null>(null);
      const [found] = objects(json, "deliveries");
      return found ? this.#toReport(ok(found)) : ok(null);
    });
  }

  #toReport(told: Told<Json>): Told<DeliveryReport> {
    return then(told, (json) => {
      const delivery = readDelivery(json);
      if (delivery === null) return understood<DeliveryReport>(null);
      const report = toReport(delivery, this.#parts.clock.now());
      this.#health.unknown(report.unknown);
      return ok(report);
    });
  }

  /** Every call may be asked twice: a quote binds nobody, and a booking has its key. */
  async #ask(method: WireRequest["method"], path: string, body: object | null): Promise<Told<Json>> {
    const { baseUrl, key, wait = realWait } = this.#parts;
    const answer = await send(
      { ...this.#parts, wait, health: this.#health, settings: httpDefaults, spoken: () => false },
      {
        method,
        url: `${baseUrl}${path}`,
        headers: {
          authorization: `Bearer ${key}`,
          accept: "application/json",
          ...(body ? { "content-type": "application/json" } : {}),
        },
        body: body && JSON.stringify(body),
        repeatable: true,
      },
    );
    if (isOutage(answer)) return answer;
    if (answer.status >= 200 && answer.status < 300) return ok(answer.json);
    const no = toNo(answer);
    this.#health.unknown(no.unknown);
    return no.answer;
  }

  #settle<Value>(operation: string, told: Told<Value>): Told<Value> {
    if (isOutage(told)) this.#health.outage(operation, told.reason);
    else if (!told.ok) this.#health.refused(operation, told.refusal.words);
    return told;
  }
}

const pathOf = (reference: string): string => `/deliveries/${encodeURIComponent(reference)}`;

const then = <From, Value>(told: Told<From>, read: (value: From) => Told<Value>): Told<Value> =>
  isOutage(told) || !told.ok ? told : read(told.value);

const understood = <Value>(value: Value | null): Told<Value> =>
  value === null ? outage("an answer that is not what was asked for", true) : ok(value);
