import { toLocal } from "../../../src/kernel/local-time.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { fromIso, instant, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import type { WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { isObject, type JsonObject } from "../shared/json.ts";
import { covers, priceOf, type Market } from "../shared/market.ts";
import { invalidField, no, unserviceable } from "./errors.ts";
import type { Settings } from "./options.ts";
import type { Stores } from "./stores.ts";

/** What a delivery would cost, where it really goes, and when. */
export interface Offer {
  readonly pickup: Point;
  readonly dropoff: Point;
  readonly base: Minor;
  readonly distance: Minor;
  /** Parcels are not handed out before this. */
  readonly ready: Instant;
  readonly pickupEta: Instant;
  readonly dropoffEta: Instant;
}

export class Pricing {
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #stores: Stores;

  constructor(world: World, market: Market, settings: Settings, stores: Stores) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#stores = stores;
  }

  /** Takes address, name and phone of the pickup from its store, when one is named. */
  withStore(fields: JsonObject): Result<JsonObject, WireResponse> {
    const [business, store] = [fields["pickup_external_business_id"], fields["pickup_external_store_id"]];
    if (typeof business !== "string" && typeof store !== "string")
      return typeof fields["pickup_address"] === "string"
        ? ok(fields)
        : no(invalidField("pickup_address", "pickup_address, or a business and a store, is required"));
    if (typeof business !== "string" || typeof store !== "string")
      return no(invalidField("pickup_external_store_id", "business and store must be given together"));
    const found = this.#stores.find(business, store);
    if ("refusal" in found) return no(found.refusal);
    const { address, name, phone_number } = found.store;
    const phone = phone_number === undefined ? {} : { pickup_phone_number: phone_number };
    return ok({ ...fields, pickup_address: address, pickup_business_name: name, ...phone });
  }

  async offer(fields: JsonObject): Promise<Result<Offer, WireResponse>> {
    const pickup = this.#world.locate(String(fields["pickup_address"]));
    if (pickup === null) return no(invalidField("pickup_address", "the address could not be found"));
    const dropoff = this.#world.locate(String(fields["dropoff_address"]));
    if (dropoff === null) return no(invalidField("dropoff_address", "the address could not be found"));
    if (!covers(this.#market.coverage, pickup)) return no(unserviceable("pickup_address_not_in_coverage"));
    if (!covers(this.#market.coverage, dropoff)) return no(unserviceable("delivery_address_not_in_coverage"));
    const drive = await this.#world.drive(pickup, dropoff).catch(() => null);
    if (drive === null || drive.meters > this.#market.longest_m) return no(unserviceable("distance_too_long"));
    const now = this.#world.clock.now();
    const times = this.#times(fields, drive.seconds, now);
    if (!times.ok) return times;
    return ok({ pickup, dropoff, ...priceOf(this.#market, drive.meters, now), ...times.value });
  }

  #times(
    fields: JsonObject,
    drive_s: number,
    now: Instant,
  ): Result<Pick<Offer, "ready" | "pickupEta" | "dropoffEta">, WireResponse> {
    const { supply, dwell } = this.#market;
    const way_ms = Math.round((dwell.pickup_s + drive_s + dwell.dropoff_s) * 1000);
    const wished = wishedPickup(fields, way_ms);
    // A minute of grace: "now" is a little old when it arrives.
    if (wished !== null && wished < now - 60_000)
      return no(
        invalidField(fields["dropoff_time"] === undefined ? "pickup_time" : "dropoff_time", "must not be in the past"),
      );
    const ready = wished === null || wished < now ? now : wished;
    const reachable = now + Math.round((supply.assign_s + supply.reach_m / 8) * 1000);
    const pickupEta = instant(Math.max(ready, reachable));
    const hours = this.#settings.openHours;
    const hour = toLocal(pickupEta, this.#market.zone).hour;
    if (hours && (hour < hours.from || hour >= hours.to)) return no(unserviceable("outside_of_delivery_time"));
    return ok({ ready, pickupEta, dropoffEta: instant(pickupEta + way_ms) });
  }
}

/** When the parcels should be fetched: the windows when all four ends are there, else a time; null means as soon as can be. */
function wishedPickup(fields: JsonObject, way_ms: number): Instant | null {
  const ends = [fields["pickup_window"], fields["dropoff_window"]].flatMap((window) =>
    isObject(window) ? [timeOf(window["start_time"]), timeOf(window["end_time"])] : [null],
  );
  if (ends.every((end) => end !== null)) return ends[0] ?? null;
  const pickup = timeOf(fields["pickup_time"]);
  if (pickup !== null) return pickup;
  const dropoff = timeOf(fields["dropoff_time"]);
  return dropoff === null ? null : instant(dropoff - way_ms);
}

const timeOf = (value: unknown): Instant | null => (typeof value === "string" ? fromIso(value) : null);
