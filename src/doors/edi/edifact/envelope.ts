import { element, type Interchange, type Segment } from "../wire/interchange.ts";
import type { Address } from "../wire/line.ts";
import { part, readDtm, release, type Parts } from "./parts.ts";

/** What is wrong, in the codes of CONTRL (element 0085): at an element and component counted from 1, or at the segment as a whole. */
export interface EdifactFinding {
  readonly tag: string;
  /** In its message; UNH is 1. */
  readonly position: number;
  readonly code: string;
  readonly element: number | null;
  readonly component: number | null;
  readonly value: string;
}

export interface EdifactMessage {
  readonly type: string;
  /** `D:01B:UN`. */
  readonly version: string;
  readonly reference: string;
  readonly segments: readonly Segment[];
  readonly parts: readonly Parts[];
  readonly first: number;
  /** The code of what is wrong with the message as a whole; null when nothing is. */
  readonly error: string | null;
  readonly findings: readonly EdifactFinding[];
}

export interface EdifactEnvelope {
  readonly control: string;
  readonly sender: Address;
  readonly receiver: Address;
  readonly isTest: boolean;
  readonly wantsContrl: boolean;
  readonly messages: readonly EdifactMessage[];
  /** Code 0085 of what is wrong with the interchange itself, and the segment it is about; null when nothing is. */
  readonly error: string | null;
  readonly errorAt: number;
}

/** What the codes of element 0085 say, those that we give. */
export const errorWords: Readonly<Record<string, string>> = {
  "7": "we are not the one it is for, or do not know who sent it",
  "12": "the value is not what it has to be",
  "13": "something that has to be there is missing",
  "14": "we do not take this message type",
  "15": "it does not belong here",
  "18": "it breaks off",
  "26": "it came before, with other content",
  "28": "the references at its beginning and end differ",
  "29": "its end counts something else than there is",
};

/** The messages we speak, and the segments without which one says nothing. */
const messages: Readonly<Record<string, readonly string[]>> = {
  IFTMIN: ["BGM", "NAD"],
  IFTSTA: ["BGM", "CNI", "STS"],
  INVOIC: ["BGM", "DTM", "MOA"],
  CONTRL: ["UCI"],
};

export const isGood = ({ error, findings }: Pick<EdifactMessage, "error" | "findings">): boolean =>
  error === null && findings.length === 0;

export function openEnvelope(interchange: Interchange): EdifactEnvelope {
  const { segments, separators } = interchange;
  const parts = segments.map((segment) => release(segment, separators));
  const unb = parts[0];
  const { found, strayAt } = messagesOf(segments, parts);
  const [error, errorAt] = errorOn(interchange, parts, found.length, strayAt);
  return {
    control: part(unb, 5),
    sender: { qualifier: part(unb, 2, 2), id: part(unb, 2) },
    receiver: { qualifier: part(unb, 3, 2), id: part(unb, 3) },
    isTest: part(unb, 11) === "1",
    wantsContrl: part(unb, 9) === "1",
    messages: found,
    error,
    errorAt,
  };
}

function errorOn(
  { segments, tail }: Interchange,
  parts: readonly Parts[],
  messages: number,
  strayAt: number | null,
): readonly [string | null, number] {
  const [unb, unz] = [parts[0], parts.at(-1)];
  const last = segments.length;
  if (part(unb, 5) === "" || part(unb, 2) === "" || part(unb, 3) === "") return ["13", 1];
  if (part(unz, 0) !== "UNZ" || tail.trim() !== "") return ["18", last];
  if (strayAt !== null) return ["15", strayAt];
  if (part(unz, 2) !== part(unb, 5)) return ["28", last];
  return Number(part(unz, 1)) === messages ? [null, 1] : ["29", last];
}

function messagesOf(
  segments: readonly Segment[],
  parts: readonly Parts[],
): { readonly found: readonly EdifactMessage[]; readonly strayAt: number | null } {
  const found: EdifactMessage[] = [];
  let strayAt: number | null = null;
  for (let at = 1; at < segments.length; at++) {
    const tag = element(segments[at], 0);
    if (tag === "UNH") {
      let end = at + 1;
      while (
        end < segments.length &&
        !/^UN[HZ]$/.test(element(segments[end], 0)) &&
        element(segments[end - 1], 0) !== "UNT"
      )
        end++;
      found.push(messageOf(segments.slice(at, end), parts.slice(at, end), at + 1));
      at = end - 1;
    } else if (!(tag === "UNZ" && at === segments.length - 1)) strayAt ??= at + 1;
  }
  return { found, strayAt };
}

function messageOf(segments: readonly Segment[], parts: readonly Parts[], first: number): EdifactMessage {
  const [unh, unt] = [parts[0], parts.at(-1)];
  const type = part(unh, 2);
  const needs = Object.hasOwn(messages, type) ? messages[type] : undefined;
  const error =
    needs === undefined
      ? "14"
      : part(unt, 0) !== "UNT" || parts.length < 2
        ? "18"
        : part(unt, 2) !== part(unh, 1)
          ? "28"
          : Number(part(unt, 1)) === parts.length
            ? null
            : "29";
  return {
    type,
    version: [part(unh, 2, 2), part(unh, 2, 3), part(unh, 2, 4)].join(":"),
    reference: part(unh, 1),
    ...{ segments, parts, first, error },
    findings: needs ? check(parts, needs) : [],
  };
}

/** Elements that have to be there, as `tag element.component`. */
const mandatory: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  BGM: [[2, 1]],
  DTM: [
    [1, 1],
    [1, 2],
  ],
  NAD: [[1, 1]],
  RFF: [[1, 1]],
  STS: [[2, 1]],
  MOA: [
    [1, 1],
    [1, 2],
  ],
  UCI: [
    [1, 1],
    [4, 1],
  ],
};

function check(parts: readonly Parts[], needs: readonly string[]): readonly EdifactFinding[] {
  const findings = parts.flatMap((one, index) => checkSegment(one, index + 1));
  const missing = needs.filter((tag) => !parts.some((one) => part(one, 0) === tag));
  return [
    ...findings,
    ...missing.map((tag) => ({ tag, position: parts.length, code: "13", element: null, component: null, value: "" })),
  ];
}

function checkSegment(parts: Parts, position: number): readonly EdifactFinding[] {
  const tag = part(parts, 0);
  const at = (code: string, element: number | null, component: number | null, value = ""): EdifactFinding => ({
    ...{ tag, position, code, element, component },
    value: value.slice(0, 99),
  });
  if (!/^[A-Z]{3}$/.test(tag)) return [at("15", null, null)];
  const missing = (mandatory[tag] ?? []).filter(([n, m]) => part(parts, n, m) === "");
  if (missing.length > 0) return missing.map(([n, m]) => at("13", n, m));
  const [value, format] = [part(parts, 1, 2), part(parts, 1, 3)];
  // Other formats than these are for dates that we do not read; they are kept.
  if (tag === "DTM" && /^(102|203|204)$/.test(format) && readDtm(value, format, "UTC") === null)
    return [at("12", 1, 2, value)];
  if (tag === "MOA" && !/^-?\d+([.,]\d+)?$/.test(value)) return [at("12", 1, 2, value)];
  return [];
}
