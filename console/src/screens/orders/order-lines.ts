import type { LiveAnswer, LiveLeg, OrderView } from "../../../../src/doors/api/contract.ts";
import { promiseOf, type Outlook } from "../live/live-model.ts";

/** A row of the table: the order as listed, and what the live view knows of it while it is open. */
export interface OrderLine {
  readonly order: OrderView;
  /** Who carries it now; null while nobody does, and for orders that are closed: the list does not say who carried them. */
  readonly carrier: LiveLeg["carrier"];
  readonly courierName: string | null;
  /** When it should be there; null when nobody has estimated it, and once the order is closed. */
  readonly expected: string | null;
  readonly outlook: Outlook;
}

/** Joins the list with the live view. Where an order has several legs, the one that is under way now speaks for it. */
export function orderLines(orders: readonly OrderView[], live: LiveAnswer | null): OrderLine[] {
  const legs = new Map<string, LiveLeg>(live?.legs.map((leg) => [leg.order, leg]));
  const names = new Map<string, string | null>(live?.couriers.map(({ id, name }) => [id, name]));
  return orders.map((order) => {
    const leg = order.closedAt === null ? legs.get(order.id) : undefined;
    if (leg === undefined || live === null)
      return { order, carrier: null, courierName: null, expected: null, outlook: "unknown" };
    return {
      order,
      carrier: leg.carrier,
      courierName: leg.courier === null ? null : (names.get(leg.courier) ?? null),
      expected: leg.estimate?.dropoff ?? null,
      outlook: promiseOf(leg, live.now),
    };
  });
}

export const sortableColumns = [
  "reference",
  "state",
  "shipper",
  "carrier",
  "placed",
  "promised",
  "expected",
  "price",
] as const;
export type SortableColumn = (typeof sortableColumns)[number];
/** A column, with a minus before it for the other way round. */
export type Sort = SortableColumn | `-${SortableColumn}`;

/** As the server lists them: newest first. */
export const listed: Sort = "-placed";

export const columnOf = (sort: Sort): { readonly column: SortableColumn; readonly down: boolean } => {
  const down = sort.startsWith("-");
  return { column: (down ? sort.slice(1) : sort) as SortableColumn, down };
};

const collator = new Intl.Collator(undefined, { numeric: true });

const states = [
  "placed",
  "accepted",
  "in_progress",
  "delivered",
  "partly_delivered",
  "failed",
  "returned",
  "cancelled",
];

/** What a column sorts by: a number, a text, or null for nothing, which stands last whichever way one sorts. */
function valueOf({ order, carrier, expected }: OrderLine, column: SortableColumn): number | string | null {
  const time = (iso: string | null) => (iso === null ? null : Date.parse(iso));
  switch (column) {
    case "reference":
      return order.reference ?? order.id;
    case "state":
      return states.indexOf(order.state);
    case "shipper":
      return order.shipper.name;
    case "carrier":
      return carrier?.name ?? null;
    case "placed":
      return time(order.placedAt);
    case "promised":
      return time(order.dropoffWindow.latest ?? order.dropoffWindow.earliest);
    case "expected":
      return time(order.closedAt ?? expected);
    case "price":
      return order.price?.amount ?? null;
  }
}

/** Sorted anew; rows that are equal keep the order they came in. */
export function sortedLines(lines: readonly OrderLine[], sort: Sort): readonly OrderLine[] {
  if (sort === listed) return lines;
  const { column, down } = columnOf(sort);
  const keyed = lines.map((line) => ({ line, value: valueOf(line, column) }));
  return keyed
    .toSorted(({ value: a }, { value: b }) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null);
      const order = typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
      return down ? -order : order;
    })
    .map(({ line }) => line);
}
