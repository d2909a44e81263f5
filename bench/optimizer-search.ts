// Searches side by side for the optimizer's benches, and the prototypes to compare with.
import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { searchInThreads } from "../src/adapters/optimizer/index.ts";
import { solve, type Objective, type Problem, type Solution } from "../src/optimizer/index.ts";
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
  /** Whether seconds are of one thread's processor time, so that it does not matter what else the machine does. */
  readonly processor: boolean;
}

/** What a search is asked for. */
export interface Task extends Pick<Settings, "seconds" | "threads" | "processor"> {
  readonly problem: Problem;
  readonly objective: Objective;
  readonly seed: number;
}

/** Time of this thread on a processor. */
export const busy_ms = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** The same for a script that looks at the clock. */
const busyClock = `data:text/javascript,performance.now=${encodeURIComponent(
  "()=>{const{user,system}=process.threadCpuUsage();return(user+system)/1000}",
)}`;

/** The best of `threads` searches that exchange their best, with the iterations of all. */
export async function searched({ seconds, processor, ...order }: Task): Promise<Solution> {
  if (!processor) return searchInThreads({ ...order, budget: { seconds } }, () => undefined);
  const begun = busy_ms();
  return solve(order.problem, { ...order, budget: { spent: () => (busy_ms() - begun) / (seconds * 1000) } });
}

/** What one of the reference scripts prints, read as JSON; several at once, as many as there are threads. */
export function script(
  name: string,
  args: readonly (string | number)[],
  { processor }: Pick<Settings, "processor">,
): Promise<Readonly<Record<string, number>>> {
  const clock = processor ? ["--import", busyClock] : [];
  // They only run when they are called by the name that they truly have.
  const path = realpathSync(join(baselines, name));
  const child = spawn(process.execPath, [...clock, path, ...args.map(String)], {
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
