import type { Errand } from "../../../journey/dispatch/ports.ts";

/** A parcel of the leg as platforms ask for it. */
export interface Piece {
  readonly name: string;
  readonly grams: number;
  readonly liters: number;
  /** The side of a cube of its volume: sizes are not known. Whole centimetres, rounded up. */
  readonly side_cm: number;
}

export const piecesOf = ({ leg, order, goods }: Errand): readonly Piece[] =>
  order.parcels
    .filter(({ id }) => leg.parcels.includes(id))
    .map(({ weight, volume }, nth) => ({
      name: goods.contents[nth] ?? `Parcel ${nth + 1}`,
      grams: weight,
      liters: volume,
      side_cm: Math.ceil(Math.cbrt(volume * 1000) - 1e-9),
    }));

/** What is in all of them, in a line. */
export const contentsOf = (errand: Errand): string =>
  piecesOf(errand)
    .map(({ name }) => name)
    .join(", ");

/** First word and the rest: many platforms want two names. */
export function twoNames(name: string): { readonly first: string; readonly last: string } {
  const [first = "Recipient", ...rest] = name.trim().split(/\s+/).filter(Boolean);
  return { first, last: rest.join(" ") };
}

/** The first of `kinds`, which grow, that takes all parcels of the leg: one courier carries them in one go. The last takes anything. */
export function smallestFor<Kind extends { readonly liters: number; readonly grams: number }>(
  errand: Errand,
  kinds: readonly Kind[],
): Kind {
  const pieces = piecesOf(errand);
  const liters = pieces.reduce((sum, piece) => sum + piece.liters, 0);
  const grams = pieces.reduce((sum, piece) => sum + piece.grams, 0);
  return kinds.find((kind) => liters <= kind.liters && grams <= kind.grams) ?? kinds.at(-1)!;
}
