import type { Rng } from "../../../src/kernel/rng.ts";
import type { Block, Use } from "./blocks.ts";
import type { OsmDraft } from "./osm-draft.ts";
import { add, apart, between, inside, minus, polar, times, unit, type Vec } from "./plane.ts";
import { surnames } from "./words.ts";
import type { Yard } from "./yards.ts";

const useTags: Record<Use, Record<string, string> | null> = {
  residential: { landuse: "residential" },
  retail: { landuse: "retail" },
  industrial: { landuse: "industrial" },
  park: { leisure: "park" },
  square: { highway: "pedestrian", area: "yes", place: "square", name: "Market Square" },
  school: { amenity: "school" },
  hospital: { amenity: "hospital" },
  cemetery: { landuse: "cemetery" },
  allotments: { landuse: "allotments" },
  farmland: { landuse: "farmland" },
  meadow: { landuse: "meadow" },
  orchard: { landuse: "orchard" },
  sports: { landuse: "recreation_ground" },
  none: null,
};
const called: Partial<Record<Use, string>> = {
  park: "Park",
  school: "School",
  hospital: "Hospital",
  cemetery: "Cemetery",
  sports: "Sports Ground",
};

/** What each block is used for, with the paths, buildings and pitches of those that have no houses along their streets. */
export function drawGrounds(draft: OsmDraft, rng: Rng, blocks: readonly Block[], nodes: Int32Array): void {
  for (const block of blocks) {
    const tags = useTags[block.use];
    if (tags === null) continue;
    const refs = block.nodes.map((node) => nodes[node]!);
    const kind = called[block.use];
    draft.way([...refs, refs[0]!], kind === undefined ? tags : { ...tags, name: `${rng.pick(surnames)} ${kind}` });
    if (block.use === "park" || block.use === "cemetery") drawPaths(draft, rng, block, nodes);
    if (block.use === "school") drawHalls(draft, rng, block, "school", 3);
    if (block.use === "hospital") drawHalls(draft, rng, block, "hospital", 6);
    if (block.use === "square") drawHalls(draft, rng, block, "church", 1);
    if (block.use === "sports" || block.use === "school") drawPitch(draft, rng, block);
  }
}

/** Car parks around the aisles that lead to them. */
export function drawYards(draft: OsmDraft, yards: readonly Yard[]): void {
  for (const { ring } of yards) draft.area(ring, { amenity: "parking", parking: "surface" });
}

/** Winding paths from the rim to a pond or lawn in the middle; walkers may use them, so they meet the streets' own nodes. */
function drawPaths(draft: OsmDraft, rng: Rng, block: Block, nodes: Int32Array): void {
  if (block.area < 2500 || !inside(block.ring, block.middle)) return;
  const round = Math.min(28, Math.sqrt(block.area) * 0.12);
  const circle = Array.from({ length: 10 }, (_, i) => add(block.middle, polar((i / 10) * 2 * Math.PI, round)));
  if (!circle.every((p) => inside(block.ring, p))) return;
  const rim = circle.map((p) => draft.node(p));
  draft.way([...rim, rim[0]!], { highway: "footway", surface: "fine_gravel" });
  if (block.area > 14_000 && rng.next() < 0.6)
    draft.area(
      circle.map((p) => between(block.middle, p, 0.7)),
      { natural: "water", water: "pond" },
    );
  const doors = Math.min(block.nodes.length, block.area > 20_000 ? 6 : 4);
  for (let i = 0; i < doors; i++) {
    const corner = Math.floor((i / doors) * block.nodes.length);
    const from = block.ring[corner]!;
    const goal = circle.reduce((best, p) => (apart(p, from) < apart(best, from) ? p : best));
    const aside = times(unit([goal[1] - from[1], from[0] - goal[0]]), rng.between(-0.16, 0.16) * apart(from, goal));
    const bends = [0.33, 0.66].map((share) => add(between(from, goal, share), aside));
    if (!bends.every((p) => inside(block.ring, p))) continue;
    const line = [nodes[block.nodes[corner]!]!, ...bends.map((p) => draft.node(p)), rim[circle.indexOf(goal)]!];
    draft.way(line, { highway: "footway", surface: "fine_gravel" });
  }
}

/** Along which side of the block its buildings stand: the longest. */
function longestSide({ ring }: Block): Vec {
  let best: Vec = [1, 0];
  let most = 0;
  ring.forEach((p, i) => {
    const next = ring[(i + 1) % ring.length]!;
    if (apart(p, next) > most) [most, best] = [apart(p, next), unit(minus(next, p))];
  });
  return best;
}

/** Wings of one large building around the block's middle. */
function drawHalls(draft: OsmDraft, rng: Rng, block: Block, building: string, wings: number): void {
  const along = longestSide(block);
  const room = Math.min(55, Math.sqrt(block.area) * 0.3);
  const spots: Vec[] = [
    [0, 0],
    [0.62, 0.9],
    [-0.62, 0.9],
    [0.62, -0.9],
    [-0.62, -0.9],
    [0, 1.7],
  ];
  for (const [x, y] of spots.slice(0, wings)) {
    const [w, d] = x === 0 ? [room, 8 + rng.between(0, 3)] : [8 + rng.between(0, 3), room * 0.45];
    const middle = add(add(block.middle, times(along, x * room)), times([-along[1], along[0]], y * room * 0.4));
    const corner = (sx: number, sy: number): Vec =>
      add(add(middle, times(along, sx * w)), times([-along[1], along[0]], sy * d));
    const ring = [corner(-0.5, -1), corner(0.5, -1), corner(0.5, 1), corner(-0.5, 1)];
    if (ring.every((p) => inside(block.ring, p))) draft.area(ring, { building });
  }
}

function drawPitch(draft: OsmDraft, rng: Rng, block: Block): void {
  const along = longestSide(block);
  const across: Vec = [-along[1], along[0]];
  const middle = add(block.middle, times(across, Math.sqrt(block.area) * (block.use === "school" ? 0.3 : 0)));
  for (const [w, d] of [
    [50, 33],
    [22, 13],
  ] as const) {
    const ring = [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ].map(([x, y]) => add(add(middle, times(along, x! * w)), times(across, y! * d)));
    if (!ring.every((p) => inside(block.ring, p))) continue;
    draft.area(ring, { leisure: "pitch", sport: rng.pick(["soccer", "tennis", "soccer"]) });
    return;
  }
}
