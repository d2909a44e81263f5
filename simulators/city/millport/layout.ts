import type { Rng } from "../../../src/kernel/rng.ts";
import { cutThrough, growCloses } from "./closes.ts";
import { Corridor } from "./corridor.ts";
import type { Field } from "./field.ts";
import { isExpress, rank, StreetGraph } from "./graph.ts";
import { growLanes } from "./lanes.ts";
import { addInterchanges, layCarriageways } from "./motorways.ts";
import { add, apart, between, densify, left, lengthOf, minus, simplify, times, unit, type Vec } from "./plane.ts";
import { besideTracks } from "./railways.ts";
import { drawSkeleton, type MainRoad, type Skeleton } from "./skeleton.ts";
import { growStreets, Spread } from "./streamlines.ts";
import { dropLostRamps } from "./strong-parts.ts";
import type { Terrain } from "./terrain.ts";
import { layYards, type Yard } from "./yards.ts";
import { keepOneNetwork, makeCircle, openClosedEnds, thinOut } from "./tidy.ts";

export interface Layout {
  readonly graph: StreetGraph;
  readonly skeleton: Skeleton;
  readonly tracks: Corridor;
  readonly yards: readonly Yard[];
}

/** Draws the streets: main roads first, then the streets between them, then the closes inside large blocks. */
export function layOut(rng: Rng, terrain: Terrain, field: Field): Layout {
  const graph = new StreetGraph();
  const spread = new Spread();
  const skeleton = drawSkeleton(rng.fork("skeleton"), terrain);
  const { motorways } = skeleton;
  const tracks = new Corridor(skeleton.railways, besideTracks);
  const barred = (p: Vec, more = 0): boolean => tracks.holds(p, more) || motorways?.corridor.holds(p, more) === true;
  if (motorways !== null) layCarriageways(graph, terrain, motorways);
  for (const road of skeleton.roads) drawMain(graph, spread, terrain, road, barred);
  if (motorways !== null)
    addInterchanges(
      graph,
      motorways,
      skeleton.roads.map((road) => road.line),
    );
  for (const line of skeleton.railways) crossOver(graph, spread, terrain, line, { every: 380, half: besideTracks + 3 });
  if (motorways !== null) crossOver(graph, spread, terrain, motorways.bypass, { every: 620, half: 37 });

  const allowed = (p: Vec): boolean =>
    terrain.dry(p) > 26 && terrain.outwards(p) < 1 && !dockside(terrain, p) && !barred(p, 16);
  const dice = rng.fork("streets");
  const growth = { field, spread, seeds: scatter(dice, terrain), shortest: 70, allowed };
  for (const line of growStreets(growth, dice))
    graph.draw(simplify(line, 0.35), { kind: "residential", label: "", oneWay: null });

  growLanes(graph, rng.fork("lanes"), terrain, spread, barred);
  drawQuays(graph, terrain);
  const open = (p: Vec): boolean => terrain.dry(p) > 12 && !barred(p);
  openClosedEnds(graph, field, open);
  thinOut(graph, rng.fork("thin"), terrain);
  openClosedEnds(graph, field, open);
  growCloses(graph, rng.fork("closes"), terrain, allowed);
  const yards = layYards(graph, rng.fork("yards"), terrain, allowed);
  cutThrough(graph, rng.fork("cut"), open);
  drawPaths(graph, terrain);
  keepOneNetwork(graph);
  dropLostRamps(graph);
  for (const at of bigCrossings(graph)) if (dice.next() < 0.35) makeCircle(graph, at, dice.pick([17, 20, 26]));
  return { graph, skeleton, tracks, yards };
}

/** Between the harbour road and the quay walls there are docks and sheds, no streets. */
const dockside = (terrain: Terrain, p: Vec): boolean =>
  terrain.quarter(p) === "harbour" && p[1] - terrain.coast(p[0]) < 0.18 * terrain.radius;

/** Lays a main road; over water, motorways and tracks it goes on one straight bridge. */
function drawMain(
  graph: StreetGraph,
  spread: Spread,
  terrain: Terrain,
  road: MainRoad,
  barred: (p: Vec) => boolean,
): void {
  if (road.line.length < 2) return;
  const ground = densify(road.line, 8).filter((p) => terrain.dry(p) > 9 && !barred(p));
  const laid = { kind: road.kind, label: road.name, oneWay: null };
  const bridges: [Vec, Vec][] = [];
  const lay = (stretch: readonly Vec[]): void => {
    spread.keep(stretch);
    if (stretch.length > 1) graph.draw(simplify(stretch, 0.35), laid);
  };
  let stretch: Vec[] = [];
  for (const p of ground) {
    const before = stretch[stretch.length - 1];
    if (before !== undefined && apart(before, p) > 20) {
      bridges.push([before, p]);
      lay(stretch);
      stretch = [];
    }
    stretch.push(p);
  }
  lay(stretch);
  for (const [a, b] of bridges) {
    const middle = between(a, b, 0.5);
    const water = terrain.dry(middle) < 9;
    if (water ? road.endsAtRiver !== true : barred(middle))
      graph.chain([graph.nodeFor(a), graph.nodeFor(b)], { ...laid, level: 1 }, true);
  }
}

/** Short streets over a motorway or railway where no main road passes near: both sides of it belong to one town. */
function crossOver(
  graph: StreetGraph,
  spread: Spread,
  terrain: Terrain,
  line: readonly Vec[],
  { every, half }: { readonly every: number; readonly half: number },
): void {
  const points = densify(line, 20);
  let since = every / 2;
  for (let i = 1; i < points.length - 8; i++) {
    since += apart(points[i - 1]!, points[i]!);
    if (since < every || terrain.outwards(points[i]!) > 0.95) continue;
    const across = left(unit(minus(points[i]!, points[i - 1]!)));
    const [a, b, c, d] = [-half - 45, -half, half, half + 45].map((far) => add(points[i]!, times(across, far))) as [
      Vec,
      Vec,
      Vec,
      Vec,
    ];
    const clear = [a, d].every(
      (p) =>
        terrain.dry(p) > 40 && !dockside(terrain, p) && graph.nearestEdge(p, 110, (edge) => !far(edge.kind)) === null,
    );
    if (!clear) continue;
    since = 0;
    const laid = { kind: "tertiary" as const, label: "", oneWay: null };
    const nodes = [a, b, c, d].map((p) => graph.addNode(p));
    graph.chain(nodes.slice(0, 2), laid);
    graph.chain(nodes.slice(1, 3), { ...laid, level: 1 }, true);
    graph.chain(nodes.slice(2), laid);
    spread.keep([a, b]);
    spread.keep([c, d]);
  }
}

const far = (kind: Parameters<typeof rank>[0]): boolean => kind === "trunk" || kind === "motorway";

/** Where four main roads meet: some of these become roundabouts. */
function bigCrossings(graph: StreetGraph): Vec[] {
  const crossings: Vec[] = [];
  for (let node = 0; node < graph.points.length; node++) {
    const arms = graph.edgesAt(node);
    const main = arms.filter((edge) => rank(edge.kind) <= rank("secondary"));
    const links = arms.filter((edge) => isExpress(edge.kind)).length;
    const plain = arms.every((edge) => !edge.bridge && !edge.circle && !far(edge.kind));
    if (plain && (links === 2 || (links === 0 && main.length >= 4))) crossings.push(graph.points[node]!);
  }
  return crossings;
}

/** Between the docks service roads lead from the harbour road to the quays' heads. */
function drawQuays(graph: StreetGraph, terrain: Terrain): void {
  terrain.basins.slice(1).forEach(({ west }, i) => {
    const x = (terrain.basins[i]!.east + west) / 2;
    if (west - terrain.basins[i]!.east < 70) return;
    const back = graph.nearestEdge(
      [x, terrain.coast(x) + 0.2 * terrain.radius],
      40,
      (edge) => edge.label === "Harbour Road",
    );
    const head: Vec = [x, terrain.coast(x) + 34];
    if (back === null || terrain.dry(head) < 20) return;
    const start = graph.split(back, [x, terrain.coast(x) + 0.2 * terrain.radius]);
    const end = graph.addNode(head);
    graph.stretch(start, end, { kind: "service", label: `Quay ${i + 1}`, oneWay: null });
  });
}

/** The park strip along the water that walkers and cyclists have for themselves. */
function drawPaths(graph: StreetGraph, terrain: Terrain): void {
  const path: Vec[] = [];
  for (let y = 0.6 * terrain.radius; y < 1.25 * terrain.radius; y += 20)
    path.push([terrain.river(y) - terrain.halfWidth(y) - (y < 0.62 * terrain.radius ? 22 : 14), y]);
  graph.draw(simplify(path, 1), { kind: "cycleway", label: "River Path", oneWay: null });
  const promenade: Vec[] = [];
  for (let x = -1.0 * terrain.radius; x < terrain.river(0); x += 15) {
    const p: Vec = [x, terrain.coast(x) + 15];
    if (terrain.dry(p) > 8) promenade.push(p);
  }
  if (lengthOf(promenade) < 200) return;
  const laid = { label: "Promenade", oneWay: null };
  graph.draw(simplify(promenade, 1), { kind: "footway", ...laid });
  for (let i = 8; i < promenade.length; i += 16) {
    const [x, y] = promenade[i]!;
    const road = graph.nearestEdge([x, y + 27], 25, (edge) => edge.kind === "secondary");
    if (road === null) continue;
    const a = graph.nodeFor([x, y]);
    const b = graph.split(road, [x, y + 27]);
    graph.stretch(a, b, { kind: "footway", ...laid });
  }
}

/** Starting points all over the town and in every village, the middle first. */
function scatter(rng: Rng, terrain: Terrain): Vec[] {
  const seeds: Vec[] = [];
  const { radius } = terrain;
  for (let x = -1.6 * radius; x < 1.6 * radius; x += 90)
    for (let y = -radius; y < 1.6 * radius; y += 90) {
      const seed: Vec = [x + rng.between(-30, 30), y + rng.between(-30, 30)];
      if (terrain.outwards(seed) < 1) seeds.push(seed);
    }
  return seeds.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
}
