import { Worker } from "node:worker_threads";
import type { Solution } from "../../optimizer/index.ts";
import { isBetter } from "./rank.ts";
import { epoch, type Figures, type SearchOrder, type ThreadOrder, type ThreadWord } from "./search-order.ts";

/**
 * The best solution that `order.threads` searches find side by side, with the iterations of all of them. `onBest` hears of
 * progress now and then. Once `signal` is aborted it answers the best so far; a first plan that is not ready a quarter of
 * a second later is cut short, and leaves out what it has not come to. Throws what a thread threw, and the
 * `BrokenInvariant` of a problem whose indices do not agree.
 */
export async function searchInThreads(
  order: SearchOrder,
  onBest: (best: Figures) => void,
  signal?: AbortSignal,
): Promise<Solution> {
  const side = new SideBySide(order, onBest);
  const halt = (): void => side.halt();
  if (signal?.aborted) halt();
  signal?.addEventListener("abort", halt);
  try {
    return await side.run();
  } finally {
    signal?.removeEventListener("abort", halt);
    await side.close();
  }
}

class SideBySide {
  readonly #order: SearchOrder;
  readonly #onBest: (best: Figures) => void;
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));
  readonly #begun_ms = epoch();
  readonly #workers: Worker[] = [];
  #best: Solution | null = null;

  constructor(order: SearchOrder, onBest: (best: Figures) => void) {
    this.#order = order;
    this.#onBest = onBest;
  }

  async run(): Promise<Solution> {
    const { threads } = this.#order;
    const solutions = await Promise.all(Array.from({ length: threads }, (_, k) => this.#search(k)));
    const best = solutions.reduce((a, b) => (isBetter(this.#order, b, a) ? b : a));
    return { ...best, iterations: solutions.reduce((sum, { iterations }) => sum + iterations, 0) };
  }

  halt(): void {
    Atomics.store(this.#stop, 0, 1);
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #search(k: number): Promise<Solution> {
    const { seed, threads } = this.#order;
    const workerData: ThreadOrder = {
      ...this.#order,
      seed: seed * threads + k,
      begun_ms: this.#begun_ms,
      stop: this.#stop,
    };
    const worker = new Worker(new URL("./search-thread.ts", import.meta.url), { workerData });
    this.#workers.push(worker);
    return new Promise((resolve, reject) => {
      worker.on("message", (word: ThreadWord) => {
        if ("solution" in word) return resolve(word.solution);
        this.#hear(word.better, worker);
      });
      worker.on("error", reject);
      worker.on("exit", (code) => reject(new Error(`a search thread ended early, with ${code}`)));
    });
  }

  #hear(better: Solution, from: Worker): void {
    if (this.#best !== null && !isBetter(this.#order, better, this.#best)) return;
    this.#best = better;
    const { vehicles, meters, cost, unassigned, iterations } = better;
    this.#onBest({ vehicles, meters, cost: cost.total, unassigned: unassigned.length, iterations });
    if ("iterations" in this.#order.budget) return;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    for (const other of this.#workers) if (other !== from) other.postMessage({ routes: better.routes });
  }
}
