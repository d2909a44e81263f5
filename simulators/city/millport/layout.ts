import type { Rng } from "../../../src/kernel/rng.ts";
import type { Field } from "./field.ts";
import { rank, StreetGraph } from "./graph.ts";
import { apart, between, densify, lengthOf, NearIndex, simplify, type Vec } from "./plane.ts";
import { drawSkeleton, type MainRoad, type Skeleton } from "./skeleton.ts";
import { growStreets, Spread } from "./streamlines.ts";
import type { Terrain } from "./terrain.ts";
import { keepOneNetwork, makeCircle, openClosedEnds, thinOut } from "./tidy.ts";

export interface Layout {
  readonly graph: StreetGraph;
  readonly skeleton: Skeleton;
}

/** Draws the streets: main roads first, then the streets between them. */
export function layOut(rng: Rng, terrain: Terrain, field: Field): Layout {
  const graph = new StreetGraph();
  const skeleton = drawSkeleton(rng.fork("skeleton"), terrain);
  const spread = new Spread();
  for (const road of skeleton.roads) drawMain(graph, spread, terrain, road);

  const offLimits = nearMotorway(skeleton.motorway);
  const allowed = (p: Vec): boolean =>
    terrain.dry(p) > 26 && terrain.outwards(p) < 1 && !dockside(terrain, p) && !offLimits(p);
  const dice = rng.fork("streets");
  const growth = { field, spread, seeds: scatter(dice, terrain), scale: 1, stretch: 1.75, shortest: 70, allowed };
  for (const line of growStreets(growth, dice))
    graph.draw(simplify(line, 0.35), { kind: "residential", label: "", oneWay: null });

  drawQuays(graph, terrain);

  openClosedEnds(graph, field, terrain);
  thinOut(graph, rng.fork("thin"), terrain);
  openClosedEnds(graph, field, terrain);
  drawPaths(graph, terrain);
  keepOneNetwork(graph);
  for (const at of skeleton.circles) makeCircle(graph, at, 26);
  for (const at of bigCrossings(graph)) if (dice.next() < 0.5) makeCircle(graph, at, 19);
  return { graph, skeleton };
}

/** Between the harbour road and the quay walls there are docks and sheds, no streets. */
const dockside = (terrain: Terrain, p: Vec): boolean =>
  terrain.quarter(p) === "harbour" && p[1] - terrain.coast(p[0]) < 0.18 * terrain.radius;

/** Lays a main road; where it is over water, one straight bridge from bank to bank. */
function drawMain(graph: StreetGraph, spread: Spread, terrain: Terrain, road: MainRoad): void {
  if (road.line.length < 2) return;
  const dry = densify(road.line, 8).filter((p) => terrain.dry(p) > 9);
  const banks: Vec[][] = [];
  const overWater = (a: Vec, b: Vec): boolean => apart(a, b) > 20 && terrain.dry(between(a, b, 0.5)) < 9;
  let stretch: Vec[] = [];
  const bridges: [Vec, Vec][] = [];
  for (const p of dry) {
    const before = stretch[stretch.length - 1];
    if (before !== undefined && overWater(before, p)) {
      bridges.push([before, p]);
      banks.push(stretch);
      stretch = [];
    }
    stretch.push(p);
  }
  banks.push(stretch);
  const laid = { kind: road.kind, label: road.name, oneWay: road.oneWay === true ? ("ab" as const) : null };
  for (const bank of banks) {
    spread.keep(bank);
    if (bank.length > 1) graph.draw(simplify(bank, 0.35), laid);
  }
  for (const bridge of bridges) graph.draw(bridge, laid, () => true);
}

/** Where the outer ring meets another main road: some of these become roundabouts. */
function bigCrossings(graph: StreetGraph): Vec[] {
  const crossings: Vec[] = [];
  for (let node = 0; node < graph.points.length; node++) {
    const arms = graph.edgesAt(node);
    const main = arms.filter((edge) => rank(edge.kind) <= rank("secondary"));
    if (
      main.length >= 4 &&
      main.some((edge) => edge.kind === "trunk") &&
      arms.every((edge) => !edge.bridge && !edge.circle)
    )
      crossings.push(graph.points[node]!);
  }
  return crossings;
}

/** Between the docks service roads lead from the harbour road to the quays' heads. */
function drawQuays(graph: StreetGraph, terrain: Terrain): void {
  terrain.basins.slice(1).forEach(({ west }, i) => {
    const x = (terrain.basins[i]!.east + west) / 2;
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

function nearMotorway(line: readonly Vec[]): (p: Vec) => boolean {
  const index = new NearIndex<Vec>(100);
  for (const p of densify(line.slice(1), 20)) index.add(p, p);
  return (p) => {
    let close = false;
    index.visit(p, p, 60, (q) => void (close ||= apart(p, q) < 60));
    return close;
  };
}

/** Starting points all over the town, the middle first. */
function scatter(rng: Rng, terrain: Terrain): Vec[] {
  const seeds: Vec[] = [];
  const { radius } = terrain;
  for (let x = -1.3 * radius; x < 1.3 * radius; x += 90)
    for (let y = -radius; y < 1.3 * radius; y += 90) seeds.push([x + rng.between(-30, 30), y + rng.between(-30, 30)]);
  return seeds.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
}
