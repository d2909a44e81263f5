import type { Clock } from "../kernel/clock.ts";
import { instant, type Instant } from "../kernel/quantity.ts";

/** A clock that rings: everything in the program that waits, waits through one of these. */
export interface Scheduler extends Clock {
  /** Calls `act` at `when`, or soon if that is past. Returns the way to call it off. */
  at(when: Instant, act: () => void): () => void;
  /**
   * Says that work is under way that virtual time must wait for; call the answer when it is done. Not for work that waits
   * for time itself (a request on the wire): that would wait for ever.
   */
  hold(): () => void;
}

/** Time stands still until the work is done: what threads compute takes no time of a simulated day. */
export async function holding<Value>(scheduler: Pick<Scheduler, "hold">, work: Promise<Value>): Promise<Value> {
  const release = scheduler.hold();
  try {
    return await work;
  } finally {
    release();
  }
}

/** `setTimeout` takes 32 bits of milliseconds. */
const longestWait_ms = 2 ** 31 - 1;
const nothing = (): void => undefined;

/** The wall's clock. What waits here keeps no process alive: when the doors are closed, the program is over. */
export function wallScheduler(): Scheduler {
  const now = (): Instant => instant(Date.now());
  const at = (when: Instant, act: () => void): (() => void) => {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const wait = when - Date.now();
      timer = wait > longestWait_ms ? setTimeout(arm, longestWait_ms) : setTimeout(act, Math.max(0, wait));
      timer.unref();
    };
    arm();
    return () => clearTimeout(timer);
  };
  return { now, at, hold: () => nothing };
}

interface Alarm {
  readonly when: Instant;
  readonly order: number;
  readonly act: () => void;
  cancelled: boolean;
}

/** Earliest first; of the same instant, the one that was set first. A binary heap. */
export class Alarms {
  readonly #heap: Alarm[] = [];
  #count = 0;

  set(when: Instant, act: () => void): () => void {
    const alarm: Alarm = { when, order: this.#count++, act, cancelled: false };
    this.#heap.push(alarm);
    this.#up(this.#heap.length - 1);
    return () => {
      alarm.cancelled = true;
    };
  }

  /** The next alarm's instant; null when there is none. */
  next(): Instant | null {
    while (this.#heap[0]?.cancelled) this.#pop();
    return this.#heap[0]?.when ?? null;
  }

  /** Takes the next alarm if it is due at `until`, that instant included. */
  take(until: Instant): { readonly when: Instant; readonly act: () => void } | null {
    const next = this.next();
    return next !== null && next <= until ? this.#pop() : null;
  }

  #pop(): Alarm {
    const [first] = this.#heap;
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#down(0);
    }
    return first!;
  }

  #before(a: number, b: number): boolean {
    const [x, y] = [this.#heap[a]!, this.#heap[b]!];
    return x.when < y.when || (x.when === y.when && x.order < y.order);
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b]!, this.#heap[a]!];
  }

  #up(at: number): void {
    for (let parent = (at - 1) >> 1; at > 0 && this.#before(at, parent); at = parent, parent = (at - 1) >> 1)
      this.#swap(at, parent);
  }

  #down(at: number): void {
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.#heap.length && this.#before(child, least)) least = child;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }
}
