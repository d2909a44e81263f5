import { Worker } from "node:worker_threads";
import type { RoadGraph } from "../../roads/index.ts";
import type { ContractDone, ContractJob } from "./contract-worker.ts";

/**
 * Contracts graphs one after the other in a worker thread that lives while there is work; it never keeps the process
 * alive unless told to.
 */
export class Contractor {
  #worker: Worker | null = null;
  #jobs = 0;
  readonly #open = new Map<number, (done: ContractDone | null) => void>();

  /** Null when the worker died or was closed before. */
  contract(graph: RoadGraph, path: string | null): Promise<ContractDone | null> {
    const job = this.#jobs++;
    const done = new Promise<ContractDone | null>((settle) => void this.#open.set(job, settle));
    this.#worker ??= this.#start();
    this.#worker.postMessage({ job, graph, path } satisfies ContractJob, []);
    return done;
  }

  /** From now until its work is done the worker keeps the process alive: somebody waits. */
  hold(): void {
    this.#worker?.ref();
  }

  /** Ends the worker; what is open is answered with null. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#giveUp();
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL("./contract-worker.ts", import.meta.url));
    worker.unref();
    worker.on("message", (done: ContractDone) => {
      this.#open.get(done.job)?.(done);
      this.#open.delete(done.job);
      if (this.#open.size === 0) void this.close();
    });
    worker.on("error", () => this.#giveUp());
    return worker;
  }

  #giveUp(): void {
    this.#worker = null;
    for (const settle of this.#open.values()) settle(null);
    this.#open.clear();
  }
}
