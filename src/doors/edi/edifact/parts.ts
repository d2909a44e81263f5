import { fromLocal, toLocal, type Zone } from "../../../kernel/local-time.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import type { Segment, Separators } from "../wire/interchange.ts";

/** A segment as its meaning: elements of components, released. `parts[n][m]` counts both from 1 as the standard does; the tag is `parts[0][1]`. */
export type Parts = readonly (readonly string[])[];

/** The component `m` of the element `n`, both from 1; empty where it is left out. */
export const part = (parts: Parts | undefined, n: number, m = 1): string => parts?.[n]?.[m - 1] ?? "";

export const release = (segment: Segment, separators: Separators): Parts =>
  segment.map((element) => components(element, separators));

/** Parts one raw element at its component separators, and takes the release characters away. */
function components(element: string, { component, release: escape }: Separators): readonly string[] {
  const found = [""];
  for (let at = 0; at < element.length; at++) {
    const next = element[at]!;
    if (next === escape) found[found.length - 1] += element[++at] ?? "";
    else if (next === component) found.push("");
    else found[found.length - 1] += next;
  }
  return found;
}

/** A segment as it is written: what would part something is released, and what is empty at the end is left out. */
export function bind(parts: readonly (string | readonly string[])[], separators: Separators): Segment {
  const elements = parts.map((one) =>
    withoutTail(typeof one === "string" ? [one] : one)
      .map((text) => escaped(text, separators))
      .join(separators.component),
  );
  return withoutTail(elements);
}

const withoutTail = (parts: readonly string[]): readonly string[] => {
  let end = parts.length;
  while (end > 1 && parts[end - 1] === "") end--;
  return parts.slice(0, end);
};

function escaped(text: string, { element, component, repetition, release: escape, terminator }: Separators): string {
  const special = [element, component, repetition, escape, terminator];
  // Without a release character a separator cannot be said: a blank stands for it, as for a line end.
  return Array.from(text)
    .map((one) => (one < " " ? " " : special.includes(one) ? (escape === null ? " " : escape + one) : one))
    .join("");
}

/** A date and time of DTM in the formats 102, 203 and 204; null where it is none of them, or no date. */
export function readDtm(value: string, format: string, zone: Zone): Instant | null {
  const length = { "102": 8, "203": 12, "204": 14 }[format];
  if (length !== value.length || !/^\d+$/.test(value)) return null;
  const number = (from: number, digits = 2): number => Number(value.slice(from, from + digits) || 0);
  const [year, month, day, hour, minute, second] = [
    number(0, 4),
    number(4),
    number(6),
    number(8),
    number(10),
    number(12),
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1000 || date.getUTCMonth() !== month - 1 || hour > 23 || minute > 59 || second > 59) return null;
  return fromLocal({ year, month, day, hour, minute, second }, zone);
}

/** To the minute, format 203. */
export function writeDtm(qualifier: string, at: Instant, zone: Zone): readonly (string | readonly string[])[] {
  const { year, month, day, hour, minute } = toLocal(at, zone);
  const two = (value: number): string => String(value).padStart(2, "0");
  return ["DTM", [qualifier, `${year}${two(month)}${two(day)}${two(hour)}${two(minute)}`, "203"]];
}

/** The first segment with this tag and, where one is given, this qualifier in its first component. */
export const find = (segments: readonly Parts[], tag: string, qualifier?: string): Parts | undefined =>
  segments.find((parts) => part(parts, 0) === tag && (qualifier === undefined || part(parts, 1) === qualifier));

/** The date that DTM gives for a qualifier. */
export function dated(segments: readonly Parts[], qualifier: string, zone: Zone): Instant | null {
  const dtm = find(segments, "DTM", qualifier);
  return dtm ? readDtm(part(dtm, 1, 2), part(dtm, 1, 3), zone) : null;
}

/** A number with the decimal mark that UNA named, or the other one. */
export const readNumber = (text: string): number | null =>
  /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(",", ".")) : null;
