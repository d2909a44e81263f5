import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readFile } from "./formats.ts";
import { reportOf } from "./report.ts";
import { google, matrices } from "./testing/problems.ts";
import { faultsOf, read, solved } from "./testing/reading.ts";
import { travelFor } from "./testing/travel.ts";

/** Two boxes from the depot, in the form of Solomon. */
const solomon = `TINY

VEHICLE
NUMBER     CAPACITY
  2         10

CUSTOMER
CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME
    0      0       0        0       0           1000      0
    1      30      40       4       0           500       10
    2      60      80       5       0           500       10
`;

test("S3 Solomon: fewest vehicles, then the shortest way, in doubles", async () => {
  const task = await read(solomon);
  const report = reportOf(task, solved(task), 0);
  assert.deepEqual([report.vehicles, report.distance], [1, 200]);
  assert.match(task.out!(report), /^Solution\nRoute 1 : [12] [12]\n$/);
  assert.deepEqual(await faultsOf(solomon.replace("500       10\n    2", "500\n    2")), ["line 10"]);
});

const vrplib = (more: string): string => `NAME : tiny
TYPE : VRPTW
DIMENSION : 3
VEHICLES : 2
CAPACITY : 10
${more}EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 1 1
3 2 2
DEMAND_SECTION
1 0
2 4
3 5
TIME_WINDOW_SECTION
1 0 100
2 0 50
3 0 50
DEPOT_SECTION
1
-1
EOF
`;

test("S8 VRPLIB: rounded as the set's own figures are, told in its units", async () => {
  const task = await read(vrplib(""));
  const report = reportOf(task, solved(task), 0);
  // 1.4142 and 2.8284 are cut off after one decimal.
  assert.equal(report.distance, 1.4 + 1.4 + 2.8);
  assert.match(task.out!(report), /^Route #1: [12] [12]\nCost 5\.6\n$/);
  assert.deepEqual(await faultsOf(vrplib("BACKHAUL : 3\n")), ["line 6"]);
  assert.deepEqual(await faultsOf(vrplib("").replace("VRPTW", "TSP")), ["TYPE"]);
  assert.deepEqual(await faultsOf(vrplib("").replace("2 4\n", "9 4\n")), ["line 13"]);
});

test("S8 VRPLIB: a limit on a route's duration counts what the client takes", async () => {
  const task = await read(vrplib("SERVICE_TIME : 10\nVEHICLES_MAX_DURATION : 20\n"));
  assert.equal(solved(task).vehicles, 2);
});

test("S6 whatever JSON stands in a file of any format, it is read or every fault is named", async () => {
  const files = [google, { vehicles: [{ id: 1, start_index: 0 }], jobs: [{ id: 1, location_index: 1 }], matrices }];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), fc.nat(200), fc.jsonValue(), async (file, at, value) => {
      let left = at;
      const text = JSON.stringify(
        JSON.parse(JSON.stringify(file), (_key, old: unknown) => (left-- === 0 ? value : old)),
      );
      const task = await readFile(text, null, travelFor);
      assert.ok(task.ok || task.faults.every(({ path, what, mend }) => path !== "" && what !== "" && mend !== ""));
    }),
    { numRuns: 300, examples: [[files[1]!, 96, { "": false }]] },
  );
});
