import type { OrderId } from "../../kernel/id.ts";

/** A shipper has handed in an order; it is stored, nothing is promised yet. */
export interface OrderPlaced {
  readonly type: "OrderPlaced";
  readonly order: OrderId;
}
