import type { OrderView } from "../../../../src/doors/api/contract.ts";

export type OrderState = OrderView["state"];

export const orderStates: readonly OrderState[] = [
  "placed",
  "accepted",
  "in_progress",
  "delivered",
  "partly_delivered",
  "failed",
  "returned",
  "cancelled",
];

/** What the table shows; lives in the address, so that it can be sent and gone back to. */
export interface OrderFilter {
  readonly text?: string;
  readonly state?: readonly OrderState[];
}

/** Reads a filter from wherever it comes (an address, the browser's storage): what is no filter is left out. */
export function filterFrom(given: unknown): OrderFilter {
  const { text, state } = (given ?? {}) as { text?: unknown; state?: unknown };
  const states = (Array.isArray(state) ? state : [state]).filter((one): one is OrderState =>
    orderStates.includes(one as OrderState),
  );
  const words = typeof text === "string" || typeof text === "number" ? String(text).trim().slice(0, 100) : "";
  return { ...(words === "" ? {} : { text: words }), ...(states.length === 0 ? {} : { state: [...new Set(states)] }) };
}

export const sameFilter = (a: OrderFilter, b: OrderFilter): boolean =>
  a.text === b.text && [...(a.state ?? [])].sort().join() === [...(b.state ?? [])].sort().join();

/** The filter with a state added, or taken out when it was in. */
export function toggled(filter: OrderFilter, state: OrderState): OrderFilter {
  const old = filter.state ?? [];
  return filterFrom({ ...filter, state: old.includes(state) ? old.filter((one) => one !== state) : [...old, state] });
}

export interface SavedFilter extends OrderFilter {
  readonly name: string;
}

/** Saving under a name that is taken replaces it. */
export const withSaved = (saved: readonly SavedFilter[], name: string, filter: OrderFilter): SavedFilter[] =>
  [...saved.filter((one) => one.name !== name), { ...filter, name }].toSorted((a, b) => a.name.localeCompare(b.name));
