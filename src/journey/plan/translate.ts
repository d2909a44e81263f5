import type { Courier, Leg, OwnCost, Profile, Route, Shift, State, Stop, TravelSource } from "../../domain/index.ts";
import type { Point } from "../../kernel/point.ts";
import { instant, type Instant } from "../../kernel/quantity.ts";
import type { Plan, Problem, Shipment, Stop as Visit, Vehicle } from "../../optimizer/index.ts";
import type { PlaceBook } from "./place-book.ts";
import { Relative, skill } from "./shipments.ts";

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

/** PL1: the running routes of `crews`, and `extra` legs that are to find a place, as a problem of indices. */
export async function translate(
  crews: readonly Crew[],
  extra: readonly { leg: Leg; onBoard: number | null }[],
  cost: OwnCost,
  now: Instant,
  state: State,
  book: PlaceBook,
): Promise<Translation> {
  const routed = crews.map(({ route }) => onRoute(route, state));
  const legs = [...routed.flatMap((own) => own.map(({ leg }) => leg)), ...extra.map(({ leg }) => leg)];
  const profiles = [...new Set(crews.map(({ courier }) => courier.vehicle.profile))];
  const { at, matrix, source } = await book.enter(
    crews.map((crew, index) => ({ profile: crew.courier.vehicle.profile, points: placesOf(crew, routed[index]!) })),
    extra.flatMap(({ leg }) => [leg.from.point, leg.to.point]),
    now,
  );
  const shipmentOf = new Map(legs.map((leg, index) => [leg.id, index]));
  const clock = new Relative(now);
  const drive = (profile: Profile, from: Point, to: Point): number => {
    const grid = matrix(profile);
    return grid.seconds[at(from) * grid.size + at(to)]!;
  };
  const visits = (stops: readonly Stop[]): Visit[] =>
    stops.map(({ leg, kind }) => ({
      shipment: shipmentOf.get(leg)!,
      visit: kind === "pickup" ? "pickup" : "delivery",
    }));
  const shipment = (leg: Leg, onBoard: number | null): Shipment => book.shipments.of(leg, onBoard, state, clock, at);

  const problem: Problem = {
    matrices: profiles.map(matrix),
    vehicles: crews.map((crew) => vehicle(crew, profiles, cost, clock, now, state, at, drive, visits)),
    shipments: [
      ...routed.flatMap((own, vehicle) => own.map(({ leg, toFetch }) => shipment(leg, toFetch ? null : vehicle))),
      ...extra.map(({ leg, onBoard }) => shipment(leg, onBoard)),
    ],
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

/** A leg in a route, and whether its pickup is still to come: else it is on board. */
interface Routed {
  readonly leg: Leg;
  readonly toFetch: boolean;
}

/** The legs of a route in the order of their first stops there. */
function onRoute({ stops }: Route, state: State): readonly Routed[] {
  const toFetch = new Map<Leg["id"], boolean>();
  for (const { leg, kind } of stops) if (kind === "pickup" || !toFetch.has(leg)) toFetch.set(leg, kind === "pickup");
  return [...toFetch].map(([id, isToFetch]) => ({ leg: state.must("leg", id), toFetch: isToFetch }));
}

const placesOf = ({ route, shift }: Crew, routed: readonly Routed[]): readonly Point[] => [
  route.from,
  ...(shift.end ? [shift.end] : []),
  ...routed.flatMap(({ leg }) => [leg.from.point, leg.to.point]),
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
