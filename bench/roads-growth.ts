// node scripts/run.mjs bench/roads-growth.ts [POPULATION …]: preparing and asking the roads of ever larger Millports by car; draws bench/roads-growth.svg.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeMillport } from "../simulators/city/millport/index.ts";
import { seeded } from "../src/kernel/rng.ts";
import { buildGraph, buildSkeleton, climbingSearch, Customiser, openRoads } from "../src/roads/index.ts";
import { logChart } from "./log-chart.ts";
import { machine, percentile, root } from "./program.ts";

const populations = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [20_000, 70_000, 200_000, 500_000];

interface Row {
  readonly nodes: number;
  readonly states: number;
  readonly edges: number;
  /** CPU seconds of building the graph, of order and edges, and of one set of keys. */
  readonly graph: number;
  readonly skeleton: number;
  readonly metric: number;
  /** Milliseconds of a route with its shape, half of them at most. */
  readonly route: number;
  /** CPU seconds. */
  readonly matrix: number;
}

console.log(`bench/roads-growth.ts, ${machine()}; Millport, seed 1, by car; CPU time`);
console.log(
  "| people | nodes | states | edges | graph s | order and edges s | new keys s | route p50 ms | 1,000 x 1,000 s |",
);
console.log(`|${"---|".repeat(9)}`);
const rows = populations.map((population) => {
  const row = measure(population);
  const seconds = [row.graph, row.skeleton, row.metric].map((value) => value.toFixed(2));
  const counts = [population, row.nodes, row.states, row.edges];
  console.log(`| ${[...counts, ...seconds, row.route.toFixed(3), row.matrix.toFixed(2)].join(" | ")} |`);
  return row;
});
const at = (read: (row: Row) => number) => rows.map((row) => [row.nodes, read(row)] as const);
writeFileSync(
  join(root, "bench/roads-growth.svg"),
  logChart({
    title: "Roads of Millports, by car",
    x: "nodes of the extract",
    y: "seconds of CPU (route: milliseconds)",
    lines: {
      graph: at((row) => row.graph),
      "order and edges": at((row) => row.skeleton),
      "new keys": at((row) => row.metric),
      "1,000 x 1,000": at((row) => row.matrix),
      "route, ms": at((row) => row.route),
    },
  }),
);

function measure(population: number): Row {
  const { data } = makeMillport({ seed: 1, population });
  const [graph, graphTime] = cpu(() => buildGraph(data, "car"));
  const [skeleton, skeletonTime] = cpu(() => buildSkeleton(graph));
  const customiser = new Customiser(skeleton, graph);
  customiser.customise(graph.turnKey);
  const [hierarchy, metric] = cpu(() => customiser.customise(graph.turnKey));
  const roads = openRoads(graph, climbingSearch(hierarchy));
  const rng = seeded(`growth ${population}`);
  const snaps = Array.from({ length: 1000 }, () => {
    const point = 2 * rng.below(graph.coords.length / 2);
    return roads.snap(graph.coords[point]! / 1e7 + 0.0001, graph.coords[point + 1]! / 1e7)!;
  });
  const times = snaps.map((snap, i) => {
    const start = performance.now();
    roads.route(snap, snaps[(i + 500) % 1000]!);
    return performance.now() - start;
  });
  const [, matrix] = cpu(() => roads.matrix(snaps, snaps));
  return {
    nodes: data.nodes.length,
    states: graph.stateArc.length,
    edges: skeleton.upTo.length + skeleton.downFrom.length,
    graph: graphTime,
    skeleton: skeletonTime,
    metric,
    route: percentile(
      times.sort((a, b) => a - b),
      0.5,
    ),
    matrix,
  };
}

function cpu<Value>(work: () => Value): readonly [Value, number] {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return [value, (user + system) / 1e6];
}
