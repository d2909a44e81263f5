import type { Leg } from "../domain/index.ts";
import type { PricePrediction } from "../journey/dispatch/ports.ts";
import type { ParticipantId } from "../kernel/id.ts";
import { toLocal } from "../kernel/local-time.ts";
import { money, type Money } from "../kernel/money.ts";
import { greatCircle } from "../kernel/point.ts";
import type { Instant } from "../kernel/quantity.ts";

/** From so many quotes on something is predicted. */
const enough = 5;
/** So many of the newest are kept of each kind. */
const remembered = 60;
/** So many kinds; the longest unused goes first. */
const kinds = 20_000;
/** Where the bands of distance end, metres as the crow flies. */
const bands = [1000, 2000, 3000, 5000, 8000, 12_000] as const;
/** A platform asks less than this share of its quotes' prices seldom. */
const lowShare = 0.1;

/** An errand as prices depend on it: the pickup's zone, how far, and the local hour. */
export interface ErrandKind {
  readonly zone: string;
  readonly band: number;
  readonly hour: number;
}

export const errandKindOf = ({ from, to }: Leg, at: Instant): ErrandKind => {
  const meters = greatCircle(from.point, to.point);
  const band = bands.findIndex((end) => meters <= end);
  return { zone: from.cell, band: band < 0 ? bands.length : band, hour: toLocal(at, from.zone).hour };
};

/** From the most particular to the most general; the first with enough quotes predicts. */
const lookUps: readonly { readonly over: string; readonly key: (kind: ErrandKind) => string }[] = [
  { over: "this zone, distance and hour", key: ({ zone, band, hour }) => `${zone} ${band} ${hour}` },
  { over: "this distance and hour", key: ({ band, hour }) => `${band} ${hour}` },
  { over: "this distance", key: ({ band }) => `${band}` },
];

/** What platforms have asked for, by zone, distance and hour: the newest quotes of this run, in memory. */
export class PriceHistory {
  readonly #prices = new Map<string, Money[]>();

  add(carrier: ParticipantId, kind: ErrandKind, price: Money): void {
    for (const { key } of lookUps) {
      const name = `${carrier} ${key(kind)}`;
      const known = this.#prices.get(name) ?? [];
      this.#prices.delete(name);
      this.#prices.set(name, [...known.slice(1 - remembered), price]);
    }
    while (this.#prices.size > kinds) this.#prices.delete(this.#prices.keys().next().value!);
  }

  /** The median of what it asked for such errands; null where fewer than five quotes are known, or in more than one currency. */
  predict(carrier: ParticipantId, kind: ErrandKind): PricePrediction | null {
    for (const { over, key } of lookUps) {
      const known = this.#prices.get(`${carrier} ${key(kind)}`) ?? [];
      const [first] = known;
      if (!first || known.length < enough) continue;
      if (known.some(({ currency }) => currency !== first.currency)) return null;
      const amounts = known.map(({ amount }) => Number(amount)).toSorted((a, b) => a - b);
      const at = (share: number): number => amounts[Math.floor((amounts.length - 1) * share)]!;
      return { median: money(at(0.5), first.currency), low: at(lowShare), sample: known.length, over };
    }
    return null;
  }
}
