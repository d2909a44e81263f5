import { element, type Interchange, type Segment } from "../wire/interchange.ts";
import type { Address } from "../wire/line.ts";
import { checkSegments, type SegmentFinding } from "./check.ts";
import { sets } from "./dictionary.ts";

/** One transaction set, from ST to SE, and what is wrong with it. */
export interface X12Set {
  readonly type: string;
  readonly control: string;
  /** ST and SE among them; the last is missing where the trailer is. */
  readonly segments: readonly Segment[];
  /** Where ST stands in the interchange; ISA is 1. */
  readonly first: number;
  /** Codes of element 718: what is wrong with the set as a whole. */
  readonly errors: readonly string[];
  readonly findings: readonly SegmentFinding[];
}

export interface X12Group {
  readonly functional: string;
  readonly control: string;
  readonly sender: string;
  readonly receiver: string;
  readonly version: string;
  /** How many sets its trailer counts; null where that is missing. */
  readonly counted: number | null;
  readonly sets: readonly X12Set[];
  /** Codes of element 716. */
  readonly errors: readonly string[];
}

/** The shape of an interchange, with what is wrong at each level. Whatever has its header is there, so that what is good in a broken one goes on. */
export interface X12Envelope {
  readonly control: string;
  readonly date: string;
  readonly time: string;
  readonly sender: Address;
  readonly receiver: Address;
  readonly isTest: boolean;
  readonly wantsTa1: boolean;
  readonly groups: readonly X12Group[];
  /** The note code of TA1 (element I18): `000` where nothing is wrong, and the segment it is about, ISA is 1. */
  readonly note: string;
  readonly noteAt: number;
}

export const isGood = ({ errors, findings }: Pick<X12Set, "errors" | "findings">): boolean =>
  errors.length === 0 && findings.length === 0;

export function openEnvelope(interchange: Interchange): X12Envelope {
  const { segments } = interchange;
  const isa = segments[0];
  const { groups, strayAt } = groupsOf(segments);
  const [note, noteAt] = noteOn(interchange, groups.length, strayAt);
  return {
    control: element(isa, 13),
    date: element(isa, 9),
    time: element(isa, 10),
    sender: { qualifier: element(isa, 5), id: element(isa, 6).trimEnd() },
    receiver: { qualifier: element(isa, 7), id: element(isa, 8).trimEnd() },
    isTest: element(isa, 15) === "T",
    wantsTa1: element(isa, 14) === "1",
    groups,
    note,
    noteAt,
  };
}

/** The gravest thing wrong with the interchange itself, and where. */
function noteOn({ segments, tail }: Interchange, groups: number, strayAt: number | null): readonly [string, number] {
  const isa = segments[0];
  const iea = segments.at(-1);
  const last = segments.length;
  if (!/^\d{9}$/.test(element(isa, 13))) return ["018", 1];
  if (element(isa, 12) < "00200" || !/^\d{5}$/.test(element(isa, 12))) return ["017", 1];
  if (!/^[01]$/.test(element(isa, 14))) return ["019", 1];
  if (!/^[PTI]$/.test(element(isa, 15))) return ["020", 1];
  if (iea?.[0] !== "IEA") return ["023", last];
  if (strayAt !== null) return ["022", strayAt];
  if (element(iea, 2) !== element(isa, 13)) return ["001", last];
  if (Number(element(iea, 1)) !== groups) return ["021", last];
  return tail.trim() === "" ? ["000", 1] : ["022", last];
}

interface OpenGroup {
  readonly gs: Segment;
  readonly sets: X12Set[];
}

function groupsOf(segments: readonly Segment[]): {
  readonly groups: readonly X12Group[];
  readonly strayAt: number | null;
} {
  const groups: X12Group[] = [];
  let group: OpenGroup | null = null;
  let strayAt: number | null = null;
  for (let at = 1; at < segments.length; at++) {
    const segment = segments[at]!;
    const tag = segment[0];
    if (tag === "GS") {
      if (group) groups.push(closeGroup(group, null));
      group = { gs: segment, sets: [] };
    } else if (tag === "GE" && group) {
      groups.push(closeGroup(group, segment));
      group = null;
    } else if (tag === "ST" && group) {
      const end = endOfSet(segments, at);
      group.sets.push(setOf(segments.slice(at, end), at + 1, element(group.gs, 1)));
      at = end - 1;
    } else if (tag === "IEA" && at === segments.length - 1) {
      if (group) groups.push(closeGroup(group, null));
      group = null;
    } else if (tag !== "TA1" || group) strayAt ??= at + 1;
  }
  if (group) groups.push(closeGroup(group, null));
  return { groups, strayAt };
}

/** After its SE; before whatever cannot stand in a set, where it has none. */
function endOfSet(segments: readonly Segment[], from: number): number {
  for (let at = from + 1; at < segments.length; at++) {
    const tag = segments[at]![0];
    if (tag === "SE") return at + 1;
    if (tag === "ST" || tag === "GE" || tag === "GS" || tag === "IEA") return at;
  }
  return segments.length;
}

function setOf(segments: readonly Segment[], first: number, functional: string): X12Set {
  const [st, se] = [segments[0], segments.at(-1)];
  const type = element(st, 1);
  const errors: string[] = [];
  const known = Object.hasOwn(sets, type) ? sets[type] : undefined;
  if (!known) errors.push("1");
  else if (known.functional !== functional) errors.push("6");
  if (!/^[A-Za-z0-9]{4,9}$/.test(element(st, 2))) errors.push("7");
  if (se?.[0] !== "SE") errors.push("2");
  else {
    if (element(se, 2) !== element(st, 2)) errors.push("3");
    if (Number(element(se, 1)) !== segments.length) errors.push("4");
  }
  const findings = known ? checkSegments(segments, known.needs) : [];
  if (findings.length > 0) errors.push("5");
  return { type, control: element(st, 2), segments, first, errors, findings };
}

function closeGroup({ gs, sets: inside }: OpenGroup, ge: Segment | null): X12Group {
  const errors: string[] = [];
  if (!/^00[4-9]0[1-9]0/.test(element(gs, 8))) errors.push("2");
  if (ge === null) errors.push("3");
  else {
    if (element(ge, 2) !== element(gs, 6)) errors.push("4");
    if (Number(element(ge, 1)) !== inside.length) errors.push("5");
  }
  if (!/^\d{1,9}$/.test(element(gs, 6))) errors.push("6");
  return {
    functional: element(gs, 1),
    control: element(gs, 6),
    sender: element(gs, 2),
    receiver: element(gs, 3),
    version: element(gs, 8),
    counted: ge === null || !/^\d{1,6}$/.test(element(ge, 1)) ? null : Number(element(ge, 1)),
    sets: inside,
    errors,
  };
}
