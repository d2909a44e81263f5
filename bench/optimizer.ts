// npm run bench:optimizer -- PART [--seconds S] [--seeds 1,2,3] [--threads N] [--only NAME,NAME] [--alone] [--processor]
// PART: lilim, dispatch, vrptw, insert, growth, terms, or quick (5 instances of lilim, 3 seeds, 10 s). `--alone`: without the prototype. `--processor`: one
// thread each, and seconds of its processor time, for a machine that others use as well.
// Instances: MILEPOOL_TEST_DATA/benchmarks; the prototypes: BASELINES, else ../shared/baselines beside the checkout.
import { parseArgs } from "node:util";
import { dispatch } from "./optimizer-dispatch.ts";
import { growth, insert, terms } from "./optimizer-growth.ts";
import { liLim } from "./optimizer-lilim.ts";
import type { Settings } from "./optimizer-search.ts";
import { vrptw } from "./optimizer-vrptw.ts";
import { machine } from "./program.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "10" },
    seeds: { type: "string", default: "1,2,3" },
    threads: { type: "string", default: "2" },
    only: { type: "string", default: "" },
    alone: { type: "boolean", default: false },
    processor: { type: "boolean", default: false },
  },
});
const settings: Settings = {
  seconds: Number(values.seconds),
  seeds: values.seeds.split(",").map(Number),
  threads: values.processor ? 1 : Number(values.threads),
  only: values.only.split(",").filter(Boolean),
  peer: !values.alone,
  processor: values.processor,
};
const quick = {
  ...settings,
  seconds: 10,
  seeds: [1, 2, 3],
  only: ["lr104", "lc1_2_3", "lrc1_2_4", "lr1_4_3", "lrc1_6_3"],
};
const parts = { lilim: liLim, dispatch, vrptw, insert, growth, terms, quick: () => liLim(quick) };
const name = positionals[0] ?? "";
if (!(name in parts)) throw new Error(`say which: ${Object.keys(parts).join(", ")}`);
const { seconds, threads } = name === "quick" ? quick : settings;
console.log(
  `bench:optimizer ${name}, ${machine()}; ${seconds} s ${settings.processor ? "of processor time" : `on ${threads} threads`}`,
);
await parts[name as keyof typeof parts](settings);
