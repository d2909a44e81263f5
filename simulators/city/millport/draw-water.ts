import type { OsmDraft } from "./osm-draft.ts";
import type { Vec } from "./plane.ts";
import type { Terrain } from "./terrain.ts";

/** The sea reaches out of sight: metres east, west and south of the town. */
const horizon = 60_000;

/** Sea, river, docks, beach and breakwater. */
export function drawWater(draft: OsmDraft, terrain: Terrain): void {
  drawSea(draft, terrain);
  drawRiver(draft, terrain);
  drawDocks(draft, terrain);
  drawBeach(draft, terrain);
}

function drawSea(draft: OsmDraft, terrain: Terrain): void {
  const reach = 3 * terrain.radius;
  const shore: Vec[] = [];
  for (let x = -reach; x <= reach; x += 22) shore.push([x, terrain.coast(x)]);
  const far = (x: number): Vec => [x, terrain.coast(x)];
  const open: Vec[] = [
    [horizon, -horizon],
    [-horizon, -horizon],
  ];
  draft.area([far(-horizon), ...shore, far(horizon), ...open], {
    natural: "water",
    water: "sea",
    name: "Millport Bay",
  });
  draft.way(
    shore.map((p) => draft.node(p)),
    { natural: "coastline" },
  );
}

function drawRiver(draft: OsmDraft, terrain: Terrain): void {
  const { radius } = terrain;
  const banks: [Vec[], Vec[]] = [[], []];
  const stream: Vec[] = [];
  // Out to sea beyond both corners of the mouth: where the shore slopes, one lies farther south.
  const at = terrain.river(terrain.coast(terrain.river(0)));
  const mouth = Math.min(...[-1, -0.5, 0, 0.5, 1].map((side) => terrain.coast(at + side * 0.1 * radius))) - 30;
  for (let y = mouth; y < 2.8 * radius; y += 22) {
    banks[0].push([terrain.river(y) - terrain.halfWidth(y), y]);
    banks[1].push([terrain.river(y) + terrain.halfWidth(y), y]);
    stream.unshift([terrain.river(y), y]);
  }
  draft.area([...banks[1], ...banks[0].reverse()], { natural: "water", water: "river", name: "River Mill" });
  draft.way(
    stream.map((p) => draft.node(p)),
    { waterway: "river", name: "River Mill" },
  );
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
