/** What may not be driven: after these arcs in a row, none of those. */
export interface PathRule {
  readonly path: readonly number[];
  readonly next: readonly number[];
  /** Place in the list of timed rules, -1 for a rule that always holds. */
  readonly rule: number;
}

/** Places of the rules that forbid each following arc. */
export type Forbidden = ReadonlyMap<number, readonly number[]>;

/**
 * Nodes for a search that must remember where it came from. Node `arc` is the arc itself; one for each longer path that
 * some rule begins with comes after all arcs. A node stands for the longest such path that a journey has just driven,
 * so that what it may not do next depends on its node alone: rules over several ways hold exactly.
 *
 * Source: Aho and Corasick, Efficient string matching: an aid to bibliographic search, 1975, with arcs for letters.
 */
export class Histories {
  readonly #arcs: number;
  /** Of the nodes beyond the arcs. */
  readonly #arc: number[] = [];
  readonly #shorter: number[] = [];
  readonly #longer = new Map<number, Map<number, number>>();
  readonly #forbidden = new Map<number, Forbidden>();

  constructor(arcs: number, rules: readonly PathRule[]) {
    this.#arcs = arcs;
    const own = new Map<number, Map<number, number[]>>();
    // Shorter paths first: what a path falls back to is then known already.
    const longest = rules.reduce((most, { path }) => Math.max(most, path.length), 0);
    for (let length = 2; length <= longest; length++)
      for (const { path } of rules) if (path.length >= length) this.#grow(path.slice(0, length));
    for (const { path, next, rule } of rules) {
      const node = this.#nodeOf(path);
      const here = own.get(node) ?? new Map<number, number[]>();
      own.set(node, here);
      for (const arc of next) here.set(arc, [...(here.get(arc) ?? []), rule]);
    }
    for (const [node, forbidden] of own) if (node < arcs) this.#forbidden.set(node, forbidden);
    this.#shorter.forEach((shorter, i) => {
      const all = new Map(this.#forbidden.get(shorter));
      for (const [next, places] of own.get(arcs + i) ?? []) all.set(next, [...(all.get(next) ?? []), ...places]);
      this.#forbidden.set(arcs + i, all);
    });
  }

  get count(): number {
    return this.#arcs + this.#arc.length;
  }

  arcOf(node: number): number {
    return node < this.#arcs ? node : this.#arc[node - this.#arcs]!;
  }

  forbidden(node: number): Forbidden | undefined {
    return this.#forbidden.get(node);
  }

  /** Where a journey stands that drives this arc next. */
  step(node: number, arc: number): number {
    for (let at = node; ; at = this.#shorter[at - this.#arcs]!) {
      const longer = this.#longer.get(at)?.get(arc);
      if (longer !== undefined) return longer;
      if (at < this.#arcs) return arc;
    }
  }

  #nodeOf(path: readonly number[]): number {
    return path.slice(1).reduce((node, arc) => this.#longer.get(node)!.get(arc)!, path[0]!);
  }

  /** The path's beginnings have their nodes. */
  #grow(path: readonly number[]): void {
    const [before, arc] = [this.#nodeOf(path.slice(0, -1)), path.at(-1)!];
    const longer = this.#longer.get(before) ?? new Map<number, number>();
    this.#longer.set(before, longer);
    if (longer.has(arc)) return;
    this.#shorter.push(before < this.#arcs ? arc : this.step(this.#shorter[before - this.#arcs]!, arc));
    longer.set(arc, this.#arcs + this.#arc.push(arc) - 1);
  }
}

/** 1 for an arc of which any node is marked. */
export function byArc(histories: Histories, marked: Uint8Array): Uint8Array {
  const arcs = new Uint8Array(marked.length);
  marked.forEach((is, node) => void (is === 1 && (arcs[histories.arcOf(node)] = 1)));
  return arcs;
}
