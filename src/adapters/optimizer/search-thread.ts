import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { solve, type Budget, type Plan } from "../../optimizer/index.ts";
import { epoch, type ThreadOrder, type ThreadWord } from "./search-order.ts";

// Runs in worker threads (see search-in-threads.ts).

const { problem, objective, seed, budget, start, begun_ms, stop } = workerData as ThreadOrder;

/** How often, at most, a thread speaks of its progress. */
const quiet_ms = 250;
let spoken = -Infinity;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
const say = (word: ThreadWord): void => parentPort?.postMessage(word);

/** How long, once it is stopped, a first plan may still take: what is cut short leaves orders out. */
const grace_ms = 250;
let stoppedAt_ms: number | null = null;
let hasPlan = false;

function isStopped(): boolean {
  if (Atomics.load(stop, 0) === 0) return false;
  stoppedAt_ms ??= performance.now();
  return hasPlan || performance.now() - stoppedAt_ms > grace_ms;
}

/** The last of the plans that others have sent since the last look. */
function take(): Plan | null {
  let plan: Plan | null = null;
  for (let heard = receiveMessageOnPort(parentPort!); heard !== undefined; heard = receiveMessageOnPort(parentPort!))
    plan = heard.message as Plan;
  return plan;
}

const timed = "seconds" in budget;
const limit: Budget = timed
  ? { spent: () => (epoch() - begun_ms) / (budget.seconds * 1000) }
  : { iterations: budget.iterations };

say({
  solution: solve(problem, {
    seed,
    objective,
    budget: limit,
    ...(start ? { start } : {}),
    ...(timed ? { take } : {}),
    isStopped,
    onBest: (best) => {
      hasPlan = true;
      if (performance.now() - spoken < quiet_ms) return;
      spoken = performance.now();
      say({ better: best() });
    },
  }),
});
