import type { Store } from "../domain/index.ts";
import { instant, type Instant } from "../kernel/quantity.ts";
import type { Scheduler } from "./scheduler.ts";

/** The chain is so far behind at most: what comes within it is sealed together, because sealing costs as much for one event as for many. */
const every_ms = 500;
const most = 1000;

/** S1: chains stored events into their participants' logs: at once after a rest, under load in batches. */
export class Sealing {
  readonly #store: Pick<Store, "seal">;
  readonly #scheduler: Scheduler;
  readonly #log: (what: string, error: unknown) => void;
  readonly #listeners = new Set<() => void>();
  #set = false;
  #next: Instant = instant(0);
  #failing: string | null = null;
  waiting = 0;

  constructor(store: Pick<Store, "seal">, scheduler: Scheduler, log: (what: string, error: unknown) => void) {
    this.#store = store;
    this.#scheduler = scheduler;
    this.#log = log;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** So many events were stored. */
  soon(count: number): void {
    this.waiting += count;
    if (this.#set) return;
    this.#set = true;
    const now = this.#scheduler.now();
    this.#scheduler.at(this.#next > now ? this.#next : now, () => {
      const release = this.#scheduler.hold();
      this.finish()
        .catch((error: unknown) => {
          if (this.#failing !== (this.#failing = String(error))) this.#log("sealing", error);
          this.soon(0);
        })
        .finally(release);
    });
  }

  /** Seals all that is stored. */
  async finish(): Promise<void> {
    this.#set = false;
    this.#next = instant(this.#scheduler.now() + every_ms);
    const { waiting } = this;
    let sealed = 0;
    do sealed = await this.#store.seal(most);
    while (sealed === most);
    this.waiting -= waiting;
    this.#failing = null;
    for (const listener of this.#listeners) listener();
  }
}
