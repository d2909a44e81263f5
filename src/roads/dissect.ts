import { cutPart } from "./inertial-flow.ts";
import type { Streets } from "./streets.ts";

/**
 * In which order stretches are taken into a hierarchy, the least important first: by nested dissection. A city is cut in
 * two along few stretches, each part again, down to single junctions; what cuts a part stands above everything inside
 * it. Only how the streets hang together and where they lie counts, no speed: one order serves every metric.
 *
 * Cutting through stretches, not junctions, is right here because states are arcs: arcs on two sides of a cut follow
 * each other only by way of the arcs that cross it.
 *
 * Source: Dibbelt, Strasser & Wagner, Customizable Contraction Hierarchies, 2016; for arcs as states: Buchhold et al.,
 * Customizable Contraction Hierarchies with Turn Costs, 2020.
 */
export function dissect(streets: Streets): Uint32Array {
  const order = new Uint32Array(streets.from.length);
  const place = new Uint32Array(streets.x.length);
  const open: Uint32Array[] = [place.map((_, junction) => junction)];
  let next = order.length;
  // From the top down: a cut takes the highest places left, then one part all that lies in it, then the other.
  while (open.length > 0) {
    const junctions = open.pop()!;
    if (junctions.length === 0) continue;
    const { left, right, cut } = cutPart(streets, junctions, place);
    for (const stretch of cut) order[--next] = stretch;
    open.push(left, right);
  }
  return order;
}
