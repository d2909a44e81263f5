import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { matrices } from "../testing/problems.ts";
import { faultsOf, read } from "../testing/reading.ts";
import { run } from "../testing/run.ts";

type Json = Readonly<Record<string, unknown>>;

/** What plan mode answers: nothing is searched. */
// oxlint-disable-next-line typescript/no-explicit-any -- the tests read what they name; a wrong name shows as undefined
async function planned(file: Json): Promise<any> {
  const task = await read({ matrices, options: { c: true }, ...file });
  return task.answer!({ solution: task.given!, loading_ms: 1, solving_ms: 2 });
}

interface Broken {
  readonly violations: readonly { readonly cause: string; readonly duration?: number }[];
}
const causes = ({ violations }: Broken): string[] =>
  violations.map(({ cause, duration }) => (duration === undefined ? cause : `${cause} ${duration}`)).toSorted();

const van = { id: 1, start_index: 0, end_index: 0 };
const job = (id: number, more: Json = {}): Json => ({ id, location_index: id, ...more });
const step = (id: number, more: Json = {}): Json => ({ type: "job", id, ...more });

test("S13 VROOM plan: the order stays, who is too late says by how much, and who sets off waits nowhere for nothing", async () => {
  const { summary, routes, unassigned } = await planned({
    vehicles: [{ ...van, time_window: [0, 1000], steps: [{ type: "start" }, step(4), step(1), { type: "end" }] }],
    jobs: [job(4, { time_windows: [[450, 460]] }), job(1, { time_windows: [[0, 700]] }), job(2)],
  });
  const [{ steps }] = routes;
  assert.deepEqual(
    steps.map((one: Json & Broken) => [one["type"], one["arrival"], one["waiting_time"], causes(one)]),
    [
      ["start", 50, 0, []],
      ["job", 450, 0, []],
      ["job", 750, 0, ["delay 50"]],
      ["end", 850, 0, []],
    ],
  );
  assert.deepEqual([causes(routes[0]), causes(summary)], [["delay 50"], ["delay 50"]]);
  assert.deepEqual([unassigned.map(({ id }: { id: number }) => id), summary.unassigned], [[2], 1]);
});

test("S13 VROOM plan: each rule that steps break is named where it is broken", async () => {
  const { routes, summary } = await planned({
    vehicles: [
      {
        ...van,
        capacity: [2],
        max_tasks: 2,
        max_travel_time: 500,
        max_distance: 5500,
        breaks: [
          { id: 7, time_windows: [[0, 9000]], max_load: [0] },
          { id: 8, time_windows: [[0, 9000]] },
        ],
        steps: [{ type: "delivery", id: 9 }, { type: "break", id: 7 }, { type: "pickup", id: 9 }, step(1)],
      },
      { id: 2, start_index: 0, capacity: [0], time_window: [0, 50], steps: [{ type: "pickup", id: 5 }] },
    ],
    jobs: [job(1, { delivery: [3], skills: [4] })],
    shipments: [
      { amount: [1], pickup: { id: 9, location_index: 1 }, delivery: { id: 9, location_index: 3 } },
      { amount: [0], pickup: { id: 5, location_index: 2 }, delivery: { id: 5, location_index: 3 } },
    ],
  });
  const [first, second] = routes;
  assert.deepEqual(
    first.steps.map((one: Json & Broken) => [one["type"], causes(one)]),
    [
      ["start", ["load"]],
      ["delivery", ["precedence"]],
      ["break", ["max_load"]],
      ["pickup", ["load", "precedence"]],
      ["job", ["max_tasks", "skills"]],
      ["end", ["max_distance", "max_travel_time"]],
    ],
  );
  const all = [
    "load",
    "max_distance",
    "max_load",
    "max_tasks",
    "max_travel_time",
    "missing_break",
    "precedence",
    "skills",
  ];
  assert.deepEqual(causes(first), all);
  assert.deepEqual(causes(second), ["precedence"]);
  assert.deepEqual(causes(summary), all);
});

test("S13 VROOM plan: service at, after and before are kept, and too early for a window is said", async () => {
  const { routes } = await planned({
    vehicles: [
      {
        ...van,
        steps: [
          { type: "start", service_at: 20 },
          step(1, { service_after: 300 }),
          step(2, { service_before: 450 }),
          step(3, { service_at: 900 }),
          step(4, { service_before: 700 }),
        ],
      },
    ],
    jobs: [job(1), job(2, { time_windows: [[600, 650]] }), job(3), job(4)],
  });
  assert.deepEqual(
    routes[0].steps.map((one: Json & Broken) => [one["arrival"], one["waiting_time"], causes(one)]),
    [
      [20, 0, []],
      [120, 180, []],
      [400, 50, ["lead_time 150"]],
      [550, 350, []],
      [1000, 0, ["delay 300"]],
      [1400, 0, []],
    ],
  );
});

test("S13 VROOM plan: a step that means nothing, or stands twice, is refused", async () => {
  const file = (steps: readonly Json[]): Json => ({
    vehicles: [{ ...van, steps }],
    jobs: [job(1)],
    matrices,
    options: { c: true },
  });
  assert.deepEqual(await faultsOf(file([step(1), step(1)])), ["vehicles[0].steps[1]"]);
  assert.deepEqual(await faultsOf(file([{ type: "break", id: 3 }])), ["vehicles[0].steps[0]"]);
  assert.deepEqual(await faultsOf(file([step(1), { type: "end", service_at: 5 }])), ["vehicles[0].steps[1]"]);
});

test("S13 VROOM plan: whatever the steps, they come back in their order, and the command answers", async () => {
  const some = fc.shuffledSubarray([
    ...[1, 2, 3].map((id) => ({ type: "job", id })),
    { type: "pickup", id: 9 },
    { type: "delivery", id: 9 },
    { type: "break", id: 7 },
  ]);
  const window = fc.tuple(fc.nat(900), fc.nat(300)).map(([from, long]) => [[from, from + long]]);
  const property = fc.asyncProperty(some, window, window, async (steps, first, second) => {
    const file = {
      vehicles: [{ ...van, capacity: [1], breaks: [{ id: 7, time_windows: second, service: 50 }], steps }],
      jobs: [job(1, { time_windows: first }), job(2, { delivery: [1] }), job(3, { time_windows: second, pickup: [2] })],
      shipments: [{ amount: [1], pickup: { id: 9, location_index: 4 }, delivery: { id: 9, location_index: 5 } }],
      matrices,
      options: { c: true },
    };
    const { code, stdout } = await run("file --json", ["file", JSON.stringify(file)]);
    assert.equal(code, 0);
    const { routes, unassigned } = JSON.parse(stdout);
    const named = (list: readonly Json[] = []) =>
      list.filter(({ type }) => type !== "start" && type !== "end").map(({ type, id }) => ({ type, id }));
    assert.deepEqual(named(routes[0]?.steps), steps);
    assert.equal(named(unassigned).length + steps.filter(({ type }) => type !== "break").length, 5);
    for (const { waiting_time } of routes[0]?.steps ?? []) assert.ok(waiting_time >= 0);
  });
  await fc.assert(property, { numRuns: 40 });
});
