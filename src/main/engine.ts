import { StoreConflict } from "../adapters/memory/index.ts";
import type { Draft } from "../adapters/memory/draft.ts";
import type { HotState } from "../adapters/memory/hot-state.ts";
import {
  orderIsClosed,
  type Batch,
  type Happened,
  type Journey,
  type KeptAnswer,
  type Recorded,
  type Request,
  type SealedRecord,
  type State,
  type Step,
  type Store,
  type Timer,
} from "../domain/index.ts";
import type { EventId, OrderId } from "../kernel/id.ts";
import type { Rng } from "../kernel/rng.ts";
import type { Scheduler } from "./scheduler.ts";
import { Sequences, Stepping } from "./step.ts";

/** What a command leaves: its answer, what happened, and what must be stored with it. */
export interface Outcome<Value> {
  readonly value: Value;
  /** Reads the answer anew when everything has followed from what happened. */
  readonly read?: (state: State) => Value;
  readonly happened?: readonly Happened[];
  readonly sealed?: readonly SealedRecord[];
  readonly answers?: readonly KeptAnswer[];
  /** The events wait in the inbox, so that the answer need not wait for what follows from them. */
  readonly later?: boolean;
}

export type Command<Value> = (step: Step) => Outcome<Value> | Promise<Outcome<Value>>;

interface Waiting {
  readonly run: Command<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** What a command hears that comes while the network is going down. */
export class NetworkStopping extends Error {
  override readonly name = "NetworkStopping";
  constructor() {
    super("the network is stopping");
  }
}

/** What the rest of the program is told after each commit. */
export interface Watcher {
  committed(recorded: readonly Recorded[], requests: readonly Request[]): void;
  /** A step broke an invariant, or the store did not take a batch. */
  failed(what: string, error: unknown): void;
  /** Another process has taken the store: this one must end. */
  lost(error: Error): void;
}

export interface EngineParts {
  readonly store: Store;
  readonly hot: HotState;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly journey: Journey;
  /** A batch is stored after so many milliseconds of deciding, so that whoever waits does not wait for others' plans; null: never early, for a day that must be the same on every machine. */
  readonly longestBatch_ms: number | null;
  /** Milliseconds that only grow, to measure deciding by; the machine's own unless given. */
  readonly stopwatch?: () => number;
}

/** So many steps share one transaction at most: under load commits are shared, at rest nobody waits for company. */
const batchSize = 64;
/** `EngineParts.longestBatch_ms` where people wait: about as long as a commit itself takes on a busy machine. */
export const longestBatch_ms = 20;
/** How long to wait before the store is tried again, milliseconds. */
const storeRetry_ms = 500;

/**
 * Runs the journey: one step after another over the hot state, several to a transaction. Whatever a step puts and returns is
 * stored before anybody hears of it; a step that throws leaves nothing.
 */
export class Engine {
  readonly #parts: EngineParts;
  readonly #commands: Waiting[] = [];
  readonly #inbox: Recorded[] = [];
  readonly #sequences = new Map<OrderId, number>();
  readonly #timers = new Map<string, { readonly dueAt: number; readonly cancel: () => void }>();
  /** Requests that the world has not answered, by order: their order may not leave the hot state. */
  readonly #asking = new Map<OrderId, Set<string>>();
  readonly #settled = new Set<OrderId>();
  readonly #watchers: Watcher[] = [];
  #running = false;
  #stopped = false;
  /** Events whose handlers threw: kept in the store's inbox, tried again after the next start. */
  #stuck = 0;
  /** So many of the next steps get a transaction of their own, after a batch that the store refused. */
  #alone = 0;
  /** Why the last commit failed; null since one succeeded. */
  #failing: string | null = null;

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  /** Takes up what the store holds: living rows, waiting events, timers. Returns the requests that are still open. */
  async restore(): Promise<readonly Request[]> {
    const snapshot = await this.#parts.store.load();
    for (const [order, sequence] of snapshot.sequences) this.#sequences.set(order, sequence);
    this.#inbox.push(...snapshot.inbox);
    const requests: Request[] = [];
    for (const entry of snapshot.rows) {
      this.#parts.hot.put(entry.table, entry.row);
      // Closing and settling are one step, so what is closed here only waits for the world's answer.
      if (entry.table === "order" && orderIsClosed(entry.row.state)) this.#settled.add(entry.row.id);
      if (entry.table === "timer") this.#arm(entry.row);
      if (entry.table !== "request") continue;
      this.#follow(entry.row);
      if (entry.row.state !== "answered") requests.push(entry.row);
    }
    this.#wake();
    return requests;
  }

  /** Runs a command in a step of its own; resolves when it is durable, rejects when it threw. */
  do<Value>(run: Command<Value>): Promise<Value> {
    if (this.#stopped) return Promise.reject(new NetworkStopping());
    return new Promise<Value>((resolve, reject) => {
      this.#commands.push({ run, resolve: resolve as (value: unknown) => void, reject });
      this.#wake();
    });
  }

  /** Why nothing can be stored at the moment; null when it can. */
  failing(): string | null {
    return this.#failing;
  }

  backlog(): { readonly commands: number; readonly inbox: number; readonly requests: number; readonly stuck: number } {
    const requests = [...this.#asking.values()].reduce((sum, set) => sum + set.size, 0);
    return { commands: this.#commands.length, inbox: this.#inbox.length, requests, stuck: this.#stuck };
  }

  /** Takes no new commands and resolves when what was taken is stored. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { cancel } of this.#timers.values()) cancel();
    while (this.#running) await new Promise((resolve) => setImmediate(resolve));
  }

  #wake(): void {
    if (this.#running) return;
    this.#running = true;
    const release = this.#parts.scheduler.hold();
    void this.#run().finally(() => {
      this.#running = false;
      release();
      if (this.#commands.length > 0) this.#wake();
    });
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    while (this.#commands.length > 0 || this.#inbox.length > 0) {
      const batch = new Gathering(this.#parts.hot.draft(), this.#sequences);
      await this.#gather(batch, this.#alone > 0 ? 1 : batchSize);
      this.#alone = Math.max(0, this.#alone - 1);
      await this.#commit(batch);
    }
  }

  /**
   * Commands come first: somebody waits for them. One event of the inbox goes with every few and at least one with every batch, so
   * that none starves however many commands come; while somebody waits, events get a quarter of the time.
   */
  async #gather(batch: Gathering, most: number): Promise<void> {
    const hasTaken = this.#timeLimit();
    for (let taken = 0; taken < most && !(taken > 0 && hasTaken(1)); taken++) {
      const share = this.#commands.length + batch.after.length > 0 ? 1 / 4 : 1;
      const mayDecide = this.#inbox.length > 0 && !(batch.resumed > 0 && hasTaken(share));
      const command = taken % 8 === 7 && mayDecide ? undefined : this.#commands.shift();
      if (command) await this.#perform(command, batch);
      else if (mayDecide) await this.#next(batch);
      else return;
    }
    if (most > 1 && batch.resumed === 0) await this.#next(batch);
  }

  /** Whether the batch that begins now has taken this share of the time it may. */
  #timeLimit(): (share: number) => boolean {
    const { longestBatch_ms, stopwatch = () => performance.now() } = this.#parts;
    if (longestBatch_ms === null) return () => false;
    const began = stopwatch();
    return (share) => stopwatch() - began > longestBatch_ms * share;
  }

  /** Handles the event that has waited longest, if any does. */
  async #next(batch: Gathering): Promise<void> {
    const recorded = this.#inbox.shift();
    if (recorded !== undefined) await this.#resume(recorded, batch);
  }

  async #perform(waiting: Waiting, batch: Gathering): Promise<void> {
    const { run, resolve, reject } = waiting;
    const trial = batch.try(this.#parts);
    try {
      const outcome = await run(trial.stepping.step);
      const happened = outcome.happened ?? [];
      const noted = outcome.later ? trial.stepping.note(happened) : [];
      if (!outcome.later) await trial.stepping.follow(happened);
      const value = outcome.read ? outcome.read(trial.draft) : outcome.value;
      batch.keep(trial, outcome, noted);
      batch.after.push({ waiting, resolve: () => resolve(value) });
    } catch (error) {
      this.#tell("command", error);
      reject(error);
    }
  }

  async #resume(recorded: Recorded, batch: Gathering): Promise<void> {
    const trial = batch.try(this.#parts);
    batch.resumed++;
    try {
      await trial.stepping.resume(recorded.event);
      batch.keep(trial, {}, []);
      batch.handled.push(recorded);
    } catch (error) {
      this.#stuck++;
      this.#tell(recorded.event.type, error);
    }
  }

  async #commit(batch: Gathering): Promise<void> {
    const changes = batch.toBatch();
    for (;;) {
      try {
        await this.#parts.store.commit(changes);
        this.#failing = null;
        break;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (why !== this.#failing) this.#tell("commit", error);
        this.#failing = why;
        if (error instanceof StoreConflict) {
          this.#failing = null;
          return this.#conflict(batch, error);
        }
        if (this.#stopped) return batch.after.forEach(({ waiting }) => waiting.reject(error));
        await new Promise((resolve) => setTimeout(resolve, storeRetry_ms));
      }
    }
    batch.draft.merge();
    for (const [order, sequence] of batch.sequences.entries()) this.#sequences.set(order, sequence);
    this.#inbox.push(...batch.recorded.filter(({ id }) => changes.waiting.includes(id)));
    this.#settle(changes);
    for (const { resolve } of batch.after) resolve();
  }

  /**
   * The store will never take this batch: what is in it goes in alone, so that only the one at fault is turned away. Another
   * process that has taken the store over ends this one.
   */
  #conflict(batch: Gathering, error: StoreConflict): void {
    if (error.code === "LEASE_LOST") {
      this.#stopped = true;
      for (const { waiting } of batch.after) waiting.reject(error);
      for (const watcher of this.#watchers) watcher.lost(error);
      return;
    }
    if (batch.after.length + batch.handled.length > 1) {
      this.#alone = batch.after.length + batch.handled.length;
      this.#commands.unshift(...batch.after.map(({ waiting }) => waiting));
      this.#inbox.unshift(...batch.handled);
      return;
    }
    for (const { waiting } of batch.after) waiting.reject(error);
    this.#stuck += batch.handled.length;
  }

  /** What follows from a commit: timers are set, requests go out, settled orders leave. */
  #settle(changes: Batch): void {
    const requests: Request[] = [];
    for (const { table, id } of changes.drops) if (table === "timer") this.#disarm(id);
    for (const entry of changes.rows) {
      if (entry.table === "timer") this.#arm(entry.row);
      if (entry.table !== "request") continue;
      this.#follow(entry.row);
      if (entry.row.state === "open") requests.push(entry.row);
    }
    for (const { event } of changes.recorded) if (event.type === "JourneySettled") this.#settled.add(event.order);
    this.#retire();
    for (const watcher of this.#watchers) watcher.committed(changes.recorded, requests);
  }

  #retire(): void {
    for (const order of this.#settled) {
      if (this.#asking.has(order)) continue;
      this.#parts.hot.retire(order);
      this.#sequences.delete(order);
      this.#settled.delete(order);
    }
  }

  #follow({ id, order, state }: Request): void {
    const asking = this.#asking.get(order) ?? new Set();
    if (state === "answered") asking.delete(id);
    else asking.add(id);
    if (asking.size > 0) this.#asking.set(order, asking);
    else this.#asking.delete(order);
  }

  #arm(timer: Timer): void {
    this.#disarm(timer.id);
    const cancel = this.#parts.scheduler.at(
      timer.dueAt,
      () => void this.#ring(timer).catch((error: unknown) => this.#tell(timer.id, error)),
    );
    this.#timers.set(timer.id, { dueAt: timer.dueAt, cancel });
  }

  #disarm(id: string): void {
    this.#timers.get(id)?.cancel();
    this.#timers.delete(id);
  }

  /** A timer rings once: its row goes in the step in which its event is recorded. */
  async #ring(timer: Timer): Promise<void> {
    this.#timers.delete(timer.id);
    await this.do(({ state }) => {
      const set = state.get("timer", timer.id);
      if (!set || set.dueAt !== timer.dueAt) return { value: undefined };
      state.drop("timer", timer.id);
      return { value: undefined, happened: state.get("order", timer.event.order) ? [timer.event] : [] };
    });
  }

  #tell(what: string, error: unknown): void {
    for (const watcher of this.#watchers) watcher.failed(what, error);
  }
}

interface Trial {
  readonly draft: Draft;
  readonly sequences: Sequences;
  readonly stepping: Stepping;
}

/** The steps that will share a transaction: each is tried in a draft of its own and kept, or leaves no trace. */
class Gathering {
  readonly draft: Draft;
  readonly sequences: Sequences;
  readonly recorded: Recorded[] = [];
  readonly waiting: EventId[] = [];
  readonly handled: Recorded[] = [];
  /** Events of the inbox that were tried, those whose handlers threw included. */
  resumed = 0;
  readonly sealed: SealedRecord[] = [];
  readonly answers: KeptAnswer[] = [];
  readonly after: { readonly waiting: Waiting; readonly resolve: () => void }[] = [];

  constructor(draft: Draft, sequences: ReadonlyMap<OrderId, number>) {
    this.draft = draft;
    this.sequences = new Sequences(sequences);
  }

  try({ scheduler, rng, journey }: EngineParts): Trial {
    const draft = this.draft.child();
    const sequences = new Sequences(this.sequences);
    return { draft, sequences, stepping: new Stepping(draft, sequences, { clock: scheduler, rng, journey }) };
  }

  keep(
    { draft, sequences, stepping }: Trial,
    { sealed = [], answers = [] }: Partial<Outcome<unknown>>,
    waiting: readonly EventId[],
  ): void {
    draft.merge();
    for (const [order, sequence] of sequences.entries()) this.sequences.set(order, sequence);
    this.recorded.push(...stepping.recorded);
    this.waiting.push(...waiting);
    this.sealed.push(...sealed);
    this.answers.push(...answers);
  }

  toBatch(): Batch {
    const { rows, drops } = this.draft.changes();
    const { recorded, waiting, sealed, answers } = this;
    return { rows, drops, recorded, waiting, handled: this.handled.map(({ id }) => id), sealed, answers };
  }
}
