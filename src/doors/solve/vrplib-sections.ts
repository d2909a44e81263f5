import type { Fault } from "./fault.ts";

/** A VRPLIB file taken apart: `KEY : value` lines, and sections with their rows of numbers. */
export interface Vrplib {
  readonly keys: ReadonlyMap<string, string>;
  readonly sections: ReadonlyMap<string, readonly Row[]>;
}

interface Row {
  readonly line: number;
  readonly numbers: readonly number[];
}

/** `KEY : value` in the first lines, or a section's heading. */
export const isVrplib = (text: string): boolean =>
  /^\s*(NAME|TYPE|COMMENT|DIMENSION|CAPACITY)\s*:/m.test(text) && /^\s*[A-Z_]+_SECTION\s*$/m.test(text);

/** What can be understood. Everything else is refused by its name: a rule that is passed over would be broken. */
const known = {
  keys: [
    "NAME",
    "COMMENT",
    "TYPE",
    "DIMENSION",
    "VEHICLES",
    "CAPACITY",
    "SERVICE_TIME",
    "DISTANCE",
    "VEHICLES_MAX_DURATION",
    "VEHICLES_MAX_DISTANCE",
    "EDGE_WEIGHT_TYPE",
    "EDGE_WEIGHT_FORMAT",
    "NODE_COORD_TYPE",
    "DISPLAY_DATA_TYPE",
  ],
  sections: [
    "NODE_COORD_SECTION",
    "DEMAND_SECTION",
    "SERVICE_TIME_SECTION",
    "TIME_WINDOW_SECTION",
    "VEHICLES_DEPOT_SECTION",
    "DEPOT_SECTION",
    "EDGE_WEIGHT_SECTION",
  ],
};

export function takeApart(text: string, fault: (f: Fault) => void): Vrplib {
  const keys = new Map<string, string>();
  const sections = new Map<string, Row[]>();
  let rows: Row[] | null = null;
  for (const [k, raw] of text.split(/\r?\n/).entries()) {
    const path = `line ${k + 1}`;
    const line = raw.trim();
    if (line === "" || line === "EOF") continue;
    const pair = /^([A-Z_]+)\s*:\s*(.*)$/.exec(line);
    if (pair) {
      const [, key, value] = pair as unknown as [string, string, string];
      if (!known.keys.includes(key))
        fault({ path, what: `${key} is not known here`, mend: `known: ${known.keys.join(", ")}` });
      keys.set(key, value);
      rows = null;
    } else if (/^[A-Z_]+$/.test(line)) {
      if (!known.sections.includes(line))
        fault({ path, what: `${line} is not known here`, mend: `known: ${known.sections.join(", ")}` });
      rows = [];
      sections.set(line, rows);
    } else {
      const numbers = line.split(/\s+/).map(Number);
      if (rows === null || numbers.some(Number.isNaN))
        fault({
          path,
          what: "neither KEY : value, nor a section, nor a row of numbers",
          mend: "mend or remove the line",
        });
      rows?.push({ line: k + 1, numbers });
    }
  }
  return { keys, sections };
}
