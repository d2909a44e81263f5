// One search of several: tells the others its best and takes theirs. Started by optimizer-search.ts.
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { solve, type Objective, type Plan, type Problem } from "../src/optimizer/index.ts";

export interface ThreadOrder {
  readonly problem: Problem;
  readonly objective: Objective;
  readonly seed: number;
  /** Milliseconds since 1970: threads take a moment to start, and that counts. */
  readonly begun_ms: number;
  readonly seconds: number;
  readonly others: readonly MessagePort[];
}

const { problem, objective, seed, begun_ms, seconds, others } = workerData as ThreadOrder;
const elapsed = (): number => performance.timeOrigin + performance.now() - begun_ms;

/** A plan costs a copy to tell, so it is told once in a while. */
const quiet_ms = 500;
let told_ms = 0;

const solution = solve(problem, {
  objective,
  seed,
  budget: { spent: () => elapsed() / (seconds * 1000) },
  onBest: (best) => {
    if (others.length === 0 || elapsed() - told_ms < quiet_ms) return;
    told_ms = elapsed();
    const { routes } = best();
    for (const port of others) port.postMessage({ routes });
  },
  take: () => {
    let newest: Plan | null = null;
    for (const port of others) {
      for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port))
        newest = got.message as Plan;
    }
    return newest;
  },
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
parentPort!.postMessage(solution);
for (const port of others) port.close();
