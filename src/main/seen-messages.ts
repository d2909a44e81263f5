/** So many message ids are remembered, to know a repeat. */
const remembered = 20_000;

/** Which of platforms' messages were heard: the newest, in memory. A repeat that is older changes nothing either, it only costs a step. */
export class SeenMessages {
  readonly #seen = new Set<string>();

  /** Whether it is heard for the first time; from now on it is not. */
  isNew(message: string): boolean {
    if (this.#seen.has(message)) return false;
    this.#seen.add(message);
    if (this.#seen.size > remembered) this.#seen.delete(this.#seen.values().next().value!);
    return true;
  }

  /** It was not taken in after all, and is to be heard again. */
  forget(message: string): void {
    this.#seen.delete(message);
  }
}
