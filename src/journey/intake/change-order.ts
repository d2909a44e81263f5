import { beforePickup, hasGoods, orderIsClosed, type Happened, type Order, type Step } from "../../domain/index.ts";
import type { OrderId } from "../../kernel/id.ts";
import { ok, refuse, type Result } from "../../kernel/result.ts";
import { checkOrderOfWindows, checkPhone, checkReadiness, checkWindow } from "./check.ts";
import type { ChangeRefusal, OrderChanges } from "./order-request.ts";

type Changed = Result<{ order: Order; happened: readonly Happened[] }, ChangeRefusal>;

/**
 * I6: an order may be changed until its goods are picked up: readiness, drop-off window, and (in the vault, by the door) drop-off
 * notes and phone. `version` is the one the editor saw; null skips the comparison.
 */
export function changeOrder(id: OrderId, version: number | null, changes: OrderChanges, { state, now }: Step): Changed {
  const order = state.get("order", id);
  if (!order) return refuse({ code: "ORDER_NOT_FOUND" });
  if (orderIsClosed(order.state)) return refuse({ code: "ORDER_IS_CLOSED", state: order.state });
  if (version !== null && version !== order.version)
    return refuse({ code: "STALE_EDIT", yours: version, current: order.version });
  const fields = Object.keys(changes) as (keyof OrderChanges)[];
  if (!state.legsOf(id).every((leg) => beforePickup(leg.state))) {
    return refuse({ code: "TOO_LATE_TO_CHANGE", field: fields[0] ?? "order", until: "pickup" });
  }
  const { readyAt = order.readyAt, dropoffWindow = order.dropoffWindow } = changes;
  const wrong =
    (changes.dropoffWindow ? checkWindow("dropoffWindow", dropoffWindow, now) : null) ??
    checkReadiness(changes.readyAt ?? null, now) ??
    checkPhone(changes.dropoffPhone ?? null, "dropoffPhone") ??
    checkOrderOfWindows({ readyAt, dropoffWindow, pickupWindow: order.pickupWindow });
  if (wrong) return refuse(wrong);

  const changed: Order = { ...order, readyAt, dropoffWindow, version: order.version + 1 };
  state.put("order", changed);
  for (const leg of state.legsOf(id)) state.put("leg", { ...leg, readyAt, dropoffWindow });
  return ok({ order: changed, happened: [{ type: "OrderEdited", order: id, fields }] });
}

/**
 * I7: an order may be cancelled until its goods are picked up. Legs that a platform has booked are cancelled there first (`dispatch`
 * asks); all others end at once.
 */
export function cancelOrder(id: OrderId, reason: string, { state, now }: Step): Changed {
  const order = state.get("order", id);
  if (!order) return refuse({ code: "ORDER_NOT_FOUND" });
  if (orderIsClosed(order.state)) return refuse({ code: "ORDER_IS_CLOSED", state: order.state });
  const legs = state.legsOf(id);
  if (legs.some((leg) => hasGoods(leg.state) || leg.state === "handed_over"))
    return refuse({ code: "ALREADY_PICKED_UP" });

  const changed: Order = { ...order, version: order.version + 1, cancelRequestedAt: now };
  state.put("order", changed);
  return ok({ order: changed, happened: [{ type: "OrderCancelRequested", order: id, reason }] });
}
