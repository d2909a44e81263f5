import type { OrderId } from "../../kernel/id.ts";
import type { OrderState } from "../order-state.ts";

/** The order has reached its end, good or bad: each costs somebody. */
export interface OrderClosed {
  readonly type: "OrderClosed";
  readonly order: OrderId;
  readonly state: OrderState;
}
