// npm run bench:solve [-- SECONDS]: our optimizer (`./milepool solve`) and the reference prototype at equal time, alternating, on Li & Lim instances; one
// thread each. Instances: MILEPOOL_TEST_DATA/benchmarks/lilim; the prototype: BASELINES, else ../shared/baselines beside the checkout.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { machine, root } from "./program.ts";

/** Ours answers `vehicles, distance`, the prototype `v, d`. */
type Answer = Readonly<Partial<Record<"vehicles" | "distance" | "v" | "d", number>>>;

const seconds = Number(process.argv[2] ?? 10);
const seeds = [1, 2];
const names = ["lr104", "lrc204", "lc1_2_3", "lr2_2_4", "lrc1_2_4"];
const data = join(process.env["MILEPOOL_TEST_DATA"] ?? join(root, "../shared/data"), "benchmarks/lilim");
const peer = join(process.env["BASELINES"] ?? join(root, "../shared/baselines"), "proto-sisr.mjs");
if (!existsSync(data) || !existsSync(peer))
  throw new Error("the instances or the prototype are not there: see the first lines of this file");

console.log(`bench:solve, ${machine()}; ${seconds} s each, one thread, fewest vehicles first`);
console.log("instance      seed  ours: vehicles distance   prototype: vehicles distance   distance ratio");
for (const name of names) {
  const file = join(data, `${name}.txt`);
  for (const seed of seeds) {
    const limits = ["--seconds", String(seconds), "--threads", "1", "--seed", String(seed), "--objective", "vehicles"];
    const ours = answer([join(root, "src/main/cli.ts"), "solve", file, ...limits, "--json"]);
    const theirs = answer([peer, file, String(seconds), String(seed)]);
    const figures = [String(ours.vehicles).padStart(14), ours.distance.toFixed(2).padStart(10)];
    figures.push(String(theirs.vehicles).padStart(20), theirs.distance.toFixed(2).padStart(9));
    const ratio = ours.vehicles === theirs.vehicles ? (ours.distance / theirs.distance).toFixed(4) : "other fleet";
    console.log(`${name.padEnd(14)}${String(seed).padStart(4)}${figures.join("")}${ratio.padStart(17)}`);
  }
}

function answer(args: readonly string[]) {
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (stdout === "") throw new Error(stderr);
  const { vehicles, distance, v, d } = JSON.parse(stdout) as Answer;
  return { vehicles: vehicles ?? v ?? NaN, distance: distance ?? d ?? NaN };
}
