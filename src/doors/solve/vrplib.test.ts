import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { reportOf } from "./report.ts";
import { faultsOf, read, solved } from "./testing/reading.ts";

const explicit = (format: string, size: number, weights: readonly number[]): string => `NAME : given
TYPE : CVRP
DIMENSION : ${size}
CAPACITY : 10
EDGE_WEIGHT_TYPE : EXPLICIT
EDGE_WEIGHT_FORMAT : ${format}
EDGE_WEIGHT_SECTION
${weights.join(" ")}
DEMAND_SECTION
${Array.from({ length: size }, (_, k) => `${k + 1} ${k === 0 ? 0 : 1}`).join("\n")}
DEPOT_SECTION
1
-1
EOF
`;

/** The cells that TSPLIB's name speaks of, in its order: by rows or by columns. */
function cells(format: string, size: number): [number, number][] {
  const all = Array.from({ length: size * size }, (_, k): [number, number] => [Math.floor(k / size), k % size]);
  const ordered = format.endsWith("COL") ? all.map(([i, j]): [number, number] => [j, i]) : all;
  if (format === "FULL_MATRIX") return ordered;
  const isDiagonal = format.includes("DIAG");
  return ordered.filter(([i, j]) => (i === j ? isDiagonal : format.startsWith("LOWER") === i > j));
}

const formats = ["ROW", "COL"].flatMap((by) =>
  ["LOWER", "UPPER"].flatMap((half) => [`${half}_${by}`, `${half}_DIAG_${by}`]),
);

test("S8 VRPLIB: every half of a matrix that TSPLIB knows, by rows and by columns, is the same matrix", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("FULL_MATRIX", ...formats),
      fc.integer({ min: 2, max: 7 }),
      fc.infiniteStream(fc.nat(99)),
      async (format, size, weights) => {
        const table = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
        for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) table[i]![j] = table[j]![i] = weights.next().value;
        const numbers = cells(format, size).map(([i, j]) => table[i]![j]!);
        const { problem } = await read(explicit(format, size, numbers));
        assert.deepEqual([...problem.matrices[0]!.seconds], table.flat());
        assert.deepEqual(await faultsOf(explicit(format, size, [...numbers, 1])), ["EDGE_WEIGHT_SECTION"]);
      },
    ),
    { numRuns: 40 },
  );
  assert.deepEqual(await faultsOf(explicit("FUNCTION", 2, [0, 1, 1, 0])), ["EDGE_WEIGHT_FORMAT"]);
});

test("S8 VRPLIB: a whole matrix may differ by direction", async () => {
  const task = await read(explicit("FULL_MATRIX", 3, [0, 1, 9, 9, 0, 1, 1, 9, 0]));
  assert.deepEqual(reportOf(task, solved(task), 0).routes, [[2, 3]]);
});

const plane = (type: string, more: string): string => `NAME : plane
TYPE : ${type}
DIMENSION : 4
CAPACITY : 2
EDGE_WEIGHT_TYPE : EUC_2D
${more}NODE_COORD_SECTION
1 0 0
2 10 0
3 1 1
4 9 1
DEMAND_SECTION
1 0
2 0
3 1
4 1
DEPOT_SECTION
`;

test("S8 VRPLIB: CVRP rounds to whole numbers, and has a vehicle for each client when none are counted", async () => {
  const task = await read(`${plane("CVRP", "")}1\n-1\nEOF\n`);
  // 1.41 and 9.06, 8 and 1.41 become 1, 8, 1 and 10 where they are driven in a ring.
  assert.deepEqual([task.problem.vehicles.length, reportOf(task, solved(task), 0).distance], [3, 1 + 8 + 1 + 10]);
});

test("S8 VRPLIB: MDVRPTW, a depot for each vehicle, three decimals, and a line for each vehicle in the solution", async () => {
  const homes = "VEHICLES_DEPOT_SECTION\n1 1\n2 2\n";
  const text = `${plane("MDVRPTW", "VEHICLES : 2\n")}1\n2\n-1\n${homes}EOF\n`;
  const task = await read(text);
  const report = reportOf(task, solved(task), 0);
  assert.deepEqual(report.routes, [[3], [4]]);
  assert.equal(report.distance, 5.656);
  assert.equal(task.out!(report), "Route #1: 2\nRoute #2: 3\nCost 5.656\n");
  assert.deepEqual(await faultsOf(text.replace(homes, "")), ["VEHICLES_DEPOT_SECTION"]);
});
