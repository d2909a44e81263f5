import type { LoadView } from "../../../journey/dispatch/ports.ts";

export interface BulkheadSettings {
  /** So many calls at once. */
  readonly most: number;
  /** So many more may wait for their turn; who comes then is turned away. */
  readonly mostWaiting: number;
}

const bulkheadDefaults: BulkheadSettings = { most: 8, mostWaiting: 64 };

/**
 * Keeps a platform that is slow from holding all there is: calls beyond `most` wait, in the order they came, and beyond `mostWaiting` are
 * turned away at once.
 *
 * Source: M. Nygard, Release It!, 2nd ed., "Bulkheads".
 */
export class Bulkhead {
  readonly #settings: BulkheadSettings;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #turnedAway = 0;

  constructor(settings: BulkheadSettings = bulkheadDefaults) {
    this.#settings = settings;
  }

  /** What `act` comes to, when it is its turn; null when it was turned away. */
  async run<Value>(act: () => Promise<Value>): Promise<Value | null> {
    const { most, mostWaiting } = this.#settings;
    if (this.#running >= most) {
      if (this.#waiting.length >= mostWaiting) {
        this.#turnedAway++;
        return null;
      }
      // Whoever leaves hands its place on, so that nobody slips in between.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running++;
    try {
      return await act();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }

  view(): LoadView {
    const { most, mostWaiting } = this.#settings;
    return { running: this.#running, waiting: this.#waiting.length, most, mostWaiting, turnedAway: this.#turnedAway };
  }
}
