import { BadCursor } from "./conflict.ts";

/** Where a page ended: what its last row was sorted by, and its id. */
export interface Mark {
  readonly at: number;
  readonly id: string;
}

/** What a row without a value is sorted by, so that it stands last either way: no instant is earlier or later. */
export const unknownAt = { up: Number.MAX_SAFE_INTEGER, down: -1 } as const;

/** Whether a list falls: its sort begins with a minus. */
export const falls = (sort: string): boolean => sort.startsWith("-");

/** A cursor knows how its list is sorted. */
export const toCursor = (sort: string, { at, id }: Mark): string =>
  Buffer.from(`${sort} ${at} ${id}`).toString("base64url");

/** Throws BadCursor for what `toCursor` has not made, or has made for a list that is sorted another way. */
export function fromCursor(sort: string, cursor: string): Mark {
  const found = /^(-?[a-z]+) (-?\d{1,16}) ([a-z]+_[0-9A-Za-z_-]+)$/.exec(Buffer.from(cursor, "base64url").toString());
  if (found?.[1] !== sort) throw new BadCursor("The cursor is not one that this list has given.");
  return { at: Number(found[2]), id: found[3]! };
}
