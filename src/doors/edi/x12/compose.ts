import { toLocal, type Zone } from "../../../kernel/local-time.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import type { Interchange, Segment, Separators } from "../wire/interchange.ts";
import type { Address, Line } from "../wire/line.ts";
import { sets } from "./dictionary.ts";

export const x12Separators: Separators = {
  element: "*",
  component: ">",
  repetition: null,
  release: null,
  terminator: "~",
};

/** The inside of one transaction set, without ST and SE. */
export interface SetBody {
  readonly type: string;
  readonly segments: readonly Segment[];
}

/**
 * An interchange of these sets, each functional kind in a group of its own. Group and set control numbers are made from the interchange's:
 * every group's is the same, the sets' count from 0001: functional kind and number together say which it was, as AK1 names it.
 */
export function compose(
  line: Line,
  control: number,
  now: Instant,
  bodies: readonly SetBody[],
  loose: readonly Segment[] = [],
): Interchange {
  const kinds = Map.groupBy(bodies, ({ type }) => sets[type]!.functional);
  const number = String(control).padStart(9, "0");
  const { date, time } = dateAndTime(now, line.zone);
  const group = String(control);
  const groups = [...kinds].flatMap(([functional, inside]) => {
    const written = inside.flatMap((body, at) => enclosed(body, String(at + 1).padStart(4, "0")));
    const head = ["GS", functional, line.us.id, line.them.id, date, time, group, "X", "004010"];
    return [head, ...written, ["GE", String(inside.length), group]];
  });
  const segments = [isa(line, number, date.slice(2), time), ...loose, ...groups, ["IEA", String(kinds.size), number]];
  const clean = segments.map((segment, index) =>
    index === 0 ? segment : segment.map((one) => plain(one, line.separators)),
  );
  return {
    syntax: "x12",
    separators: line.separators,
    head: "",
    segments: clean.map(trimmed),
    after: clean.map(() => line.after),
    tail: "",
  };
}

function isa({ us, them, isTest, separators }: Line, number: string, date: string, time: string): Segment {
  const side = ({ qualifier, id }: Address): readonly string[] => [
    qualifier.padEnd(2).slice(0, 2),
    id.padEnd(15).slice(0, 15),
  ];
  const [none, repetition] = [" ".repeat(10), separators.repetition ?? "U"];
  const usage = isTest ? "T" : "P";
  return [
    "ISA",
    "00",
    none,
    "00",
    none,
    ...side(us),
    ...side(them),
    date,
    time,
    repetition,
    "00401",
    number,
    "0",
    usage,
    separators.component,
  ];
}

function enclosed({ type, segments }: SetBody, control: string): readonly Segment[] {
  return [["ST", type, control], ...segments, ["SE", String(segments.length + 2), control]];
}

/** X12 cannot say its own separators, nor a line end: a blank stands for them. */
function plain(text: string, { element, component, repetition, terminator }: Separators): string {
  return Array.from(text)
    .map((one) => (one < " " || [element, component, repetition, terminator].includes(one) ? " " : one))
    .join("");
}

/** Empty elements at the end of a segment are left out, as the standard wants. */
function trimmed(segment: Segment, index: number): Segment {
  if (index === 0) return segment;
  let end = segment.length;
  while (end > 1 && segment[end - 1] === "") end--;
  return segment.slice(0, end);
}

/** CCYYMMDD and HHMM on the wall in `zone`. */
export function dateAndTime(at: Instant, zone: Zone): { readonly date: string; readonly time: string } {
  const { year, month, day, hour, minute } = toLocal(at, zone);
  const two = (value: number): string => String(value).padStart(2, "0");
  return { date: `${year}${two(month)}${two(day)}`, time: two(hour) + two(minute) };
}
