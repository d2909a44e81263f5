import { BadCursor } from "./conflict.ts";

/** Where a page ended: the sorted-by instant and the id of its last row. */
export interface Mark {
  readonly at: number;
  readonly id: string;
}

export const toCursor = ({ at, id }: Mark): string => Buffer.from(`${at} ${id}`).toString("base64url");

/** Throws BadCursor for what `toCursor` has not made. */
export function fromCursor(cursor: string): Mark {
  const found = /^(-?\d{1,16}) ([a-z]+_[0-9A-Za-z_-]+)$/.exec(Buffer.from(cursor, "base64url").toString());
  if (found === null) throw new BadCursor("The cursor is not one that this list has given.");
  return { at: Number(found[1]), id: found[2]! };
}

/** Whether a row comes after the mark in a list that is sorted newest first. */
export const isPast = (mark: Mark, at: number, id: string): boolean => at < mark.at || (at === mark.at && id < mark.id);
