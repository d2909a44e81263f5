import type {
  Courier,
  Leg,
  OwnCost,
  Profile,
  Requirement,
  Route,
  Shift,
  State,
  Stop,
  TimeWindow,
  TravelSource,
} from "../../domain/index.ts";
import { requirements } from "../../domain/index.ts";
import { invariant } from "../../kernel/invariant.ts";
import type { Point } from "../../kernel/point.ts";
import { before, instant, minutes, seconds, type Instant, type Seconds } from "../../kernel/quantity.ts";
import type { Plan, Problem, Shipment, Stop as Visit, Vehicle, Visit as End } from "../../optimizer/index.ts";
import type { PlaceBook } from "./place-book.ts";

/** A shift on duty with its route. */
export interface Crew {
  readonly shift: Shift;
  readonly courier: Courier;
  readonly route: Route;
}

/** Couriers and legs as indices, and the way back. */
export interface Translation {
  readonly problem: Problem;
  readonly plan: Plan;
  readonly crews: readonly Crew[];
  /** The leg of each shipment. */
  readonly legs: readonly Leg[];
  readonly toInstant: (relative: number) => Instant;
  readonly source: TravelSource;
}

/** Founding assumptions until service times are learnt: parking, stairs, signature. */
export const service = { pickup: seconds(150), dropoff: seconds(120) } as const;
/** PL3: being late costs the plan this, minor units a second: dispatch's policy, 200 a minute. */
export const latenessPerSecond = 200 / 60;
/** PL3: times are estimates, so the plan aims to be this much earlier than what was promised at the door. */
const margin = minutes(10);

/** All times count from six hours before now, so that what began earlier is not negative. */
const past_s = 6 * 3600;

/** PL1: the running routes of `crews`, and `extra` legs that are to find a place, as a problem of indices. */
export async function translate(
  crews: readonly Crew[],
  extra: readonly { leg: Leg; onBoard: number | null }[],
  cost: OwnCost,
  now: Instant,
  state: State,
  book: PlaceBook,
): Promise<Translation> {
  const routed = crews.map(({ route }) =>
    [...new Set(route.stops.map((stop) => stop.leg))].map((id) => state.must("leg", id)),
  );
  const legs = [...routed.flat(), ...extra.map(({ leg }) => leg)];
  const profiles = [...new Set(crews.map(({ courier }) => courier.vehicle.profile))];
  const { at, matrix, source } = await book.enter(
    crews.map((crew, index) => ({ profile: crew.courier.vehicle.profile, points: placesOf(crew, routed[index]!) })),
    extra.flatMap(({ leg }) => [leg.from.point, leg.to.point]),
  );
  const shipmentOf = new Map(legs.map((leg, index) => [leg.id, index]));
  const clock = new Relative(now);

  const board = (leg: Leg): number | null => {
    const added = extra.find((one) => one.leg.id === leg.id);
    if (added) return added.onBoard;
    const vehicle = routed.findIndex((list) => list.includes(leg));
    return crews[vehicle]!.route.stops.some((stop) => stop.leg === leg.id && stop.kind === "pickup") ? null : vehicle;
  };
  const drive = (profile: Profile, from: Point, to: Point): number => {
    const grid = matrix(profile);
    return grid.seconds[at(from) * grid.size + at(to)]!;
  };
  const visits = (stops: readonly Stop[]): Visit[] =>
    stops.map(({ leg, kind }) => ({
      shipment: shipmentOf.get(leg)!,
      visit: kind === "pickup" ? "pickup" : "delivery",
    }));

  const problem: Problem = {
    matrices: profiles.map(matrix),
    vehicles: crews.map((crew) => vehicle(crew, profiles, cost, clock, now, state, at, drive, visits)),
    shipments: legs.map((leg) => shipment(leg, board(leg), state, clock, at)),
  };
  return {
    problem,
    plan: { routes: crews.map(({ route }) => visits(route.stops)) },
    crews,
    legs,
    toInstant: (s) => clock.instant(s),
    source,
  };
}

class Relative {
  readonly #origin: number;
  constructor(now: Instant) {
    this.#origin = Math.floor(now / 1000) - past_s;
  }
  seconds(at: Instant): number {
    return Math.max(0, Math.ceil(at / 1000) - this.#origin);
  }
  instant(relative: number): Instant {
    return instant((this.#origin + Math.round(relative)) * 1000);
  }
}

const placesOf = ({ route, shift }: Crew, legs: readonly Leg[]): readonly Point[] => [
  route.from,
  ...(shift.end ? [shift.end] : []),
  ...legs.flatMap((leg) => [leg.from.point, leg.to.point]),
];

/** PL2: a stop that the courier is on the way to, or at, is not taken away any more. */
const frozenStops = (route: Route, state: State): readonly Stop[] => {
  const first = route.stops[0];
  if (!first) return [];
  const going = state.must("leg", first.leg).state;
  const bound = first.kind === "pickup" ? ["en_route_to_pickup", "at_pickup"] : ["en_route_to_dropoff", "at_dropoff"];
  return bound.includes(going) ? [first] : [];
};

function vehicle(
  { shift, courier, route }: Crew,
  profiles: readonly Profile[],
  { perHour, perKilometer, perMotorKilometer }: OwnCost,
  clock: Relative,
  now: Instant,
  state: State,
  at: (point: Point) => number,
  drive: (profile: Profile, from: Point, to: Point) => number,
  visits: (stops: readonly Stop[]) => Visit[],
): Vehicle {
  const { maxParcels, maxWeight, maxVolume, profile } = courier.vehicle;
  const frozen = frozenStops(route, state);
  // On the way: it left `from` at `readyAt`, unless it should long be there. Else it can leave now.
  const began = frozen[0] ? now - drive(profile, route.from, frozen[0].place.point) * 1000 : now;
  return {
    start: at(route.from),
    end: shift.end ? at(shift.end) : null,
    shift: { earliest: clock.seconds(instant(Math.max(route.readyAt, began))), latest: clock.seconds(shift.endsAt) },
    capacity: [maxParcels, maxWeight, maxVolume],
    matrix: profiles.indexOf(profile),
    fixedCost: 0,
    costPerSecond: perHour / 3600,
    costPerMeter: (profile === "car" || profile === "van" ? perMotorKilometer : perKilometer) / 1000,
    skills: courier.skills.map(skill),
    maxStops: null,
    frozen: visits(frozen),
  };
}

const skill = (requirement: Requirement): number => requirements.indexOf(requirement);
/** Anybody can bring something fragile, take a photo, a signature or a PIN. */
const special = (requirement: Requirement): boolean =>
  requirement === "age_check" || requirement === "cold" || requirement === "two_person";

/** PL3: earliest times bind; latest ones cost, because a promise that is already broken must still be kept as well as can be. */
function shipment(
  leg: Leg,
  onBoard: number | null,
  state: State,
  clock: Relative,
  at: (point: Point) => number,
): Shipment {
  const order = state.must("order", leg.order);
  const carried = order.parcels.filter((parcel) => leg.parcels.includes(parcel.id));
  invariant(carried.length > 0, "a leg carries at least one parcel");
  const end = (point: Point, { earliest, latest }: TimeWindow, wait: Seconds): End => ({
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
