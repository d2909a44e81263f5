/**
 * What each element of the segments that we read must look like, release 004010: a line of data for each. Written from the partners'
 * published guides that docs/decisions names, not from the licensed standard; segments that are not here are kept and not judged.
 */

/** `ID`, `AN`: text; `N0`, `N2`: whole numbers, the second with two implied decimals; `R`: a decimal number; `DT`: CCYYMMDD; `TM`: HHMM[SS[dd]]. */
export type ElementType = "ID" | "AN" | "N0" | "N2" | "R" | "DT" | "TM";

export interface ElementRule {
  /** The data element reference number, which AK4 names. */
  readonly reference: string;
  readonly type: ElementType;
  readonly least: number;
  readonly most: number;
}

const rule = (line: string): readonly [string, ElementRule] => {
  const [reference, type, least, most] = line.split(" ") as [string, ElementType, string, string];
  return [reference, { reference, type, least: Number(least), most: Number(most) }];
};

/** Reference number, type, least and most characters. */
const elements: ReadonlyMap<string, ElementRule> = new Map(
  `2 N0 1 6|19 AN 2 30|22 AN 1 30|23 ID 1 1|26 ID 2 3|28 N0 1 9|40 ID 2 2|58 N2 1 12|60 R 1 9|61 AN 1 30|66 ID 1 2|67 AN 2 80|71 N0 1 6|76 AN 1 22
79 AN 1 50|80 N0 1 7|81 R 1 10|91 ID 1 2|93 AN 1 60|96 N0 1 10|97 N0 1 6|98 ID 2 3|100 ID 3 3|103 AN 3 5|109 ID 2 3|116 ID 3 15|117 N2 1 9|121 N0 1 9
122 ID 2 2|123 N0 1 6|127 AN 1 30|128 ID 2 3|133 ID 1 2|140 ID 2 4|143 ID 3 3|145 AN 1 30|146 ID 2 2|147 ID 1 1|150 ID 3 3|152 ID 2 3|153 ID 2 10
154 ID 2 2|156 ID 2 2|163 ID 2 2|165 N0 1 3|166 AN 1 55|171 ID 1 3|176 ID 1 2|183 R 1 8|184 ID 1 1|187 ID 1 2|188 ID 1 1|191 N2 1 9|193 N2 1 12
202 ID 2 2|206 AN 1 4|207 AN 1 10|208 AN 1 25|211 ID 3 5|213 N0 1 3|220 R 1 11|221 ID 2 2|280 R 4 10|304 ID 3 3|309 ID 1 2|310 AN 1 30|324 AN 1 22
329 AN 4 9|337 TM 4 8|346 ID 2 2|352 AN 1 80|353 ID 2 2|355 ID 2 2|363 ID 3 3|364 AN 1 80|365 ID 2 2|366 ID 2 2|369 AN 1 45|373 DT 8 8|374 ID 3 3
380 R 1 15|382 R 1 10|432 ID 2 2|443 AN 1 20|447 AN 1 6|479 ID 2 2|554 N0 1 6|558 ID 1 1|623 ID 2 2|706 ID 2 2|715 ID 1 1|717 ID 1 1|716 ID 1 3
718 ID 1 3|719 N0 1 6|720 ID 1 3|721 ID 2 3|722 AN 1 4|723 ID 1 3|724 AN 1 99|725 N0 1 4|1650 ID 2 2|1651 ID 2 2|1652 ID 2 2|1654 ID 7 7|1655 ID 7 7|1656 ID 1 1`
    .split(/[|\n]/)
    .map(rule),
);

export interface SegmentRule {
  /** One for each element; the mandatory ones are marked. */
  readonly elements: readonly { readonly rule: ElementRule | null; readonly isMandatory: boolean }[];
}

/** Elements by reference number in their order; `!` marks the mandatory ones, `-` one that is not judged. */
const segmentLines: Readonly<Record<string, string>> = {
  ST: "143! 329!",
  SE: "96! 329!",
  B2: "- 140 - 145 188 146! 147 86 - - - -",
  B2A: "353! 346 -",
  L11: "127 128 352",
  G62: "432 373 176 337 623",
  MS3: "140! 133! 19 91 156",
  AT5: "152 153 352",
  PLD: "382! - 188 81",
  NTE: "363 352!",
  N1: "98! 93 66 67 706 98",
  N2: "93! 93",
  N3: "166! 166",
  N4: "19 156 116 26 309 310",
  G61: "366! 93! 365 364 443",
  N7: "206 207! 81 187 - 167 183 184 - - 40 140 - - 167 188 - - - - - - - -",
  S5: "165! 163! 81 188 382 355 183 184 352 154 190",
  AT8: "187 188 81 80 80 184 183",
  OID: "127 324 127 355 380 188 81 184 183 - -",
  L5: "213 79 22 23 103 79 - - - -",
  L3: "81 187 60 122 58 191 117 150 183 184 80 188 171 74 122",
  B1: "140 145! 373 558! - -",
  N9: "128! 127 369 373 337 623 -",
  V9: "304! - 373 337 19 156 26 - - - - - - - - - - - - -",
  K1: "61! 61",
  B10: "127 145 140! 71 127 128 -",
  LX: "554!",
  AT7: "1650 1651 1652 1651 373 337 623",
  MS1: "19 156 26 1654 1655 1656 1656 116",
  MS2: "140 207 40 761",
  Q7: "33 355 380 - - -",
  B3: "147 76! 145 146! 188 373! 193! 202 373 374 140 373 - - -",
  C3: "100! 280 100 100",
  L0: "213 220 221 81 187 183 184 80 211 458 188 56 380 211 458",
  L1: "213 60 122 58 191 117 - 150 - - - - - - - - - - - - -",
  AK1: "479! 28!",
  AK2: "143! 329!",
  AK3: "721! 719! 447 720 720 720 720 720",
  AK4: "-! 725 723! 724",
  AK5: "717! 718 718 718 718 718",
  AK9: "715! 97! 123! 2! 716 716 716 716 716",
};

export const segmentRules: ReadonlyMap<string, SegmentRule> = new Map(
  Object.entries(segmentLines).map(([tag, line]) => [tag, { elements: line.split(" ").map(read) }]),
);

function read(word: string): SegmentRule["elements"][number] {
  const isMandatory = word.endsWith("!");
  return { rule: elements.get(isMandatory ? word.slice(0, -1) : word) ?? null, isMandatory };
}

/** The transaction sets we speak: their functional group, and the segments without which one says nothing. */
export const sets: Readonly<Record<string, { readonly functional: string; readonly needs: readonly string[] }>> = {
  "204": { functional: "SM", needs: ["B2", "B2A"] },
  "990": { functional: "GF", needs: ["B1"] },
  "214": { functional: "QM", needs: ["B10"] },
  "210": { functional: "IM", needs: ["B3"] },
  "997": { functional: "FA", needs: ["AK1", "AK9"] },
};
