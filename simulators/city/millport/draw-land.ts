import type { Rng } from "../../../src/kernel/rng.ts";
import type { Block, Use } from "./blocks.ts";
import type { Frame } from "./frame.ts";
import type { OsmDraft } from "./osm-draft.ts";
import { noise, polar, type Vec } from "./plane.ts";
import type { Terrain } from "./terrain.ts";
import { surnames } from "./words.ts";

const useTags: Record<Use, Record<string, string>> = {
  residential: { landuse: "residential" },
  retail: { landuse: "retail" },
  industrial: { landuse: "industrial" },
  park: { leisure: "park" },
  square: { highway: "pedestrian", area: "yes", place: "square", name: "Market Square" },
  school: { amenity: "school" },
  cemetery: { landuse: "cemetery" },
  allotments: { landuse: "allotments" },
};

/** Sea, river, docks, beach and breakwater, then what each block is used for, then the countryside. */
export function drawLand(
  draft: OsmDraft,
  rng: Rng,
  terrain: Terrain,
  blocks: readonly Block[],
  nodes: Int32Array,
  frame: Frame,
): void {
  drawWater(draft, terrain, frame);
  const names = rng.fork("parks");
  for (const block of blocks) {
    const refs = block.nodes.map((node) => nodes[node]!);
    const tags = { ...useTags[block.use] };
    if (block.use === "park") tags.name = `${names.pick(surnames)} Park`;
    if (block.use === "school") tags.name = `${names.pick(surnames)} School`;
    draft.way([...refs, refs[0]!], tags);
  }
  drawCountry(draft, rng.fork("country"), terrain, frame);
  draft.area(cleanAir(terrain), { boundary: "low_emission_zone", name: "Old Town Clean Air Zone" });
}

function drawWater(draft: OsmDraft, terrain: Terrain, frame: Frame): void {
  const { radius } = terrain;
  const reach = 3 * radius;
  const shore: Vec[] = [];
  for (let x = -reach; x <= reach; x += 22) shore.push([x, terrain.coast(x)]);
  const deep: Vec[] = [
    [reach, -reach],
    [-reach, -reach],
  ];
  draft.area(frame.clip([...shore, ...deep]), { natural: "water", water: "sea", name: "Millport Bay" });
  draft.way(
    shore.filter(frame.holds).map((p) => draft.node(p)),
    { natural: "coastline" },
  );

  const banks: [Vec[], Vec[]] = [[], []];
  const stream: Vec[] = [];
  // Out to sea beyond both corners of the mouth: where the shore slopes, one lies farther south.
  const at = terrain.river(terrain.coast(terrain.river(0)));
  const mouth = Math.min(...[-1, -0.5, 0, 0.5, 1].map((side) => terrain.coast(at + side * 0.1 * radius))) - 30;
  for (let y = mouth; y < 2.4 * radius; y += 22) {
    banks[0].push([terrain.river(y) - terrain.halfWidth(y), y]);
    banks[1].push([terrain.river(y) + terrain.halfWidth(y), y]);
    stream.unshift([terrain.river(y), y]);
  }
  draft.area(frame.clip([...banks[1], ...banks[0].reverse()]), {
    natural: "water",
    water: "river",
    name: "River Mill",
  });
  draft.way(
    stream.filter(frame.holds).map((p) => draft.node(p)),
    { waterway: "river", name: "River Mill" },
  );
  drawDocks(draft, terrain);
  drawBeach(draft, terrain);
}

/** Basins cut into the land between the quays, and the breakwater in front of them. */
function drawDocks(draft: OsmDraft, terrain: Terrain): void {
  const [from, to] = terrain.docks;
  terrain.basins.forEach(({ west, east, south, north }, i) => {
    const ring: Vec[] = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ];
    draft.area(ring, { natural: "water", water: "harbour", name: `Dock ${i + 1}` });
  });
  drawYards(draft, terrain);
  const wall: Vec[] = [];
  for (let i = 0; i <= 10; i++) {
    const x = to - ((to - from) * i) / 12;
    wall.push([x, terrain.coast(to) - 0.1 * terrain.radius * Math.sin((i / 10) * 1.6)]);
  }
  draft.way(
    wall.map((p) => draft.node(p)),
    { man_made: "breakwater" },
  );
}

/** The harbour's ground, from the river's mouth along the harbour road and back along the quay walls. */
function drawYards(draft: OsmDraft, terrain: Terrain): void {
  const [from, to] = terrain.docks;
  const [inland, shore]: [Vec[], Vec[]] = [[], []];
  for (let x = from; x <= to; x += 25) {
    shore.push([x, terrain.coast(x)]);
    inland.unshift([x, terrain.coast(x) + 0.2 * terrain.radius]);
  }
  draft.area([...shore, ...inland], { landuse: "industrial", name: "Port of Millport" });
}

function drawBeach(draft: OsmDraft, terrain: Terrain): void {
  const [from, to] = [-0.95 * terrain.radius, -0.25 * terrain.radius];
  const [sand, sea]: [Vec[], Vec[]] = [[], []];
  for (let x = from; x <= to; x += 25) {
    const width = 26 * Math.sin((Math.PI * (x - from)) / (to - from));
    sand.push([x, terrain.coast(x) + 7]);
    sea.unshift([x, terrain.coast(x) - width]);
  }
  draft.area([...sand, ...sea], { natural: "beach", surface: "sand", name: "Long Sands" });
}

/** Woods and fields around the town. */
function drawCountry(draft: OsmDraft, rng: Rng, terrain: Terrain, frame: Frame): void {
  const edge = noise(rng, 160);
  for (let i = 0; i < 46; i++) {
    const middle = polar(rng.between(-0.1, Math.PI + 0.1), terrain.radius * rng.between(1.12, 1.62));
    const size = rng.between(0.05, 0.13) * terrain.radius;
    if (terrain.dry(middle) < size * 1.3 || terrain.outwards(middle) < 1 + size / terrain.radius) continue;
    const ring = Array.from({ length: 18 }, (_, k): Vec => {
      const p = polar((k / 18) * 2 * Math.PI, size * (1 + 0.4 * edge([middle[0] + k * 90, middle[1]])));
      return [middle[0] + p[0], middle[1] + p[1]];
    });
    if (ring.every(frame.holds))
      draft.area(ring, i % 3 === 0 ? { natural: "wood" } : { landuse: i % 3 === 1 ? "farmland" : "meadow" });
  }
}

/** Within the inner ring, on the old town's side of the river. */
function cleanAir(terrain: Terrain): Vec[] {
  return Array.from({ length: 40 }, (_, i): Vec => {
    const [x, y] = polar((i / 40) * 2 * Math.PI, 0.24 * terrain.radius);
    return [Math.min(x, terrain.river(y) - terrain.halfWidth(y) - 8), Math.max(y, terrain.coast(x) + 60)];
  });
}
