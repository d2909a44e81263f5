import { hasGoods, type DeliveryReport } from "../../../domain/index.ts";
import type {
  ConnectionHealth,
  Errand,
  PlatformConnector,
  PlatformQuote,
  PlatformRefusal,
  WebhookRefusal,
  WireRequest,
} from "../../../journey/dispatch/ports.ts";
import type { Money } from "../../../kernel/money.ts";
import { greatCircle, isPoint, type Point } from "../../../kernel/point.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, outage, refuse, type Outage, type Result } from "../../../kernel/result.ts";
import { HealthCounter } from "../shared/health.ts";
import { didNothing, isOutage, realWait, type Answer } from "../shared/http.ts";
import { KnownOrders } from "../shared/known-orders.ts";
import type { ConnectorParts } from "../shared/parts.ts";
import type { Json } from "../shared/reading.ts";
import { Remembered } from "../shared/remembered.ts";
import { answered, settle, understood, whenYes, type Told } from "../shared/told.ts";
import { GlovoClient, type GlovoCredentials } from "./client.ts";
import { toCourier, toNo, toPlatformQuote, toReport } from "./from-wire.ts";
import { glovoDefaults, type GlovoSettings } from "./settings.ts";
import { toConfirm, toQuote } from "./to-wire.ts";
import { readParcel, type GlovoParcel } from "./wire.ts";

interface GlovoParts extends ConnectorParts {
  readonly credentials: GlovoCredentials;
  /** `https://api.glovoapp.com`, without a path. */
  readonly baseUrl: string;
  readonly settings: Partial<GlovoSettings> & Pick<GlovoSettings, "fallbackPhone">;
}

/** Glovo on demand, v2. Source: an integrator's package that quotes logistics-docs.glovoapp.com, as read on 2026-11-21; see README.md. */
export function glovoConnector(parts: GlovoParts): PlatformConnector {
  return new Glovo(parts);
}

class Glovo implements PlatformConnector {
  readonly name = "Glovo";
  readonly #parts: GlovoParts;
  readonly #settings: GlovoSettings;
  readonly #health: HealthCounter;
  readonly #client: GlovoClient;
  readonly #known: KnownOrders;
  /** The quote whose confirmation nobody answered, by our key: it takes one parcel, so it may be confirmed again. */
  readonly #unanswered = new Remembered<string | null>();
  /** Keys of parcels that stand under a number that was never told. */
  readonly #untold = new Remembered<true>();
  readonly #fetched = new Remembered<true>();

  constructor(parts: GlovoParts) {
    this.#parts = parts;
    this.#settings = { ...glovoDefaults, ...parts.settings };
    this.#health = parts.health ?? new HealthCounter(parts.clock);
    this.#known = new KnownOrders(parts.clock, this.#settings.unheard_ms);
    const wires = { wait: parts.wait ?? realWait, health: this.#health, settings: this.#settings };
    this.#client = new GlovoClient({ ...parts, ...wires });
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
    const reference = this.#known.reference(key);
    if (reference !== null) return settle(this.#health, "find", await this.#get(reference));
    return settle(this.#health, "find", this.#untold.get(key) ? this.#stands(key) : this.#known.silence(key));
  }

  async get(reference: string): Promise<Told<DeliveryReport>> {
    return settle(this.#health, "get", await this.#get(reference));
  }

  async cancel(reference: string): Promise<Told<DeliveryReport>> {
    const answer = await this.#ask("POST", `${pathOf(reference)}/cancel`, {}, true);
    if (isOutage(answer)) return settle(this.#health, "cancel", answer);
    if (!answer.ok && answer.refusal.code !== "BAD_REQUEST") return settle(this.#health, "cancel", answer);
    // How a late cancellation is refused is not known, and an earlier try may have been heard: the parcel itself tells.
    const standing = await this.#get(reference);
    if (isOutage(standing) || !standing.ok || standing.value.state === "cancelled")
      return settle(this.#health, "cancel", standing);
    const told = answer.ok
      ? outage("cancelled, and still standing", true)
      : refuse<PlatformRefusal>({ ...answer.refusal, code: "NOT_CANCELLABLE" });
    return settle(this.#health, "cancel", told);
  }

  /** Nothing is known of how Glovo's webhooks are signed: none is believed (reference §7). */
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

  /** The pickup is a place of Glovo's address book: one elsewhere would send the courier there. */
  async #quote(errand: Errand): Promise<Told<PlatformQuote>> {
    const { addressBookId, addressBookPlace, currency } = this.#parts.credentials;
    const place = toPlace(addressBookPlace);
    if (place === null) return no("BAD_REQUEST", "address_book_place is no latitude,longitude");
    if (greatCircle(place, errand.pickup.point) > this.#settings.pickupRadius_m)
      return no("OUT_OF_COVERAGE", "the pickup is not at the address book's place");
    const now = this.#now();
    const answer = await this.#ask("POST", "/quotes", toQuote(errand, addressBookId, now, this.#settings), true);
    return whenYes(answer, ({ json }) => understood(toPlatformQuote(json, currency, now)));
  }

  /**
   * A quote takes one parcel (§8), which is all that guards a booking: there is no list and no webhook to be believed. So a confirmation that
   * nobody answered is sent again for the same quote; a no then says that the first was heard, or that the quote has ended.
   */
  async #book(
    errand: Errand,
    quote: { readonly reference: string; readonly price: Money },
  ): Promise<Told<DeliveryReport>> {
    const { key } = errand;
    const standing = this.#known.reference(key);
    if (standing !== null) return this.#get(standing);
    const open = this.#stillOpen(key);
    const quoteId = open ?? quote.reference;
    const path = `/quotes/${encodeURIComponent(quoteId)}/parcels`;
    if (open === null) this.#known.tried(key);
    this.#unanswered.set(key, quoteId);
    const answer = await this.#ask("POST", path, toConfirm(errand, quote.price, this.#settings), false);
    if (!isOutage(answer) && answer.ok)
      return whenYes(understood(readParcel(answer.value.json)), (parcel) => this.#made(parcel, key));
    if (open !== null) return isOutage(answer) ? answer : this.#stands(key);
    if (isOutage(answer) && !didNothing(answer)) return answer;
    this.#unanswered.set(key, null);
    this.#known.notMade(key);
    const gone = !isOutage(answer) && !answer.ok && answer.refusal.code === "UNKNOWN_DELIVERY";
    return gone ? no("QUOTE_STALE", "the quote is gone") : answer;
  }

  /** Refused a second parcel of the quote: the first was heard, and what it is called nobody can ask. Never booked anew. */
  #stands(key: string): Outage {
    this.#untold.set(key, true);
    return outage("it stands, and only Glovo's own pages tell its number", false);
  }

  /** The quote of an unanswered confirmation, until it has been waited for long enough. */
  #stillOpen(key: string): string | null {
    const open = this.#unanswered.get(key) ?? null;
    if (open === null || this.#untold.get(key) || isOutage(this.#known.silence(key))) return open;
    this.#unanswered.set(key, null);
    return null;
  }

  #made(parcel: GlovoParcel, key: string): Told<DeliveryReport> {
    this.#unanswered.set(key, null);
    this.#known.heard(key, parcel.id);
    return ok(this.#report(parcel));
  }

  async #get(reference: string): Promise<Told<DeliveryReport>> {
    const answer = await this.#ask("GET", pathOf(reference), null, true);
    const parcel = whenYes(answer, ({ json }) => understood(readParcel({ trackingNumber: reference, ...json })));
    if (isOutage(parcel) || !parcel.ok) return parcel;
    const report = this.#report(parcel.value);
    if (!this.#settings.askCourier || !isMoving(report)) return ok(report);
    // Both are told there alone; missing them costs only that.
    const [position, contact] = await Promise.all(
      ["courier-position", "courier-contact"].map((what) => this.#beside(`${pathOf(reference)}/${what}`)),
    );
    return ok({ ...report, courier: toCourier(position ?? {}, contact ?? {}) });
  }

  async #beside(path: string): Promise<Json | null> {
    const answer = await this.#client.ask("GET", path, null, false);
    return !isOutage(answer) && answer.ok && answer.value.status === 200 ? answer.value.json : null;
  }

  #report(parcel: GlovoParcel): DeliveryReport {
    const fetched = this.#fetched.get(parcel.id) === true;
    const report = toReport(parcel, fetched, this.#parts.credentials.currency, this.#now());
    if (report.state !== null && hasGoods(report.state)) this.#fetched.set(parcel.id, true);
    this.#health.unknown(report.unknown);
    return { ...report, key: report.key ?? this.#known.key(parcel.id) };
  }

  async #ask(
    method: WireRequest["method"],
    path: string,
    body: object | null,
    repeatable: boolean,
  ): Promise<Told<Answer>> {
    return answered(this.#health, await this.#client.ask(method, path, body, repeatable), toNo);
  }
}

const no = (code: PlatformRefusal["code"], words: string): Told<never> => refuse({ code, words, reference: null });

const pathOf = (reference: string): string => `/parcels/${encodeURIComponent(reference)}`;

const isMoving = ({ state }: DeliveryReport): boolean =>
  state === "en_route_to_pickup" || state === "at_pickup" || state === "picked_up" || state === "at_dropoff";

/** `41.15,-8.61`: latitude first, as maps show it. */
function toPlace(text: string): Point | null {
  const read = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  const point: Point | null = read ? [Number(read[2]), Number(read[1])] : null;
  return point && isPoint(point) ? point : null;
}
