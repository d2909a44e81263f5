import type { Objective } from "../../optimizer/index.ts";
import type { Fault } from "./fault.ts";
import { readJson } from "./formats.ts";
import type { Figures, Search, TravelFor } from "./ports.ts";
import { reportOf } from "./report.ts";
import type { Task } from "./task.ts";

/** What a request asks for; null: what the problem or the desk says. */
export interface SolveAsk {
  readonly problem: unknown;
  readonly seconds: number | null;
  /** With these the seconds are only a bound. */
  readonly iterations: number | null;
  readonly threads: number | null;
  readonly seed: number;
  readonly objective: Objective | null;
}

/** How good the best was after so many seconds. */
export interface Improvement extends Omit<Figures, "meters"> {
  readonly after: number;
  readonly distance: number;
}

/** A search that waits, runs or has ended. */
export interface SolveJob {
  readonly id: string;
  readonly state: "waiting" | "running" | "done" | "cancelled" | "failed";
  readonly seconds: number;
  readonly placedAt_ms: number;
  readonly startedAt_ms: number | null;
  readonly endedAt_ms: number | null;
  readonly improvements: readonly Improvement[];
  /** In the form of the problem's format; of a cancelled one, the best so far, where it had begun. */
  readonly answer: object | null;
}

export type SolveRefusal =
  | { readonly code: "SOLVE_PROBLEM_WRONG"; readonly faults: readonly Fault[] }
  | { readonly code: "SOLVE_TOO_LARGE"; readonly what: string; readonly found: number; readonly limit: number }
  | { readonly code: "SOLVE_TOO_LONG"; readonly seconds: number; readonly limit: number }
  | { readonly code: "SOLVE_DESK_FULL"; readonly open: number; readonly limit: number };

/** What one request may ask of the desk. A participant shares the machine with all others. */
export const deskLimits = {
  locations: 2500,
  visits: 5000,
  vehicles: 1000,
  /** Longest search of a request that waits for its answer, and of a job. */
  seconds: 30,
  jobSeconds: 3600,
  threads: 4,
  /** Jobs that wait or run, of one participant and of all. */
  open: 4,
  openInAll: 50,
  /** Ended jobs are kept this long, and this many of a participant. */
  kept_ms: 3_600_000,
  kept: 20,
} as const;

const mostImprovements = 500;

interface DeskParts {
  readonly search: Search;
  readonly travelFor: TravelFor;
  /** How many threads may search at a time. */
  readonly threads: number;
  /** Told of what a search threw; the job has failed then. */
  readonly log: (error: unknown) => void;
}

type Placed = { readonly ok: true; readonly value: SolveJob } | { readonly ok: false; readonly refusal: SolveRefusal };

/** Searches for whoever asks over the network: a few at a time, each bounded, seen and stopped only by its owner. */
export class SolveDesk {
  readonly #parts: DeskParts;
  readonly #jobs = new Map<string, Job>();
  #free: number;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#free = parts.threads;
  }

  /** Takes a problem in. `isAwaited`: somebody holds a connection open for the answer, so it must not take long. */
  async place(owner: string, ask: SolveAsk, isAwaited: boolean): Promise<Placed> {
    this.#forget();
    const full = this.#full(owner);
    if (full !== null) return { ok: false, refusal: full };
    const begun = performance.now();
    const read = await readJson(ask.problem, null, this.#parts.travelFor);
    if (!read.ok) return { ok: false, refusal: { code: "SOLVE_PROBLEM_WRONG", faults: read.faults } };
    const refusal = tooLarge(read.value) ?? this.#full(owner);
    if (refusal !== null) return { ok: false, refusal };
    const limit = isAwaited ? deskLimits.seconds : deskLimits.jobSeconds;
    const seconds = ask.seconds ?? Math.min(read.value.asked?.seconds ?? 5, limit);
    if (seconds > limit) return { ok: false, refusal: { code: "SOLVE_TOO_LONG", seconds, limit } };
    const threads = Math.min(ask.threads ?? read.value.asked?.threads ?? 1, deskLimits.threads);
    const job = new Job(owner, { ...ask, seconds, threads }, read.value, performance.now() - begun);
    this.#jobs.set(job.id, job);
    this.#startSome();
    return { ok: true, value: job };
  }

  /** Null when there is none, or it is somebody else's. */
  job(owner: string, id: string): SolveJob | null {
    return this.#own(owner, id);
  }

  /** The newest first. */
  jobs(owner: string): readonly SolveJob[] {
    this.#forget();
    return [...this.#jobs.values()].filter((job) => job.owner === owner).toReversed();
  }

  /** Ends it with the best so far; what has ended stays as it is. */
  async cancel(owner: string, id: string): Promise<SolveJob | null> {
    const job = this.#own(owner, id);
    if (job === null) return null;
    job.cancel();
    await job.ended;
    return job;
  }

  /** Resolves when it has ended. */
  async ended(owner: string, id: string): Promise<SolveJob | null> {
    const job = this.#own(owner, id);
    await job?.ended;
    return job;
  }

  /** Calls back after each change of a job, until the returned function is called. */
  watch(owner: string, id: string, changed: () => void): () => void {
    const watchers = this.#own(owner, id)?.watchers;
    watchers?.add(changed);
    return () => void watchers?.delete(changed);
  }

  /** Stops all searches; resolves when they have ended. */
  async close(): Promise<void> {
    for (const job of this.#jobs.values()) job.cancel();
    await Promise.all([...this.#jobs.values()].map(({ ended }) => ended));
  }

  #own(owner: string, id: string): Job | null {
    this.#forget();
    const job = this.#jobs.get(id);
    return job?.owner === owner ? job : null;
  }

  #full(owner: string): SolveRefusal | null {
    const open = [...this.#jobs.values()].filter(({ endedAt_ms }) => endedAt_ms === null);
    const own = open.filter((job) => job.owner === owner).length;
    if (own >= deskLimits.open) return { code: "SOLVE_DESK_FULL", open: own, limit: deskLimits.open };
    if (open.length < deskLimits.openInAll) return null;
    return { code: "SOLVE_DESK_FULL", open: open.length, limit: deskLimits.openInAll };
  }

  #forget(): void {
    const kept = new Map<string, number>();
    for (const job of [...this.#jobs.values()].toReversed()) {
      if (job.endedAt_ms === null) continue;
      const count = (kept.get(job.owner) ?? 0) + 1;
      kept.set(job.owner, count);
      if (count > deskLimits.kept || Date.now() - job.endedAt_ms > deskLimits.kept_ms) this.#jobs.delete(job.id);
    }
  }

  /**
   * Long searches leave one thread to the short ones, where there is more than one. Whoever starts takes what is free, at least
   * one; a search by iterations has the threads that it asked for whatever is free, since its answer depends on them.
   */
  #startSome(): void {
    for (const job of this.#jobs.values()) {
      const spare = job.seconds > deskLimits.seconds && this.#parts.threads > 1 ? 1 : 0;
      const taken = Math.min(job.threads, this.#free - spare);
      if (job.state !== "waiting" || taken < 1) continue;
      this.#free -= taken;
      void job.run(this.#parts, taken).finally(() => {
        this.#free += taken;
        this.#startSome();
      });
    }
  }
}

function tooLarge({ problem }: Task): SolveRefusal | null {
  const found = {
    locations: problem.matrices[0]?.size ?? 0,
    visits: problem.shipments.reduce((n, { pickup, delivery }) => n + (pickup ? 1 : 0) + (delivery ? 1 : 0), 0),
    vehicles: problem.vehicles.length,
  };
  for (const what of ["locations", "visits", "vehicles"] as const)
    if (found[what] > deskLimits[what])
      return { code: "SOLVE_TOO_LARGE", what, found: found[what], limit: deskLimits[what] };
  return null;
}

class Job implements SolveJob {
  readonly id = crypto.randomUUID();
  readonly owner: string;
  readonly seconds: number;
  readonly threads: number;
  readonly placedAt_ms = Date.now();
  readonly watchers = new Set<() => void>();
  readonly improvements: Improvement[] = [];
  readonly ended: Promise<void>;
  state: SolveJob["state"] = "waiting";
  startedAt_ms: number | null = null;
  endedAt_ms: number | null = null;
  answer: object | null = null;
  readonly #ask: SolveAsk;
  /** Let go of once it has ended: its matrices are most of what a job weighs. */
  #task: Task | null;
  readonly #loading_ms: number;
  readonly #stop = new AbortController();
  readonly #end: () => void;

  constructor(
    owner: string,
    ask: SolveAsk & { readonly seconds: number; readonly threads: number },
    task: Task,
    loading_ms: number,
  ) {
    this.owner = owner;
    this.seconds = ask.seconds;
    this.threads = ask.threads;
    this.#ask = ask;
    this.#task = task;
    this.#loading_ms = loading_ms;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
  }

  cancel(): void {
    this.#stop.abort();
    if (this.state === "waiting") this.#close("cancelled");
  }

  async run({ search, log }: DeskParts, free: number): Promise<void> {
    const { seed, iterations, objective } = this.#ask;
    const { problem, start, ...task } = this.#task!;
    const begun = performance.now();
    this.state = "running";
    this.startedAt_ms = Date.now();
    this.#tell();
    const budget = iterations === null ? { seconds: this.seconds } : { iterations };
    const threads = iterations === null ? free : this.threads;
    const order = {
      problem,
      objective: objective ?? task.objective,
      seed,
      threads,
      budget,
      ...(start ? { start } : {}),
    };
    try {
      const improve = (best: Figures): void => this.#improve(best, (performance.now() - begun) / 1000);
      const solution = task.given ?? (await search(order, improve, this.#enough()));
      const solving_ms = performance.now() - begun;
      const outcome = { solution, loading_ms: this.#loading_ms, solving_ms };
      this.answer = (await task.answer?.(outcome)) ?? reportOf(this.#task!, solution, solving_ms);
      this.#close(this.#stop.signal.aborted ? "cancelled" : "done");
    } catch (error) {
      log(error);
      this.#close("failed");
    }
  }

  /** By iterations nobody knows how long it takes: the seconds bound that, too. */
  #enough(): AbortSignal {
    if (this.#ask.iterations === null) return this.#stop.signal;
    return AbortSignal.any([this.#stop.signal, AbortSignal.timeout(Math.ceil(this.seconds * 1000))]);
  }

  #improve({ meters, cost, ...figures }: Figures, after: number): void {
    const { unit } = this.#task!;
    if (this.improvements.length >= mostImprovements) this.improvements.splice(mostImprovements / 2, 1);
    this.improvements.push({
      after: Math.round(after * 1000) / 1000,
      ...figures,
      distance: meters / unit,
      cost: cost / unit,
    });
    this.#tell();
  }

  #close(state: SolveJob["state"]): void {
    this.state = state;
    this.endedAt_ms = Date.now();
    this.#task = null;
    this.#end();
    this.#tell();
  }

  #tell(): void {
    for (const changed of [...this.watchers]) changed();
  }
}
