import { Worker } from "node:worker_threads";
import { solve, type Objective, type Problem, type Solution, type SolveOptions } from "../../optimizer/index.ts";

/** One search of one thread. */
export interface SearchOrder {
  readonly problem: Problem;
  readonly objective: Objective;
  readonly seed: number;
  readonly seconds: number;
  readonly iterations: number | null;
  /** When the seconds began to count, in milliseconds since 1970, fractions included: starting a thread costs time too. */
  readonly begun_ms: number;
}

/** Milliseconds since 1970 that only go forward, the same in every thread. */
export const epoch = (): number => performance.timeOrigin + performance.now();

/** What a thread says: how good its best is, each time it finds a better one, and the solution at the end. */
export type SearchWord = { readonly best: Figures } | { readonly solution: Solution };

export interface Figures {
  readonly vehicles: number;
  readonly meters: number;
  readonly cost: number;
  readonly unassigned: number;
  readonly iterations: number;
}

/** How often, at most, a search speaks of its progress. */
const quiet_ms = 250;

/** Searches in this thread. `onBest` hears of progress now and then. */
export function searchHere(order: SearchOrder, onBest: (best: Figures) => void): Solution {
  let spoken = -Infinity;
  const options: SolveOptions = {
    seed: order.seed,
    objective: order.objective,
    budget:
      order.iterations === null
        ? { spent: () => (epoch() - order.begun_ms) / (order.seconds * 1000) }
        : { iterations: order.iterations },
    onBest: (best) => {
      if (performance.now() - spoken < quiet_ms) return;
      spoken = performance.now();
      onBest(figures(best()));
    },
  };
  return solve(order.problem, options);
}

const figures = ({ vehicles, meters, cost, unassigned, iterations }: Solution): Figures => ({
  vehicles,
  meters,
  cost: cost.total,
  unassigned: unassigned.length,
  iterations,
});

/** Searches in `threads` threads, each with the next seed, and answers the best solution with the iterations of all. */
export async function searchInThreads(
  order: SearchOrder,
  threads: number,
  onBest: (best: Figures) => void,
): Promise<Solution> {
  if (threads === 1) return searchHere(order, onBest);
  const solutions = await Promise.all(
    Array.from({ length: threads }, (_, k) => inWorker({ ...order, seed: order.seed + k }, onBest)),
  );
  const best = solutions.reduce((a, b) => (isBetter(order, b, a) ? b : a));
  return { ...best, iterations: solutions.reduce((sum, s) => sum + s.iterations, 0) };
}

function inWorker(order: SearchOrder, onBest: (best: Figures) => void): Promise<Solution> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: order });
  return new Promise((resolve, reject) => {
    worker.on("message", (word: SearchWord) => {
      if ("best" in word) return onBest(word.best);
      resolve(word.solution);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`a search thread ended early, with ${code}`)));
  });
}

function isBetter({ problem, objective }: SearchOrder, a: Solution, b: Solution): boolean {
  const [x, y] = [a, b].map((s) => rank(problem, objective, s)) as [number[], number[]];
  const at = x.findIndex((value, k) => value !== y[k]);
  return at >= 0 && x[at]! < y[at]!;
}

/** What counts, in this order. */
function rank(problem: Problem, objective: Objective, { unassigned, vehicles, meters, cost }: Solution): number[] {
  if (objective === "vehicles") return [unassigned.length, vehicles, meters];
  if (objective === "distance") return [unassigned.length, meters];
  return [unassigned.filter((s) => problem.shipments[s]!.penalty === null).length, cost.total];
}
