import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { check, solve } from "../../optimizer/index.ts";
import { run, type Ran } from "./testing/run.ts";
import { travelFor } from "./testing/travel.ts";
import { readLiLim } from "./read-lilim.ts";
import { readProblem } from "./own/read-problem.ts";
import type { Report } from "./task.ts";
import { givenData } from "../../../test/given-data.ts";

const example = await readFile(new URL("own/example.json", import.meta.url), "utf8");

/** Two pairs around a depot; the first vehicle can do both. */
const twoPairs = `2 10 1
0 0 0 0 0 1000 0 0 0
1 0 10 4 0 500 10 0 2
2 0 20 -4 0 60 10 1 0
3 10 0 6 0 900 10 0 4
4 20 0 -6 0 900 10 3 0
`;

const report = ({ stdout }: Ran): Report => JSON.parse(stdout) as Report;

test("S1 every fault is named with its path and how to mend it", async () => {
  const wrong = JSON.parse(example) as { [list: string]: { [field: string]: unknown }[] };
  wrong["locations"]![1]!["point"] = [41.15, -181];
  wrong["vehicles"]![0]!["start"] = "nowhere";
  wrong["vehicles"]![1]!["colour"] = "red";
  wrong["vehicles"]![1]!["latest"] = 10;
  wrong["vehicles"]![1]!["frozen"] = [{ shipment: "A", visit: "delivery" }];
  wrong["shipments"]![0]!["load"] = [1, 2];
  wrong["shipments"]![1]!["pickup"] = { location: "florist", windows: [[50, 40]] };
  wrong["shipments"]![2]!["pickup"] = { location: "florist" };
  wrong["shipments"]![3]!["penalty"] = "much";
  wrong["shipments"]![3]!["id"] = "A";
  const { code, stdout } = await run("p.json --json", ["p.json", JSON.stringify(wrong)]);
  assert.equal(code, 1);
  const { faults } = JSON.parse(stdout) as { faults: { path: string; what: string; mend: string }[] };
  assert.deepEqual(faults.map((f) => f.path).sort(), [
    "locations[1].point",
    "shipments[0].load",
    "shipments[1].pickup.windows[0]",
    "shipments[2].pickup",
    "shipments[3].id",
    "shipments[3].penalty",
    "vehicles[0].start",
    "vehicles[1].colour",
    "vehicles[1].frozen[0]",
    "vehicles[1].latest",
  ]);
  assert.ok(faults.every((f) => f.what !== "" && f.mend !== ""));
});

test("S1 a Li & Lim line that is wrong is named by its number", () => {
  const faultsOf = (text: string): string[] => {
    const read = readLiLim(text);
    return read.ok ? [] : read.faults.map((f) => f.path);
  };
  assert.deepEqual(faultsOf(twoPairs), []);
  assert.deepEqual(faultsOf(twoPairs.replace("3 10 0 6", "3 10 0")), ["line 5"]);
  assert.deepEqual(faultsOf(twoPairs.replace("4 20", "9 20")), ["line 6"]);
  assert.deepEqual(faultsOf(twoPairs.replace("0 60 10 1 0", "61 60 10 1 0")), ["line 4"]);
  assert.deepEqual(faultsOf(twoPairs.replace("10 3 0", "10 1 0")), ["line 5", "line 6"]);
  assert.deepEqual(faultsOf("5 10 1\n"), ["line 1"]);
});

test("S2 the example is solved as its words say", async () => {
  const answer = report(await run("p.json --iterations 300 --json", ["p.json", example]));
  assert.deepEqual(answer.unassigned, ["D"], "D's window is over before any vehicle could be there");
  assert.deepEqual(answer.routes, [
    ["A/pickup", "A/delivery", "C/delivery"],
    ["B/pickup", "B/delivery"],
  ]);
  assert.deepEqual(
    answer.plan.map((route) => route.vehicle),
    ["mia", "ken"],
  );
  assert.equal(answer.terms.unassigned, 50);
  assert.equal(answer.vehicles, 2);
});

test("S2 what is read is held by the checker", async () => {
  const read = await readProblem(JSON.parse(example), travelFor);
  assert.ok(read.ok);
  const { problem } = read.value;
  assert.deepEqual(check(problem, solve(problem, { seed: 1, objective: "cost", budget: { iterations: 100 } })), []);
});

test("S2 tables of seconds and metres are read row by row, null where there is no way", async () => {
  const read = await readProblem(
    {
      locations: [{ id: "a" }, { id: "b" }],
      profiles: [
        {
          name: "van",
          seconds: [
            [0, 5],
            [6, 0],
          ],
          meters: [
            [0, 50],
            [null, 0],
          ],
        },
      ],
      vehicles: [],
      shipments: [],
    },
    travelFor,
  );
  assert.ok(read.ok);
  const { seconds, meters } = read.value.problem.matrices[0]!;
  assert.deepEqual(
    [[...seconds], [...meters]],
    [
      [0, 5, 6, 0],
      [0, 50, 0xffffffff, 0],
    ],
  );
});

test("S3 Li & Lim: fewest vehicles, distance in doubles, SINTEF's form", async () => {
  const ran = await run("i.txt --iterations 200 --json --out i.sol", ["i.txt", twoPairs]);
  const answer = report(ran);
  assert.equal(answer.vehicles, 1);
  assert.equal(answer.distance, 20 + Math.hypot(20, 10) + 10 + 20);
  assert.equal(ran.files.get("i.sol"), "Solution\nRoute 1 : 1 2 3 4\n");
});

const { path: instances, missing } = givenData("benchmarks/lilim");

test("S3 a real instance of 100 nodes reaches the best known fleet", { skip: missing }, async () => {
  const lr104 = await readFile(join(instances, "lr104.txt"), "utf8");
  const answer = report(await run("lr104.txt --iterations 6000 --json", ["lr104.txt", lr104]));
  assert.equal(answer.vehicles, 9);
  assert.deepEqual(answer.unassigned, []);
  assert.ok(answer.distance < 1013.39 * 1.02, `distance ${answer.distance}`);
});

test("S4 wrong use exits 2 and shows how, on standard error alone", async () => {
  for (const args of [
    "",
    "a b",
    "a --seconds",
    "a --seconds 0",
    "a --threads 1.5",
    "a --objective speed",
    "a --colour red",
  ]) {
    const { code, stdout, stderr } = await run(args, ["a", example]);
    assert.deepEqual([code, stdout], [2, ""], args);
    assert.match(stderr, /milepool solve FILE/);
  }
  const help = await run("--help");
  assert.equal(help.code, 0);
  assert.match(help.stdout, /Examples:/);
});

test("S4 a file that cannot be read or written exits 1", async () => {
  const absent = await run("absent --json");
  assert.equal(absent.code, 1);
  assert.match(absent.stderr, /no file absent/);
  assert.equal((JSON.parse(absent.stdout) as { faults: unknown[] }).faults.length, 1);
  assert.equal((await run("i --iterations 1 --out full/i.sol", ["i", twoPairs])).code, 1);
});

test("S5 the same seed gives the same routes", async () => {
  const args = "p --iterations 100 --seed 3 --json";
  const [one, two] = [report(await run(args, ["p", example])), report(await run(args, ["p", example]))];
  assert.deepEqual({ ...one, seconds: 0 }, { ...two, seconds: 0 });
  assert.equal(one.iterations, 100);
});

test("S4 drawings: a picture, and GeoJSON where the places are on a map", async () => {
  const drawn = await run("p --iterations 20 --svg p.svg --geojson p.geojson", ["p", example]);
  assert.equal(drawn.code, 0);
  assert.match(drawn.files.get("p.svg")!, /^<svg xmlns.*<polyline/s);
  const { features } = JSON.parse(drawn.files.get("p.geojson")!) as { features: { geometry: { type: string } }[] };
  assert.deepEqual(
    ["LineString", "Point"].map((type) => features.filter(({ geometry }) => geometry.type === type).length),
    [2, 5],
  );
  const flat = await run("i --iterations 1 --svg i.svg", ["i", twoPairs]);
  assert.match(flat.files.get("i.svg")!, /<circle/);
  const nowhere = await run("i --iterations 1 --geojson i.geojson", ["i", twoPairs]);
  assert.deepEqual([nowhere.code, nowhere.files.has("i.geojson")], [1, false]);
});

test("S6 any text is answered by an exit code", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json(), damaged()), async (text) => {
      const { code } = await run("f --iterations 5 --json", ["f", text]);
      assert.ok(code === 0 || code === 1);
    }),
    { numRuns: 300 },
  );
});

/** The example with one value replaced by another kind of value. */
const damaged = (): fc.Arbitrary<string> =>
  fc.tuple(fc.nat(), fc.jsonValue()).map(([at, value]) => {
    let left = at % 120;
    return JSON.stringify(JSON.parse(example, (_key, old: unknown) => (left-- === 0 ? value : old)));
  });
