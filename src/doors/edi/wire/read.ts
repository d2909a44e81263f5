import { ok, refuse, type Result } from "../../../kernel/result.ts";
import {
  bounds,
  type EdiFile,
  type Interchange,
  type Segment,
  type Separators,
  type WireRefusal,
} from "./interchange.ts";

/**
 * Reads a file of X12 or EDIFACT interchanges, one after the other. Whatever has a header that says how it is parted is read, however
 * broken the rest is: what is wrong with it, `x12/check.ts` and `edifact/check.ts` say. Everything else is refused with its place.
 */
export function readFile(bytes: Uint8Array): Result<EdiFile, WireRefusal> {
  if (bytes.length > bounds.bytes)
    return refuse({ code: "EDI_TOO_LARGE", what: "bytes", limit: bounds.bytes, at: bounds.bytes });
  const { text, encoding } = decode(bytes);
  const interchanges: Interchange[] = [];
  let at = 0;
  let left = bounds.segments;
  while (at < text.length || interchanges.length === 0) {
    const read = readOne(text, at, left);
    if (!read.ok) {
      const before = interchanges.at(-1);
      // Rubbish after a whole interchange spoils nothing of it: it is kept, and told as what it is.
      if (before === undefined || read.refusal.code === "EDI_TOO_LARGE") return read;
      interchanges[interchanges.length - 1] = { ...before, tail: text.slice(at) };
      break;
    }
    interchanges.push(read.value.interchange);
    left -= read.value.interchange.segments.length;
    at = read.value.end;
  }
  return ok({ encoding, interchanges });
}

/** UTF-8 where the bytes are; Latin-1 otherwise, in which any bytes are characters, one for one. */
function decode(bytes: Uint8Array): { readonly text: string; readonly encoding: EdiFile["encoding"] } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), encoding: "utf-8" };
  } catch {
    return { text: Buffer.from(bytes).toString("latin1"), encoding: "latin1" };
  }
}

interface Opened {
  readonly syntax: Interchange["syntax"];
  readonly separators: Separators;
  /** Where the first segment begins. */
  readonly first: number;
}

/** The segments that begin and end an interchange. */
const ends = { x12: { first: /^ISA/, last: "IEA" }, edifact: { first: /^UN[AB]/, last: "UNZ" } } as const;

function readOne(
  text: string,
  from: number,
  mostSegments: number,
): Result<{ readonly interchange: Interchange; readonly end: number }, WireRefusal> {
  const opened = open(text, from);
  if (!opened.ok) return opened;
  const { syntax, separators, first } = opened.value;
  const segments: Segment[] = [];
  const after: string[] = [];
  const interchange = (tail: string): Interchange => ({
    syntax,
    separators,
    head: text.slice(from, first),
    segments,
    after,
    tail,
  });

  let at = first;
  while (at < text.length) {
    // Another one begins before this one has ended.
    if (segments.length > 0 && ends[syntax].first.test(text.slice(at, at + 3))) break;
    if (segments.length === mostSegments)
      return refuse({ code: "EDI_TOO_LARGE", what: "segments", limit: bounds.segments, at });
    const read = readSegment(text, at, separators);
    if (read === null) return ok({ interchange: interchange(text.slice(at)), end: text.length });
    if ("limit" in read) return refuse({ code: "EDI_TOO_LARGE", ...read, at });
    segments.push(read.segment);
    const next = skipBlank(text, read.end, separators);
    after.push(text.slice(read.end, next));
    at = next;
    if (read.segment[0] === ends[syntax].last) break;
  }
  return ok({ interchange: interchange(""), end: at });
}

function open(text: string, from: number): Result<Opened, WireRefusal> {
  let at = from;
  while (at < text.length && /[\s\uFEFF]/.test(text[at]!)) at++;
  if (text.startsWith("ISA", at)) return openX12(text, at);
  if (text.startsWith("UNA", at) || text.startsWith("UNB", at)) return openEdifact(text, at);
  return refuse({ code: "EDI_NOT_EDI", at, found: text.slice(at, at + 12) });
}

/** Where the 16 elements of ISA begin: it alone is of fixed width, because it says how the rest is parted. */
const isaWidths = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1] as const;

function openX12(text: string, at: number): Result<Opened, WireRefusal> {
  const broken = (place: number, why: string): Result<never, WireRefusal> =>
    refuse({ code: "EDI_HEADER_BROKEN", at: place, why });
  const element = text[at + 3] ?? "";
  let place = at + 3;
  for (const [index, width] of isaWidths.entries()) {
    if (place >= text.length) return broken(text.length, "ISA ends before its 106 characters");
    if (text[place] !== element)
      return broken(place, `ISA${String(index + 1).padStart(2, "0")} does not begin here: ISA is of fixed width`);
    place += width + 1;
  }
  const [component, terminator] = [text[at + 104] ?? "", text[at + 105] ?? ""];
  const eleven = text[at + 82]!;
  const repetition = /[A-Za-z0-9 ]/.test(eleven) ? null : eleven;
  const separators: Separators = { element, component, repetition, release: null, terminator };
  const why = unfit(separators);
  return why ? broken(at + 3, why) : ok({ syntax: "x12", separators, first: at });
}

/** ISO 9735: what stands where no UNA says otherwise. */
const usual: Separators = { element: "+", component: ":", repetition: null, release: "?", terminator: "'" };

function openEdifact(text: string, at: number): Result<Opened, WireRefusal> {
  if (text.startsWith("UNB", at)) return ok({ syntax: "edifact", separators: usual, first: at });
  const una = text.slice(at + 3, at + 9);
  if (una.length < 6)
    return refuse({ code: "EDI_HEADER_BROKEN", at: text.length, why: "UNA ends before its 9 characters" });
  const [component, element, , release, repetition, terminator] = una.split("") as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const separators: Separators = {
    element,
    component,
    repetition: repetition === " " ? null : repetition,
    release: release === " " ? null : release,
    terminator,
  };
  const why = unfit(separators);
  if (why) return refuse({ code: "EDI_HEADER_BROKEN", at: at + 3, why });
  const first = skipBlank(text, at + 9, separators);
  if (!text.startsWith("UNB", first))
    return refuse({ code: "EDI_HEADER_BROKEN", at: first, why: "UNB does not follow UNA" });
  return ok({ syntax: "edifact", separators, first });
}

/** Why these cannot part anything; null when they can. */
export function unfit(separators: Separators): string | null {
  const all = Object.values(separators).filter((one): one is string => one !== null);
  const bad = all.find((one) => one.length !== 1 || one > "\x7f" || /[A-Za-z0-9 ]/.test(one));
  if (bad !== undefined) return `"${bad}" cannot be a separator`;
  return new Set(all).size < all.length ? "two separators are the same character" : null;
}

/** The end of the blanks (line ends, as a rule) that stand between two segments and mean nothing. */
function skipBlank(text: string, from: number, { element, component, terminator }: Separators): number {
  let at = from;
  for (; at < text.length; at++) {
    const next = text[at]!;
    if (!/[\r\n\t ]/.test(next) || next === terminator || next === element || next === component) break;
  }
  return at;
}

type Read =
  | { readonly segment: Segment; readonly end: number }
  | { readonly what: string; readonly limit: number }
  | null;

/** One segment and where it ends; null when no terminator comes. */
function readSegment(text: string, from: number, { element, release, terminator }: Separators): Read {
  const segment: string[] = [];
  let begin = from;
  for (let at = from; at < text.length; at++) {
    const next = text[at]!;
    if (at - from > bounds.segmentLength) return { what: "characters in a segment", limit: bounds.segmentLength };
    if (next === release) at++;
    else if (next === element || next === terminator) {
      segment.push(text.slice(begin, at));
      if (segment.length > bounds.elements) return { what: "elements in a segment", limit: bounds.elements };
      if (next === terminator) return { segment, end: at + 1 };
      begin = at + 1;
    }
  }
  return null;
}
