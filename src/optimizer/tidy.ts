import { tolerance } from "./instance.ts";
import { loadWalk, setRoute, type Routes } from "./routes.ts";
import { walkRoute } from "./walk.ts";

/** Takes breaks and stations out of route `v` that it does not need (any more). */
export function tidy(routes: Routes, v: number): void {
  const { instance, terms, stops, width, routeOf, walk } = routes;
  if (terms.bent[v] === 0) return;
  const { calls, frozen } = instance;
  let length = routes.length[v]!;
  for (let k = length - 1; k >= frozen[v]!; k--) {
    const node = stops[v * width + k]!;
    if (node < calls) continue;
    loadWalk(routes, v);
    for (let n = 0, to = 0; n < length; n++) if (n !== k) walk.nodes[to++] = stops[v * width + n]!;
    walk.length = length - 1;
    const alone = callsOf(routes, v) === 0 && frozen[v] === 0;
    if (!alone && walkRoute(walk, routes.cost[v]! + tolerance) === Infinity && routes.broken[v]! <= tolerance) continue;
    routeOf[node] = -1;
    length--;
    setRoute(routes, v, walk.nodes.slice(0, length));
  }
}

/** Pickups and deliveries in route `v`. */
export function callsOf({ instance, stops, width, length }: Routes, v: number): number {
  if (instance.calls === instance.kind.length) return length[v]!;
  let count = 0;
  for (let slot = v * width, end = slot + length[v]!; slot < end; slot++) if (stops[slot]! < instance.calls) count++;
  return count;
}
