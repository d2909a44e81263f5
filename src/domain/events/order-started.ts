import type { OrderId } from "../../kernel/id.ts";

/** Somebody is on the way for the order. */
export interface OrderStarted {
  readonly type: "OrderStarted";
  readonly order: OrderId;
}
