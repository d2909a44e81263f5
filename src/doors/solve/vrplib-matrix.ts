import type { Matrix } from "../../optimizer/index.ts";
import type { Fault } from "./fault.ts";
import { floats } from "./plane.ts";
import type { Vrplib } from "./vrplib-sections.ts";

type Span = (i: number, size: number) => readonly [first: number, end: number];

const below: Span = (i) => [0, i];
const belowAndOn: Span = (i) => [0, i + 1];
const above: Span = (i, size) => [i + 1, size];
const aboveAndOn: Span = (i, size) => [i, size];

/**
 * Which cells of row `i` the numbers fill, by TSPLIB's names: from column `first` up to, not including, `end`. Half a matrix
 * by columns is the other half by rows.
 */
const formats: Readonly<Record<string, Span>> = {
  FULL_MATRIX: (_, size) => [0, size],
  LOWER_ROW: below,
  UPPER_COL: below,
  LOWER_DIAG_ROW: belowAndOn,
  UPPER_DIAG_COL: belowAndOn,
  UPPER_ROW: above,
  LOWER_COL: above,
  UPPER_DIAG_ROW: aboveAndOn,
  LOWER_DIAG_COL: aboveAndOn,
};

/** Distances and times as the file's EDGE_WEIGHT_SECTION has them; half a matrix means both directions. */
export function explicitMatrix({ keys, sections }: Vrplib, size: number, fault: (f: Fault) => void): Matrix {
  const table = floats(size * size);
  const matrix: Matrix = { size, seconds: table, meters: table };
  const format = keys.get("EDGE_WEIGHT_FORMAT") ?? "FULL_MATRIX";
  const span = formats[format];
  if (span === undefined) {
    fault({ path: "EDGE_WEIGHT_FORMAT", what: format, mend: `known: ${Object.keys(formats).join(", ")}` });
    return matrix;
  }
  const weights = (sections.get("EDGE_WEIGHT_SECTION") ?? []).flatMap(({ numbers }) => numbers);
  let at = 0;
  for (let i = 0; i < size; i++) {
    const [first, end] = span(i, size);
    for (let j = first; j < end; j++) {
      const weight = weights[at++] ?? Number.NaN;
      table[i * size + j] = weight;
      if (format !== "FULL_MATRIX") table[j * size + i] = weight;
    }
  }
  if (at !== weights.length || !weights.every((weight) => weight >= 0))
    fault({
      path: "EDGE_WEIGHT_SECTION",
      what: `${weights.length} numbers`,
      mend: `write ${at} from 0 on for ${format}`,
    });
  return matrix;
}
