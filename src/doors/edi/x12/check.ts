import { element, type Segment } from "../wire/interchange.ts";
import { segmentRules, type ElementRule } from "./dictionary.ts";

/** What is wrong with one element of a segment, in the codes of AK4. */
export interface ElementFinding {
  /** Counted from 1. */
  readonly position: number;
  readonly reference: string | null;
  /** Element 723. */
  readonly code: "1" | "3" | "4" | "5" | "6" | "8" | "9";
  readonly value: string;
}

/** What is wrong with one segment of a set, in the codes of AK3. */
export interface SegmentFinding {
  readonly tag: string;
  /** In its set; ST is 1. */
  readonly position: number;
  /** Element 720. */
  readonly code: "1" | "2" | "3" | "8";
  readonly elements: readonly ElementFinding[];
}

/** Element by element, what does not fit its rule; and the segments without which the set says nothing, as missing from its end. */
export function checkSegments(segments: readonly Segment[], needs: readonly string[]): readonly SegmentFinding[] {
  const findings = segments.flatMap((segment, index) => checkSegment(segment, index + 1) ?? []);
  const missing = needs
    .filter((tag) => !segments.some(([found]) => found === tag))
    .map((tag): SegmentFinding => ({ tag, position: segments.length, code: "3", elements: [] }));
  return [...findings, ...missing];
}

function checkSegment(segment: Segment, position: number): SegmentFinding | null {
  const tag = segment[0] ?? "";
  if (!/^[A-Z][A-Z0-9]{1,2}$/.test(tag)) return { tag, position, code: "1", elements: [] };
  const rules = segmentRules.get(tag)?.elements;
  if (!rules) return null;
  const elements: ElementFinding[] = [];
  for (let at = 1; at <= Math.max(rules.length, segment.length - 1); at++) {
    const { rule = null, isMandatory = false } = rules[at - 1] ?? {};
    const value = element(segment, at);
    const code = at > rules.length ? "3" : value === "" ? (isMandatory ? "1" : null) : rule && mismatch(value, rule);
    if (code) elements.push({ position: at, reference: rule?.reference ?? null, code, value: value.slice(0, 99) });
    if (code === "3") break;
  }
  return elements.length === 0 ? null : { tag, position, code: "8", elements };
}

function mismatch(value: string, { type, least, most }: ElementRule): ElementFinding["code"] | null {
  const digits = /^[NR]/.test(type) ? value.replace(/[-.]/g, "") : value;
  if (!isWellFormed(value, type)) return type === "DT" ? "8" : type === "TM" ? "9" : "6";
  return digits.length < least ? "4" : digits.length > most ? "5" : null;
}

/** Senders write money of type N2 as plain decimals so often that both are read (see `amounts.ts`). */
function isWellFormed(value: string, type: ElementRule["type"]): boolean {
  switch (type) {
    case "N0":
      return /^-?\d+$/.test(value);
    case "N2":
    case "R":
      return /^-?(\d+\.?\d*|\.\d+)$/.test(value);
    case "DT":
      return isDate(value);
    case "TM":
      return /^([01]\d|2[0-3])[0-5]\d([0-5]\d(\d{1,2})?)?$/.test(value);
    default:
      return !Array.from(value).some((one) => one < " " || one === "\x7f");
  }
}

function isDate(value: string): boolean {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(value)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined || month < 1) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The codes in words, for people. */
export const segmentWords: Readonly<Record<SegmentFinding["code"], string>> = {
  "1": "is no segment",
  "2": "does not belong here",
  "3": "is missing",
  "8": "has elements in error",
};
export const elementWords: Readonly<Record<ElementFinding["code"], string>> = {
  "1": "is missing",
  "3": "is one too many",
  "4": "is too short",
  "5": "is too long",
  "6": "holds characters that may not be there",
  "8": "is no date (CCYYMMDD)",
  "9": "is no time (HHMM)",
};
