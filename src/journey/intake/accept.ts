import { priceOf, shipperTariff } from "../../commons/pricing/index.ts";
import { unreachable, type Handler, type OrderPlaced, type Travel } from "../../domain/index.ts";
import { greatCircle } from "../../kernel/point.ts";
import { meters } from "../../kernel/quantity.ts";

/** I5: the network promises to carry what was placed, at a price by road distance. */
export const accept =
  ({ travel }: { travel: Travel }): Handler<OrderPlaced> =>
  async ({ order: id }, { state, now }) => {
    const order = state.must("order", id);
    if (order.acceptedAt !== null) return [];
    const way = await travel.matrix([order.pickup.point], [order.dropoff.point], "car");
    const distance =
      way.meters[0] === unreachable ? greatCircle(order.pickup.point, order.dropoff.point) : meters(way.meters[0]!);
    const price = priceOf(shipperTariff, distance, state.must("participant", order.shipper).currency);
    state.put("order", { ...order, acceptedAt: now, price });
    return [{ type: "OrderAccepted", order: id, price }];
  };
