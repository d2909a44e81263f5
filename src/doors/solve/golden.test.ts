import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { run } from "./testing/run.ts";

const folder = new URL("golden/", import.meta.url);
const problems = (await readdir(folder)).filter((name) => !name.includes("answer"));

/** How long it took is nobody's promise. */
const timeless = (json: string): unknown =>
  JSON.parse(json, (key, value: unknown) => (key === "seconds" || key === "computing_times" ? 0 : value));

/**
 * What each format is answered, byte for byte but for the time it took: `golden/NAME` and `golden/NAME.answer.json`. Each has one
 * best plan, so that a better search answers the same. `MILEPOOL_WRITE_GOLDEN=1` writes the answers anew, to be read before they
 * are kept.
 */
for (const name of problems)
  test(`S11 ${name}: the whole answer is as it stands beside it`, async () => {
    const problem = await readFile(new URL(name, folder), "utf8");
    const { code, stdout, stderr } = await run("p --iterations 400 --seed 1 --json", ["p", problem]);
    assert.equal(code, 0, stderr);
    const expected = new URL(`${name}.answer.json`, folder);
    if (process.env["MILEPOOL_WRITE_GOLDEN"] === "1")
      await writeFile(expected, `${JSON.stringify(timeless(stdout), null, 2)}\n`);
    assert.deepEqual(timeless(stdout), timeless(await readFile(expected, "utf8")));
  });

test("S11 every format has its golden file", () => {
  const formats = problems.map((name) => name.split(".")[0]).toSorted();
  assert.deepEqual(formats, ["google", "lilim", "milepool", "solomon", "vroom", "vrplib"]);
});
