import {
  requirements,
  type Leg,
  type Order,
  type Requirement,
  type State,
  type TimeWindow,
} from "../../domain/index.ts";
import { invariant } from "../../kernel/invariant.ts";
import type { Point } from "../../kernel/point.ts";
import { before, instant, minutes, seconds, type Instant, type Seconds } from "../../kernel/quantity.ts";
import type { Shipment, Visit } from "../../optimizer/index.ts";

/** Founding assumptions until service times are learnt: parking, stairs, signature. */
export const service = { pickup: seconds(150), dropoff: seconds(120) } as const;
/** PL3: being late costs the plan this, minor units a second: dispatch's policy, 200 a minute. */
export const latenessPerSecond = 200 / 60;
/** PL3: times are estimates, so the plan aims to be this much earlier than what was promised at the door. */
const margin = minutes(10);

/** All times count from six hours before the hour of now, so that what began earlier is not negative. */
const past_s = 6 * 3600;

/** Instants as seconds from an origin that stays the same within an hour, and back. */
export class Relative {
  readonly origin: number;
  constructor(now: Instant) {
    this.origin = Math.floor(now / 3_600_000) * 3600 - past_s;
  }
  seconds(at: Instant): number {
    return Math.max(0, Math.ceil(at / 1000) - this.origin);
  }
  instant(relative: number): Instant {
    return instant((this.origin + Math.round(relative)) * 1000);
  }
}

export const skill = (requirement: Requirement): number => requirements.indexOf(requirement);
/** Anybody can bring something fragile, take a photo, a signature or a PIN. */
const special = (requirement: Requirement): boolean =>
  requirement === "age_check" || requirement === "cold" || requirement === "two_person";

interface Made {
  readonly leg: Leg;
  readonly order: Order;
  readonly onBoard: number | null;
  readonly origin: number;
  readonly shipment: Shipment;
}

/**
 * The shipments of legs. A running plan is asked for again with every new leg while few of its own have changed, so each is kept for as
 * long as its leg's places live, and made anew when something in it is another.
 */
export class Shipments {
  readonly #made = new WeakMap<Leg["from"], Made>();

  of(leg: Leg, onBoard: number | null, state: State, clock: Relative, at: (point: Point) => number): Shipment {
    const order = state.must("order", leg.order);
    const made = this.#made.get(leg.from);
    if (made?.origin === clock.origin && made.onBoard === onBoard && isSame(made, leg, order)) {
      const { pickup, delivery } = made.shipment;
      const stays = delivery!.location === at(leg.to.point) && (!pickup || pickup.location === at(leg.from.point));
      if (stays) return made.shipment;
    }
    const shipment = shipmentOf(leg, order, onBoard, clock, at);
    this.#made.set(leg.from, { leg, order, onBoard, origin: clock.origin, shipment });
    return shipment;
  }
}

/** Rows are never changed in place: what is the same object is the same. */
const isSame = (made: Made, leg: Leg, order: Order): boolean =>
  made.leg.to === leg.to &&
  made.leg.pickupWindow === leg.pickupWindow &&
  made.leg.dropoffWindow === leg.dropoffWindow &&
  made.leg.readyAt === leg.readyAt &&
  made.leg.parcels === leg.parcels &&
  made.order.parcels === order.parcels &&
  made.order.requirements === order.requirements;

/** PL3: earliest times bind; latest ones cost, because a promise that is already broken must still be kept as well as can be. */
function shipmentOf(
  leg: Leg,
  order: Order,
  onBoard: number | null,
  clock: Relative,
  at: (point: Point) => number,
): Shipment {
  const carried = order.parcels.filter((parcel) => leg.parcels.includes(parcel.id));
  invariant(carried.length > 0, "a leg carries at least one parcel");
  const end = (point: Point, { earliest, latest }: TimeWindow, wait: Seconds): Visit => ({
    location: at(point),
    windows: earliest === null ? [] : [{ earliest: clock.seconds(earliest), latest: null }],
    service: wait,
    due: latest === null ? null : clock.seconds(before(latest, margin)),
    costPerLateSecond: latest === null ? 0 : latenessPerSecond,
  });
  return {
    pickup: onBoard === null ? end(leg.from.point, leg.pickupWindow, service.pickup) : null,
    delivery: end(leg.to.point, leg.dropoffWindow, service.dropoff),
    onBoard,
    load: [
      carried.length,
      carried.reduce((sum, p) => sum + p.weight, 0),
      carried.reduce((sum, p) => sum + p.volume, 0),
    ],
    needs: order.requirements.filter(special).map(skill),
    release: onBoard === null ? clock.seconds(leg.readyAt) : null,
    penalty: null,
  };
}
