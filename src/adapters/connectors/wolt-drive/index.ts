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
import type { Money } from "../../../kernel/money.ts";
import { greatCircle, type Point } from "../../../kernel/point.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, outage, refuse, type Result } from "../../../kernel/result.ts";
import { HealthCounter } from "../shared/health.ts";
import { isOutage, realWait, type Answer } from "../shared/http.ts";
import { KnownOrders } from "../shared/known-orders.ts";
import type { ConnectorParts } from "../shared/parts.ts";
import { unknownWord, type Json } from "../shared/reading.ts";
import { Remembered } from "../shared/remembered.ts";
import { answered, isNo, settle, understood, whenYes, type Told } from "../shared/told.ts";
import { WoltClient, type WoltCredentials } from "./client.ts";
import { together, toNo, toPlatformQuote, toReport } from "./from-wire.ts";
import { woltDefaults, type WoltSettings } from "./settings.ts";
import { toDelivery, toPromise } from "./to-wire.ts";
import { receive } from "./webhook.ts";
import { placeOf, readDelivery } from "./wire.ts";
import { statuses } from "./words.ts";

interface WoltParts extends ConnectorParts {
  readonly credentials: WoltCredentials;
  /** `https://daas-public-api.wolt.com`, without a path. */
  readonly baseUrl: string;
  readonly settings: Partial<WoltSettings> & Pick<WoltSettings, "fallbackPhone">;
}

/** Wolt Drive, from a venue. Source: developer.wolt.com and integrators, as read on 2026-11-21; see README.md. */
export function woltDriveConnector(parts: WoltParts): PlatformConnector {
  return new WoltDrive(parts);
}

class WoltDrive implements PlatformConnector {
  readonly name = "Wolt Drive";
  readonly #parts: WoltParts;
  readonly #settings: WoltSettings;
  readonly #health: HealthCounter;
  readonly #client: WoltClient;
  readonly #known: KnownOrders;
  /** Wolt cannot be asked: what its webhooks told is all that is known, by reference. */
  readonly #heard = new Remembered<DeliveryReport>();
  readonly #promised = new Remembered<Point>();
  /** When a cancellation was sent that nobody answered. */
  readonly #cancelLostAt = new Remembered<Instant>();

  constructor(parts: WoltParts) {
    this.#parts = parts;
    this.#settings = { ...woltDefaults, ...parts.settings };
    this.#health = parts.health ?? new HealthCounter(parts.clock);
    this.#known = new KnownOrders(parts.clock, this.#settings.unheard_ms);
    const wires = { wait: parts.wait ?? realWait, health: this.#health, settings: this.#settings };
    this.#client = new WoltClient({ ...parts, ...wires });
  }

  async quote(errand: Errand): Promise<Told<PlatformQuote>> {
    const answer = await this.#client.atVenue("/shipment-promises", toPromise(errand, this.#now(), this.#settings));
    const told = whenYes(this.#answered(answer), ({ json }) => this.#promise(json, errand));
    return settle(this.#health, "quote", told);
  }

  async book(
    errand: Errand,
    quote: { readonly reference: string; readonly price: Money },
  ): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "book", await this.#book(errand, quote));
  }

  async find(key: string): Promise<Told<DeliveryReport | null>> {
    const standing = this.#standing(key);
    return settle(this.#health, "find", standing ? ok(standing) : this.#known.silence(key));
  }

  async get(reference: string): Promise<Told<DeliveryReport>> {
    const heard = this.#heard.get(reference);
    return settle(this.#health, "get", heard ? ok(heard) : outage("Wolt tells by webhook alone, and has not", false));
  }

  async cancel(reference: string): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "cancel", await this.#cancel(reference));
  }

  receive(webhook: RawWebhook): Result<readonly DeliveryReport[], WebhookRefusal> {
    const told = receive(webhook, this.#parts.credentials.webhookSecret, this.#now(), this.#settings);
    this.#health.webhook(told.ok ? null : told.refusal.code);
    if (!told.ok) return told;
    const { reference, key, state, unknown } = told.value;
    this.#health.unknown(unknown);
    this.#known.heard(key, reference);
    const before = this.#heard.get(reference);
    const now = this.#keep(told.value);
    // What failed after its pickup is told as such, though Wolt's word for it is one.
    const failed = state === "cancelled" && before?.state && hasGoods(before.state);
    return ok([failed ? { ...told.value, state: now.state } : told.value]);
  }

  health(): ConnectionHealth {
    return this.#health.snapshot();
  }

  #now(): Instant {
    return this.#parts.clock.now();
  }

  /** A promise that does not bind cannot be ordered, and a venue elsewhere would send the courier there. */
  #promise(json: Json, { pickup }: Errand): Told<PlatformQuote> {
    if (json["is_binding"] === false) return no("OUT_OF_COVERAGE", "the promise does not bind");
    const venue = placeOf(json, "pickup");
    if (venue && greatCircle(venue, pickup.point) > this.#settings.venueRadius_m)
      return no("OUT_OF_COVERAGE", "the pickup is not at the venue");
    const quote = toPlatformQuote(json, this.#now());
    const dropoff = placeOf(json, "dropoff");
    if (quote && dropoff) this.#promised.set(quote.reference, dropoff);
    return understood(quote);
  }

  /** A second creation under our key is refused, so asking twice does no harm; but only a webhook tells which number the first one got. */
  async #book(
    errand: Errand,
    quote: { readonly reference: string; readonly price: Money },
  ): Promise<Told<DeliveryReport>> {
    const { key } = errand;
    const standing = this.#standing(key);
    if (standing) return ok(standing);
    this.#known.tried(key);
    const promised = this.#promised.get(quote.reference) ?? null;
    const body = toDelivery(errand, quote, promised, this.#now(), this.#settings);
    const told = whenYes(this.#answered(await this.#client.atVenue("/deliveries", body)), ({ json }) =>
      this.#made(json),
    );
    if (!isNo(told, "ALREADY_BOOKED")) return told;
    const heard = this.#standing(key);
    return heard ? ok(heard) : outage("it stands, and its number is not told yet", true);
  }

  #made(json: Json): Told<DeliveryReport> {
    return whenYes(understood(readDelivery(json)), (delivery) => {
      const known = statuses[delivery.status];
      if (known === "rejected") return no("NO_COURIERS", delivery.status);
      if (known === undefined) this.#health.unknown([unknownWord("status", delivery.status)]);
      const report = toReport(delivery, this.#now());
      this.#known.heard(report.key, report.reference);
      return ok(this.#keep(report));
    });
  }

  async #cancel(reference: string): Promise<Told<DeliveryReport>> {
    if (this.#heard.get(reference)?.state === "cancelled") return this.get(reference);
    const path = `/order/${encodeURIComponent(reference)}/status/cancel`;
    const answer = this.#answered(
      await this.#client.ask("PATCH", path, { reason: this.#settings.cancelReason }, false),
    );
    if (isOutage(answer)) {
      this.#cancelLostAt.set(reference, this.#now());
      return answer;
    }
    if (answer.ok) return ok(this.#keep(this.#cancelled(reference)));
    // An earlier try may have been heard: then a webhook will say so, and until it does nothing is known.
    const lostAt = this.#cancelLostAt.get(reference);
    const unclear = lostAt !== undefined && this.#now() - lostAt < this.#settings.unheard_ms;
    const moving = this.#heard.get(reference)?.state ?? "assigned";
    if (unclear && isNo(answer, "NOT_CANCELLABLE") && moving === "assigned")
      return outage("perhaps cancelled by an earlier try", true);
    return answer;
  }

  #cancelled(reference: string): DeliveryReport {
    const now = this.#now();
    const known = this.#heard.get(reference) ?? toReport({ reference, status: "", all: {} }, now);
    return {
      ...known,
      key: known.key ?? this.#known.key(reference),
      message: `${reference}:cancelled by us`,
      at: now,
      state: "cancelled",
      reason: "other",
    };
  }

  #standing(key: string): DeliveryReport | undefined {
    const reference = this.#known.reference(key);
    return reference === null ? undefined : this.#heard.get(reference);
  }

  #keep(told: DeliveryReport): DeliveryReport {
    const known = this.#heard.get(told.reference);
    const report = known ? together(known, told) : told;
    this.#heard.set(told.reference, report);
    return report;
  }

  #answered(answer: Told<Answer>): Told<Answer> {
    return answered(this.#health, answer, toNo);
  }
}

const no = (code: PlatformRefusal["code"], words: string): Told<never> => refuse({ code, words, reference: null });
