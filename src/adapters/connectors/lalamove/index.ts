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
import { ok, outage, type Result } from "../../../kernel/result.ts";
import { HealthCounter } from "../shared/health.ts";
import { didNothing, isOutage, realWait } from "../shared/http.ts";
import { KnownOrders } from "../shared/known-orders.ts";
import type { ConnectorParts } from "../shared/parts.ts";
import type { Json } from "../shared/reading.ts";
import { text } from "../shared/reading.ts";
import { Remembered } from "../shared/remembered.ts";
import { answered, isNo, settle, understood, whenYes, type Told } from "../shared/told.ts";
import { LalamoveClient, type LalamoveCredentials } from "./client.ts";
import { isFetched, toCourier, toNo, toPlatformQuote, toReport, type Earlier } from "./from-wire.ts";
import { lalamoveDefaults, type LalamoveSettings } from "./settings.ts";
import { toEdit, toOrder, toQuotation } from "./to-wire.ts";
import { receive } from "./webhook.ts";
import { dataOf, readOrder, readStops, type LalamoveOrder, type QuotedStops } from "./wire.ts";

interface LalamoveParts extends ConnectorParts {
  readonly credentials: LalamoveCredentials;
  /** `https://rest.lalamove.com`, without a path. */
  readonly baseUrl: string;
  readonly settings: Partial<LalamoveSettings> & Pick<LalamoveSettings, "fallbackPhone">;
}

/** Lalamove v3. Source: developers.lalamove.com and its webhook decks, as read on 2026-11-21; see README.md. */
export function lalamoveConnector(parts: LalamoveParts): PlatformConnector {
  return new Lalamove(parts);
}

class Lalamove implements PlatformConnector {
  readonly name = "Lalamove";
  readonly takes = ["dropoffNotes", "dropoffPhone"] as const;
  readonly #parts: LalamoveParts;
  readonly #settings: LalamoveSettings;
  readonly #health: HealthCounter;
  readonly #client: LalamoveClient;
  readonly #known: KnownOrders;
  readonly #stops = new Remembered<QuotedStops>();
  /** Of orders: a cancellation after the pickup is a failed drop-off, and an end without its proof says nothing. */
  readonly #earlier = new Remembered<Earlier>();
  /** Under which number an order goes on, and which it was booked by. */
  readonly #goesOnAs = new Remembered<string>();
  readonly #bookedAs = new Remembered<string>();

  constructor(parts: LalamoveParts) {
    this.#parts = parts;
    this.#settings = { ...lalamoveDefaults, ...parts.settings };
    this.#health = parts.health ?? new HealthCounter(parts.clock);
    this.#known = new KnownOrders(parts.clock, this.#settings.unheard_ms);
    const wires = { wait: parts.wait ?? realWait, health: this.#health, settings: this.#settings };
    this.#client = new LalamoveClient({ ...parts, ...wires });
  }

  async quote(errand: Errand): Promise<Told<PlatformQuote>> {
    const body = toQuotation(errand, this.#parts.credentials.market, this.#now(), this.#settings);
    const told = whenYes(await this.#ask("POST", "/v3/quotations", body, true), (data) => {
      const [quote, stops] = [toPlatformQuote(data), readStops(data)];
      if (quote && stops) this.#stops.set(quote.reference, stops);
      return understood(stops && quote);
    });
    return settle(this.#health, "quote", told);
  }

  async book(errand: Errand, quote: { readonly reference: string }): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "book", await this.#book(errand, quote.reference));
  }

  async find(key: string): Promise<Told<DeliveryReport | null>> {
    return settle(this.#health, "find", await this.#find(key));
  }

  async get(reference: string): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "get", await this.#get(reference));
  }

  async cancel(reference: string): Promise<Told<DeliveryReport>> {
    const answer = await this.#ask("DELETE", pathOf(this.#current(reference)), null, true);
    if (isOutage(answer) || (!answer.ok && !isNo(answer, "NOT_CANCELLABLE")))
      return settle(this.#health, "cancel", answer);
    // Cancelled by an earlier try whose answer was lost: that is a yes.
    const standing = await this.#get(reference);
    const done = isOutage(standing) || !standing.ok || standing.value.state === "cancelled";
    return settle(this.#health, "cancel", answer.ok || done ? standing : answer);
  }

  /** An order is edited once, and only while a courier is on the way to its pickup (§9): what it says already is not said again. */
  async update(reference: string, errand: Errand): Promise<Told<DeliveryReport>> {
    const order = await this.#fetch(this.#current(reference));
    if (isOutage(order) || !order.ok) return settle(this.#health, "update", order);
    if (order.value.status === "ASSIGNING_DRIVER") return outage("takes changes once a courier is on the way", true);
    const edit = toEdit(order.value, errand, this.#settings);
    if (edit === "said") return ok({ ...this.#report(order.value), reference });
    const told = whenYes(understood(edit), (stops) => ok(stops));
    if (isOutage(told) || !told.ok) return settle(this.#health, "update", told);
    const answer = await this.#ask("PATCH", pathOf(order.value.id), { stops: told.value }, false);
    const standing = isOutage(answer) || !answer.ok ? answer : await this.#get(reference);
    return settle(this.#health, "update", standing);
  }

  receive(webhook: RawWebhook): Result<readonly DeliveryReport[], WebhookRefusal> {
    const { apiSecret } = this.#parts.credentials;
    const earlierOf = (order: string): Earlier => this.#earlier.get(order) ?? nothingYet;
    const { news, unknown } = receive(webhook, apiSecret, this.#now(), this.#settings, earlierOf);
    this.#health.webhook(news.ok ? null : news.refusal.code);
    this.#health.unknown(unknown);
    if (!news.ok) return news;
    if (news.value === null) return ok([]);
    const { report, order, now, replaces } = news.value;
    if (replaces !== null) this.#replace(replaces, order);
    this.#earlier.set(order, now);
    this.#known.heard(report.key, report.reference);
    return ok([{ ...report, reference: this.#booked(report.reference) }]);
  }

  health(): ConnectionHealth {
    return this.#health.snapshot();
  }

  #now(): Instant {
    return this.#parts.clock.now();
  }

  /** Lalamove takes no idempotency key, so an order is sent once: whether it was made is told by a webhook, or by none for long. */
  async #book(errand: Errand, quotation: string): Promise<Told<DeliveryReport>> {
    const { key } = errand;
    if (this.#known.wasTried(key)) {
      const standing = await this.#find(key);
      if (isOutage(standing) || !standing.ok) return standing;
      if (standing.value) return ok(standing.value);
    }
    const stops = await this.#stopsOf(quotation);
    if (isOutage(stops) || !stops.ok) return stops;
    this.#known.tried(key);
    const answer = await this.#ask(
      "POST",
      "/v3/orders",
      toOrder(errand, quotation, stops.value, this.#settings),
      false,
    );
    if (isOutage(answer) ? didNothing(answer) : !answer.ok) this.#known.notMade(key);
    return whenYes(answer, (data) => {
      const order = readOrder({ status: "ASSIGNING_DRIVER", ...data });
      if (order) this.#known.heard(key, order.id);
      return whenYes(understood(order), (made) => ok({ ...this.#report(made), key }));
    });
  }

  /** The ids of a quotation's stops: from our own asking, or, after a start, from Lalamove. */
  async #stopsOf(quotation: string): Promise<Told<QuotedStops>> {
    const stops = this.#stops.get(quotation);
    if (stops) return ok(stops);
    const read = await this.#ask("GET", `/v3/quotations/${encodeURIComponent(quotation)}`, null, true);
    if (!isOutage(read) && !read.ok && isNo(read, "UNKNOWN_DELIVERY"))
      return { ok: false, refusal: { ...read.refusal, code: "QUOTE_STALE" } };
    return whenYes(read, (data) => understood(readStops(data)));
  }

  /** There is no list: the order is known from its answer or a webhook; a webhook that named no key is asked for its order. */
  async #find(key: string): Promise<Told<DeliveryReport | null>> {
    for (const stranger of this.#known.strangers()) {
      const order = await this.#fetch(stranger);
      if (isOutage(order)) return order;
      if (order.ok) this.#known.heard(this.#report(order.value).key ?? "", stranger);
    }
    const standing = this.#known.reference(key);
    if (standing !== null) return this.#get(standing);
    return this.#known.silence(key);
  }

  async #get(reference: string): Promise<Told<DeliveryReport>> {
    const order = await this.#fetch(this.#current(reference));
    if (isOutage(order) || !order.ok) return order;
    const report = { ...this.#report(order.value), reference };
    const driver = text(order.value.all, "driverId");
    if (driver === null || !isUnderWay(order.value) || !this.#settings.askDriver) return ok(report);
    // Before its time the courier's page is barred (403): the order is told without.
    const path = `${pathOf(order.value.id)}/drivers/${encodeURIComponent(driver)}`;
    const courier = await this.#client.ask("GET", path, null, false);
    if (isOutage(courier) || !courier.ok || courier.value.status !== 200) return ok(report);
    return ok({ ...report, courier: toCourier(dataOf(courier.value.json)) });
  }

  async #fetch(id: string): Promise<Told<LalamoveOrder>> {
    return whenYes(await this.#ask("GET", pathOf(id), null, true), (data) => understood(readOrder(data)));
  }

  #replace(old: string, order: string): void {
    this.#goesOnAs.set(this.#booked(old), order);
    this.#bookedAs.set(order, this.#booked(old));
  }

  #current(reference: string): string {
    return this.#goesOnAs.get(reference) ?? reference;
  }

  #booked(order: string): string {
    return this.#bookedAs.get(order) ?? order;
  }

  #report(order: LalamoveOrder): DeliveryReport {
    const before = this.#earlier.get(order.id) ?? nothingYet;
    const earlier = { ...before, fetched: before.fetched || isFetched(order) };
    this.#earlier.set(order.id, earlier);
    const told = { order, at: null, message: null, earlier };
    const report = toReport(told, this.#now(), this.#settings);
    this.#health.unknown(report.unknown);
    return report;
  }

  /** Every answer is wrapped in `data`. */
  async #ask(
    method: WireRequest["method"],
    path: string,
    data: object | null,
    repeatable: boolean,
  ): Promise<Told<Json>> {
    const answer = answered(this.#health, await this.#client.ask(method, path, data, repeatable), toNo);
    return whenYes(answer, ({ json }) => ok(dataOf(json)));
  }
}

const nothingYet: Earlier = { fetched: false, failed: null };

const pathOf = (order: string): string => `/v3/orders/${encodeURIComponent(order)}`;

const isUnderWay = ({ status }: LalamoveOrder): boolean => status === "ON_GOING" || status === "PICKED_UP";
