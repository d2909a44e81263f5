/**
 * A binary heap of whole numbers by key, smallest first; equal keys by the smaller number, so that order never varies.
 */
export class MinQueue {
  size = 0;
  #keys: Float64Array<ArrayBuffer>;
  #items: Int32Array<ArrayBuffer>;

  constructor(capacity = 1024) {
    this.#keys = new Float64Array(capacity);
    this.#items = new Int32Array(capacity);
  }

  clear(): void {
    this.size = 0;
  }

  /** The smallest key; Infinity when empty. */
  get least(): number {
    return this.size > 0 ? this.#keys[0]! : Infinity;
  }

  push(key: number, item: number): void {
    if (this.size === this.#keys.length) this.#grow();
    const [keys, items] = [this.#keys, this.#items];
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = keys[parent]!;
      if (above < key || (above === key && items[parent]! <= item)) break;
      keys[at] = above;
      items[at] = items[parent]!;
      at = parent;
    }
    keys[at] = key;
    items[at] = item;
  }

  /** Takes the item with the smallest key; -1 when empty. Read `least` before to know its key. */
  pop(): number {
    if (this.size === 0) return -1;
    const [keys, items] = [this.#keys, this.#items];
    const first = items[0]!;
    const size = --this.size;
    const [key, item] = [keys[size]!, items[size]!];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const right = child + 1;
      if (
        right < size &&
        (keys[right]! < keys[child]! || (keys[right] === keys[child] && items[right]! < items[child]!))
      )
        child = right;
      const below = keys[child]!;
      if (key < below || (key === below && item <= items[child]!)) break;
      keys[at] = below;
      items[at] = items[child]!;
      at = child;
    }
    keys[at] = key;
    items[at] = item;
    return first;
  }

  #grow(): void {
    const keys = new Float64Array(this.#keys.length * 2);
    const items = new Int32Array(this.#items.length * 2);
    keys.set(this.#keys);
    items.set(this.#items);
    [this.#keys, this.#items] = [keys, items];
  }
}
