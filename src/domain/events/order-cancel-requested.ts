import type { OrderId } from "../../kernel/id.ts";

/** The shipper wants the order no more; its legs are being ended. */
export interface OrderCancelRequested {
  readonly type: "OrderCancelRequested";
  readonly order: OrderId;
  readonly reason: string;
}
