import { toLocal } from "../../../kernel/local-time.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import type { Interchange, Separators } from "../wire/interchange.ts";
import type { Address, Line } from "../wire/line.ts";
import { bind } from "./parts.ts";

export const edifactSeparators: Separators = {
  element: "+",
  component: ":",
  repetition: null,
  release: "?",
  terminator: "'",
};

/** A segment as its meaning: the tag, then elements, each a text or its components. */
export type PlainSegment = readonly (string | readonly string[])[];

/** The inside of one message, without UNH and UNT. */
export interface MessageBody {
  readonly type: string;
  readonly segments: readonly PlainSegment[];
}

/** An interchange in the character set UNOC (Latin letters), directory D.01B; message references count from 1. */
export function compose(line: Line, control: number, now: Instant, bodies: readonly MessageBody[]): Interchange {
  const { separators, us, them, after } = line;
  const { year, month, day, hour, minute } = toLocal(now, line.zone);
  const two = (value: number): string => String(value).padStart(2, "0");
  const when = [two(year % 100) + two(month) + two(day), two(hour) + two(minute)];
  const side = ({ id, qualifier }: Address): readonly string[] => [id, qualifier];
  const messages = bodies.flatMap(({ type, segments }, index): readonly PlainSegment[] => {
    const reference = String(index + 1);
    const version = type === "CONTRL" ? ["D", "3", "UN"] : ["D", "01B", "UN"];
    return [["UNH", reference, [type, ...version]], ...segments, ["UNT", String(segments.length + 2), reference]];
  });
  const test: PlainSegment = line.isTest ? ["", "", "", "", "", "1"] : [];
  const all: readonly PlainSegment[] = [
    ["UNB", ["UNOC", "3"], side(us), side(them), when, String(control), ...test],
    ...messages,
    ["UNZ", String(bodies.length), String(control)],
  ];
  return {
    syntax: "edifact",
    separators,
    head: una(separators) + after,
    segments: all.map((segment) => bind(segment, separators)),
    after: all.map(() => after),
    tail: "",
  };
}

const una = ({ component, element, release, repetition, terminator }: Separators): string =>
  `UNA${component}${element}.${release ?? " "}${repetition ?? " "}${terminator}`;
