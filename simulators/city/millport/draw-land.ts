import type { Rng } from "../../../src/kernel/rng.ts";
import type { OsmDraft } from "./osm-draft.ts";
import { noise, polar, type Vec } from "./plane.ts";
import type { Terrain } from "./terrain.ts";

/** The countryside, and the zone of clean air. */
export function drawLand(draft: OsmDraft, rng: Rng, terrain: Terrain): void {
  drawCountry(draft, rng.fork("country"), terrain);
  draft.area(cleanAir(terrain), {
    boundary: "low_emission_zone",
    name: "Old Town Clean Air Zone",
    "motor_vehicle:conditional": "no @ (emission<euro_4 AND Mo-Fr 07:00-19:00)",
  });
}

/** Woods around the town, one to some square kilometre, with ragged edges. */
function drawCountry(draft: OsmDraft, rng: Rng, terrain: Terrain): void {
  const [coarse, fine] = [noise(rng.fork("coarse"), 330), noise(rng.fork("fine"), 70)];
  const { radius } = terrain;
  const count = Math.min(400, Math.round(6 + ((1.62 * radius) / 1000) ** 2 * 1.5));
  for (let i = 0; i < count; i++) {
    const middle = polar(rng.between(-0.1, Math.PI + 0.1), radius * rng.between(1.05, 1.75));
    const size = rng.between(90, 380);
    const ring = Array.from({ length: 48 }, (_, k): Vec => {
      const base = polar((k / 48) * 2 * Math.PI, size);
      const at: Vec = [middle[0] + base[0], middle[1] + base[1]];
      const out = 1 + 0.62 * coarse(at) + 0.22 * fine(at);
      return [middle[0] + base[0] * out, middle[1] + base[1] * out];
    });
    if (ring.every((p) => terrain.dry(p) > 60 && terrain.outwards(p) > 1.02))
      draft.area(ring, i % 4 === 3 ? { natural: "scrub" } : { natural: "wood" });
  }
}

/** Within the inner ring, on the old town's side of the river. */
function cleanAir(terrain: Terrain): Vec[] {
  return Array.from({ length: 40 }, (_, i): Vec => {
    const [x, y] = polar((i / 40) * 2 * Math.PI, 0.24 * terrain.radius);
    return [Math.min(x, terrain.river(y) - terrain.halfWidth(y) - 8), Math.max(y, terrain.coast(x) + 60)];
  });
}
