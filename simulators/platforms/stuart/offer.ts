import { toLocal } from "../../../src/kernel/local-time.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { instant, minor, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import { covers, priceOf, type Market } from "../shared/market.ts";
import type { WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { no } from "./errors.ts";
import type { Settings } from "./options.ts";
import type { JobRequest, StopRequest } from "./request.ts";

/** What a job would cost, where it really goes, and when. */
export interface Offer {
  readonly pickup: Point;
  readonly dropoff: Point;
  readonly meters: number;
  readonly seconds: number;
  /** Without tax. */
  readonly price: Minor;
  readonly ready: Instant;
  readonly pickupEta: Instant;
  readonly dropoffEta: Instant;
}

const sizeFactor = { xsmall: 0.9, small: 1, medium: 1.15, large: 1.4, xlarge: 1.8 } as const;

/** Whether and for how much a job can be done; there is no quote that would hold a price. */
export class Offers {
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;

  constructor(world: World, market: Market, settings: Settings) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
  }

  async of(request: JobRequest): Promise<Result<Offer, WireResponse>> {
    const pickup = this.place("job.pickups", request.pickup);
    if (!pickup.ok) return pickup;
    const dropoff = this.place("job.dropoffs", request.dropoff);
    if (!dropoff.ok) return dropoff;
    const drive = await this.#world.drive(pickup.value, dropoff.value).catch(() => null);
    if (drive === null || drive.meters > this.#market.longest_m) return no("JOB_DISTANCE_NOT_ALLOWED");
    const way = { pickup: pickup.value, dropoff: dropoff.value, meters: drive.meters, seconds: drive.seconds };
    const times = this.#times(request, drive.seconds);
    if (!times.ok) return times;
    const { base, distance } = priceOf(this.#market, drive.meters, times.value.ready);
    const price = minor(Math.round((base + distance) * sizeFactor[request.packageType ?? "small"]));
    return ok({ ...way, price, ...times.value });
  }

  /** An address that is found by its coordinates alone counts as vague: somebody must be there to be called. */
  place(where: string, stop: StopRequest): Result<Point, WireResponse> {
    const found = this.#world.locate(stop.address);
    const point = found ?? stop.given;
    if (point === null) return no("CANT_GEOCODE_ADDRESS", { [`${where}.address`]: ["can't be geocoded"] });
    if (!covers(this.#market.coverage, point)) return no("OUT_OF_RANGE", { [`${where}.address`]: ["is out of range"] });
    if (found === null && stop.contact.phone === null)
      return no("ADDRESS_CONTACT_PHONE_REQUIRED", { [`${where}.contact.phone`]: ["can't be blank"] });
    return ok(point);
  }

  #times(
    { pickupAt, dropoffAt }: JobRequest,
    drive_s: number,
  ): Result<Pick<Offer, "ready" | "pickupEta" | "dropoffEta">, WireResponse> {
    const { supply, dwell, zone } = this.#market;
    const now = this.#world.clock.now();
    const way_ms = Math.round((dwell.pickup_s + drive_s + dwell.dropoff_s) * 1000);
    const wished = pickupAt ?? (dropoffAt === null ? null : instant(dropoffAt - way_ms));
    // A minute of grace: "now" is a little old when it arrives.
    if (wished !== null && (wished < now - 60_000 || wished > now + this.#settings.longestAhead_s * 1000))
      return no("JOB_PICKUP_AT_INVALID", { "job.pickup_at": ["is in the past or too far ahead"] });
    const hours = this.#settings.openHours;
    const hour = toLocal(now, zone).hour;
    if (wished === null && hours !== null && (hour < hours.from || hour >= hours.to))
      return no("JOB_PICKUP_AT_INVALID", { "job.pickup_at": ["is outside operating hours"] });
    const ready = instant(Math.max(now, wished ?? now));
    const reachable = now + Math.round((supply.assign_s + supply.reach_m / 8) * 1000);
    const pickupEta = instant(Math.max(ready, reachable));
    return ok({ ready, pickupEta, dropoffEta: instant(pickupEta + way_ms) });
  }
}
