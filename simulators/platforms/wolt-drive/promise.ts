import { greatCircle, type Point } from "../../../src/kernel/point.ts";
import { instant, minor, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { JsonObject } from "../shared/json.ts";
import { covers, priceOf, type Market } from "../shared/market.ts";
import { hex } from "../shared/random-text.ts";
import { Reading } from "../shared/reading.ts";
import type { WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { invalid, no } from "./errors.ts";
import type { Settings } from "./options.ts";

/** An end of a delivery. */
export interface Place {
  readonly point: Point;
  readonly address: string;
}

/** What a delivery costs and how long it takes, from now. */
export interface Offer {
  readonly pickup: Place;
  readonly dropoff: Place;
  readonly price: Minor;
  readonly preparation_min: number;
  readonly scheduled: Instant | null;
  readonly ready: Instant;
  readonly pickupEta: Instant;
  readonly dropoffEta: Instant;
}

/** A shipment promise: a price for an offer, until `validUntil` inclusive. */
export interface ShipmentPromise {
  readonly id: string;
  readonly created: Instant;
  readonly validUntil: Instant;
  readonly binding: boolean;
  readonly offer: Offer;
  readonly parcels: unknown;
  used: boolean;
}

/** When somebody wants it: the minutes until it is ready, and the time at which it should arrive. */
export interface Wishes {
  readonly preparation_min: number;
  readonly scheduled: Instant | null;
}

const minute_ms = 60_000;
/** A dropoff for later is more than an hour off, and within a week. */
const [soonest_ms, latest_ms] = [60 * minute_ms, 7 * 24 * 60 * minute_ms];
/** How far from the promised dropoff a delivery may be ordered to. */
const tolerance_m = 50;

export const readWishes = (reading: Reading, timeName = "scheduled_dropoff_time"): Wishes => ({
  preparation_min: reading.whole("min_preparation_time_minutes", { min: 0, max: 10_000 }) ?? 0,
  scheduled: reading.instant(timeName),
});

/** Prices deliveries, and keeps the promises that were given. */
export class Promises {
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #open = new Map<string, ShipmentPromise>();

  constructor(world: World, market: Market, settings: Settings, rng: Rng) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#rng = rng;
  }

  async promise(body: JsonObject, venue: Place): Promise<Result<ShipmentPromise, WireResponse>> {
    const reading = new Reading(body);
    const [street, city, post_code] = ["street", "city", "post_code"].map((name) => reading.text(name));
    const [lat, lon] = [reading.number("lat", { min: -90, max: 90 }), reading.number("lon", { min: -180, max: 180 })];
    const wishes = readWishes(reading);
    if (reading.problems.size > 0) return invalid(reading.problems);
    const address = [street, [post_code, city].filter(Boolean).join(" ")].filter(Boolean).join(", ");
    const given: Point | null = lat === null || lon === null ? null : [lon, lat];
    const place = this.place(address, given, "dropoff", [street, city, post_code].filter(Boolean).join(", "));
    if (!place.ok) return place;
    const offer = await this.offer(venue, place.value, wishes);
    if (!offer.ok) return offer;
    if (this.#rng.next() < this.#market.supply.busyShare) return no("DELIVERY_AREA_CLOSED_TEMPORARILY");
    const created = this.#world.clock.now();
    const made: ShipmentPromise = {
      id: hex(this.#rng, 24),
      created,
      validUntil: instant(created + this.#settings.promiseLife_s * 1000),
      binding: Boolean(street) && Boolean(city ?? post_code),
      offer: offer.value,
      parcels: body["parcels"] ?? null,
      used: false,
    };
    this.#open.set(made.id, made);
    return ok(made);
  }

  /** The living, binding promise of that id, for a delivery to where it was given for. */
  redeem(id: string, dropoff: Point): Result<ShipmentPromise, WireResponse> {
    const promise = this.#open.get(id);
    const alive = promise !== undefined && this.#world.clock.now() <= promise.validUntil;
    if (!alive || (promise.used && this.#settings.promiseUse === "once")) return no("SHIPMENT_PROMISE_NOT_FOUND");
    if (!promise.binding) return no("INVALID_DROPOFF_ADDRESS", "the promise is not binding");
    if (greatCircle(promise.offer.dropoff.point, dropoff) > tolerance_m)
      return no("INVALID_DROPOFF_ADDRESS", "the coordinates are not those of the promise");
    return ok(promise);
  }

  /** Coordinates win; else the address is looked up, in full and then by its parts. */
  place(
    address: string,
    given: Point | null,
    end: "pickup" | "dropoff",
    otherwise = address,
  ): Result<Place, WireResponse> {
    const point = given ?? this.#world.locate(address) ?? this.#world.locate(otherwise);
    if (point === null) return no(end === "pickup" ? "INVALID_PICKUP_ADDRESS" : "INVALID_DROPOFF_ADDRESS", address);
    if (!covers(this.#market.coverage, point))
      return no(end === "pickup" ? "PICKUP_OUTSIDE_DELIVERY_AREA" : "DROPOFF_OUTSIDE_OF_DELIVERY_AREA", address);
    return ok({ point, address });
  }

  async offer(pickup: Place, dropoff: Place, wishes: Wishes): Promise<Result<Offer, WireResponse>> {
    const now = this.#world.clock.now();
    const { scheduled } = wishes;
    if (scheduled !== null && (scheduled <= now + soonest_ms || scheduled > now + latest_ms))
      return no("INVALID_SCHEDULED_DROPOFF_TIME");
    const drive = await this.#world.drive(pickup.point, dropoff.point).catch(() => null);
    if (drive === null || drive.meters > this.#market.longest_m) return no("DROPOFF_OUTSIDE_OF_DELIVERY_AREA");
    const { supply, dwell } = this.#market;
    const way_ms = Math.round((dwell.pickup_s + drive.seconds + dwell.dropoff_s) * 1000);
    const prepared = now + wishes.preparation_min * minute_ms;
    const ready = instant(Math.max(prepared, scheduled === null ? 0 : scheduled - way_ms));
    const reachable = now + Math.round((supply.assign_s + supply.reach_m / 8) * 1000);
    const pickupEta = instant(Math.max(ready, reachable));
    const { base, distance } = priceOf(this.#market, drive.meters, ready);
    const dropoffEta = instant(pickupEta + way_ms);
    return ok({ pickup, dropoff, price: minor(base + distance), ...wishes, ready, pickupEta, dropoffEta });
  }
}
