import type { OrderView } from "../../../../src/doors/api/contract.ts";
import type { ParticipantId } from "../../parts/participant-choice.ts";
import { isSort, listed, type Sort } from "./order-sort.ts";

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

/** What the table shows, and how; lives in the address, so that it can be sent and gone back to. */
export interface OrderFilter {
  readonly text?: string;
  readonly state?: readonly OrderState[];
  readonly shipper?: ParticipantId;
  /** Who has, or had, one of its legs. */
  readonly carrier?: ParticipantId;
  /** The orders that one import brought. */
  readonly importedBy?: `import_${string}`;
  /** Left out where it is as the server lists them. */
  readonly sort?: Sort;
}

/** Reads a filter from wherever it comes (an address, the browser's storage): what is no filter is left out. */
export function filterFrom(given: unknown): OrderFilter {
  const { text, state, shipper, carrier, importedBy, sort } = (given ?? {}) as Readonly<Record<string, unknown>>;
  const states = (Array.isArray(state) ? state : [state]).filter((one): one is OrderState =>
    orderStates.includes(one as OrderState),
  );
  const words = typeof text === "string" || typeof text === "number" ? String(text).trim().slice(0, 100) : "";
  return {
    ...(words === "" ? {} : { text: words }),
    ...(states.length === 0 ? {} : { state: [...new Set(states)] }),
    ...(isId("participant", shipper) ? { shipper } : {}),
    ...(isId("participant", carrier) ? { carrier } : {}),
    ...(isId("import", importedBy) ? { importedBy } : {}),
    ...(isSort(sort) && sort !== listed ? { sort } : {}),
  };
}

const isId = <Kind extends string>(kind: Kind, given: unknown): given is `${Kind}_${string}` =>
  typeof given === "string" && given.length <= 64 && given.startsWith(`${kind}_`);

/** Whether two filters show the same, whichever way they were put together. */
export const sameFilter = (a: OrderFilter, b: OrderFilter): boolean => keyOf(a) === keyOf(b);
const keyOf = ({ text, state, shipper, carrier, importedBy, sort }: OrderFilter): string =>
  JSON.stringify([text, state?.toSorted(), shipper, carrier, importedBy, sort ?? listed]);

/** Which orders are meant, in whatever order: what is counted, exported and listed alike. */
export const askedOf = ({ sort: _, state, ...rest }: OrderFilter) => ({
  ...rest,
  ...(state === undefined ? {} : { state: [...state] }),
});

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
