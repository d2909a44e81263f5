import type { DeliveryReport, OrderChange } from "../../../domain/index.ts";
import type {
  ConnectionHealth,
  Errand,
  PlatformConnector,
  PlatformQuote,
  RawWebhook,
  WebhookRefusal,
  WireRequest,
} from "../../../journey/dispatch/ports.ts";
import { ok, type Result } from "../../../kernel/result.ts";
import { HealthCounter } from "../shared/health.ts";
import { httpDefaults, isOutage, realWait, send } from "../shared/http.ts";
import type { ConnectorParts } from "../shared/parts.ts";
import { objects, type Json } from "../shared/reading.ts";
import { answered, settle, understood, whenYes, type Told } from "../shared/told.ts";
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
    return settle(
      this.#health,
      "quote",
      whenYes(told, (json) => understood(toPlatformQuote(json))),
    );
  }

  /** The contract makes one delivery of one externalId, so a try whose answer was lost may be made again. */
  async book(errand: Errand, quote: { readonly reference: string }): Promise<Told<DeliveryReport>> {
    const told = this.#toReport(
      await this.#ask("POST", "/deliveries", toDelivery(errand, quote.reference, this.#parts.fallbackPhone)),
    );
    if (isOutage(told) || told.ok || told.refusal.code !== "ALREADY_BOOKED") return settle(this.#health, "book", told);
    // The same key with another body: an earlier try, before the errand was edited. What stands is taken over.
    const standing = await this.#find(errand.key);
    return settle(
      this.#health,
      "book",
      isOutage(standing) || !standing.ok || standing.value ? (standing as typeof told) : told,
    );
  }

  async find(key: string): Promise<Told<DeliveryReport | null>> {
    return settle(this.#health, "find", await this.#find(key));
  }

  async get(reference: string): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "get", this.#toReport(await this.#ask("GET", pathOf(reference), null)));
  }

  async cancel(reference: string): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "cancel", this.#toReport(await this.#ask("POST", `${pathOf(reference)}/cancel`, {})));
  }

  async update(reference: string, errand: Errand, changes: readonly OrderChange[]): Promise<Told<DeliveryReport>> {
    const body = toChanges(errand, changes, this.#parts.fallbackPhone);
    return settle(this.#health, "update", this.#toReport(await this.#ask("PATCH", pathOf(reference), body)));
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
    return whenYes(told, (json) => {
      if (!Array.isArray(json["deliveries"])) return understood<DeliveryReport | null>(null);
      const [found] = objects(json, "deliveries");
      return found ? this.#toReport(ok(found)) : ok(null);
    });
  }

  #toReport(told: Told<Json>): Told<DeliveryReport> {
    return whenYes(told, (json) => {
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
    const told = answered(this.#health, isOutage(answer) ? answer : ok(answer), toNo);
    return whenYes(told, ({ json }) => ok(json));
  }
}

const pathOf = (reference: string): string => `/deliveries/${encodeURIComponent(reference)}`;
