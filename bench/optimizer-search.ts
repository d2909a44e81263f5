// Searches side by side for the optimizer's benches, and the prototypes to compare with.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { searchInThreads } from "../src/adapters/optimizer/index.ts";
import type { Objective, Problem, Solution } from "../src/optimizer/index.ts";
import { root } from "./program.ts";

export const baselines = process.env["BASELINES"] ?? join(root, "../shared/baselines");
export const benchmarks = join(process.env["MILEPOOL_TEST_DATA"] ?? join(root, "../shared/data"), "benchmarks");

export interface Settings {
  readonly seconds: number;
  readonly seeds: readonly number[];
  readonly threads: number;
  /** Names of instances, or numbers of orders; empty: all. */
  readonly only: readonly string[];
  /** Whether the prototype runs beside. */
  readonly peer: boolean;
}

/** What a search is asked for. */
export interface Task {
  readonly problem: Problem;
  readonly objective: Objective;
  readonly seed: number;
  readonly seconds: number;
  readonly threads: number;
}

/** The best of `threads` searches that exchange their best, with the iterations of all. */
export const searched = ({ seconds, ...order }: Task): Promise<Solution> =>
  searchInThreads({ ...order, budget: { seconds } }, () => undefined);

/** What one of the reference scripts prints, read as JSON; several at once, as many as there are threads. */
export function script(name: string, args: readonly (string | number)[]): Promise<Readonly<Record<string, number>>> {
  const child = spawn(process.execPath, [join(baselines, name), ...args.map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  return new Promise((resolve, reject) => {
    child.on("close", () => {
      try {
        resolve(JSON.parse(out) as Readonly<Record<string, number>>);
      } catch (error) {
        reject(error);
      }
    });
  });
}

export const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

/** `1.23 %`. */
export const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
