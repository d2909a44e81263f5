import type { DeliveryReport } from "../../../domain/index.ts";
import type {
  ConnectionHealth,
  Errand,
  PlatformConnector,
  PlatformQuote,
  RawWebhook,
  WebhookRefusal,
} from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, outage, type Result } from "../../../kernel/result.ts";
import { HealthCounter } from "../shared/health.ts";
import { isOutage, realWait, type Answer } from "../shared/http.ts";
import type { ConnectorParts } from "../shared/parts.ts";
import { Remembered } from "../shared/remembered.ts";
import { answered, settle, understood, whenYes, type Told } from "../shared/told.ts";
import { UberClient, type UberCredentials } from "./client.ts";
import { toNo, toPlatformQuote, toReport } from "./from-wire.ts";
import { uberDefaults, type UberSettings } from "./settings.ts";
import { toChanges, toCreate, toQuote } from "./to-wire.ts";
import { readDelivery, readPage, related, type UberDelivery } from "./wire.ts";
import { receive } from "./webhook.ts";

export interface UberDirectParts extends ConnectorParts {
  readonly credentials: UberCredentials;
  /** With the version: `https://api.uber.com/v1`. */
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly settings: Partial<UberSettings> & Pick<UberSettings, "fallbackPhone">;
}

/** Uber Direct. Source: developer.uber.com and Uber's published specification, as read on 2026-11-21; see README.md. */
export function uberDirectConnector(parts: UberDirectParts): PlatformConnector {
  return new UberDirect(parts);
}

class UberDirect implements PlatformConnector {
  readonly name = "Uber Direct";
  readonly takes = ["dropoffNotes"] as const;
  readonly #parts: UberDirectParts;
  readonly #settings: UberSettings;
  readonly #health: HealthCounter;
  readonly #client: UberClient;
  readonly #firstTry = new Remembered<Instant>();

  constructor(parts: UberDirectParts) {
    this.#parts = parts;
    this.#settings = { ...uberDefaults, ...parts.settings };
    this.#health = parts.health ?? new HealthCounter(parts.clock);
    this.#client = new UberClient({
      ...parts,
      wait: parts.wait ?? realWait,
      health: this.#health,
      settings: this.#settings,
    });
  }

  async quote(errand: Errand): Promise<Told<PlatformQuote>> {
    const now = this.#now();
    const answer = await this.#ask("POST", "/delivery_quotes", toQuote(errand, now, this.#settings), true);
    return settle(
      this.#health,
      "quote",
      whenYes(answer, (json) => understood(toPlatformQuote(json.json, this.#now()))),
    );
  }

  async book(errand: Errand, quote: { readonly reference: string }): Promise<Told<DeliveryReport>> {
    const { key } = errand;
    if (this.#keyIsOld(key)) {
      const standing = await this.#find(key);
      if (isOutage(standing) || !standing.ok) return settle(this.#health, "book", standing);
      if (standing.value) return settle(this.#health, "book", ok(standing.value));
    }
    if (this.#firstTry.get(key) === undefined) this.#firstTry.set(key, this.#now());
    const answer = await this.#ask(
      "POST",
      "/deliveries",
      toCreate(errand, quote.reference, this.#now(), this.#settings),
      true,
    );
    return settle(this.#health, "book", await this.#booked(answer, key));
  }

  async find(key: string): Promise<Told<DeliveryReport | null>> {
    return settle(this.#health, "find", await this.#find(key));
  }

  async get(reference: string): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "get", await this.#get(reference));
  }

  async cancel(reference: string): Promise<Told<DeliveryReport>> {
    const answer = await this.#ask("POST", `/deliveries/${encodeURIComponent(reference)}/cancel`, null, true);
    const told = this.#toReport(answer);
    if (isOutage(told) || told.ok || told.refusal.code !== "NOT_CANCELLABLE")
      return settle(this.#health, "cancel", told);
    // Cancelled by an earlier try whose answer was lost: that is a yes.
    const standing = await this.#get(reference);
    return settle(
      this.#health,
      "cancel",
      !isOutage(standing) && standing.ok && standing.value.state === "cancelled" ? standing : told,
    );
  }

  async update(reference: string, { dropoff }: Errand): Promise<Told<DeliveryReport>> {
    const path = `/deliveries/${encodeURIComponent(reference)}`;
    return settle(this.#health, "update", this.#toReport(await this.#ask("POST", path, toChanges(dropoff), true)));
  }

  receive(webhook: RawWebhook): Result<readonly DeliveryReport[], WebhookRefusal> {
    const { reports, unknown } = receive(webhook, this.#parts.credentials.webhookKey, this.#now(), this.#settings);
    this.#health.webhook(reports.ok ? null : reports.refusal.code);
    this.#health.unknown(unknown);
    return reports;
  }

  health(): ConnectionHealth {
    return this.#health.snapshot();
  }

  #now(): Instant {
    return this.#parts.clock.now();
  }

  /** A 409 names the delivery that stands; a quote already used may be ours, used by a try whose answer was lost. */
  async #booked(answer: Told<Answer>, key: string): Promise<Told<DeliveryReport>> {
    const told = this.#toReport(answer);
    if (isOutage(told) || told.ok) return told;
    const { code, reference, words } = told.refusal;
    if (code === "ALREADY_BOOKED" && reference !== null) return this.#get(reference);
    if (!words.startsWith("used_quote")) return told;
    const standing = await this.#find(key);
    if (isOutage(standing) || !standing.ok) return standing;
    return standing.value ? ok(standing.value) : told;
  }

  /** Uber has no look-up by our id, so its list is read page by page; an end that was not reached is an outage, never a "no". */
  async #find(key: string): Promise<Told<DeliveryReport | null>> {
    const { listLimit, listPages } = this.#settings;
    for (let page = 0, offset = 0; page < listPages; page++) {
      const answer = await this.#ask("GET", `/deliveries?limit=${listLimit}&Offset=${offset}`, null, true);
      const told = whenYes(answer, ({ json }) => understood(readPage(json)));
      if (isOutage(told) || !told.ok) return told;
      const { deliveries, more } = told.value;
      const standing = deliveries.find(({ id, all }) => all["external_id"] === key && !id.startsWith("ret_"));
      if (standing) return ok(this.#report(standing));
      if (!more) return ok(null);
      offset += deliveries.length;
    }
    return outage(`not among the first ${listPages} pages`, true);
  }

  /** Once the way back has begun, its own delivery knows more than the original. */
  async #get(reference: string): Promise<Told<DeliveryReport>> {
    const delivery = await this.#fetch(reference);
    if (isOutage(delivery) || !delivery.ok) return delivery;
    const back = delivery.value.status === "returned" ? related(delivery.value, "return") : null;
    if (back === null) return ok(this.#report(delivery.value));
    const wayBack = await this.#fetch(back);
    if (isOutage(wayBack) || !wayBack.ok) return ok(this.#report(delivery.value));
    const told = this.#report(wayBack.value);
    return ok({ ...told, reference, key: this.#report(delivery.value).key });
  }

  async #fetch(id: string): Promise<Told<UberDelivery>> {
    return whenYes(await this.#ask("GET", `/deliveries/${encodeURIComponent(id)}`, null, true), ({ json }) =>
      understood(readDelivery(json)),
    );
  }

  #toReport(answer: Told<Answer>): Told<DeliveryReport> {
    const delivery = whenYes(answer, ({ json }) => understood(readDelivery(json)));
    return isOutage(delivery) || !delivery.ok ? delivery : ok(this.#report(delivery.value));
  }

  #report(delivery: UberDelivery): DeliveryReport {
    const report = toReport(delivery, this.#now(), null);
    this.#health.unknown(report.unknown);
    return report;
  }

  async #ask(method: "GET" | "POST", path: string, body: object | null, repeatable: boolean): Promise<Told<Answer>> {
    return answered(this.#health, await this.#client.ask(method, path, body, repeatable), toNo);
  }

  #keyIsOld(key: string): boolean {
    const first = this.#firstTry.get(key);
    return first !== undefined && this.#now() - first >= this.#settings.keyLife_ms;
  }
}
