import assert from "node:assert/strict";
import { test } from "node:test";
import type { Report } from "./task.ts";
import { street } from "./testing/reading.ts";
import { run } from "./testing/run.ts";

/** A street with the depot at one end, 100 s and 100 m from place to place, and one van for two crates. */
const streetProblem = {
  locations: ["depot", "a", "b", "c", "d"].map((id) => ({ id })),
  profiles: [{ name: "van", seconds: street(5, 100), meters: street(5, 100) }],
  vehicles: [{ id: "mia", start: "depot", end: "depot", latest: 650, capacity: [2], costPerMeter: 1, fixedCost: 5 }],
  shipments: [
    { id: "A", delivery: { location: "a" }, load: [1] },
    { id: "B", delivery: { location: "b" }, load: [1] },
  ],
};

const shipment = (id: string, location: string, more: object = {}) => ({
  id,
  delivery: { location },
  load: [0],
  ...more,
});
const withOrders = (...shipments: object[]) => ({
  ...streetProblem,
  shipments: [...streetProblem.shipments, ...shipments],
});

async function report(problem: object): Promise<Report> {
  const { stdout, code } = await run("p --iterations 100 --json", ["p", JSON.stringify(problem)]);
  assert.equal(code, 0);
  return JSON.parse(stdout) as Report;
}

test("S10 an order that is left out: what stands against it in each vehicle, by how much, in words", async () => {
  const heavy = shipment("C", "a", { load: [2], penalty: 1 });
  const far = shipment("D", "d", { penalty: 1 });
  const cold = shipment("E", "d", { needs: ["cold"], penalty: 1 });
  const { why } = await report(withOrders(heavy, far, cold));
  assert.deepEqual(
    why.leftOut.map(({ shipment: id, vehicles }) => [
      id,
      vehicles.map(({ hurdles }) => hurdles.map(({ words }) => words)),
    ]),
    [
      ["C", [["lacks room for 2 units of load 1"]]],
      ["D", [["would end 150 s after its shift"]]],
      ["E", [["lacks 1 of the skills it needs, or it is on board of another", "would end 150 s after its shift"]]],
    ],
  );
  const { stdout } = await run("p --iterations 100", ["p", JSON.stringify(withOrders(heavy, far, cold))]);
  assert.match(stdout, /^D: mia would end 150 s after its shift$/m);
});

test("S10 an order that nobody is paid enough for", async () => {
  const { why } = await report(withOrders(shipment("C", "c", { penalty: 150 })));
  assert.deepEqual(why.leftOut[0]!.vehicles[0]!.hurdles, [
    { constraint: "price", by: 250, dimension: null, words: "costs 250 more than leaving it out" },
  ]);
});

test("S10 each route's cost by term, and together they are the plan's", async () => {
  const { plan, terms, cost } = await report(streetProblem);
  assert.deepEqual([plan[0]!.cost.fixed, plan[0]!.cost.time, plan[0]!.cost.distance], [5, 400, 400]);
  for (const term of Object.keys(terms) as (keyof typeof terms)[])
    assert.equal(
      plan.reduce((sum, route) => sum + route.cost[term], 0),
      terms[term],
      term,
    );
  assert.equal(cost, 805);
});

test("S10 what is better than in the plan that was given: who moved, what that saves, in words", async () => {
  const stop = (id: string) => ({ shipment: id, visit: "delivery" });
  const ken = { ...streetProblem.vehicles[0]!, id: "ken", planned: [stop("B")] };
  const mia = { ...streetProblem.vehicles[0]!, planned: [stop("A")] };
  const { why } = await report({ ...streetProblem, vehicles: [mia, ken] });
  const { moves, words, cost } = why.change!;
  assert.equal(moves.length, 1);
  assert.deepEqual([cost.fixed, cost.total], [-5, -405]);
  assert.match(words[0]!, /^(A goes from mia to ken|B goes from ken to mia)$/);
  assert.equal(words[1], "it costs 405 less: time −200, distance −200, fixed −5");
  const wrong = {
    ...streetProblem,
    vehicles: [
      { ...mia, capacity: [0] },
      { ...ken, capacity: [2] },
    ],
  };
  const [first] = (await report(wrong)).why.change!.words;
  assert.match(first!, /^the plan given does not hold: .*too much/);
});
