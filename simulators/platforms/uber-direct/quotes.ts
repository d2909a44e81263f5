import { greatCircle } from "../../../src/kernel/point.ts";
import { instant, minor, toIso, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import type { JsonObject } from "../shared/json.ts";
import { priceOf, type Market } from "../shared/market.ts";
import { token } from "../shared/random-text.ts";
import type { Reading } from "../shared/reading.ts";
import { invalid, no } from "./errors.ts";
import type { Settings } from "./options.ts";
import { readPhone, readPlace, resolve, type Place, type PlaceRequest } from "./places.ts";
import { brokenWindow, readWindows, type Windows } from "./windows.ts";

/** What a delivery between two places would cost and when it would be there. */
export interface Offer {
  readonly pickup: Place;
  readonly dropoff: Place;
  readonly fee: Minor;
  readonly pickupEta: Instant;
  readonly dropoffEta: Instant;
  readonly dropoffDeadline: Instant;
}

export interface UberQuote extends Offer {
  readonly id: string;
  readonly storeId: string | null;
  readonly created: Instant;
  readonly expires: Instant;
  used: boolean;
}

/** Points of quote and create may differ by this much: two spellings of one address. */
const samePlace_m = 100;

export class Quotes {
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #quotes = new Map<string, UberQuote>();

  constructor(world: World, market: Market, settings: Settings, rng: Rng) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#rng = rng;
  }

  async open(reading: Reading): Promise<Result<UberQuote, WireResponse>> {
    const pickup = readPlace(reading, "pickup");
    const dropoff = readPlace(reading, "dropoff");
    const windows = readWindows(reading);
    readPhone(reading, "pickup", false);
    readPhone(reading, "dropoff", false);
    reading.whole("manifest_total_value", { min: 0 });
    const storeId = reading.text("external_store_id");
    if (reading.problems.size > 0 || !pickup || !dropoff) return invalid(reading.problems);
    const offer = await this.price(pickup, dropoff, windows);
    if (!offer.ok) return offer;
    if (this.#rng.next() < this.#market.supply.busyShare) return no("couriers_busy");
    const created = this.#world.clock.now();
    const expires = instant(created + this.#settings.quoteLife_s * 1000);
    const quote = { ...offer.value, id: `dqt_${token(this.#rng, 22)}`, storeId, created, expires, used: false };
    this.#quotes.set(quote.id, quote);
    return ok(quote);
  }

  /** Finds both points, checks windows and coverage, and prices the way between them. */
  async price(from: PlaceRequest, to: PlaceRequest, windows: Windows): Promise<Result<Offer, WireResponse>> {
    const now = this.#world.clock.now();
    const broken = brokenWindow(windows, now);
    if (broken) return no(broken);
    const pickup = resolve(this.#world, this.#market, this.#settings.addressTolerance_m, from);
    if (!pickup.ok) return pickup;
    const dropoff = resolve(this.#world, this.#market, this.#settings.addressTolerance_m, to);
    if (!dropoff.ok) return dropoff;
    const drive = await this.#world.drive(pickup.value.point, dropoff.value.point).catch(() => null);
    if (drive === null || drive.meters > this.#market.longest_m)
      return no("address_undeliverable", { dropoff_address: "too far from the pickup" });
    const { base, distance } = priceOf(this.#market, drive.meters, now);
    return ok({
      pickup: pickup.value,
      dropoff: dropoff.value,
      fee: minor(base + distance),
      ...this.#times(windows, drive.seconds, now),
    });
  }

  /** The quote that a create names, if it is alive, unused and about the same delivery. */
  check(id: string, pickup: Place, dropoff: Place, storeId: string | null): Result<UberQuote, WireResponse> {
    const quote = this.#quotes.get(id);
    if (!quote) return no("invalid_params", { quote_id: "quote does not exist" });
    if (quote.used) return no("used_quote");
    if (this.#world.clock.now() > quote.expires) return no("expired_quote");
    const moved = [greatCircle(quote.pickup.point, pickup.point), greatCircle(quote.dropoff.point, dropoff.point)];
    if (moved.some((meters) => meters > samePlace_m)) return no("mismatched_price_quote");
    if (storeId !== null && storeId !== quote.storeId)
      return no("mismatched_price_quote", { external_store_id: "not the quote's" });
    return ok(quote);
  }

  #times({ pickupReady, dropoffDeadline }: Windows, drive_s: number, now: Instant) {
    const { supply, dwell } = this.#market;
    const expected_ms = (supply.assign_s + supply.reach_m / 8) * 1000;
    const pickupEta = Math.max(now + expected_ms, pickupReady ?? now);
    const dropoffEta = pickupEta + (dwell.pickup_s + drive_s + dwell.dropoff_s) * 1000;
    const whole = (at: number): Instant => instant(Math.round(at));
    return {
      pickupEta: whole(pickupEta),
      dropoffEta: whole(dropoffEta),
      dropoffDeadline: dropoffDeadline ?? whole(dropoffEta + 1_800_000),
    };
  }
}

const minutesUntil = (from: Instant, to: Instant): number => Math.max(1, Math.round((to - from) / 60_000));

export const quoteView = (quote: UberQuote, { currency }: Market): JsonObject => ({
  kind: "delivery_quote",
  id: quote.id,
  created: toIso(quote.created),
  expires: toIso(quote.expires),
  fee: quote.fee,
  currency: currency.toLowerCase(),
  currency_type: currency.toUpperCase(),
  dropoff_eta: toIso(quote.dropoffEta),
  dropoff_deadline: toIso(quote.dropoffDeadline),
  duration: minutesUntil(quote.created, quote.dropoffEta),
  pickup_duration: minutesUntil(quote.created, quote.pickupEta),
});
