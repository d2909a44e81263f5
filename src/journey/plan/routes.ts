import type {
  Handler,
  Leg,
  LegEstimate,
  LegAssigned,
  LegCancelled,
  CarrierCancelled,
  LegProgressed,
  OwnCost,
  Route,
  Step,
  Stop,
} from "../../domain/index.ts";
import { invariant } from "../../kernel/invariant.ts";
import type { LegId, ShiftId } from "../../kernel/id.ts";
import { insertions, schedule } from "../../optimizer/index.ts";
import type { PlaceBook } from "./place-book.ts";
import { service } from "./shipments.ts";
import { translate, type Crew } from "./translate.ts";

/** PL6: an assigned leg enters the route of its courier, at the place that was priced; a return where it fits best. */
export const commit =
  (book: PlaceBook): Handler<LegAssigned> =>
  async ({ leg: id }, step) => {
    const leg = step.state.must("leg", id);
    const shift = leg.assignment?.shift;
    if (!shift) return [];
    const route = step.state.routeOf(shift);
    invariant(route, "an own courier who is assigned a leg is on duty");
    const stops = leg.kind === "return" ? await withReturn(leg, route, step, book) : withPriced(leg, route, step);
    await reschedule({ ...route, stops }, step, book);
    return [];
  };

function withPriced(leg: Leg, route: Route, { state }: Step): readonly Stop[] {
  const own = state.get("round", leg.id)?.candidates.find(({ id }) => id === leg.assignment?.quote)?.own;
  invariant(own?.routeVersion === route.version, "a commitment is made against the plan's current version");
  state.drop("round", leg.id);
  const stops = [...route.stops];
  stops.splice(own.pickupAt, 0, stopOf(leg, "pickup", route));
  stops.splice(own.dropoffAt, 0, stopOf(leg, "dropoff", route));
  return stops;
}

async function withReturn(leg: Leg, route: Route, step: Step, book: PlaceBook): Promise<readonly Stop[]> {
  const crew = crewOf(route.shift, step);
  const stop = stopOf(leg, "dropoff", route);
  if (!crew) return [...route.stops, stop];
  const world = await translate([crew], [{ leg, onBoard: 0 }], costOf(crew, step), step.now, step.state, book);
  const place = insertions(world.problem, world.plan, world.legs.length - 1, 1).candidates[0];
  return route.stops.toSpliced(place?.deliveryAt ?? route.stops.length, 0, stop);
}

const stopOf = (leg: Leg, kind: Stop["kind"], route: Route): Stop => ({
  leg: leg.id,
  kind,
  place: kind === "pickup" ? leg.from : leg.to,
  service: kind === "pickup" ? service.pickup : service.dropoff,
  arrive: route.readyAt,
  depart: route.readyAt,
});

/** PL7: what was served leaves the route, and what remains is estimated anew from where the courier is. */
export const follow =
  (book: PlaceBook): Handler<LegProgressed> =>
  async ({ leg: id, to }, step) => {
    const leg = step.state.must("leg", id);
    const route = leg.assignment?.shift ? step.state.routeOf(leg.assignment.shift) : undefined;
    if (!route) return [];
    const served = servedKinds[to] ?? [];
    const stops = route.stops.filter((stop) => stop.leg !== id || !served.includes(stop.kind));
    const atDoor = to !== "en_route_to_pickup" && to !== "en_route_to_dropoff";
    const place = to === "at_pickup" || to === "picked_up" || to === "pickup_failed" ? leg.from : leg.to;
    const moved: Route = atDoor ? { ...route, stops, from: place.point, readyAt: step.now } : { ...route, stops };
    await reschedule(served.length > 0 ? measure(leg, moved, step) : moved, step, book);
    return [];
  };

const servedKinds: Partial<Record<LegProgressed["to"], readonly Stop["kind"][]>> = {
  picked_up: ["pickup"],
  pickup_failed: ["pickup", "dropoff"],
  handed_over: ["dropoff"],
  dropoff_failed: ["dropoff"],
};

/** PL8: what the courier drove since the last stop was driven for the leg that this stop serves. */
function measure(leg: Leg, route: Route, { state }: Step): Route {
  const odometer = state.odometer(leg.assignment!.courier!);
  const driven = Math.max(0, odometer - route.odometer_m);
  state.put("leg", { ...leg, driven_m: leg.driven_m + driven });
  return { ...route, odometer_m: odometer };
}

/** PL9: a leg that nobody of ours carries any more leaves its route. */
export const release =
  (book: PlaceBook): Handler<LegCancelled | CarrierCancelled> =>
  async ({ leg: id }, step) => {
    const shift = step.state.must("leg", id).assignment?.shift;
    const route = shift ? step.state.routeOf(shift) : undefined;
    if (!route) return [];
    await reschedule({ ...route, stops: route.stops.filter((stop) => stop.leg !== id) }, step, book);
    return [];
  };

/**
 * PL10: the roads have changed: what remains of a route is estimated anew. Legs that were in time and are no longer, and that nobody
 * has set out for, are given back, to be decided again.
 */
export const retime =
  (book: PlaceBook) =>
  async (shift: ShiftId, step: Step): Promise<readonly CarrierCancelled[]> => {
    const route = step.state.routeOf(shift);
    if (!route || route.stops.length === 0) return [];
    const kept = new Set(inTime(route, step));
    await reschedule(route, step, book);
    for (const leg of inTime(step.state.routeOf(shift)!, step)) kept.delete(leg);
    return [...kept].map((leg) => ({
      type: "CarrierCancelled",
      order: step.state.must("leg", leg).order,
      leg,
      carrier: route.carrier,
      reason: "the roads have changed",
      mayTakeAgain: true,
    }));
  };

/** Legs of a route for which nobody has set out yet, and that will be at the door in time. */
const inTime = ({ stops }: Route, { state }: Step): readonly LegId[] =>
  stops.flatMap(({ leg: id, kind, arrive }) => {
    const { state: stands, dropoffWindow } = state.must("leg", id);
    const { latest } = dropoffWindow;
    return kind === "dropoff" && stands === "assigned" && latest !== null && arrive <= latest ? [id] : [];
  });

/** A change of estimate smaller than this is not worth a write. */
const worthTelling_ms = 30_000;

/** Stores the route as its next version, with the times at which its stops will be served. */
async function reschedule(route: Route, step: Step, book: PlaceBook): Promise<void> {
  step.state.put("route", { ...route, version: route.version + 1 });
  const crew = crewOf(route.shift, step);
  if (!crew || route.stops.length === 0) return;
  const world = await translate([crew], [], costOf(crew, step), step.now, step.state, book);
  const { stops } = schedule(world.problem, 0, world.plan.routes[0]!);
  const timed = route.stops.map((stop, i) => ({
    ...stop,
    arrive: world.toInstant(stops[i]!.start),
    depart: world.toInstant(stops[i]!.departure),
  }));
  step.state.put("route", { ...route, version: route.version + 1, stops: timed });
  for (const leg of new Set(timed.map((stop) => stop.leg)))
    tell(step.state.must("leg", leg), timed, world.source === "roads" ? "plan" : "great_circle", step);
}

function tell(leg: Leg, stops: readonly Stop[], source: LegEstimate["source"], { state, now }: Step): void {
  const when = (kind: Stop["kind"]) => stops.find((stop) => stop.leg === leg.id && stop.kind === kind)?.arrive ?? null;
  const [pickup, dropoff] = [when("pickup") ?? leg.estimate?.pickup ?? null, when("dropoff")];
  const known = leg.estimate?.source === source ? leg.estimate.dropoff : null;
  if (known !== null && dropoff !== null && Math.abs(known - dropoff) < worthTelling_ms) return;
  state.put("leg", { ...leg, estimate: { pickup, dropoff, early: null, late: null, madeAt: now, source } });
}

const crewOf = (shift: ShiftId, { state }: Step): Crew | undefined => {
  const row = state.get("shift", shift);
  const route = state.routeOf(shift);
  return row && route ? { shift: row, route, courier: state.must("courier", row.courier) } : undefined;
};

const costOf = ({ shift }: Crew, { state }: Step): OwnCost => {
  const carriage = state.must("participant", shift.carrier).carriage;
  invariant(carriage?.kind === "own", "only own couriers have routes of ours");
  return carriage.cost;
};
