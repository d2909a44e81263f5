import { instant, toIso } from "../../kernel/quantity.ts";
import type { Problem, RowProblem } from "./contract.ts";
import { carrierEntries, type CarrierCode } from "./problems/carriers.ts";
import { csvEntries, type CsvCode } from "./problems/csv.ts";
import { deliveryEntries, type DeliveryCode } from "./problems/deliveries.ts";
import { doorEntries, type DoorCode } from "./problems/door.ts";
import { ediEntries, type EdiCode } from "./problems/edi.ts";
import type { Entry, Facts } from "./problems/entry.ts";
import { orderEntries, type OrderCode } from "./problems/orders.ts";
import { platformEntries, type PlatformCode } from "./problems/platforms.ts";

/** Every code that an answer of the API may carry. */
export type Code = OrderCode | CarrierCode | PlatformCode | CsvCode | EdiCode | DeliveryCode | DoorCode;

const entries: Readonly<Record<Code, Entry>> = {
  ...orderEntries,
  ...carrierEntries,
  ...platformEntries,
  ...csvEntries,
  ...ediEntries,
  ...deliveryEntries,
  ...doorEntries,
};
/** Every code, for the test that compares them with docs/refusals.md. */
export const codes = Object.keys(entries) as readonly Code[];
export const entryOf = (code: Code): Entry => entries[code];

/** Facts that are instants inside; people and programs read RFC 3339. */
const instants = new Set(["latest", "now", "earliestPossible", "expiredAt"]);

const tell = (what: Entry["detail"], facts: Facts): string => (typeof what === "string" ? what : what(facts));

/** What happened, how to mend it, and the facts: for one row of many. */
export function rowProblem(refusal: { readonly code: Code }): RowProblem {
  const facts: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(refusal))
    facts[name] = instants.has(name) && typeof value === "number" ? toIso(instant(value)) : value;
  const entry = entries[refusal.code];
  return { ...facts, code: refusal.code, detail: tell(entry.detail, facts), mend: tell(entry.mend, facts) };
}

/** The whole answer, RFC 9457. `type` is a path below the public URL: relative, so that it holds behind any proxy. */
export function problemOf(refusal: { readonly code: Code }): Problem {
  const { status, title } = entries[refusal.code];
  return { ...rowProblem(refusal), type: `/docs/refusals#${refusal.code.toLowerCase()}`, title, status };
}

/** Leaves a handler with a refusal; the app's error handler answers it. Only doors throw these. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: { readonly code: Code };
  constructor(refusal: { readonly code: Code } & Facts) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** The value, or out with the refusal. */
export function must<Value>(
  result:
    | { readonly ok: true; readonly value: Value }
    | { readonly ok: false; readonly refusal: { readonly code: Code } },
): Value {
  if (result.ok) return result.value;
  throw new Refused(result.refusal);
}
