import type { DeliveryReport } from "../../../domain/index.ts";
import type {
  ConnectionHealth,
  Errand,
  PlatformConnector,
  PlatformQuote,
  PlatformRefusal,
  WebhookRefusal,
} from "../../../journey/dispatch/ports.ts";
import type { Money } from "../../../kernel/money.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, outage, refuse, type Result } from "../../../kernel/result.ts";
import { HealthCounter } from "../shared/health.ts";
import { isOutage, realWait, type Answer } from "../shared/http.ts";
import type { ConnectorParts } from "../shared/parts.ts";
import { objects, text, type Json } from "../shared/reading.ts";
import { answered, isNo, settle, understood, whenYes, type Told } from "../shared/told.ts";
import { YangoClient, type YangoCredentials } from "./client.ts";
import { priceOf, toEstimateNo, toNo, toPlatformQuote, toPoint, toReport } from "./from-wire.ts";
import { yangoDefaults, type YangoSettings } from "./settings.ts";
import { toClaim, toPrice } from "./to-wire.ts";
import { destinationOf, readClaim, type YangoClaim } from "./wire.ts";
import { priced } from "./words.ts";

interface YangoParts extends ConnectorParts {
  readonly credentials: YangoCredentials;
  /** `https://b2b.taxi.yandex.net`, without a path. */
  readonly baseUrl: string;
  readonly settings: Partial<YangoSettings> & Pick<YangoSettings, "fallbackPhone">;
}

/** Yango Delivery's express claims. Source: yango.delivery, yandex.com/support and a third party's client, as read on 2026-11-21; see README.md. */
export function yangoDeliveryConnector(parts: YangoParts): PlatformConnector {
  return new YangoDelivery(parts);
}

class YangoDelivery implements PlatformConnector {
  readonly name = "Yango Delivery";
  readonly #parts: YangoParts;
  readonly #settings: YangoSettings;
  readonly #health: HealthCounter;
  readonly #client: YangoClient;

  constructor(parts: YangoParts) {
    this.#parts = parts;
    this.#settings = { ...yangoDefaults, ...parts.settings };
    this.#health = parts.health ?? new HealthCounter(parts.clock);
    const wires = { wait: parts.wait ?? realWait, health: this.#health, settings: this.#settings };
    this.#client = new YangoClient({ ...parts, ...wires });
  }

  async quote(errand: Errand): Promise<Told<PlatformQuote>> {
    const answer = await this.#ask("check-price", toPrice(errand, this.#settings));
    const told = whenYes(answer, ({ json }) => understood(toPlatformQuote(json, errand.key, this.#now())));
    return settle(this.#health, "quote", told);
  }

  async book(errand: Errand, quote: { readonly price: Money }): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "book", await this.#book(errand, quote.price));
  }

  async find(key: string): Promise<Told<DeliveryReport | null>> {
    return settle(this.#health, "find", await this.#find(key));
  }

  async get(reference: string): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "get", await this.#get(reference));
  }

  async cancel(reference: string): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "cancel", await this.#cancel(reference));
  }

  /** Yango's callbacks bear no signature, and tell nothing that asking does not: none is believed (reference §7). */
  receive(): Result<readonly DeliveryReport[], WebhookRefusal> {
    this.#health.webhook("WEBHOOK_UNSIGNED");
    return refuse({ code: "WEBHOOK_UNSIGNED" });
  }

  health(): ConnectionHealth {
    return this.#health.snapshot();
  }

  #now(): Instant {
    return this.#parts.clock.now();
  }

  /** `request_id` is our key, so every try answers with the same claim; only one whose price still holds is accepted. */
  async #book(errand: Errand, price: Money): Promise<Told<DeliveryReport>> {
    const path = `claims/create?request_id=${encodeURIComponent(errand.key)}`;
    const made = await this.#claim(path, toClaim(errand, this.#now(), this.#settings));
    const claim = isOutage(made) || !made.ok ? made : await this.#estimated(made.value);
    if (isOutage(claim) || !claim.ok) return claim;
    const { id, status, version } = claim.value;
    if (!priced.includes(status)) return ok(this.#report(claim.value));
    const asked = priceOf(claim.value);
    if (asked === null || asked.currency !== price.currency || asked.amount > price.amount) return rose;
    const accepted = await this.#ask(`claims/accept?claim_id=${encodeURIComponent(id)}`, { version });
    if (isOutage(accepted)) return accepted;
    // Accepted by an earlier try whose answer was lost, or too late for it: the claim tells.
    const standing = await this.#info(id);
    if (isOutage(standing) || !standing.ok) return standing;
    if (!priced.includes(standing.value.status)) return ok(this.#report(standing.value));
    return accepted.ok ? outage("accepted, and still a price", true) : accepted;
  }

  /** A new claim is priced within moments: asked until it is. */
  async #estimated(claim: YangoClaim): Promise<Told<YangoClaim>> {
    const { estimateTries, estimatePause_ms } = this.#settings;
    let current = claim;
    for (let tried = 0; current.status === "new" || current.status === "estimating"; tried++) {
      if (tried >= estimateTries) return outage("not priced yet", true);
      await (this.#parts.wait ?? realWait)(estimatePause_ms);
      const read = await this.#info(claim.id);
      if (isOutage(read) || !read.ok) return read;
      current = read.value;
    }
    if (current.status !== "estimating_failed") return ok(current);
    const no = toEstimateNo(current);
    this.#health.unknown(no.unknown);
    return no.answer;
  }

  /** Of claims under our key the one that binds somebody; whether the search heeds the key is not known, so every line is looked at. */
  async #find(key: string): Promise<Told<DeliveryReport | null>> {
    const { searchLimit, searchPages } = this.#settings;
    for (let page = 0; page < searchPages; page++) {
      const body = { offset: page * searchLimit, limit: searchLimit, external_order_id: key };
      const lines = whenYes(await this.#ask("claims/search", body), ({ json }) => linesOf(json));
      if (isOutage(lines) || !lines.ok) return lines;
      const ours = lines.value.filter((line) => text(destinationOf(line), "external_order_id") === key);
      const standing = ours.flatMap((line) => readClaim(line) ?? []).find(({ status }) => !priced.includes(status));
      if (standing) return ok(this.#report(standing));
      if (lines.value.length < searchLimit) return ok(null);
    }
    return outage(`not among the first ${searchPages} pages`, true);
  }

  async #get(reference: string): Promise<Told<DeliveryReport>> {
    const claim = await this.#info(reference);
    if (isOutage(claim) || !claim.ok) return claim;
    const report = this.#report(claim.value);
    if (!this.#settings.askPosition || !isMoving(report)) return ok(report);
    // Where the courier is, is told there alone; missing it costs only that.
    const path = `claims/performer-position?claim_id=${encodeURIComponent(reference)}`;
    const seen = whenYes(await this.#ask(path, null, "GET"), ({ json }) => ok(toPoint(json)));
    const point = !isOutage(seen) && seen.ok ? seen.value : null;
    const courier = report.courier ?? { name: null, phone: null };
    return ok(point === null ? report : { ...report, courier: { ...courier, point } });
  }

  /** What cancelling costs is asked first, and said again when it is done (reference §9). */
  async #cancel(reference: string): Promise<Told<DeliveryReport>> {
    const claim = await this.#info(reference);
    if (isOutage(claim) || !claim.ok) return claim;
    const report = this.#report(claim.value);
    if (report.state === "cancelled") return ok(report);
    const id = encodeURIComponent(reference);
    const terms = await this.#ask(`claims/cancel-info?claim_id=${id}`, {});
    if (isOutage(terms) || !terms.ok) return terms;
    const state = text(terms.value.json, "cancel_state");
    if (state !== "free" && !(state === "paid" && this.#settings.payToCancel))
      return refuse({ code: "NOT_CANCELLABLE", words: `cancel_state ${state ?? "missing"}`, reference: null });
    const body = { version: claim.value.version, cancel_state: state };
    const done = await this.#ask(`claims/cancel?claim_id=${id}`, body);
    if (isOutage(done) || (!done.ok && !isNo(done, "NOT_CANCELLABLE"))) return done;
    const now = await this.#info(reference);
    if (isOutage(now) || !now.ok) return now;
    const after = this.#report(now.value);
    return after.state === "cancelled" || done.ok ? ok(after) : done;
  }

  #info(id: string): Promise<Told<YangoClaim>> {
    return this.#claim(`claims/info?claim_id=${encodeURIComponent(id)}`, null);
  }

  async #claim(path: string, body: object | null): Promise<Told<YangoClaim>> {
    return whenYes(await this.#ask(path, body), ({ json }) => understood(readClaim(json)));
  }

  #report(claim: YangoClaim): DeliveryReport {
    const report = toReport(claim, this.#now());
    this.#health.unknown(report.unknown);
    return report;
  }

  async #ask(path: string, body: object | null, method: "GET" | "POST" = "POST"): Promise<Told<Answer>> {
    return answered(this.#health, await this.#client.ask(method, path, body), toNo);
  }
}

const rose = refuse<PlatformRefusal>({ code: "QUOTE_STALE", words: "the price is no longer that", reference: null });

const isMoving = ({ state }: DeliveryReport): boolean =>
  state === "en_route_to_pickup" || state === "at_pickup" || state === "picked_up" || state === "at_dropoff";

const linesOf = (json: Json): Told<readonly Json[]> =>
  understood(Array.isArray(json["claims"]) ? objects(json, "claims") : null);
