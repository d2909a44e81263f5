import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { check, solve, type Solution } from "../../optimizer/index.ts";
import { readFile } from "./formats.ts";
import { reportOf } from "./report.ts";
import type { Task } from "./task.ts";
import { travelFor } from "./testing/travel.ts";

async function read(content: unknown, format: string | null = null): Promise<Task> {
  const task = await readFile(typeof content === "string" ? content : JSON.stringify(content), format, travelFor);
  assert.ok(task.ok, JSON.stringify(task));
  return task.value;
}

async function faultsOf(content: unknown): Promise<string[]> {
  const task = await readFile(typeof content === "string" ? content : JSON.stringify(content), null, travelFor);
  return task.ok ? [] : task.faults.map(({ path }) => path);
}

function solved({ problem, objective }: Task, iterations = 200): Solution {
  const solution = solve(problem, { seed: 1, objective, budget: { iterations } });
  assert.deepEqual(check(problem, solution), []);
  return solution;
}

// oxlint-disable-next-line typescript/no-explicit-any -- the tests read what they name; a wrong name shows as undefined
async function answered(content: unknown): Promise<any> {
  const task = await read(content);
  return task.answer!({ solution: solved(task), loading_ms: 1, solving_ms: 2 });
}

/** Places on a street, 100 s and 1,000 m apart. */
const street = (places: number, step: number): number[][] =>
  Array.from({ length: places }, (_, i) => Array.from({ length: places }, (_, j) => Math.abs(i - j) * step));
const matrices = { car: { durations: street(6, 100), distances: street(6, 1000) } };

test("S7 VROOM: jobs, a shipment, times, loads and costs are answered as its API says", async () => {
  const { code, summary, routes, unassigned } = await answered({
    vehicles: [
      {
        id: 1,
        start_index: 0,
        end_index: 0,
        capacity: [4],
        time_window: [1000, 9000],
        costs: { fixed: 50, per_km: 10 },
      },
    ],
    jobs: [
      { id: 11, location_index: 1, delivery: [1], service: 30, setup: 5, time_windows: [[2000, 2100]] },
      { id: 12, location_index: 5, skills: [9], description: "crane" },
    ],
    shipments: [
      {
        amount: [2],
        pickup: { id: 3, location_index: 2 },
        delivery: { id: 3, location_index: 4, service: 10 },
        priority: 7,
      },
    ],
    matrices,
  });
  assert.equal(code, 0);
  assert.deepEqual(unassigned, [{ id: 12, type: "job", description: "crane", location_index: 5 }]);
  assert.deepEqual([summary.unassigned, summary.distance, summary.priority], [1, 8000, 14]);
  const [route] = routes;
  // 800 s of travel at 3,600 an hour, 8 km at 10, and 50 for setting out.
  assert.deepEqual([route.cost, route.duration, route.service, route.setup], [930, 800, 40, 5]);
  for (const step of route.steps)
    assert.ok(
      step.arrival + step.waiting_time + step.setup + step.service >= step.arrival && step.violations.length === 0,
    );
  const loads = route.steps.map(({ type, load }: { type: string; load: number[] }) => `${type} ${load[0]}`);
  assert.deepEqual(
    loads.filter((text: string) => /start|end/.test(text)),
    ["start 1", "end 0"],
  );
  assert.equal(Math.max(...route.steps.map(({ load }: { load: number[] }) => load[0])) <= 4, true);
});

test("S7 VROOM: a vehicle sets off when that is soon enough, is faster by its factor, and breaks", async () => {
  const { routes } = await answered({
    vehicles: [
      { id: 1, start_index: 0, speed_factor: 2, breaks: [{ id: 8, time_windows: [[5000, 5100]], service: 60 }] },
    ],
    jobs: [{ id: 1, location_index: 4, time_windows: [[5300, 5700]] }],
    matrices,
  });
  const [start, rest, job] = routes[0].steps;
  assert.deepEqual([rest.type, rest.id, rest.service, job.duration, job.waiting_time], ["break", 8, 60, 200, 0]);
  assert.ok(start.arrival >= 5000 && job.arrival >= 5300);
});

test("S7 VROOM: what is not known here is refused by its name", async () => {
  const vehicle = { id: 1, start_index: 0 };
  const job = { id: 1, location_index: 1 };
  const file = { vehicles: [vehicle], jobs: [job], matrices };
  assert.deepEqual(await faultsOf(file), []);
  assert.deepEqual(await faultsOf({ ...file, jobs: [{ ...job, colour: 1 }] }), ["jobs[0].colour"]);
  assert.deepEqual(await faultsOf({ ...file, jobs: [job, job] }), ["jobs[1].id"]);
  assert.deepEqual(await faultsOf({ ...file, jobs: [{ ...job, pickup: [1], delivery: [1] }] }), ["jobs[0]"]);
  assert.deepEqual(await faultsOf({ ...file, vehicles: [{ id: 1 }] }), ["vehicles[0].start"]);
  const costs = { per_task_hour: 5 };
  assert.deepEqual(await faultsOf({ ...file, vehicles: [{ ...vehicle, costs }] }), ["vehicles[0].costs.per_task_hour"]);
  const breaks = [{ id: 1, max_load: [1] }];
  assert.deepEqual(await faultsOf({ ...file, vehicles: [{ ...vehicle, breaks }] }), ["vehicles[0].breaks[0].max_load"]);
});

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

const google = {
  model: {
    globalStartTime: "2026-11-21T08:00:00Z",
    globalEndTime: "2026-11-21T18:00:00Z",
    shipments: [
      {
        label: "a",
        pickups: [{ arrivalLocation: { latitude: 41.15, longitude: -8.61 }, duration: "120s" }],
        deliveries: [{ arrivalLocation: { latitude: 41.16, longitude: -8.62 } }],
        loadDemands: { boxes: { amount: "2" } },
      },
      { deliveries: [{ arrivalLocation: { latitude: 51, longitude: 0 } }], penaltyCost: 3 },
    ],
    vehicles: [
      {
        startLocation: { latitude: 41.15, longitude: -8.61 },
        costPerKilometer: 1,
        loadLimits: { boxes: { maxLoad: 3 } },
      },
    ],
  },
  useGeodesicDistances: true,
  geodesicMetersPerSecond: 10,
};

test("S9 Google: a request is answered as OptimizeTours says, in its instants and durations", async () => {
  const { routes, skippedShipments, metrics } = await answered(google);
  assert.deepEqual(skippedShipments, [{ index: 1 }]);
  const [{ visits, transitions, vehicleStartTime }] = routes;
  assert.equal(vehicleStartTime, "2026-11-21T08:00:00.000Z");
  assert.deepEqual(
    visits.map(({ shipmentIndex, isPickup, shipmentLabel }: Record<string, unknown>) => [
      shipmentIndex,
      isPickup,
      shipmentLabel,
    ]),
    [
      [0, true, "a"],
      [0, false, "a"],
    ],
  );
  assert.equal(transitions.length, 3);
  assert.deepEqual(transitions[1].vehicleLoads, { boxes: { amount: "2" } });
  assert.equal(transitions[1].totalDuration, transitions[1].travelDuration);
  assert.equal(metrics.usedVehicleCount, 1);
});

test("S9 Google: what is not known here is refused by its name", async () => {
  const model = (more: object) => ({ ...google, model: { ...google.model, ...more } });
  assert.deepEqual(await faultsOf(model({ precedenceRules: [{}] })), ["model.precedenceRules"]);
  assert.deepEqual(await faultsOf(model({ vehicles: [{ unloadingPolicy: "LAST_IN_FIRST_OUT" }] })), [
    "model.vehicles[0].unloadingPolicy",
  ]);
  assert.deepEqual(await faultsOf({ ...google, populatePolylines: true }), ["populatePolylines"]);
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
