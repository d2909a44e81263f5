import type { OrderFilter, OrderSort, Scope } from "../../domain/index.ts";
import { falls, unknownAt } from "../memory/cursor.ts";
import { Conditions, startingWith } from "./conditions.ts";

/** Which orders a list has. What a carrier does not see of an order cannot be asked about either: a filter would tell it. */
export function ordersWhere(scope: Scope, filter: OrderFilter): Conditions {
  const { states, text, reference, shipper, carrier, importedBy, placedFrom, placedUntil } = filter;
  const where = new Conditions().ofSeenOrders(scope, "shipper", "orders.id");
  const whole = (): string => (scope.viewer === "network" ? "true" : `shipper = ${where.value(scope.viewer)}`);
  return where
    .when(states, (value) => `state = any(${value}::text[])`)
    .when(text === undefined ? null : startingWith(text), (value) => {
      const end = where.value(text?.toLowerCase());
      return `(id like ${value} or right(id, 6) = ${end} or (${whole()} and reference like ${value}))`;
    })
    .when(reference, (value) => `(${whole()} and reference = ${value})`)
    .when(shipper, (value) => `shipper = ${value}`)
    .when(carrier, (value) => {
      const told = scope.viewer === carrier ? "true" : whole();
      return `(${told} and exists (select from legs where legs.carrier = ${value} and legs.order_id = orders.id))`;
    })
    .when(importedBy, (value) => `(${whole()} and imported_by = ${value})`)
    .when(placedFrom, (value) => `placed_at >= ${value}`)
    .when(placedUntil, (value) => `placed_at <= ${value}`);
}

/** The expression by which a list of orders is sorted; its values go into the query's own. */
export function ordersSortedBy(scope: Scope, sort: OrderSort, values: Conditions): string {
  const unknown = falls(sort) ? unknownAt.down : unknownAt.up;
  switch (sort) {
    case "placed":
    case "-placed":
      return "placed_at";
    case "window":
    case "-window":
      return `coalesce(window_at, ${unknown})`; // word for word as in the index orders_by_window
    case "estimate":
    case "-estimate":
      // The legs of closed orders, which are most, are not looked at.
      return `coalesce(closed_at, (${estimateSeen(scope, values)}), ${unknown})`;
  }
}

/** The estimate of the newest leg that the viewer sees, null where it has lost that leg. */
function estimateSeen({ viewer }: Scope, values: Conditions): string {
  const newest = (estimate: string, seen: string): string =>
    `select ${estimate} from legs where legs.order_id = orders.id${seen} order by legs.id collate "C" desc limit 1`;
  if (viewer === "network") return newest("estimate_at", "");
  const who = values.value(viewer);
  const held = `exists (select from leg_holders as held where held.carrier = ${who} and held.leg_id = legs.id)`;
  return newest(
    `case when ${who} in (legs.shipper, legs.carrier) then estimate_at end`,
    ` and (legs.shipper = ${who} or ${held})`,
  );
}
