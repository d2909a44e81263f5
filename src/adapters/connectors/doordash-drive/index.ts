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
import type { Money } from "../../../kernel/money.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, outage, refuse, type Result } from "../../../kernel/result.ts";
import { HealthCounter } from "../shared/health.ts";
import { isOutage, realWait } from "../shared/http.ts";
import type { ConnectorParts } from "../shared/parts.ts";
import { Remembered } from "../shared/remembered.ts";
import { answered, settle, understood, whenYes, type Told } from "../shared/told.ts";
import { DoorDashClient, type DoorDashCredentials } from "./client.ts";
import { toNo, toPlatformQuote, toReport } from "./from-wire.ts";
import { doordashDefaults, type DoorDashSettings } from "./settings.ts";
import { toChanges, toDelivery } from "./to-wire.ts";
import { receive } from "./webhook.ts";
import { readDelivery, type DoorDashDelivery } from "./wire.ts";

export interface DoorDashDriveParts extends ConnectorParts {
  readonly credentials: DoorDashCredentials;
  /** `https://openapi.doordash.com`, without a path. */
  readonly baseUrl: string;
  readonly settings: Partial<DoorDashSettings> & Pick<DoorDashSettings, "fallbackPhone">;
}

/** A quote this near to its end is asked anew before it is accepted. */
const quoteMargin_ms = 10_000;

/** DoorDash Drive v2. Source: developer.doordash.com and its published specification, as read on 2026-11-21; see README.md. */
export function doordashDriveConnector(parts: DoorDashDriveParts): PlatformConnector {
  return new DoorDashDrive(parts);
}

class DoorDashDrive implements PlatformConnector {
  readonly name = "DoorDash Drive";
  readonly takes = ["dropoffNotes", "dropoffPhone", "readyAt", "dropoffWindow"] as const;
  readonly #parts: DoorDashDriveParts;
  readonly #settings: DoorDashSettings;
  readonly #health: HealthCounter;
  readonly #client: DoorDashClient;
  readonly #quotedAt = new Remembered<Instant>();

  constructor(parts: DoorDashDriveParts) {
    this.#parts = parts;
    this.#settings = { ...doordashDefaults, ...parts.settings };
    this.#health = parts.health ?? new HealthCounter(parts.clock);
    this.#client = new DoorDashClient({
      ...parts,
      wait: parts.wait ?? realWait,
      health: this.#health,
      settings: this.#settings,
    });
  }

  async quote(errand: Errand): Promise<Told<PlatformQuote>> {
    return settle(this.#health, "quote", await this.#quote(errand));
  }

  async book(
    errand: Errand,
    quote: { readonly reference: string; readonly price: Money },
  ): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "book", await this.#book(errand, quote));
  }

  async find(key: string): Promise<Told<DeliveryReport | null>> {
    const found = await this.#fetch(key);
    if (isOutage(found)) return settle(this.#health, "find", found);
    if (!found.ok) return found.refusal.code === "UNKNOWN_DELIVERY" ? ok(null) : settle(this.#health, "find", found);
    return ok(isBooked(found.value) ? this.#report(found.value) : null);
  }

  async get(reference: string): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "get", this.#reported(await this.#fetch(reference)));
  }

  async cancel(reference: string): Promise<Told<DeliveryReport>> {
    const told = this.#reported(await this.#delivery("PUT", `${pathOf(reference)}/cancel`, null));
    if (isOutage(told) || told.ok || told.refusal.code !== "NOT_CANCELLABLE")
      return settle(this.#health, "cancel", told);
    // Cancelled by an earlier try whose answer was lost: that is a yes.
    const standing = this.#reported(await this.#fetch(reference));
    return settle(
      this.#health,
      "cancel",
      !isOutage(standing) && standing.ok && standing.value.state === "cancelled" ? standing : told,
    );
  }

  async update(reference: string, errand: Errand, changes: readonly OrderChange[]): Promise<Told<DeliveryReport>> {
    const body = toChanges(errand, changes, this.#now(), this.#settings);
    return settle(this.#health, "update", this.#reported(await this.#delivery("PATCH", pathOf(reference), body)));
  }

  receive(webhook: RawWebhook): Result<readonly DeliveryReport[], WebhookRefusal> {
    const heard = receive(webhook, this.#parts.credentials.webhookAuth, this.#now(), this.#settings);
    this.#health.webhook(heard.ok ? null : heard.refusal.code);
    if (heard.ok) for (const { unknown } of heard.value) this.#health.unknown(unknown);
    return heard;
  }

  health(): ConnectionHealth {
    return this.#health.snapshot();
  }

  #now(): Instant {
    return this.#parts.clock.now();
  }

  /** Asked again under the same key, DoorDash may answer with a duplicate: then the quote that stands is read. */
  async #quote(errand: Errand): Promise<Told<PlatformQuote>> {
    const asked = this.#now();
    // Before the asking: the quote may be made and its answer lost.
    if (this.#quotedAt.get(errand.key) === undefined) this.#quotedAt.set(errand.key, asked);
    const told = await this.#delivery("POST", "/drive/v2/quotes", toDelivery(errand, asked, this.#settings));
    if (isOutage(told)) return told;
    if (told.ok) {
      // From the asking, not the answering: the five minutes may count from either.
      this.#quotedAt.set(errand.key, asked);
      return this.#priced(told.value, asked);
    }
    if (told.refusal.code !== "ALREADY_BOOKED") return told;
    const standing = await this.#fetch(errand.key);
    if (isOutage(standing) || !standing.ok) return standing;
    if (isBooked(standing.value)) return refuse({ ...told.refusal, reference: standing.value.id });
    return this.#isStale(errand.key)
      ? staleQuote
      : this.#priced(standing.value, this.#quotedAt.get(errand.key) ?? asked);
  }

  #priced(delivery: DoorDashDelivery, madeAt: Instant): Told<PlatformQuote> {
    return understood(toPlatformQuote(delivery, madeAt, this.#settings.quoteLife_ms));
  }

  async #book(
    errand: Errand,
    quote: { readonly reference: string; readonly price: Money },
  ): Promise<Told<DeliveryReport>> {
    const { key } = errand;
    // A quote under another id cannot be accepted under ours.
    if (quote.reference !== key)
      return this.#standing(
        await this.#delivery("POST", "/drive/v2/deliveries", toDelivery(errand, this.#now(), this.#settings)),
        key,
      );
    if (this.#isStale(key)) {
      const again = await this.#quote(errand);
      if (isOutage(again)) return again;
      if (!again.ok) return again.refusal.code === "ALREADY_BOOKED" ? this.#reported(await this.#fetch(key)) : again;
      if (again.value.price.currency !== quote.price.currency || again.value.price.amount > quote.price.amount)
        return staleQuote;
    }
    return this.#standing(await this.#delivery("POST", `/drive/v2/quotes/${encodeURIComponent(key)}/accept`, {}), key);
  }

  /**
   * A booking refused may be one that stands: an earlier try was heard and its answer lost. The error of a late accept is not documented,
   * so every refusal of a quote that still lies there as a quote is read as a stale one.
   */
  async #standing(answer: Told<DoorDashDelivery>, key: string): Promise<Told<DeliveryReport>> {
    if (isOutage(answer)) return answer;
    if (answer.ok)
      return isBooked(answer.value) ? ok(this.#report(answer.value)) : outage("accepted, and still a quote", true);
    const { code } = answer.refusal;
    if (code === "NOT_ALLOWED" || code === "OUT_OF_COVERAGE" || code === "NO_COURIERS") return answer;
    const found = await this.#fetch(key);
    if (isOutage(found)) return found;
    if (found.ok && isBooked(found.value)) return ok(this.#report(found.value));
    const gone = !found.ok && found.refusal.code === "UNKNOWN_DELIVERY" && code === "UNKNOWN_DELIVERY";
    const late = found.ok && (code === "ALREADY_BOOKED" || this.#isStale(key));
    return gone || late ? staleQuote : answer;
  }

  #isStale(key: string): boolean {
    const quotedAt = this.#quotedAt.get(key);
    return quotedAt !== undefined && this.#now() - quotedAt >= this.#settings.quoteLife_ms - quoteMargin_ms;
  }

  #fetch(reference: string): Promise<Told<DoorDashDelivery>> {
    return this.#delivery("GET", pathOf(reference), null);
  }

  #reported(told: Told<DoorDashDelivery>): Told<DeliveryReport> {
    return isOutage(told) || !told.ok ? told : ok(this.#report(told.value));
  }

  #report(delivery: DoorDashDelivery): DeliveryReport {
    const report = toReport(delivery, this.#now());
    this.#health.unknown(report.unknown);
    return report;
  }

  /** Every call answers with a delivery; errors become refusals and outages here. */
  async #delivery(method: WireRequest["method"], path: string, body: object | null): Promise<Told<DoorDashDelivery>> {
    const answer = await this.#client.ask(method, path, body);
    const told = answered(this.#health, isOutage(answer) ? answer : ok(answer), toNo);
    return whenYes(told, ({ json }) => understood(readDelivery(json)));
  }
}

const staleQuote = refuse<PlatformRefusal>({ code: "QUOTE_STALE", words: "the quote has expired", reference: null });

const isBooked = ({ status }: DoorDashDelivery): boolean => status !== "quote";

const pathOf = (reference: string): string => `/drive/v2/deliveries/${encodeURIComponent(reference)}`;
