import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { run } from "./testing/run.ts";

const golden = (name: string): Promise<string> => readFile(new URL(`golden/${name}`, import.meta.url), "utf8");

/** What is wrong with a golden problem in which `good` became `bad`, as the terminal shows it. */
async function told(name: string, good: string | RegExp, bad: string): Promise<string> {
  const problem = await golden(name);
  const wrong = problem.replace(good, bad);
  assert.notEqual(wrong, problem, `${name} has no ${String(good)}`);
  const { code, stdout, stderr } = await run("p --iterations 1", ["p", wrong]);
  assert.deepEqual([code, stdout], [1, ""]);
  return stderr;
}

test("S1 what is wrong is one sentence with its place and how to mend it, in every format", async () => {
  const table: readonly (readonly [string, string | RegExp, string, RegExp])[] = [
    ["milepool.json", '"start": "p0"', '"start": "p9"', /^vehicles\[0\]\.start: no location "p9"; .+\n$/],
    ["milepool.json", '"leaveBy": 900', '"leaveBy": -1', /^vehicles\[0\]\.leaveBy: .+\n$/],
    [
      "milepool.json",
      /"collects":\s*\[\s*2\s*\]/,
      '"collects": [2, 3]',
      /^shipments\[3\]\.collects: 2 dimensions; .+\n$/,
    ],
    ["milepool.json", '"kind": "fitter"', '"kind": 7', /^vehicles\[0\]\.kind: .+\n$/],
    ["milepool.json", /"maxLoad":\s*\[\s*4\s*\]/, '"maxLoad": [4, 4]', /^vehicles\[0\]\.breaks\[0\]\.maxLoad: .+\n$/],
    [
      "milepool.json",
      '"costPerServiceSecond": 0.05',
      '"costPerServiceSecond": -1',
      /^vehicles\[0\]\.costPerServiceSecond: -1; .+\n$/,
    ],
    ["vroom.json", '"per_task_hour": 900', '"per_task_hour": 0.5', /^vehicles\[0\]\.costs\.per_task_hour: 0\.5; .+\n$/],
    ["vroom.json", '"bike": 90', '"bike": -9', /^jobs\[1\]\.service_per_type\.bike: -9; .+\n$/],
    [
      "google.json",
      '"600s"',
      '"10 min"',
      /^model\.vehicles\[1\]\.extraVisitDurationForVisitType\.stairs: "10 min"; .+\n$/,
    ],
    [
      "google.json",
      '"label": "saturday"',
      '"considerRoadTraffic": true',
      /^considerRoadTraffic: is not known here; .+\n$/,
    ],
    ["vrplib.txt", "3 11 2", "3 11", /^line 11: 2 numbers; .+\n$/],
    ["solomon.txt", "190       10", "190", /^line \d+: .+; .+\n$/],
    ["vrplib.txt", "3 5\n", "3 -5\n", /^line \d+: -5; .+\n$/],
    ["vrplib.txt", "6 8 19\n", "", /^NODE_COORD_SECTION: 5 nodes; .+\n$/],
    ["vrplib.txt", "2 0 12", "2 12 0", /^line \d+: 0 before 12; .+\n$/],
    ["solomon.txt", "    5      8 ", "    x      8 ", /^line \d+: .+; .+\n/],
    [
      "milepool.json",
      /"frozen":\s*\[/,
      '"frozen": [{ "visit": "charge", "station": "hub" },',
      /^vehicles\[\d\]\.frozen\[0\]: .+\n$/,
    ],
    ["milepool.json", '"costPerUnit": 0.2', '"costPerUnit": 1e13', /^vehicles\[\d\]\.energy\.costPerUnit: 1.+; .+\n$/],
    ["lilim.txt", "1 3 7 4 0 200 10 0 2", "1 3 7 4 0 200 -1 0 2", /^line 3: service -1; .+\n$/],
    ["lilim.txt", "1 3 7 4 0 200 10 0 2", "1 3 7 4 0 200 10 0 9", /^line 3: .+; .+\n/],
  ];
  for (const [name, good, bad, sentence] of table)
    assert.match(await told(name, good, bad), sentence, `${name} ${bad}`);
});

test("S1 a way too far for a cell is no way, more vehicles than orders are no use, and a byte order mark is no fault", async () => {
  const far = JSON.stringify({
    locations: [
      { id: "a", point: [0, 0] },
      { id: "b", point: [1, 0] },
    ],
    profiles: [{ name: "snail", metersPerSecond: 1e-6 }],
    vehicles: [{ id: "v", start: "a" }],
    shipments: [{ id: "s", delivery: { location: "b" } }],
  });
  const left = await run("p --iterations 1 --json", ["p", `\uFEFF${far}`]);
  assert.deepEqual((JSON.parse(left.stdout) as { unassigned: unknown }).unassigned, ["s"]);
  const many = (await golden("lilim.txt")).replace(/^2 /, "4000000000 ");
  assert.equal((await run("p --iterations 1", ["p", many])).code, 0);
});
