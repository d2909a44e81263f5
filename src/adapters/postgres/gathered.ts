interface Asking<Key, Value> {
  readonly key: Key;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Many small questions of one kind, answered by few queries: at rest a question is asked at once, and those that come while a query
 * is under way go together in the next. `ask` answers in the order of its keys.
 */
export class Gathered<Key, Value> {
  readonly #ask: (keys: readonly Key[]) => Promise<readonly Value[]>;
  #waiting: Asking<Key, Value>[] = [];
  #underWay = false;

  constructor(ask: (keys: readonly Key[]) => Promise<readonly Value[]>) {
    this.#ask = ask;
  }

  get(key: Key): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject });
      if (!this.#underWay) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#underWay = true;
    // Who asks in the same turn comes along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const asking = this.#waiting.splice(0, mostAtOnce);
      try {
        const values = await this.#ask(asking.map(({ key }) => key));
        for (const [i, { resolve }] of asking.entries()) resolve(values[i]!);
      } catch (error) {
        for (const { reject } of asking) reject(error);
      }
    }
    this.#underWay = false;
  }
}

/** More keys than this make no query cheaper. */
const mostAtOnce = 500;
