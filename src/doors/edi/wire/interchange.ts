/** The characters that part an interchange. None of them is a letter, a digit or a space, and no two are alike. */
export interface Separators {
  readonly element: string;
  readonly component: string;
  /** Parts repeated elements; null where the version has none. */
  readonly repetition: string | null;
  /** EDIFACT: takes its meaning from the character after it; null in X12. */
  readonly release: string | null;
  readonly terminator: string;
}

/** Tag and elements exactly as they stood, release characters included, so that what was read can be written back. */
export type Segment = readonly string[];

/**
 * One interchange as its characters say it, good or broken. `writeInterchange` gives back every character: what stood before the first
 * segment (`head`, in EDIFACT with UNA), after each terminator (`after`, one for each segment: line ends, as a rule), and what was left
 * over without a terminator (`tail`).
 */
export interface Interchange {
  readonly syntax: "x12" | "edifact";
  readonly separators: Separators;
  readonly head: string;
  readonly segments: readonly Segment[];
  readonly after: readonly string[];
  readonly tail: string;
}

/** A file of interchanges, and how its bytes become characters: UTF-8 where they are, else one character a byte. */
export interface EdiFile {
  readonly encoding: "utf-8" | "latin1";
  readonly interchanges: readonly Interchange[];
}

/** Why bytes are no interchange at all. `at` counts characters from 0. */
export type WireRefusal =
  | { readonly code: "EDI_TOO_LARGE"; readonly what: string; readonly limit: number; readonly at: number }
  | { readonly code: "EDI_NOT_EDI"; readonly at: number; readonly found: string }
  | { readonly code: "EDI_HEADER_BROKEN"; readonly at: number; readonly why: string };

/** What comes is hostile until it is read. */
export const bounds = { bytes: 10 * 1_048_576, segments: 100_000, elements: 400, segmentLength: 50_000 } as const;

/** The element `n` of a segment, counted from 1 as the standards do; empty where it is left out. */
export const element = (segment: Segment | undefined, n: number): string => segment?.[n] ?? "";

export function writeInterchange({ separators, head, segments, after, tail }: Interchange): string {
  const written = segments.map(
    (segment, index) => segment.join(separators.element) + separators.terminator + (after[index] ?? ""),
  );
  return head + written.join("") + tail;
}

export function writeFile({ encoding, interchanges }: EdiFile): Uint8Array {
  return Buffer.from(interchanges.map(writeInterchange).join(""), encoding === "latin1" ? "latin1" : "utf8");
}
