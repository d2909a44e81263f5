import type { Rng } from "../../../src/kernel/rng.ts";
import type { Field } from "./field.ts";
import type { StreetGraph } from "./graph.ts";
import { noise, norm, simplify, type Vec } from "./plane.ts";
import { growStreets, type Spread } from "./streamlines.ts";
import type { Terrain } from "./terrain.ts";

/** How far apart lanes are wanted where most farms lie, metres. */
const apartWanted = 280;

/** Lanes between farms and fields, from the town's edge to beyond the villages; where nobody farms, there are none. */
export function growLanes(
  graph: StreetGraph,
  rng: Rng,
  terrain: Terrain,
  spread: Spread,
  barred: (p: Vec, more: number) => boolean,
): void {
  const { radius } = terrain;
  const farmed = noise(rng.fork("farmed"), 900);
  const valleys = noise(rng.fork("valleys"), 1400);
  const bends = noise(rng.fork("bends"), 380);
  const field: Field = {
    angle: (p) => Math.atan2(p[1], p[0]) + 1.1 * valleys(p) + 0.55 * bends(p),
    spacing: (p) => apartWanted * Math.exp(0.45 * farmed(p)),
    stretch: () => 1.5,
  };
  const allowed = (p: Vec): boolean =>
    norm(p) < 1.6 * radius &&
    terrain.dry(p) > 70 &&
    terrain.outwards(p) > 1 &&
    terrain.quarter(p) === "country" &&
    !barred(p, 40) &&
    farmed(p) < 0.6;
  const seeds: Vec[] = [];
  for (let x = -1.6 * radius; x < 1.6 * radius; x += 400)
    for (let y = -0.6 * radius; y < 1.6 * radius; y += 400)
      seeds.push([x + rng.between(-120, 120), y + rng.between(-120, 120)]);
  for (const line of growStreets({ field, spread, seeds: seeds.filter(allowed), shortest: 180, allowed }, rng))
    graph.draw(simplify(line, 1.2), { kind: "unclassified", label: "", oneWay: null });
}
