// VRPTW (Gehring & Homberger, 1,000 clients) and multi-depot VRPTW with limits on duration, by distance alone.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check, type Problem, type Shipment, type Vehicle } from "../src/optimizer/index.ts";
import { baselines, benchmarks, mean, percent, searched, type Settings } from "./optimizer-search.ts";

interface Instance {
  readonly clients: readonly number[];
  readonly coord: ReadonlyMap<number, readonly [number, number]>;
  readonly demand: ReadonlyMap<number, number>;
  readonly tw: ReadonlyMap<number, readonly [number, number]>;
  readonly service: ReadonlyMap<number, number>;
  readonly serviceAll?: number;
  readonly depots: readonly number[];
  readonly vehicles: number;
  readonly vehicleDepot: ReadonlyMap<number, number>;
  readonly capacity: number;
  readonly maxDuration: number;
}

type Convention = "dimacs" | "exact";

interface Reader {
  readonly readVrplib: (path: string) => Instance;
  readonly metric: (instance: Instance, convention: Convention) => (a: number, b: number) => number;
  readonly unit: (convention: Convention) => number;
}

const files: readonly (readonly [folder: string, name: string, convention: Convention])[] = [
  ["mdvrptw", "PR11A", "exact"],
  ["mdvrptw", "PR14A", "exact"],
  ["mdvrptw", "PR23A", "exact"],
  ["vrptw", "C1_10_2", "dimacs"],
  ["vrptw", "R1_10_4", "dimacs"],
  ["vrptw", "RC2_10_6", "dimacs"],
];

export async function vrptw({ seconds, seeds, threads, only }: Settings): Promise<void> {
  const reader = (await import(join(baselines, "vrplib.mjs"))) as Reader;
  const gaps: number[] = [];
  console.log("instance   seed   best known         ours      gap   iterations/s");
  for (const [folder, name, convention] of files) {
    if (only.length > 0 && !only.includes(name)) continue;
    const path = join(benchmarks, folder, name);
    const instance = reader.readVrplib(`${path}.vrp`);
    const unit = reader.unit(convention);
    const problem = asProblem(instance, reader.metric(instance, convention), unit);
    // The tenths of the DIMACS sets are stated as whole ones.
    const best =
      Number(/Cost:?\s+([\d.]+)/.exec(readFileSync(`${path}.sol`, "utf8"))![1]) / (convention === "exact" ? unit : 1);
    for (const seed of seeds) {
      const solution = await searched({ problem, objective: "distance", seed, seconds, threads });
      const faults = check(problem, solution);
      if (faults.length > 0 || solution.unassigned.length > 0)
        throw new Error(`${name}: ${JSON.stringify(faults[0])} ${solution.unassigned.length} left out`);
      const ours = solution.meters / unit;
      gaps.push(ours / best - 1);
      const cells = [
        name.padEnd(10),
        String(seed).padStart(4),
        best.toFixed(1).padStart(12),
        ours.toFixed(1).padStart(12),
      ];
      console.log(
        [...cells, percent(ours / best - 1).padStart(8), (solution.iterations / seconds).toFixed(0).padStart(14)].join(
          " ",
        ),
      );
    }
  }
  console.log(`mean gap ${percent(mean(gaps))}`);
}

function asProblem(instance: Instance, way: (a: number, b: number) => number, unit: number): Problem {
  const ids = [...instance.coord.keys()];
  const index = new Map(ids.map((id, k) => [id, k]));
  const size = ids.length;
  const seconds = new Uint32Array(new SharedArrayBuffer(size * size * 4));
  ids.forEach((a, i) => ids.forEach((b, j) => (seconds[i * size + j] = way(a, b))));
  const window = (id: number) => {
    const [earliest, latest] = instance.tw.get(id) ?? [0, null];
    return { earliest: earliest * unit, latest: latest === null ? null : latest * unit };
  };
  const limited = Number.isFinite(instance.maxDuration);
  return {
    matrices: [{ size, seconds, meters: seconds }],
    vehicles: Array.from({ length: instance.vehicles }, (_, v): Vehicle => {
      const depot = instance.vehicleDepot.get(v + 1) ?? instance.depots[0]!;
      const { earliest, latest } = window(depot);
      const longest = instance.maxDuration * unit;
      return {
        start: index.get(depot)!,
        end: index.get(depot)!,
        shift: { earliest, latest },
        capacity: [instance.capacity],
        matrix: 0,
        fixedCost: 0,
        costPerSecond: 0,
        costPerMeter: 1,
        skills: [],
        maxStops: null,
        frozen: [],
        ...(limited ? { duty: { costPerSecond: 0, overtimeAfter: null, overtimePerSecond: 0, longest } } : {}),
      };
    }),
    shipments: instance.clients.map((id): Shipment => ({
      pickup: null,
      delivery: {
        location: index.get(id)!,
        windows: [window(id)],
        service: (instance.service.get(id) ?? instance.serviceAll ?? 0) * unit,
        due: null,
        costPerLateSecond: 0,
      },
      onBoard: null,
      load: [instance.demand.get(id)!],
      needs: [],
      release: null,
      penalty: null,
    })),
  };
}
