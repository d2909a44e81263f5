// VRPTW (Gehring & Homberger, 1,000 clients) and multi-depot VRPTW with limits on duration, by distance alone.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readVrplib } from "../src/doors/solve/read-vrplib.ts";
import { check } from "../src/optimizer/index.ts";
import { benchmarks, mean, percent, searched, type Settings } from "./optimizer-search.ts";

/** The solutions of the DIMACS sets state their tenths as whole ones, those of the others count in whole units. */
const files: readonly (readonly [folder: string, name: string, inUnits: boolean])[] = [
  ["mdvrptw", "PR11A", false],
  ["mdvrptw", "PR14A", false],
  ["mdvrptw", "PR23A", false],
  ["vrptw", "C1_10_2", true],
  ["vrptw", "R1_10_4", true],
  ["vrptw", "RC2_10_6", true],
];

export async function vrptw({ seeds, only, ...share }: Settings): Promise<void> {
  const gaps: number[] = [];
  console.log("instance   seed   best known         ours      gap   iterations/s");
  for (const [folder, name, inUnits] of files) {
    if (only.length > 0 && !only.includes(name)) continue;
    const path = join(benchmarks, folder, name);
    const read = readVrplib(readFileSync(`${path}.vrp`, "utf8"));
    if (!read.ok) throw new Error(`${name}: ${read.faults[0]?.what}`);
    const { problem, unit } = read.value;
    const stated = Number(/Cost:?\s+([\d.]+)/.exec(readFileSync(`${path}.sol`, "utf8"))![1]);
    const best = inUnits ? stated : stated / unit;
    for (const seed of seeds) {
      const solution = await searched({ problem, objective: "distance", seed, ...share });
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
        [
          ...cells,
          percent(ours / best - 1).padStart(8),
          (solution.iterations / share.seconds).toFixed(0).padStart(14),
        ].join(" "),
      );
    }
  }
  console.log(`mean gap ${percent(mean(gaps))}`);
}
