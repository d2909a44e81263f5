import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { audit, type Line } from "../auditor/audit.ts";
import { milepool, newHome } from "./program.ts";

test("a simulated day with both platforms loses nothing, doubles nothing, and is the same bytes from the same seed", async (t) => {
  const home = newHome();
  t.after(() => rmSync(home, { recursive: true }));
  const day = (log: string) =>
    milepool(["simulate", "--seed", "7", "--hours", "1", "--orders", "120", "--log", join(home, log), "--json"], {
      MILEPOOL_HOME: home,
    });
  const first = await day("first.jsonl");
  assert.equal(first.code, 0, first.err);
  const report = JSON.parse(first.out) as Record<string, number | boolean | string>;
  const { lost, doubled, faults, ledgerBalanced, orders } = report;
  assert.deepEqual({ lost, doubled, faults, ledgerBalanced }, { lost: 0, doubled: 0, faults: 0, ledgerBalanced: true });
  assert.equal(orders, 120);
  assert.ok(Number(report["delivered"]) > 100, `${report["delivered"]} of 120 were delivered`);
  assert.ok(Number(report["platformShare"]) > 0, "platforms carried nothing");

  const log = readFileSync(join(home, "first.jsonl"), "utf8");
  const lines = log
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  assert.deepEqual(audit(lines), []);

  const second = await day("second.jsonl");
  assert.equal(second.out, first.out);
  assert.equal(readFileSync(join(home, "second.jsonl"), "utf8"), log);
});
