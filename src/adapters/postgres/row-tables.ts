import type { Cell, Leg, Order, Place, Route, Table, Tables } from "../../domain/index.ts";
import type { SubjectId } from "../../kernel/id.ts";
import type { Point } from "../../kernel/point.ts";
import { latLngToCell } from "h3-js";

/** The SQL table of each kind of row. */
export const sqlTable: { readonly [T in Table]: string } = {
  participant: "participants",
  order: "orders",
  leg: "legs",
  courier: "couriers",
  shift: "shifts",
  route: "routes",
  offer: "offers",
  request: "requests",
  round: "rounds",
  timer: "timers",
  attempt: "attempts",
  decision: "decisions",
  posting: "postings",
  outcome: "outcomes",
};

/** Written once; a second time is our mistake. */
export const writtenOnce: ReadonlySet<Table> = new Set(["attempt", "decision", "posting", "outcome"]);

/** A place as it is written: the point is the vault's. */
type StoredPlace = Omit<Place, "point">;
const withoutPoint = ({ subject, cell, zone, jurisdiction }: Place): StoredPlace => ({
  subject,
  cell,
  zone,
  jurisdiction,
});

/** The cell that stands for where a courier was last served: the point of a stop is a person's. */
export const cellAround = ([longitude, latitude]: Point): Cell => latLngToCell(latitude, longitude, 8);

/** The row as it may be written outside the vault. */
export function bodyOf<T extends Table>(table: T, row: Tables[T]): object {
  if (table === "order") {
    const order = row as Order;
    return { ...order, pickup: withoutPoint(order.pickup), dropoff: withoutPoint(order.dropoff) };
  }
  if (table === "leg") {
    const leg = row as Leg;
    return { ...leg, from: withoutPoint(leg.from), to: withoutPoint(leg.to) };
  }
  if (table === "route") {
    const { from, ...route } = row as Route;
    const stops = route.stops.map((stop) => ({ ...stop, place: withoutPoint(stop.place) }));
    return { ...route, stops, fromCell: cellAround(from) };
  }
  return row;
}

/** Whose points a row needs before it is whole again. */
export function subjectsOf(table: Table, body: object): readonly SubjectId[] {
  if (table === "order") return [(body as Order).pickup.subject, (body as Order).dropoff.subject];
  if (table === "leg") return [(body as Leg).from.subject, (body as Leg).to.subject];
  if (table === "route") return (body as Route).stops.map(({ place }) => place.subject);
  return [];
}

/** Gives a stored place its point again. */
export type Locate = (place: StoredPlace) => Place;
/** Where the stretch of a route begins that was stored as a cell. */
export type Origin = (route: Pick<Route, "shift"> & { readonly fromCell: string }) => Point;

export const wholeOrder = (body: Order, locate: Locate): Order => ({
  ...body,
  pickup: locate(body.pickup),
  dropoff: locate(body.dropoff),
});

export const wholeLeg = (body: Leg, locate: Locate): Leg => ({ ...body, from: locate(body.from), to: locate(body.to) });

export function wholeRoute(body: Route, locate: Locate, origin: Origin): Route {
  const { fromCell, ...route } = body as Route & { readonly fromCell: string };
  const stops = route.stops.map((stop) => ({ ...stop, place: locate(stop.place) }));
  return { ...route, stops, from: origin({ shift: route.shift, fromCell }) };
}
