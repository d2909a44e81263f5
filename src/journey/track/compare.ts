import type { DeliveryReport, Difference, Leg, Order } from "../../domain/index.ts";

/** What our record and a platform's word on the same delivery come to, field by field. */
export interface Comparison {
  /** How many fields could be compared: those on which the platform said anything. */
  readonly compared: number;
  readonly differences: readonly Difference[];
}

/** T11: our record of a leg beside what its platform says when asked. What the platform does not say is not compared. */
export function compare(leg: Leg, { parcels }: Order, told: DeliveryReport): Comparison {
  const back = parcels.filter(({ id }) => leg.parcels.includes(id)).every(({ state }) => state === "returned");
  const fields: readonly (Difference | null)[] = [
    told.state && field("state", leg.state, told.returning || told.returned ? "dropoff_failed" : told.state),
    told.state && field("returned", String(back), String(told.returned)),
    told.price && leg.assignment && field("price", inWords(leg.assignment.price), inWords(told.price)),
  ];
  const known = fields.filter((one) => one !== null);
  return { compared: known.length, differences: known.filter(({ ours, theirs }) => ours !== theirs) };
}

const field = (name: Difference["field"], ours: string, theirs: string): Difference => ({ field: name, ours, theirs });

const inWords = ({ amount, currency }: { readonly amount: number; readonly currency: string }): string =>
  `${amount} ${currency}`;
