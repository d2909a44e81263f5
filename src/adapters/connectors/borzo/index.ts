import { hasGoods, type DeliveryReport } from "../../../domain/index.ts";
import type {
  ConnectionHealth,
  Errand,
  PlatformConnector,
  PlatformQuote,
  PlatformRefusal,
  RawWebhook,
  WebhookRefusal,
} from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, outage, refuse, type Result } from "../../../kernel/result.ts";
import { HealthCounter } from "../shared/health.ts";
import { isOutage, realWait, type Answer } from "../shared/http.ts";
import type { ConnectorParts } from "../shared/parts.ts";
import { object, objects, type Json } from "../shared/reading.ts";
import { Remembered } from "../shared/remembered.ts";
import { answered, settle, understood, whenYes, type Told } from "../shared/told.ts";
import { BorzoClient, type BorzoCredentials } from "./client.ts";
import { isFetched, toCourier, toNo, toPlatformQuote, toReport } from "./from-wire.ts";
import { borzoDefaults, type BorzoSettings } from "./settings.ts";
import { clientId, toOrder } from "./to-wire.ts";
import { receive } from "./webhook.ts";
import { readOrder, type BorzoOrder } from "./wire.ts";

interface BorzoParts extends ConnectorParts {
  readonly credentials: BorzoCredentials;
  /** `https://robot-in.borzodelivery.com`: the country's host, without a path. */
  readonly baseUrl: string;
  readonly settings: Partial<BorzoSettings> & Pick<BorzoSettings, "fallbackPhone">;
}

/** Borzo's business API. Source: borzodelivery.com and integrators, as read on 2026-11-21; see README.md. */
export function borzoConnector(parts: BorzoParts): PlatformConnector {
  return new Borzo(parts);
}

class Borzo implements PlatformConnector {
  readonly name = "Borzo";
  readonly #parts: BorzoParts;
  readonly #settings: BorzoSettings;
  readonly #health: HealthCounter;
  readonly #client: BorzoClient;
  readonly #tried = new Remembered<true>();
  /** Orders whose goods a courier had: a cancellation after that is a failed drop-off. */
  readonly #fetched = new Remembered<true>();
  /** Keys that were too long for Borzo, by what stands for them. */
  readonly #keys = new Remembered<string>();

  constructor(parts: BorzoParts) {
    this.#parts = parts;
    this.#settings = { ...borzoDefaults, ...parts.settings };
    this.#health = parts.health ?? new HealthCounter(parts.clock);
    const wires = { wait: parts.wait ?? realWait, health: this.#health, settings: this.#settings };
    this.#client = new BorzoClient({ ...parts, ...wires });
  }

  async quote(errand: Errand): Promise<Told<PlatformQuote>> {
    const { currency } = this.#parts.credentials;
    const answer = await this.#ask("POST", "/calculate-order", toOrder(errand, this.#now(), this.#settings), true);
    const told = whenYes(answer, ({ json }) =>
      understood(toPlatformQuote(object(json, "order"), errand.key, currency)),
    );
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
    const answer = await this.#ask("POST", "/cancel-order", { order_id: Number(reference) }, true);
    if (isOutage(answer)) return settle(this.#health, "cancel", answer);
    if (!answer.ok && answer.refusal.code !== "BAD_REQUEST") return settle(this.#health, "cancel", answer);
    // How a late cancellation is refused is not known, and an earlier try may have been heard: the order itself tells.
    const standing = await this.#get(reference);
    if (isOutage(standing) || !standing.ok || standing.value.state === "cancelled")
      return settle(this.#health, "cancel", standing);
    const told = answer.ok
      ? outage("cancelled, and still standing", true)
      : refuse<PlatformRefusal>({ ...answer.refusal, code: "NOT_CANCELLABLE" });
    return settle(this.#health, "cancel", told);
  }

  receive(webhook: RawWebhook): Result<readonly DeliveryReport[], WebhookRefusal> {
    const { callbackSecret, currency } = this.#parts.credentials;
    const { report, unknown } = receive(webhook, callbackSecret, currency, this.#now(), this.#settings, (order) =>
      this.#wasFetched(order),
    );
    this.#health.webhook(report.ok ? null : report.refusal.code);
    this.#health.unknown(unknown);
    if (!report.ok) return report;
    if (report.value === null) return ok([]);
    const { reference, state } = report.value;
    if (state !== null && hasGoods(state)) this.#fetched.set(reference, true);
    return ok([this.#ours(report.value)]);
  }

  health(): ConnectionHealth {
    return this.#health.snapshot();
  }

  #now(): Instant {
    return this.#parts.clock.now();
  }

  /** Borzo takes no idempotency key, and makes duplicates: an order is sent once, and who tried before looks first. */
  async #book(errand: Errand): Promise<Told<DeliveryReport>> {
    const { key } = errand;
    if (this.#tried.get(key)) {
      const standing = await this.#find(key);
      if (isOutage(standing) || !standing.ok) return standing;
      if (standing.value) return ok(standing.value);
    }
    this.#tried.set(key, true);
    this.#keys.set(clientId(key, this.#settings), key);
    const answer = await this.#ask("POST", "/create-order", toOrder(errand, this.#now(), this.#settings), false);
    return whenYes(answer, ({ json }) =>
      whenYes(understood(readOrder(object(json, "order"))), (order) => ok({ ...this.#report(order), key })),
    );
  }

  /** The list page by page; whether it heeds a filter is not known, so every line is looked at. */
  async #find(key: string): Promise<Told<DeliveryReport | null>> {
    const { listCount, listPages } = this.#settings;
    const ours = clientId(key, this.#settings);
    this.#keys.set(ours, key);
    for (let page = 0; page < listPages; page++) {
      const path = `/orders?client_order_id=${encodeURIComponent(ours)}&offset=${page * listCount}&count=${listCount}`;
      const lines = whenYes(await this.#ask("GET", path, null, true), ({ json }) => linesOf(json));
      if (isOutage(lines) || !lines.ok) return lines;
      const reports = lines.value.flatMap((line) => readOrder(line) ?? []).filter((order) => isFor(order, ours));
      const [standing] = reports;
      if (standing) return ok(this.#report(standing));
      if (lines.value.length < listCount) return ok(null);
    }
    return outage(`not among the first ${listPages} pages`, true);
  }

  async #get(reference: string): Promise<Told<DeliveryReport>> {
    const path = `/orders?order_id=${encodeURIComponent(reference)}`;
    const lines = whenYes(await this.#ask("GET", path, null, true), ({ json }) => linesOf(json));
    if (isOutage(lines) || !lines.ok) return lines;
    const order = lines.value.flatMap((line) => readOrder(line) ?? []).find(({ id }) => id === reference);
    if (!order) return refuse({ code: "UNKNOWN_DELIVERY", words: "no such order", reference: null });
    const report = this.#report(order);
    if (order.status !== "active" || !this.#settings.askCourier) return ok(report);
    // The courier's place is told there alone; missing it costs only that.
    const courier = await this.#ask("GET", `/courier?order_id=${encodeURIComponent(reference)}`, null, false);
    const seen = !isOutage(courier) && courier.ok ? toCourier(object(courier.value.json, "courier")) : null;
    return ok({ ...report, courier: seen ?? report.courier });
  }

  #wasFetched(order: string): boolean {
    return this.#fetched.get(order) === true;
  }

  #report(order: BorzoOrder): DeliveryReport {
    if (isFetched(order)) this.#fetched.set(order.id, true);
    const report = toReport(order, this.#wasFetched(order.id), this.#now(), this.#parts.credentials.currency);
    this.#health.unknown(report.unknown);
    return this.#ours(report);
  }

  /** With our own key where Borzo has its digest. */
  #ours(report: DeliveryReport): DeliveryReport {
    return report.key === null ? report : { ...report, key: this.#keys.get(report.key) ?? report.key };
  }

  async #ask(method: "GET" | "POST", path: string, body: object | null, repeatable: boolean): Promise<Told<Answer>> {
    return answered(this.#health, await this.#client.ask(method, path, body, repeatable), toNo);
  }
}

const isFor = ({ drop }: BorzoOrder, ours: string): boolean => drop["client_order_id"] === ours;

const linesOf = (json: Json): Told<readonly Json[]> =>
  understood(Array.isArray(json["orders"]) ? objects(json, "orders") : null);
