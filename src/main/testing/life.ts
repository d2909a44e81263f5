import type { Instant } from "../../kernel/quantity.ts";
import type { Scheduler } from "../scheduler.ts";

/** One process's time: when its life ends, none of its alarms rings any more, nothing it holds keeps others, and it stores nothing. */
export class Life implements Scheduler {
  readonly #time: Scheduler;
  readonly #held = new Set<() => void>();
  readonly #died = Promise.withResolvers<never>();
  over = false;

  constructor(time: Scheduler) {
    this.#time = time;
    // Most lives end without anybody waiting for it.
    this.#died.promise.catch(() => undefined);
  }

  now(): Instant {
    return this.#time.now();
  }

  at(when: Instant, act: () => void): () => void {
    return this.#time.at(when, () => {
      if (!this.over) act();
    });
  }

  hold(): () => void {
    if (this.over) return () => undefined;
    const release = this.#time.hold();
    this.#held.add(release);
    return () => {
      this.#held.delete(release);
      release();
    };
  }

  /** What a caller outside sees of a call that this process may not live to answer. */
  answer<Value>(call: Promise<Value>): Promise<Value> {
    return Promise.race([call, this.#died.promise]);
  }

  /** Work that the dead neither begin nor hear the end of. */
  mortal<In, Out>(work: (what: In) => Promise<Out>): (what: In) => Promise<Out> {
    return async (what) => {
      if (this.over) return new Promise(() => undefined);
      const done = await work(what);
      return this.over ? new Promise(() => undefined) : done;
    };
  }

  end(): void {
    if (this.over) return;
    this.over = true;
    for (const release of this.#held) release();
    this.#died.reject(new Error("the process has died"));
  }
}
