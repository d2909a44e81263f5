import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { newHome, run } from "./program.ts";

const place = (id: number, x: number, y: number, brings: number, pickup: number, delivery: number): string =>
  `${id} ${x} ${y} ${brings} 0 9000 1 ${pickup} ${delivery}`;

/** Pairs enough that there is always more to look for. */
const pairs = Array.from({ length: 20 }, (_, k): string[] => {
  const [from, to] = [2 * k + 1, 2 * k + 2];
  return [place(from, (k * 37) % 50, (k * 61) % 50, 3, 0, to), place(to, (k * 17) % 50, (k * 29) % 50, -3, from, 0)];
});
const instance = ["4 20 1", "0 25 25 0 0 9000 0 0 0", ...pairs.flat(), ""].join("\n");

test("S12 Ctrl+C ends the search: the best plan so far is printed and written, and the exit code is 0", async () => {
  const home = newHome();
  const [file, out] = [join(home, "instance.txt"), join(home, "plan.sol")];
  await writeFile(file, instance);
  const search = run("src/main/cli.ts", ["solve", file, "--seconds", "3000", "--json", "--out", out]);
  await search.printed(/left out {2}\d+ iterations/);
  search.child.kill("SIGINT");
  assert.equal(await search.over, 0, search.err());
  const { routes, unassigned, seconds } = JSON.parse(search.out()) as {
    readonly routes: number[][];
    readonly unassigned: number[];
    readonly seconds: number;
  };
  assert.equal(routes.flat().length + 2 * unassigned.length, 40);
  assert.ok(seconds < 3000);
  assert.match(await readFile(out, "utf8"), /^Solution\nRoute 1 : /);
});
