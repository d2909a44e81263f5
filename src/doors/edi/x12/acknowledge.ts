import { element, type Segment } from "../wire/interchange.ts";
import type { Acknowledgement } from "../messages.ts";
import type { SetBody } from "./compose.ts";
import type { SegmentFinding } from "./check.ts";
import { isGood, type X12Envelope, type X12Group, type X12Set } from "./envelope.ts";

/**
 * TA1, which speaks of the interchange alone: where something is wrong with it, or where its sender asks for one (ISA14). `E`: what could
 * be read of it went on; `R`: nothing could.
 */
export function ta1(envelope: X12Envelope, note = envelope.note): Segment | null {
  if (note === "000" && !envelope.wantsTa1) return null;
  const readable = note !== duplicate && envelope.groups.some(({ sets }) => sets.length > 0);
  return ["TA1", envelope.control, envelope.date, envelope.time, note === "000" ? "A" : readable ? "E" : "R", note];
}

/** The note of an interchange that came before. */
export const duplicate = "025";

/** What the note codes of TA1 (element I18) say, those that we give. */
export const noteWords: Readonly<Record<string, string>> = {
  "000": "nothing is wrong",
  "001": "the control numbers of ISA and IEA differ",
  "006": "we do not know this sender",
  "017": "ISA12 is no version",
  "018": "ISA13 is no control number",
  "019": "ISA14 is neither 0 nor 1",
  "020": "ISA15 is none of P, T, I",
  "021": "IEA counts other groups than there are",
  "022": "a segment stands outside every group",
  "023": "the interchange ends before IEA",
  [duplicate]: "this control number came before, with other content",
};

/** One 997 for each group, except for groups of 997s: an acknowledgement is not acknowledged. It speaks of syntax and nothing else. */
export function acknowledgements({ groups }: X12Envelope): readonly SetBody[] {
  return groups
    .filter(({ functional }) => functional !== "FA")
    .map((group) => ({ type: "997", segments: ofGroup(group) }));
}

function ofGroup(group: X12Group): readonly Segment[] {
  const good = group.sets.filter(isGood).length;
  const all = good === group.sets.length;
  const code = good === 0 ? "R" : !all ? "P" : group.errors.length > 0 ? "E" : "A";
  const [included, received] = [group.counted ?? group.sets.length, group.sets.length];
  return [
    ["AK1", group.functional, group.control],
    ...group.sets.flatMap(ofSet),
    ["AK9", code, String(included), String(received), String(good), ...group.errors.slice(0, 5)],
  ];
}

function ofSet(set: X12Set): readonly Segment[] {
  return [
    ["AK2", set.type, set.control],
    ...set.findings.slice(0, mostFindings).flatMap(ofFinding),
    ["AK5", isGood(set) ? "A" : "R", ...set.errors.slice(0, 5)],
  ];
}

/** Whoever sends a wrong file wrong in every line learns it from the first hundred. */
const mostFindings = 100;

function ofFinding({ tag, position, code, elements }: SegmentFinding): readonly Segment[] {
  return [
    ["AK3", tag.slice(0, 3), String(position), "", code],
    ...elements.map((one): Segment => ["AK4", String(one.position), one.reference ?? "", one.code, one.value]),
  ];
}

/** What a partner's 997 says of a group of ours. */
export function readAcknowledgement(segments: readonly Segment[]): Acknowledgement {
  const control = element(
    segments.find(([tag]) => tag === "AK1"),
    2,
  );
  const code = element(
    segments.find(([tag]) => tag === "AK9"),
    1,
  );
  const refused: string[] = [];
  let set: Segment | undefined;
  let at: string[] = [];
  for (const segment of segments) {
    const tag = segment[0];
    if (tag === "AK2") [set, at] = [segment, []];
    if (tag === "AK3") at.push(`${element(segment, 1)} (segment ${element(segment, 2)})`);
    if (tag === "AK5" && !/^[AE]$/.test(element(segment, 1)))
      refused.push([`${element(set, 1)} ${element(set, 2)}`, ...at].join(", "));
  }
  return { control, isTaken: /^[AEP]$/.test(code), refused };
}
