/** A JSON object of the outside: every field may be missing or of another kind. */
export type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

export const objectOf = (value: unknown): Json => (isJson(value) ? value : {});
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** Null unless it is a number from 0 on. */
export const amountOf = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;

/** A table of rows as one list, each cell times `unit`; null unless it has exactly so many rows and columns. */
export function tableOf(value: unknown, rows: number, columns: number, unit: number): (number | null)[] | null {
  const table = listOf(value).map(listOf);
  if (table.length !== rows || table.some((row) => row.length !== columns)) return null;
  return table.flat().map((cell) => {
    const amount = amountOf(cell);
    return amount === null ? null : amount * unit;
  });
}
