import type { LegId, OrderId } from "../../kernel/id.ts";
import type { OwnPrice, OwnRefusal } from "../pricing.ts";

/** `plan` has looked for places in the running routes, best first, and decided nothing. */
export interface LegPriced {
  readonly type: "LegPriced";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly round: number;
  readonly candidates: readonly OwnPrice[];
  /** Own couriers who cannot take it, each with the binding rule. */
  readonly cannot: readonly OwnRefusal[];
}
