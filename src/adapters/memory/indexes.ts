import { isCommitted, type Table, type Tables } from "../../domain/index.ts";

/** One way to find the rows of a table: under `key`, or not at all where it is null. */
export interface Index<T extends Table = Table> {
  readonly table: T;
  key(row: Tables[T]): string | null;
}

const by = <T extends Table>(table: T, key: (row: Tables[T]) => string | null): Index<T> => ({ table, key });

/** Two parts as one key: no id and no reference holds a line feed. */
export const pair = (owner: string, reference: string): string => `${owner}\n${reference}`;

/** Every way in which the journey looks for living rows. */
export const indexes = {
  participants: by("participant", () => "all"),
  couriersOf: by("courier", (courier) => courier.carrier),
  legsOf: by("leg", (leg) => leg.order),
  legsWith: by("leg", ({ assignment, state }) =>
    assignment !== null && isCommitted(state) ? assignment.carrier : null,
  ),
  legByReference: by("leg", ({ assignment }) =>
    assignment === null || assignment.reference === null ? null : pair(assignment.carrier, assignment.reference),
  ),
  orderByReference: by("order", ({ shipper, reference, state }) =>
    reference === null || state === "cancelled" ? null : pair(shipper, reference),
  ),
  shiftsOf: by("shift", (shift) => (shift.state === "over" ? null : shift.courier)),
  shiftOf: by("shift", (shift) => (shift.state === "on_duty" ? shift.courier : null)),
  onDuty: by("shift", (shift) => (shift.state === "on_duty" ? shift.carrier : null)),
  routeOf: by("route", (route) => route.shift),
  offersOf: by("offer", (offer) => offer.leg),
  requestsOf: by("request", (request) => request.order),
  timersOf: by("timer", (timer) => timer.event.order),
} as const;

export type IndexName = keyof typeof indexes;
export type RowOf<I extends IndexName> = (typeof indexes)[I] extends Index<infer T> ? Tables[T] : never;

/** The indexes of each table. */
export const indexesOf: ReadonlyMap<Table, readonly IndexName[]> = Map.groupBy(
  Object.keys(indexes) as IndexName[],
  (name) => indexes[name].table as Table,
);

export const keyIn = (name: IndexName, row: Tables[Table]): string | null => (indexes[name] as Index).key(row);

/** Anything that is kept in a table: all rows but participants' and so on have an `id`. */
export interface Row {
  readonly id: string;
}

/** Lists are in the order of ids, which is that of birth: the same after a restart as before. */
export const byId = (a: Row, b: Row): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
