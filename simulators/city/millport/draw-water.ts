import type { Rng } from "../../../src/kernel/rng.ts";
import type { OsmDraft } from "./osm-draft.ts";
import { beside, noise, type Vec } from "./plane.ts";
import type { Basin, Terrain } from "./terrain.ts";

/** The sea reaches out of sight: metres east, west and south of the town. */
const horizon = 60_000;

/** Sea, river, docks, beach and breakwater. Waters overlap at their mouths, so all run the same way round: clockwise. */
export function drawWater(draft: OsmDraft, rng: Rng, terrain: Terrain): void {
  drawSea(draft, rng, terrain);
  drawRiver(draft, terrain);
  drawDocks(draft, terrain);
  drawBeach(draft, terrain);
}

function drawSea(draft: OsmDraft, rng: Rng, terrain: Terrain): void {
  const reach = 3 * terrain.radius;
  const shore: Vec[] = [];
  const rock = noise(rng.fork("rock"), 34);
  const ledge = noise(rng.fork("ledge"), 110);
  const mole = breakwater(terrain);
  const [foot] = mole as [Vec];
  const [from, to] = terrain.docks;
  // Quays are straight, beaches smooth; elsewhere rocks stand out into the sea.
  const rough = ([x]: Vec): number => (x > from - 200 && x < to ? 0 : onBeach(terrain, x) ? 2 : 15);
  let moored = false;
  for (let x = -reach; x <= reach; x += 11) {
    const p: Vec = [x, terrain.coast(x)];
    if (Math.abs(x - foot[0]) < 12) continue;
    if (!moored && x > foot[0]) shore.push(...outlineAround(mole, 9));
    moored ||= x > foot[0];
    const out = rough(p) * (Math.max(-0.4, rock(p)) + Math.max(-0.2, 1.6 * ledge(p)));
    shore.push([x, p[1] - out]);
  }
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
  draft.area([...banks[0], ...banks[1].reverse()], { natural: "water", water: "river", name: "River Mill" });
  draft.way(
    stream.map((p) => draft.node(p)),
    { waterway: "river", name: "River Mill" },
  );
}

/** Basins cut into the land between the quays. */
function drawDocks(draft: OsmDraft, terrain: Terrain): void {
  terrain.basins.forEach((basin, i) => {
    draft.area(dockWalls(basin), { natural: "water", water: "harbour", name: dockNames[i] ?? `Dock ${i + 1}` });
  });
  drawYards(draft, terrain);
}

/** The breakwater's middle line: from the docks' eastern end out into the sea and along before them. */
function breakwater({ radius, coast, docks: [from, to] }: Terrain): Vec[] {
  const lowest = Math.min(...[0.25, 0.5, 0.75, 1].map((share) => coast(from + (to - from) * share)));
  const out = lowest - 0.13 * radius;
  const [x, y] = [to - 0.01 * radius, coast(to - 0.01 * radius)];
  return [
    [x, y],
    [x - 0.01 * radius, y + (out - y) * 0.6],
    [x - 0.05 * radius, out + 0.012 * radius],
    [x - 0.14 * radius, out],
    [x - 0.3 * radius, out + 0.02 * radius],
    [x - 0.38 * radius, out + 0.05 * radius],
  ];
}

/** A line's outline `half` metres to each side, from its start along the right hand to its end and back. */
const outlineAround = (line: readonly Vec[], half: number): Vec[] => [
  ...beside(line, half, false),
  ...beside(line, -half, false).reverse(),
];

const dockNames = ["Old Dock", "Herring Dock", "Queen's Dock", "Timber Dock", "Coal Dock"];

/** No dock is a rectangle: one wall stands askew, the inner one too, and a corner is cut or has an arm. */
function dockWalls({ west, east, south, north, lean }: Basin): Vec[] {
  const [wide, deep] = [east - west, north - south];
  /** A point by its shares of width (from the leaning side) and depth (from the sea). */
  const at = (across: number, in_: number): Vec => [
    lean < 0 ? west + across * wide : east - across * wide,
    south + in_ * deep,
  ];
  const much = Math.abs(lean);
  const head: Vec[] =
    much < 0.4
      ? [at(0.12 + 0.4 * much, 0.86), at(0.5, 1), at(1, 0.94 - 0.3 * much)]
      : [at(0.3 * much, 0.62), at(0.02, 0.66), at(0.06, 1), at(0.62, 0.97), at(0.68, 0.78), at(1, 0.74)];
  const ring = [at(0.22 * much, 0), ...head, at(1 - 0.12 * much, 0)];
  return lean < 0 ? ring : ring.reverse();
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

const sandsOf = ({ radius }: Terrain): readonly [from: number, to: number] => [-0.95 * radius, -0.25 * radius];

const onBeach = (terrain: Terrain, x: number): boolean => {
  const [from, to] = sandsOf(terrain);
  return x > from && x < to;
};

function drawBeach(draft: OsmDraft, terrain: Terrain): void {
  const [from, to] = sandsOf(terrain);
  const [sand, sea]: [Vec[], Vec[]] = [[], []];
  for (let x = from; x <= to; x += 25) {
    const width = 26 * Math.sin((Math.PI * (x - from)) / (to - from));
    sand.push([x, terrain.coast(x) + 7]);
    sea.unshift([x, terrain.coast(x) - width]);
  }
  draft.area([...sand, ...sea], { natural: "beach", surface: "sand", name: "Long Sands" });
}
