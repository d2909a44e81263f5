import { entry, of, type Entry } from "./entry.ts";

/** What is wrong with a file of orders, or with one of its rows. */
export type CsvCode =
  | "CSV_NOT_TEXT"
  | "CSV_EMPTY"
  | "CSV_BROKEN"
  | "CSV_TOO_MANY_ROWS"
  | "CSV_COLUMN_TWICE"
  | "CELL_MISSING"
  | "CELL_TOO_LONG"
  | "CELL_NOT_A_TIME"
  | "CELL_NOT_A_NUMBER"
  | "CELL_NOT_A_WORD"
  | "ROW_WRONG_LENGTH";

export const csvEntries: Readonly<Record<CsvCode, Entry>> = {
  CSV_NOT_TEXT: entry(
    422,
    "Not a text file",
    "The file is not UTF-8 text.",
    "Save it as CSV with the encoding UTF-8; a spreadsheet file (.xlsx) must be exported first.",
  ),
  CSV_EMPTY: entry(
    422,
    "Nothing in the file",
    "The file has no rows under its heading.",
    "GET /v1/orders/template.csv shows how a file looks.",
  ),
  CSV_BROKEN: entry(
    422,
    "Quotes do not close",
    (f) => `The file cannot be read from row ${of(f, "row")} on: ${of(f, "why")}.`,
    "Look for a quotation mark that opens and never closes.",
  ),
  CSV_TOO_MANY_ROWS: entry(
    413,
    "Too many rows",
    (f) => `The file has more than ${of(f, "limit")} rows.`,
    "Split it into several files.",
  ),
  CSV_COLUMN_TWICE: entry(
    422,
    "Column twice",
    (f) => `The columns ${of(f, "first")} and ${of(f, "second")} both mean ${of(f, "what")}.`,
    "Remove or rename one of them.",
  ),
  CELL_MISSING: entry(422, "Cell empty", "The cell is empty.", (f) => `Fill in the ${of(f, "what")}.`),
  CELL_TOO_LONG: entry(
    422,
    "Cell too long",
    (f) => `The cell holds more than ${of(f, "limit")} characters.`,
    "Shorten it.",
  ),
  CELL_NOT_A_TIME: entry(
    422,
    "Not a time",
    (f) => `"${of(f, "value")}" is no date and time.`,
    "Write 2026-11-21 09:30 (the city's time) or 2026-11-21T09:30:00+01:00.",
  ),
  CELL_NOT_A_NUMBER: entry(
    422,
    "Not a number",
    (f) => `"${of(f, "value")}" is no ${of(f, "wanted")}.`,
    (f) => `Write ${of(f, "example")}.`,
  ),
  CELL_NOT_A_WORD: entry(
    422,
    "Unknown word",
    (f) => `"${of(f, "value")}" is none of ${of(f, "allowed")}.`,
    (f) => `Write one of ${of(f, "allowed")}.`,
  ),
  ROW_WRONG_LENGTH: entry(
    422,
    "Wrong number of cells",
    (f) => `The row has ${of(f, "cells")} cells, the heading ${of(f, "headings")}.`,
    "Put text with the separator in it between quotation marks.",
  ),
};
