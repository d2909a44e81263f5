// How the optimizer grows: one order into a running plan, the first plan and a step by size, memory, and what terms cost.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../src/optimizer/instance.ts";
import { neighboursOf, newNeighbours } from "../src/optimizer/neighbours.ts";
import { RunningPlan, solve, type Problem, type Vehicle } from "../src/optimizer/index.ts";
import { dispatchDay } from "./optimizer-dispatch.ts";
import { busy_ms, type Settings } from "./optimizer-search.ts";
import { root } from "./program.ts";

const noSearch = { seed: 1, objective: "cost", budget: { spent: () => 1 } } as const;

const timed = <Result>(work: () => Result): { readonly ms: number; readonly result: Result } => {
  const begun = busy_ms();
  const result = work();
  return { ms: busy_ms() - begun, result };
};

/** All neighbour lists of a problem, which the search makes as it needs them. */
function allNeighbours(problem: Problem): void {
  const neighbours = newNeighbours(compile(problem, "cost", true));
  for (const node of neighbours.nodes) neighboursOf(neighbours, node);
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;

/** 1,000 orders in the plan, 200 more come in one by one; then the first plan for 1,000 from nothing. */
export async function insert({ seeds }: Settings): Promise<void> {
  for (const seed of seeds) {
    const problem = await dispatchDay(1200, 300, seed);
    const { routes } = solve(problem, { ...noSearch, budget: { iterations: 2000 } });
    const late = (shipment: number): boolean => shipment % 6 === 0;
    const plan = { routes: routes.map((stops) => stops.filter((stop) => "shipment" in stop && !late(stop.shipment))) };
    const comeIn = (running: RunningPlan): number[] =>
      problem.shipments.flatMap((_, s) => {
        if (!late(s)) return [];
        // Processor time is told in ticks too coarse for this.
        const begun = performance.now();
        running.insert(s);
        return [performance.now() - begun];
      });
    // The second time, as in a process that has planned before.
    comeIn(new RunningPlan(problem, plan));
    const opened = timed(() => new RunningPlan({ ...problem }, plan));
    const times = comeIn(opened.result);
    const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)].map((ms) => ms.toFixed(2));
    console.log(
      `seed ${seed}: plan opened in ${opened.ms.toFixed(1)} ms, an order in: p50 ${p50} ms, p99 ${p99} ms (${times.length} orders)`,
    );
  }
  for (const seed of seeds) {
    const problem = await dispatchDay(1000, 250, seed);
    // The second call, as in a process that has planned before.
    solve(problem, noSearch);
    const { ms, result } = timed(() => solve({ ...problem }, noSearch));
    const lists = timed(() => allNeighbours(problem));
    console.log(
      `seed ${seed}: first plan of 1,000 orders in ${(ms - lists.ms).toFixed(0)} ms with neighbour lists given, beside ${lists.ms.toFixed(0)} ms for them, cost ${result.cost.total}`,
    );
  }
}

/** Bytes on the heap and beside it, whether still needed or not. */
const inUse = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

const sizes = [100, 200, 500, 1000, 2000, 5000];

/** Time of the first plan and of a step from 100 to 5,000 orders, with a vehicle for four; drawn as an SVG. */
export async function growth(): Promise<void> {
  const rows: { readonly orders: number; readonly first_ms: number; readonly step_ms: number }[] = [];
  console.log("orders   first plan ms   step ms   memory beside the matrix, MB");
  for (const orders of sizes) {
    const problem = await dispatchDay(orders, orders / 4, 1);
    globalThis.gc?.();
    const before = inUse();
    const first_ms = timed(() => solve(problem, noSearch)).ms;
    const iterations = 1000;
    let most = before;
    const onBest = (): void => void (most = Math.max(most, inUse()));
    const both = timed(() => solve({ ...problem }, { ...noSearch, budget: { iterations }, onBest })).ms;
    const megabytes = (most - before) / 2 ** 20;
    const step_ms = Math.max(0, both - first_ms) / iterations;
    rows.push({ orders, first_ms, step_ms });
    console.log(
      [
        String(orders).padStart(6),
        first_ms.toFixed(0).padStart(15),
        step_ms.toFixed(3).padStart(9),
        megabytes.toFixed(0).padStart(30),
      ].join(" "),
    );
  }
  writeFileSync(
    join(root, "bench/optimizer-growth.svg"),
    drawn(rows.map(({ orders, first_ms, step_ms }) => [orders, first_ms, step_ms])),
  );
}

/** Both axes logarithmic: the first plan in ms (filled) and a thousand steps in seconds (open). */
function drawn(rows: readonly (readonly number[])[]): string {
  const x = (orders: number): number => 60 + (Math.log10(orders / 100) / Math.log10(50)) * 500;
  const y = (value: number): number => 300 - (Math.log10(Math.max(0.01, value) / 0.01) / 6) * 260;
  const line = (column: number): string =>
    rows.map((row) => `${x(row[0]!).toFixed(1)},${y(row[column]!).toFixed(1)}`).join(" ");
  const label = (px: number, py: number, text: string): string =>
    `<text x="${px}" y="${py}" font-size="12" font-family="sans-serif">${text}</text>`;
  const ticks = [
    ...rows.map(([orders]) => label(x(orders!) - 12, 320, String(orders))),
    ...[0.01, 0.1, 1, 10, 100, 1000, 10_000].map((value) => label(8, y(value) + 4, String(value))),
  ];
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="620" height="350">',
    `<polyline fill="none" stroke="#1f6feb" stroke-width="2" points="${line(1)}"/>`,
    `<polyline fill="none" stroke="#d1242f" stroke-width="2" points="${line(2)}"/>`,
    ...ticks,
    label(60, 20, "first plan (blue) and one step (red), milliseconds, by number of orders"),
    "</svg>\n",
  ].join("\n");
}

/** The same day with a term that never binds: one that only judges, and one that bends the times. */
export async function terms({ seconds }: Settings): Promise<void> {
  const plain = await dispatchDay(200, 50, 1);
  const eachVehicle = (more: Partial<Vehicle>): Problem => ({
    ...plain,
    vehicles: plain.vehicles.map((v) => ({ ...v, ...more })),
  });
  const kinds: readonly (readonly [string, Problem])[] = [
    ["no further term", plain],
    ["one that judges (distance)", eachVehicle({ maxMeters: 1e9 })],
    ["one that bends (hours)", eachVehicle({ slices: [{ from: 0, matrix: 0 }] })],
  ];
  for (const [name, problem] of kinds) {
    const begun = busy_ms();
    const spent = (): number => (busy_ms() - begun) / (seconds * 1000);
    const { iterations, cost } = solve(problem, { ...noSearch, budget: { spent } });
    console.log(`${name.padEnd(28)} ${(iterations / seconds).toFixed(0).padStart(8)} steps/s, cost ${cost.total}`);
  }
}
