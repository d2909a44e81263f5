import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { deskLimits } from "../../src/doors/solve/index.ts";
import { openBench, type Answer, type Bench } from "./harness.ts";
import { until } from "./until.ts";

const example = JSON.parse(
  await readFile(new URL("../../src/doors/solve/own/example.json", import.meta.url), "utf8"),
) as Record<string, unknown>;

/** In VROOM's form: two jobs between a start and another end. */
const vroom = {
  vehicles: [{ id: 0, start_index: 0, end_index: 3 }],
  jobs: [
    { id: 1414, location_index: 1 },
    { id: 1515, location_index: 2 },
  ],
  matrices: {
    car: {
      durations: [
        [0, 900, 300, 700],
        [900, 0, 500, 200],
        [300, 500, 0, 600],
        [700, 200, 600, 0],
      ],
    },
  },
};

const post = async (bench: Bench, key: string, path: string, body: unknown): Promise<Answer> =>
  bench.call(key, "POST", path, body);

test("H19 a problem is answered in its own form: Milepool's, VROOM's", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const own = await post(bench, key, "/v1/solve?iterations=300&seed=1", example);
  assert.equal(own.status, 200, own.text);
  assert.deepEqual([own.body.vehicles, own.body.unassigned], [2, ["D"]]);
  // D's window is over before anybody could be there.
  const [{ shipment, vehicles }] = own.body.why.leftOut;
  assert.equal(shipment, "D");
  for (const { hurdles } of vehicles) assert.match(hurdles[0].words, /^would be \d+ s too late for a window$/);

  const theirs = await post(bench, key, "/v1/solve?iterations=50", vroom);
  assert.equal(theirs.status, 200, theirs.text);
  assert.equal(theirs.body.code, 0);
  assert.deepEqual(
    theirs.body.routes[0].steps.map((step: { id?: number; arrival: number }) => [step.id, step.arrival]),
    [
      [undefined, 0],
      [1515, 300],
      [1414, 800],
      [undefined, 1000],
    ],
  );
});

test("H19 what VROOM's own options ask for is done: short, with several threads, and with the way", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const place = (longitude: number) => [longitude, 41.15];
  const { status, body, text } = await post(bench, key, "/v1/solve", {
    vehicles: [{ id: 7, start: place(-8.6), end: place(-8.6) }],
    jobs: [{ id: 1, location: place(-8.61), description: "baker" }],
    options: { g: true, x: 0, l: 1, t: 2 },
  });
  assert.equal(status, 200, text);
  const [route] = body.routes;
  assert.equal(route.distance, body.summary.distance);
  assert.ok(route.distance > 1600 && route.geometry.length > 4 && route.steps[1].description === "baker");
});

test("H19 what cannot be read is refused by each place; to a problem of VROOM's in VROOM's words", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const own = await post(bench, key, "/v1/solve", { ...example, colour: "red" });
  assert.deepEqual([own.status, own.body.code, own.body.field], [422, "SOLVE_PROBLEM_WRONG", "colour"]);
  assert.equal(own.body.faults.length, 1);
  const theirs = await post(bench, key, "/v1/solve", { ...vroom, jobs: [{ id: 1, location_index: 9 }] });
  assert.equal(theirs.status, 400);
  assert.equal(theirs.body.code, 2);
  assert.match(theirs.body.error, /^jobs\[0\]\.location_index: 9; /);
});

test("H19 a plan of VROOM's is timed as it is given", async () => {
  const bench = await openBench();
  const steps = [1515, 1414].map((id) => ({ type: "job", id }));
  const vehicles = [{ ...vroom.vehicles[0]!, steps: [{ type: "start" }, ...steps, { type: "end" }] }];
  const plan = await post(bench, await bench.key(bench.bakery), "/v1/solve", {
    ...vroom,
    vehicles,
    options: { c: true },
  });
  assert.deepEqual([plan.status, plan.body.code], [200, 0]);
  const timed = plan.body.routes[0].steps as readonly { readonly id?: number; readonly arrival: number }[];
  assert.deepEqual(
    timed.map(({ id, arrival }) => [id, arrival - timed[0]!.arrival]),
    [
      [undefined, 0],
      [1515, 300],
      [1414, 800],
      [undefined, 1000],
    ],
  );
});

test("H19 sizes and times are bounded", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const long = await post(bench, key, "/v1/solve?seconds=31", example);
  assert.deepEqual([long.status, long.body.code, long.body.limit], [422, "SOLVE_TOO_LONG", 30]);
  assert.equal((await post(bench, key, "/v1/solve/jobs?seconds=3601", example)).body.code, "FIELD_WRONG");
  const vehicles = Array.from({ length: deskLimits.vehicles + 1 }, (_, id) => ({ id, start_index: 0 }));
  const many = await post(bench, key, "/v1/solve", { ...vroom, vehicles });
  assert.deepEqual([many.status, many.body.code, many.body.what], [413, "SOLVE_TOO_LARGE", "vehicles"]);
  const deep = await post(bench, key, "/v1/solve", `{"matrices":${"[".repeat(40)}${"]".repeat(40)}}`);
  assert.equal(deep.body.code, "NESTED_TOO_DEEP");
  const wide = await post(bench, key, "/v1/solve", `{"x":"${"x".repeat(8 * 1_048_576)}"}`);
  assert.deepEqual([wide.status, wide.body.code], [413, "BODY_TOO_LARGE"]);
  const anonymous = await bench.call(null, "POST", "/v1/solve", example);
  assert.equal(anonymous.body.code, "SIGN_IN_NEEDED");
});

test("H19 a long search is a job: its progress is told, it is stopped with the best so far, and nobody else sees it", async () => {
  const bench = await openBench();
  const base = await bench.app.listen({ host: "127.0.0.1", port: 0 });
  const [key, stranger] = await Promise.all([bench.key(bench.bakery), bench.key(bench.bookshop)]);
  const placed = await post(bench, key, "/v1/solve/jobs?seconds=3000", example);
  assert.equal(placed.status, 202, placed.text);
  const url = `/v1/solve/jobs/${placed.body.id}`;
  assert.equal(placed.headers["location"], url);
  await until(async () => ((await bench.call(key, "GET", url)).body.best === null ? null : true));

  for (const [method, path] of [
    ["GET", url],
    ["GET", `${url}/stream`],
    ["POST", `${url}/cancel`],
  ] as const)
    assert.equal((await bench.call(stranger, method, path)).body.code, "SOLVE_JOB_NOT_FOUND", path);
  assert.deepEqual((await bench.call(stranger, "GET", "/v1/solve/jobs")).body.jobs, []);

  const stream = await fetch(`${base}${url}/stream`, { headers: { authorization: `Bearer ${key}` } });
  const cancelled = await bench.call(key, "POST", `${url}/cancel`);
  assert.deepEqual([cancelled.status, cancelled.body.state], [200, "cancelled"]);
  assert.deepEqual(cancelled.body.answer.unassigned, ["D"]);
  const told = await stream.text();
  assert.match(told, /event: best\nid: 1\ndata: \{"after":/);
  assert.match(told, /event: ended\ndata: \{"id":"[^"]+","state":"cancelled"/);
});

test("H19 so many searches may be open, and waiting ones are cancelled as well", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const place = (): Promise<Answer> => post(bench, key, "/v1/solve/jobs?seconds=3000", example);
  const placed = [];
  for (let k = 0; k < deskLimits.open; k++) placed.push((await place()).body);
  assert.deepEqual(
    placed.map(({ state }) => state),
    ["running", "waiting", "waiting", "waiting"],
  );
  const full = await place();
  assert.deepEqual([full.status, full.body.code, full.body.limit], [429, "SOLVE_DESK_FULL", deskLimits.open]);
  const last = await bench.call(key, "POST", `/v1/solve/jobs/${placed[3].id}/cancel`);
  assert.deepEqual([last.body.state, last.body.answer], ["cancelled", null]);
  // A long search leaves a thread to the short ones.
  assert.equal((await post(bench, key, "/v1/solve?iterations=20", vroom)).status, 200);
  assert.equal((await bench.call(key, "GET", "/v1/solve/jobs")).body.jobs.length, 5);
});
