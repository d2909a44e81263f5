// Li & Lim's instances, fewest vehicles first, beside the prototype at equal time.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readLiLim } from "../src/doors/solve/read-lilim.ts";
import { check } from "../src/optimizer/index.ts";
import { benchmarks, mean, percent, script, searched, type Settings } from "./optimizer-search.ts";

interface Known {
  readonly name: string;
  readonly nodes: number;
  readonly vehicles: number;
  readonly distance: number;
}

type Share = Pick<Settings, "seconds" | "threads" | "processor">;

interface Figure {
  readonly vehicles: number;
  readonly distance: number;
}

const file = (name: string): string => join(benchmarks, "lilim", `${name}.txt`);

function known(): Known[] {
  const rows = readFileSync(join(benchmarks, "lilim", "best-known.csv"), "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1);
  return rows.map((row) => {
    const [name, , nodes, , , vehicles, distance] = row.split(",");
    return { name: name!, nodes: Number(nodes), vehicles: Number(vehicles), distance: Number(distance) };
  });
}

export async function liLim({ seeds, only, peer, ...share }: Settings): Promise<void> {
  const instances = known().filter(({ name }) => only.length === 0 || only.includes(name));
  console.log(`instance     seed  best known         ours               gap        prototype          gap`);
  const ours: Map<string, Figure[]> = new Map();
  const theirs: Map<string, Figure[]> = new Map();
  for (const instance of instances) {
    for (const seed of seeds) {
      const mine = await solved(instance.name, seed, share);
      const other = peer ? await prototype(instance.name, seed, share) : null;
      push(ours, instance.name, mine);
      if (other !== null) push(theirs, instance.name, other);
      const cells = [instance.name.padEnd(12), String(seed).padStart(4), figure(instance).padStart(18)];
      cells.push(figure(mine).padStart(18), gap(instance, mine).padStart(9));
      if (other !== null) cells.push(figure(other).padStart(18), gap(instance, other).padStart(9));
      console.log(cells.join(" "));
    }
  }
  summary("ours", instances, ours);
  if (peer) summary("prototype", instances, theirs);
}

async function solved(name: string, seed: number, share: Share): Promise<Figure> {
  const read = readLiLim(readFileSync(file(name), "utf8"));
  if (!read.ok) throw new Error(`${name} cannot be read`);
  const { problem } = read.value;
  const solution = await searched({ problem, objective: "vehicles", seed, ...share });
  const faults = check(problem, solution);
  if (faults.length > 0 || solution.unassigned.length > 0) throw new Error(`${name}: ${JSON.stringify(faults[0])}`);
  return { vehicles: solution.vehicles, distance: solution.meters };
}

/** One process a thread, each with its own seed, the better taken. */
async function prototype(name: string, seed: number, { seconds, threads, processor }: Share): Promise<Figure> {
  const runs = await Promise.all(
    Array.from({ length: threads }, (_, k) =>
      script("proto-sisr.mjs", [file(name), seconds, seed * threads + k], { processor }),
    ),
  );
  const figures = runs.map(({ v, d }) => ({ vehicles: v!, distance: d! }));
  return figures.reduce((a, b) => ((b.vehicles - a.vehicles || b.distance - a.distance) < 0 ? b : a));
}

const push = (map: Map<string, Figure[]>, name: string, value: Figure): unknown =>
  map.set(name, [...(map.get(name) ?? []), value]);

const figure = ({ vehicles, distance }: Figure): string => `${vehicles} / ${distance.toFixed(2)}`;

const gap = (best: Known, { vehicles, distance }: Figure): string =>
  vehicles === best.vehicles
    ? percent(distance / best.distance - 1)
    : `${vehicles > best.vehicles ? "+" : ""}${vehicles - best.vehicles} v`;

/** Over all instances, by the mean of the seeds: fleets, and the gap where the fleet is the best known, by size. */
function summary(whose: string, instances: readonly Known[], figures: ReadonlyMap<string, readonly Figure[]>): void {
  const runs = instances.flatMap((best) => figures.get(best.name)!.map((found) => ({ best, found })));
  const equal = runs.filter(({ best, found }) => best.vehicles === found.vehicles);
  const seeds = runs.length / Math.max(1, instances.length);
  const total = runs.reduce((sum, { found }) => sum + found.vehicles, 0) / seeds;
  const bySize = [
    [0, 250],
    [250, 700],
    [700, 2000],
  ].map(([from, to]) => {
    const gaps = equal
      .filter(({ best }) => best.nodes >= from! && best.nodes < to!)
      .map(({ best, found }) => found.distance / best.distance - 1);
    return gaps.length === 0 ? "-" : percent(mean(gaps));
  });
  const target = instances.reduce((sum, { vehicles }) => sum + vehicles, 0);
  console.log(
    `${whose}: fleets equal ${(equal.length / seeds).toFixed(1)} of ${instances.length}, vehicles ${total.toFixed(1)} (best known ${target}), ` +
      `mean gap where equal, 100-200 / 400-600 / 800-1,000 nodes: ${bySize.join(" / ")}`,
  );
}
