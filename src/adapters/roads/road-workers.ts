import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { RoadJob, RoadJobDone } from "./road-jobs.ts";

/** Threads at most: each holds some 30 MB of its own. */
const mostWorkers = 4;
/** An idle worker ends after this long: starting another takes a tenth of a second. */
const idle_ms = 60_000;

interface Waiting {
  readonly id: number;
  readonly job: RoadJob;
  readonly settle: (done: unknown) => void;
}

interface Crew {
  readonly worker: Worker;
  job: Waiting | null;
}

/**
 * Worker threads for whatever takes longer than a caller should be held up. They start when there is work, end when
 * there has been none for a minute. Ordering roads does not keep the process alive unless told to: nobody may be
 * waiting.
 */
export class RoadWorkers {
  /** How many work at a time. */
  readonly size = Math.max(1, Math.min(mostWorkers, availableParallelism()));
  readonly #crew = new Set<Crew>();
  readonly #waiting: Waiting[] = [];
  #isHeld = false;
  #jobs = 0;

  /** Null when the worker died or was closed before. */
  run<Kind extends RoadJob["kind"]>(job: Extract<RoadJob, { kind: Kind }>): Promise<RoadJobDone[Kind] | null> {
    return new Promise((resolve) => {
      const settle = resolve as Waiting["settle"];
      this.#waiting.push({ id: this.#jobs++, job, settle });
      this.#assign();
    });
  }

  /** From now until all work is done, ordering roads keeps the process alive, too: somebody waits for it. */
  hold(): void {
    this.#isHeld = true;
    for (const { worker, job } of this.#crew) if (job !== null) worker.ref();
  }

  /** Ends all workers; what is open is answered with null. */
  async close(): Promise<void> {
    const open = this.#waiting.splice(0);
    const crew = [...this.#crew];
    this.#crew.clear();
    for (const { job } of crew) if (job !== null) open.push(job);
    for (const { settle } of open) settle(null);
    // Whoever closes waits for it: a worker that nobody holds would let the program end in the middle of that.
    for (const { worker } of crew) worker.ref();
    await Promise.all(crew.map(({ worker }) => worker.terminate()));
  }

  #isAwaited({ job }: Waiting): boolean {
    return this.#isHeld || job.kind !== "contract";
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const free = [...this.#crew].find(({ job }) => job === null) ?? this.#start();
      if (free === null) return;
      free.job = this.#waiting.shift()!;
      if (this.#isAwaited(free.job)) free.worker.ref();
      free.worker.postMessage({ id: free.job.id, job: free.job.job }, []);
    }
    if ([...this.#crew].every(({ job }) => job === null)) this.#isHeld = false;
  }

  #start(): Crew | null {
    if (this.#crew.size === this.size) return null;
    const one: Crew = { worker: new Worker(new URL("./road-worker.ts", import.meta.url)), job: null };
    one.worker.unref();
    const rest = setTimeout(() => void this.#end(one), idle_ms).unref();
    one.worker.on("message", ({ done }: { readonly done: unknown }) => {
      const { job } = one;
      one.job = null;
      one.worker.unref();
      rest.refresh();
      job?.settle(done);
      this.#assign();
    });
    one.worker.on("error", () => {
      this.#crew.delete(one);
      one.job?.settle(null);
      this.#assign();
    });
    this.#crew.add(one);
    return one;
  }

  async #end(one: Crew): Promise<void> {
    if (one.job !== null) return;
    this.#crew.delete(one);
    await one.worker.terminate();
  }
}
