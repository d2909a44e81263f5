/** The server's orders of a list; a minus turns one round. What is not known stands last either way. */
const sorts = ["-placed", "placed", "window", "-window", "estimate", "-estimate"] as const;
export type Sort = (typeof sorts)[number];

/** As the server lists them unless asked otherwise: newest first. */
export const listed: Sort = "-placed";

export const isSort = (given: unknown): given is Sort => sorts.includes(given as Sort);

/** The columns by which the server sorts. */
const sortOf = { placed: "placed", promised: "window", expected: "estimate" } as const;
export type SortableColumn = keyof typeof sortOf;

export const isSortable = (column: string): column is SortableColumn => column in sortOf;

/** Which way the table is sorted by a column; null: by another. */
export function wayOf(column: SortableColumn, sort: Sort): "ascending" | "descending" | null {
  if (sort === sortOf[column]) return "ascending";
  return sort === `-${sortOf[column]}` ? "descending" : null;
}

/** What the press of a column's heading asks for: up first, then down, and so on. */
export const pressed = (column: SortableColumn, sort: Sort): Sort =>
  wayOf(column, sort) === "ascending" ? `-${sortOf[column]}` : sortOf[column];
