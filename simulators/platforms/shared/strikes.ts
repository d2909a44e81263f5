import type { Rng } from "../../../src/kernel/rng.ts";
import type { Strikes } from "../wire.ts";

/** Decides, chance by chance, which rule of a fault list strikes; counts down the `next` rules. */
export class StrikeList<Rule extends Strikes> {
  readonly #rules: readonly { readonly rule: Rule; seen: number }[];
  readonly #rng: Rng;

  constructor(rules: readonly Rule[], rng: Rng) {
    this.#rules = rules.map((rule) => ({ rule, seen: 0 }));
    this.#rng = rng;
  }

  /** The first rule that `concerns` this chance and strikes. */
  draw(concerns: (rule: Rule) => boolean = () => true): Rule | null {
    for (const entry of this.#rules) {
      if (concerns(entry.rule) && this.#strikes(entry)) return entry.rule;
    }
    return null;
  }

  #strikes(entry: { readonly rule: Rule; seen: number }): boolean {
    const { rule } = entry;
    if ("share" in rule) return this.#rng.next() < rule.share;
    const skip = rule.skip ?? 0;
    const turn = entry.seen++;
    return turn >= skip && turn < skip + rule.next;
  }
}
