import { readPlaces, type CityPlaces } from "../../simulators/city/millport/index.ts";
import { castOf, everybody, fleetCourier, partnerCourier, type Cast } from "../../simulators/city/cast.ts";
import { CityCourier } from "../../simulators/city/courier.ts";
import { wishes } from "../../simulators/city/demand.ts";
import { CityPartner } from "../../simulators/city/partner.ts";
import { usualManners, type Surroundings, type Walker } from "../../simulators/city/people.ts";
import { journeyScope } from "../domain/index.ts";
import type { CourierRequest } from "../journey/pool/index.ts";
import type { ParticipantId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Point } from "../kernel/point.ts";
import { after, hours, instant, seconds, type Instant } from "../kernel/quantity.ts";
import type { Rng } from "../kernel/rng.ts";
import type { LoadedCity } from "./city.ts";
import { doorToDoor } from "./door-to-door.ts";
import type { RunningNetwork } from "./network.ts";
import { holding, type Scheduler } from "./scheduler.ts";
import { StartRefused } from "./settings.ts";

/** How big the day is. */
export interface Day {
  readonly from: Instant;
  readonly hours: number;
  readonly orders: number;
  readonly couriers: number;
  readonly partnerVans: number;
}

export interface PopulaceParts {
  readonly loaded: LoadedCity;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly log: (what: string, error: unknown) => void;
}

/** Everybody who lives in the city: they place orders, drive, answer offers, all through the network's doors. */
export class Populace {
  readonly cast: Cast;
  readonly places: CityPlaces;
  readonly #parts: PopulaceParts;

  constructor(parts: PopulaceParts) {
    this.#parts = parts;
    const { zone, currency } = parts.loaded.city;
    this.cast = castOf(zone, currency);
    this.places = readPlaces(parts.loaded.data);
    if (this.places.shops.length === 0 || this.places.homes.length === 0)
      throw new StartRefused(
        `Nobody can live in ${parts.loaded.city.name}: the file has too few streets to lay shops and homes along. Take a larger extract.`,
      );
  }

  /** Introduces the participants, hires the couriers, starts their shifts, and lets the day begin. */
  async begin(network: RunningNetwork, day: Day): Promise<void> {
    await network.introduce(everybody(this.cast));
    const world = this.#surroundings(network);
    const manners = usualManners;
    const depots = this.places.depots.map(({ point }) => point);
    const fleet = await this.#crew(
      network,
      this.cast.fleet.id,
      day.couriers,
      day,
      (i) => this.#startOf(i),
      (i) => fleetCourier(i, this.#parts.rng.fork(`courier ${i}`)),
    );
    for (const walker of fleet) {
      void new CityCourier(walker, { ...world, rng: this.#parts.rng.fork(walker.courier) }, manners)
        .work()
        .catch((error: unknown) => this.#parts.log("courier", error));
    }
    const vans = await this.#crew(
      network,
      this.cast.partner.id,
      day.partnerVans,
      day,
      (i) => depots[i % depots.length]!,
      partnerCourier,
    );
    new CityPartner(this.cast.partner.id, vans, { ...world, rng: this.#parts.rng.fork("partner") }, manners).open();
    this.#place(network, day);
  }

  /** Couriers wait where the shops are, not all at one depot. */
  #startOf(index: number): Point {
    const { shops, depots } = this.places;
    const spots = index % 6 === 5 || shops.length === 0 ? depots : shops;
    return spots[(index * 37) % spots.length]!.point;
  }

  async #crew(
    network: RunningNetwork,
    carrier: ParticipantId,
    count: number,
    day: Day,
    startOf: (index: number) => Point,
    request: (index: number) => CourierRequest,
  ): Promise<Walker[]> {
    const walkers: Walker[] = [];
    const endsAt = after(day.from, seconds(Math.min(day.hours + 2, 15.5) * 3600));
    for (let index = 0; index < count; index++) {
      const hired = await network.fleet.hire(journeyScope, carrier, request(index));
      invariant(hired.ok, "the cast's carriers may hire");
      const { id: courier, vehicle } = hired.value;
      const start = startOf(index);
      const shift = await network.fleet.planShift(journeyScope, {
        courier,
        startsAt: day.from,
        endsAt,
        start,
        end: null,
      });
      invariant(shift.ok, "a new courier has no other shift");
      await network.fleet.startShift(journeyScope, shift.value.id);
      walkers.push({ courier, shift: shift.value.id, carrier, profile: vehicle.profile, start, endsAt });
    }
    return walkers;
  }

  #surroundings(network: RunningNetwork): Surroundings {
    const { scheduler, rng, loaded, log } = this.#parts;
    const { hot } = network;
    return {
      clock: scheduler,
      rng,
      after: (wait_ms, act) => void scheduler.at(instant(scheduler.now() + Math.max(0, Math.ceil(wait_ms))), act),
      network,
      drive: async (from, to, profile) => {
        const way = await holding(scheduler, doorToDoor(loaded.travel, from, to, profile, scheduler.now()));
        return way.ok ? way.value : null;
      },
      route: (shift) => hot.routeOf(shift),
      leg: (id) => hot.get("leg", id),
      order: (id) => hot.get("order", id),
      offers: (to) => hot.all("offer").filter((offer) => offer.to === to && offer.state === "open"),
      failed: log,
    };
  }

  /** Each order is placed when its time has come. */
  #place(network: RunningNetwork, { from, hours: length, orders }: Day): void {
    const { scheduler, rng, loaded, log } = this.#parts;
    const { zone, currency } = loaded.city;
    const until = after(from, hours(length));
    for (const { at, shipper, request } of wishes(
      this.places,
      { orders, from, until, zone, currency },
      rng.fork("wishes"),
    )) {
      scheduler.at(at, () => {
        const by = this.cast.shippers[shipper]!.id;
        void network.orders
          .place({ ...journeyScope, viewer: by, by: "shop system" }, by, [request])
          .then(([placed]) => {
            if (!placed!.ok) log("placing", new Error(`${request.reference} was refused: ${placed!.refusal.code}`));
          })
          .catch((error: unknown) => log("placing", error));
      });
    }
  }
}
