import assert from "node:assert/strict";
import { test } from "node:test";
import { check, type Problem, type Shipment } from "../../optimizer/index.ts";
import { searchInThreads } from "./index.ts";

/** Parcels from one depot to places in a row, by two vehicles. */
function street(parcels: number): Problem {
  const size = parcels + 1;
  const table = Uint32Array.from({ length: size * size }, (_, k) => 10 * Math.abs(Math.floor(k / size) - (k % size)));
  const shipment = (location: number): Shipment => ({
    pickup: null,
    delivery: { location, windows: [], service: 5, due: null, costPerLateSecond: 0 },
    onBoard: null,
    load: [1],
    needs: [],
    release: null,
    penalty: null,
  });
  const vehicle = {
    start: 0,
    end: 0,
    shift: { earliest: 0, latest: null },
    capacity: [parcels],
    matrix: 0,
    fixedCost: 100,
    costPerSecond: 1,
    costPerMeter: 0,
    skills: [],
    maxStops: null,
    frozen: [],
  };
  return {
    matrices: [{ size, seconds: table, meters: table }],
    vehicles: [vehicle, vehicle],
    shipments: Array.from({ length: parcels }, (_, k) => shipment(k + 1)),
  };
}

const order = { problem: street(12), objective: "cost", seed: 3 } as const;
const nobody = (): void => undefined;

test("W1 by iterations, the same order gives the same solution", async () => {
  const twice = [1, 2].map(() => searchInThreads({ ...order, threads: 2, budget: { iterations: 200 } }, nobody));
  const [one, two] = await Promise.all(twice);
  assert.deepEqual(one, two);
  assert.equal(one!.iterations, 400);
  assert.deepEqual(check(order.problem, one!), []);
});

test("W3 W4 stopped at any moment, it answers the best so far", async () => {
  const enough = new AbortController();
  const first = Promise.withResolvers<void>();
  const asked = { ...order, threads: 2, budget: { seconds: 3600 } };
  const running = searchInThreads(asked, () => first.resolve(), enough.signal);
  await first.promise;
  enough.abort();
  const solution = await running;
  assert.deepEqual(check(order.problem, solution), []);
  // One vehicle there and back is the optimum.
  assert.equal(solution.cost.total, 100 + 2 * 12 * 10);

  const before = await searchInThreads(asked, nobody, AbortSignal.abort());
  assert.deepEqual([check(order.problem, before), before.unassigned], [[], []]);
});

test("W2 W4 by seconds, threads exchange their best and what comes out holds", async () => {
  const solution = await searchInThreads({ ...order, threads: 2, budget: { seconds: 0.6 } }, nobody);
  assert.deepEqual(check(order.problem, solution), []);
  assert.equal(solution.cost.total, 100 + 2 * 12 * 10);
});

test("W3 a search by iterations is stopped, too", async () => {
  const enough = new AbortController();
  const asked = { ...order, threads: 1, budget: { iterations: 1e12 } };
  const solution = await searchInThreads(asked, () => enough.abort(), enough.signal);
  assert.deepEqual(check(order.problem, solution), []);

  const before = await searchInThreads(asked, nobody, AbortSignal.abort());
  assert.deepEqual([check(order.problem, before), before.unassigned], [[], []]);
});

test("W3 what a thread throws comes out", async () => {
  const broken = { ...order.problem, vehicles: [{ ...order.problem.vehicles[0]!, start: 99 }] };
  const asked = { ...order, problem: broken, threads: 1, budget: { iterations: 10 } };
  await assert.rejects(searchInThreads(asked, nobody));
});
