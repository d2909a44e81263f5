import type { OrderId } from "../../kernel/id.ts";
import type { Money } from "../../kernel/money.ts";

/** The network promises to carry the order at `price`. */
export interface OrderAccepted {
  readonly type: "OrderAccepted";
  readonly order: OrderId;
  readonly price: Money;
}
