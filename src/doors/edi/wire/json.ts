import { Type, type Static } from "typebox";
import { Check, Errors } from "typebox/value";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import { bounds, type EdiFile, type Interchange, type Segment } from "./interchange.ts";
import { unfit } from "./read.ts";

const Character = Type.String({ minLength: 1, maxLength: 1 });
const InterchangeJson = Type.Object({
  syntax: Type.Enum(["x12", "edifact"]),
  separators: Type.Object({
    element: Character,
    component: Character,
    repetition: Type.Union([Character, Type.Null()]),
    release: Type.Union([Character, Type.Null()]),
    terminator: Character,
  }),
  head: Type.Optional(Type.String()),
  /** What stands after each terminator, where `afterAt` says nothing else; `afterAt` counts segments from 1. */
  after: Type.Optional(Type.String()),
  afterAt: Type.Optional(Type.Record(Type.String({ pattern: "^[1-9][0-9]*$" }), Type.String())),
  segments: Type.Array(Type.Array(Type.String(), { minItems: 1 }), { maxItems: bounds.segments }),
  tail: Type.Optional(Type.String()),
});
const FileJson = Type.Object({
  encoding: Type.Enum(["utf-8", "latin1"]),
  interchanges: Type.Array(InterchangeJson, { minItems: 1 }),
});
/** An interchange as JSON: `after` once for all segments, and `afterAt` for those that differ. What else it holds is for reading only. */
export type FileJson = Static<typeof FileJson>;

export function toJson({ encoding, interchanges }: EdiFile): FileJson {
  return { encoding, interchanges: interchanges.map(interchangeJson) };
}

function interchangeJson({
  syntax,
  separators,
  head,
  segments,
  after,
  tail,
}: Interchange): FileJson["interchanges"][number] {
  const usual = after[0] ?? "";
  const others = after.flatMap((one, index) => (one === usual ? [] : [[String(index + 1), one] as const]));
  return {
    syntax,
    separators: { ...separators },
    ...(head === "" ? {} : { head }),
    ...(usual === "" ? {} : { after: usual }),
    ...(others.length === 0 ? {} : { afterAt: Object.fromEntries(others) }),
    segments: segments.map((segment) => [...segment]),
    ...(tail === "" ? {} : { tail }),
  };
}

/** Why a JSON document makes no interchange: `at` is a JSON pointer. */
export interface JsonRefusal {
  readonly code: "EDI_JSON_WRONG";
  readonly at: string;
  readonly why: string;
}

export function fromJson(json: unknown): Result<EdiFile, JsonRefusal> {
  if (!Check(FileJson, json)) {
    const [first] = Errors(FileJson, json);
    return refuse({
      code: "EDI_JSON_WRONG",
      at: first?.instancePath ?? "",
      why: first?.message ?? "it is no interchange",
    });
  }
  const interchanges: Interchange[] = [];
  for (const [index, one] of json.interchanges.entries()) {
    const why = unfit(one.separators);
    if (why) return refuse({ code: "EDI_JSON_WRONG", at: `/interchanges/${index}/separators`, why });
    const torn = tornAt(one);
    if (torn)
      return refuse({
        code: "EDI_JSON_WRONG",
        at: `/interchanges/${index}/segments/${torn}`,
        why: "it holds a separator",
      });
    const { syntax, separators, segments, head = "", tail = "", after = "", afterAt = {} } = one;
    interchanges.push({
      ...{ syntax, separators, segments, head, tail },
      after: segments.map((_, at) => afterAt[String(at + 1)] ?? after),
    });
  }
  return ok({ encoding: json.encoding, interchanges });
}

/** The pointer to an element that would come back as two; null when none would. */
function tornAt({
  separators: { element, release, terminator },
  segments,
}: FileJson["interchanges"][number]): string | null {
  const torn = (text: string): boolean => {
    for (let at = 0; at < text.length; at++) {
      if (text[at] === release) at++;
      else if (text[at] === element || text[at] === terminator) return true;
      if (at >= text.length) return true; // a release character that releases what comes after the element
    }
    return false;
  };
  for (const [index, segment] of segments.entries())
    for (const [part, text] of (segment as Segment).entries()) if (torn(text)) return `${index}/${part}`;
  return null;
}

/** The JSON as people read it: each segment on a line of its own. */
export function printJson(json: unknown): string {
  const lines = JSON.stringify(json, null, 2);
  return lines.replace(/\[\n\s+("(?:[^"\\]|\\.)*"(?:,\n\s+"(?:[^"\\]|\\.)*")*)\n\s+\]/g, (_, inner: string) => {
    return `[${inner.replace(/,\n\s+"/g, ', "')}]`;
  });
}
