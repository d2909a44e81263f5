import { shipmentOf } from "./instance.ts";
import { rebuild, type Routes } from "./routes.ts";

/** Takes every movable stop of the shipments marked in `leaving` out of route `v`. */
export function takeOut(routes: Routes, v: number, leaving: Uint8Array): void {
  const { instance, stops, routeOf, length } = routes;
  const { bound } = instance;
  const base = v * routes.width;
  let kept = base;
  for (let slot = base; slot < base + length[v]!; slot++) {
    const node = stops[slot]!;
    const shipment = shipmentOf(node);
    const stays = node >= instance.calls || leaving[shipment] === 0 || ((node & 1) === 0 && bound[shipment]! >= 0);
    if (stays) stops[kept++] = node;
    else routeOf[node] = -1;
  }
  length[v] = kept - base;
  rebuild(routes, v);
}
