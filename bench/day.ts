// npm run bench:day [-- SEED]: the simulated 8-hour day (2,000 orders, 60 own couriers, a partner, two platforms) under virtual time, and what the
// independent auditor says of its log. Budget: 90 s.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { audit, type Line } from "../test/auditor/audit.ts";
import { machine, newFolder, root } from "./program.ts";

const seed = process.argv[2] ?? "7";
const day = ["--seed", seed, "--hours", "8", "--orders", "2000", "--couriers", "60", "--json"];
const home = newFolder();
console.log(`bench:day, ${machine()}; simulate ${day.join(" ")}`);

const prepared = simulated(["--seed", "1", "--hours", "1", "--orders", "1", "--json"]);
console.log(`city drawn and roads prepared on first use ${prepared.seconds.toFixed(1)} s`);
const { seconds, out, err } = simulated([...day, "--log", join(home, "log.jsonl")]);
const report = JSON.parse(out) as Readonly<Record<string, unknown>>;
const lines = readFileSync(join(home, "log.jsonl"), "utf8").trim().split("\n");
const faults = audit(lines.map((line) => JSON.parse(line) as Line));
console.log(`the whole day                              ${seconds.toFixed(1)} s  (budget 90 s)`);
for (const line of err.trim().split("\n")) console.log(`  ${line}`);
console.log(
  `events ${lines.length}; the auditor finds ${faults.length === 0 ? "nothing" : `${faults.length} faults:`}`,
);
for (const fault of faults.slice(0, 10)) console.log(`  ${fault}`);
for (const [name, value] of Object.entries(report)) console.log(`  ${name.padEnd(22)}${JSON.stringify(value)}`);
rmSync(home, { recursive: true });

function simulated(args: readonly string[]) {
  const begun = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, "src/main/cli.ts"), "simulate", ...args], {
    env: { ...process.env, MILEPOOL_HOME: home },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (stdout === "") throw new Error(stderr);
  return { seconds: (performance.now() - begun) / 1000, out: stdout, err: stderr };
}
