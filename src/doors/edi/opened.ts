import type { Zone } from "../../kernel/local-time.ts";
import type { Currency } from "../../kernel/money.ts";
import type { Instant } from "../../kernel/quantity.ts";
import { ok, type Result } from "../../kernel/result.ts";
import { codesWith, edifactCodes, x12Codes, type StatusCodes } from "./codes.ts";
import * as edifact from "./edifact/envelope.ts";
import { contrl, readContrl } from "./edifact/contrl.ts";
import { readIftmin } from "./edifact/iftmin.ts";
import { readIftsta } from "./edifact/iftsta.ts";
import { readInvoic } from "./edifact/invoic.ts";
import { compose as composeEdifact, type MessageBody } from "./edifact/compose.ts";
import type { Message, MessageRefusal } from "./messages.ts";
import type { Interchange } from "./wire/interchange.ts";
import type { Address, Line } from "./wire/line.ts";
import { acknowledgements, duplicate, noteWords, readAcknowledgement, ta1 } from "./x12/acknowledge.ts";
import { readAnswer } from "./x12/answer-990.ts";
import { elementWords, segmentWords, type SegmentFinding } from "./x12/check.ts";
import { compose as composeX12, type SetBody } from "./x12/compose.ts";
import * as x12 from "./x12/envelope.ts";
import { readInvoice } from "./x12/invoice-210.ts";
import { readStatuses } from "./x12/status-214.ts";
import { readTender } from "./x12/tender-204.ts";

/** One set of an interchange: what is wrong with its form, in sentences, and what it says where nothing is. */
export interface OpenedSet {
  readonly type: string;
  readonly control: string;
  readonly problems: readonly string[];
  /** Null where its form is broken. */
  readonly message: Result<Message, MessageRefusal> | null;
}

/** An interchange of either standard, understood as far as it can be. */
export interface Opened {
  readonly syntax: Interchange["syntax"];
  readonly control: string;
  readonly sender: Address;
  readonly receiver: Address;
  readonly isTest: boolean;
  /** What is wrong with the interchange and its groups, in sentences. */
  readonly problems: readonly string[];
  readonly sets: readonly OpenedSet[];
  /**
   * The acknowledgement of its form, and in the same interchange what else is said to the partner; null where there is nothing to say.
   * `objection`: what is wrong beside the form.
   */
  reply(
    line: Line,
    control: number,
    now: Instant,
    bodies: readonly Body[],
    objection: Objection | null,
  ): Interchange | null;
}

/** It came before with other content; nobody here knows its sender. */
export type Objection = "duplicate" | "stranger";
/** The inside of a set or message of the opened interchange's own standard. */
export type Body = SetBody | MessageBody;

/** What is not in a message and has to be known to read it. */
export interface Reading {
  readonly zone: Zone;
  readonly currency: Currency;
  readonly now: Instant;
  /** The partner's own entries, which stand before the usual ones. */
  readonly codes?: Partial<StatusCodes> | undefined;
}

export const openInterchange = (interchange: Interchange, reading: Reading): Opened =>
  interchange.syntax === "x12" ? openX12(interchange, reading) : openEdifact(interchange, reading);

function openX12(interchange: Interchange, reading: Reading): Opened {
  const envelope = x12.openEnvelope(interchange);
  const { control, sender, receiver, isTest, groups, note, noteAt } = envelope;
  const tag = interchange.segments[noteAt - 1]?.[0] ?? "";
  const ofGroups = groups.flatMap((group) =>
    group.errors.map((code) => `group ${group.control}: ${groupWords[code] ?? `error ${code}`}`),
  );
  return {
    ...{ syntax: "x12", control, sender, receiver, isTest },
    problems: [...(note === "000" ? [] : [`segment ${noteAt} (${tag}): ${noteWords[note] ?? note}`]), ...ofGroups],
    sets: groups.flatMap(({ sets }) => sets.map((set) => openSet(set, reading))),
    reply(line, number, now, bodies, objection) {
      const objected = objection === null ? note : objection === "duplicate" ? duplicate : "006";
      const answer = ta1(envelope, objected);
      const all = [...(objection === null ? acknowledgements(envelope) : []), ...(bodies as readonly SetBody[])];
      return answer === null && all.length === 0 ? null : composeX12(line, number, now, all, answer ? [answer] : []);
    },
  };
}

function openSet(set: x12.X12Set, reading: Reading): OpenedSet {
  const { type, control, errors, findings, segments } = set;
  const ofSet = errors.filter((code) => code !== "5").map((code) => setWords[code] ?? `error ${code}`);
  return {
    ...{ type, control },
    problems: [...ofSet, ...findings.flatMap((finding) => inWords(finding, set.first))],
    message: x12.isGood(set) ? readX12(type, segments, reading) : null,
  };
}

function inWords({ tag, position, code, elements }: SegmentFinding, first: number): readonly string[] {
  const place = `segment ${first + position - 1} (${tag.slice(0, 3)})`;
  if (code !== "8") return [code === "3" ? `${tag} ${segmentWords[code]}` : `${place} ${segmentWords[code]}`];
  return elements.map(
    (one) =>
      `${place}, element ${one.position}: ${one.value === "" ? "it" : `"${one.value}"`} ${elementWords[one.code]}`,
  );
}

const groupWords: Readonly<Record<string, string>> = {
  "2": "its version is none that we know",
  "3": "it ends without GE",
  "4": "the control numbers of GS and GE differ",
  "5": "GE counts other sets than there are",
  "6": "GS06 is no control number",
};
const setWords: Readonly<Record<string, string>> = {
  "1": "this transaction set is none that we take",
  "2": "it ends without SE",
  "3": "the control numbers of ST and SE differ",
  "4": "SE counts other segments than there are",
  "6": "it does not belong into this functional group",
  "7": "ST02 is no control number",
};

function readX12(
  type: string,
  segments: x12.X12Set["segments"],
  { zone, currency, now, codes }: Reading,
): OpenedSet["message"] {
  switch (type) {
    case "204":
      return as(readTender(segments, zone), (tender) => ({ kind: "tender", tender }));
    case "990":
      return as(readAnswer(segments, zone, now), (answer) => ({ kind: "answer", answer }));
    case "214":
      return as(readStatuses(segments, zone, codesWith(x12Codes, codes)), (statuses) => ({
        kind: "statuses",
        statuses,
      }));
    case "210":
      return as(readInvoice(segments, zone, currency), (invoice) => ({ kind: "invoice", invoice }));
    default:
      return ok({ kind: "acknowledgement", acknowledgement: readAcknowledgement(segments) });
  }
}

function openEdifact(interchange: Interchange, reading: Reading): Opened {
  const envelope = edifact.openEnvelope(interchange);
  const { control, sender, receiver, isTest, messages, error, errorAt } = envelope;
  const tag = interchange.segments[errorAt - 1]?.[0] ?? "";
  return {
    ...{ syntax: "edifact", control, sender, receiver, isTest },
    problems: error === null ? [] : [`segment ${errorAt} (${tag}): ${edifact.errorWords[error] ?? error}`],
    sets: messages.map((message) => openMessage(message, reading)),
    reply(line, number, now, bodies, objection) {
      const said = contrl(envelope, objection === null ? error : objection === "duplicate" ? "26" : "7");
      const all = [...(said ? [said] : []), ...(bodies as readonly MessageBody[])];
      return all.length === 0 ? null : composeEdifact(line, number, now, all);
    },
  };
}

function openMessage(message: edifact.EdifactMessage, reading: Reading): OpenedSet {
  const { type, reference, error, findings, first, parts } = message;
  const places = findings.map(({ tag, position, element, component, value, code }) => {
    const words = edifact.errorWords[code] ?? `error ${code}`;
    if (code === "13" && element === null) return `${tag} is missing`;
    const at = `segment ${first + position - 1} (${tag.slice(0, 3)})`;
    return element === null
      ? `${at}: ${words}`
      : `${at}, element ${element}.${component}: ${value === "" ? "" : `"${value}": `}${words}`;
  });
  return {
    type,
    control: reference,
    problems: [...(error === null ? [] : [edifact.errorWords[error] ?? error]), ...places],
    message: edifact.isGood(message) ? readEdifact(type, parts, reading) : null,
  };
}

function readEdifact(
  type: string,
  parts: edifact.EdifactMessage["parts"],
  { zone, currency, codes }: Reading,
): OpenedSet["message"] {
  switch (type) {
    case "IFTMIN":
      return as(readIftmin(parts, zone), (tender) => ({ kind: "tender", tender }));
    case "IFTSTA":
      return as(readIftsta(parts, zone, codesWith(edifactCodes, codes)), (statuses) => ({
        kind: "statuses",
        statuses,
      }));
    case "INVOIC":
      return as(readInvoic(parts, zone, currency), (invoice) => ({ kind: "invoice", invoice }));
    default:
      return ok({ kind: "acknowledgement", acknowledgement: readContrl(parts) });
  }
}

const as = <Value>(
  read: Result<Value, MessageRefusal>,
  message: (value: Value) => Message,
): Result<Message, MessageRefusal> => (read.ok ? ok(message(read.value)) : read);
