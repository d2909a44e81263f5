import { parse, CsvError } from "csv-parse/sync";
import { refuse, ok, type Result } from "../../../kernel/result.ts";
import { isOwnName, meaningOf, type Field } from "./columns.ts";

/** Rows and field sizes are bounded: what comes is hostile until it is read. */
const mostRows = 10_000;
const mostCharacters = 1000;

/** A file as rows of cells by what their column means. */
export interface Table {
  readonly separator: string;
  readonly headings: readonly { readonly heading: string; readonly field: Field | null }[];
  /** `row` counts as a spreadsheet does: the heading is row 1. */
  readonly rows: readonly {
    readonly row: number;
    readonly cells: ReadonlyMap<Field, string>;
    readonly count: number;
  }[];
}

/** Why a file cannot be read at all. */
export type TableRefusal =
  | { readonly code: "CSV_NOT_TEXT" }
  | { readonly code: "CSV_EMPTY" }
  | { readonly code: "CSV_BROKEN"; readonly row: number; readonly why: string }
  | { readonly code: "CSV_TOO_MANY_ROWS"; readonly limit: number }
  | { readonly code: "CSV_COLUMN_TWICE"; readonly first: string; readonly second: string; readonly what: Field };

/** Reads UTF-8 CSV (RFC 4180) parted by comma, semicolon or tab, with or without byte order mark. Empty rows do not count, but keep their number. */
export function readTable(bytes: Uint8Array): Result<Table, TableRefusal> {
  const text = decode(bytes);
  if (text === null) return refuse({ code: "CSV_NOT_TEXT" });
  const separator = separatorOf(text);
  const records = parseAll(text, separator);
  if (!records.ok) return records;

  const [heading, ...rest] = records.value;
  const filled = rest.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  if (!heading || filled.length === 0) return refuse({ code: "CSV_EMPTY" });
  if (filled.length > mostRows) return refuse({ code: "CSV_TOO_MANY_ROWS", limit: mostRows });

  const headings = understood(heading.cells.map((cell) => cell.trim().slice(0, 100)));
  const twice = sameMeaning(headings);
  if (twice) return refuse(twice);
  return ok({
    separator,
    headings,
    rows: filled.map(({ cells, row }) => ({ row, count: cells.length, cells: byField(headings, cells) })),
  });
}

/** A field's own name counts before other words for it: an export of ours has `order_id` beside `reference`. */
function understood(headings: readonly string[]): Table["headings"] {
  const byName = new Set(
    headings.map(meaningOf).filter((field, index) => field !== null && isOwnName(headings[index]!, field)),
  );
  return headings.map((heading) => {
    const field = meaningOf(heading);
    return { heading, field: field !== null && byName.has(field) && !isOwnName(heading, field) ? null : field };
  });
}

function decode(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

/** The separator that parts the heading most often, outside quotes; a comma when none does. */
function separatorOf(text: string): string {
  const heading = (/^[^\n]*/.exec(text)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const count = (separator: string): number => heading.split(separator).length - 1;
  return [",", ";", "\t"].reduce((best, next) => (count(next) > count(best) ? next : best));
}

function parseAll(
  text: string,
  delimiter: string,
): Result<readonly { readonly row: number; readonly cells: readonly string[] }[], TableRefusal> {
  try {
    const records = parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: 100_000,
      // One row more than may be, so that too many are noticed and no more are read.
      to: mostRows * 2,
    });
    return ok(records.map((cells, index) => ({ row: index + 1, cells })));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refuse({ code: "CSV_BROKEN", row: Number(error["lines"] ?? 1), why: whyBroken(error) });
  }
}

const whyBroken = (error: CsvError): string =>
  error.code === "CSV_MAX_RECORD_SIZE"
    ? "a row is longer than 100,000 characters"
    : error.code === "CSV_QUOTE_NOT_CLOSED"
      ? "a quotation mark is never closed"
      : "a quotation mark stands in the middle of a cell";

function sameMeaning(headings: Table["headings"]): TableRefusal | null {
  const seen = new Map<Field, string>();
  for (const { heading, field } of headings) {
    if (field === null) continue;
    const first = seen.get(field);
    if (first !== undefined) return { code: "CSV_COLUMN_TWICE", first, second: heading, what: field };
    seen.set(field, heading);
  }
  return null;
}

function byField(headings: Table["headings"], cells: readonly string[]): ReadonlyMap<Field, string> {
  const found = new Map<Field, string>();
  for (const [index, { field }] of headings.entries()) {
    const cell = cells[index]?.trim() ?? "";
    if (field !== null && cell !== "") found.set(field, unguarded(cell));
  }
  return found;
}

/** An export of ours guards a cell that a spreadsheet would run with an apostrophe; it comes back without. */
const unguarded = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

export const cellLimit = mostCharacters;
