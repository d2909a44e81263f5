import type { OrderId } from "../../kernel/id.ts";
import type { OrderChange } from "../order.ts";

/** The shipper changed something; `fields` names what. */
export interface OrderEdited {
  readonly type: "OrderEdited";
  readonly order: OrderId;
  readonly fields: readonly OrderChange[];
}
