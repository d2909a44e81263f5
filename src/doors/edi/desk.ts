import { createHash } from "node:crypto";
import type { Scope } from "../../domain/index.ts";
import type { OrderId } from "../../kernel/id.ts";
import { ok, type Result } from "../../kernel/result.ts";
import { hearAnswer, hearInvoice, hearStatus, type CarrierParts, type Taken } from "./carriers.ts";
import { writeIftsta } from "./edifact/iftsta.ts";
import { codesWith, edifactCodes } from "./codes.ts";
import type { Message, Tender } from "./messages.ts";
import { openInterchange, type Body, type Objection, type Opened, type OpenedSet } from "./opened.ts";
import type { Partner } from "./partners.ts";
import { answerTender, scopeOf, type SetKey, type TenderParts, type Verdict } from "./tenders.ts";
import { writeFile, type Interchange, type WireRefusal } from "./wire/interchange.ts";
import type { Address } from "./wire/line.ts";
import { readFile } from "./wire/read.ts";
import { writeAnswer } from "./x12/answer-990.ts";

/** What the desk works with. */
export interface DeskParts extends TenderParts, CarrierParts {
  readonly network: TenderParts["network"] & CarrierParts["network"];
  readonly partners: readonly Partner[];
  /** A control number of ours that was never used towards the partner: 1 to 999,999,999. */
  readonly nextControl: (partner: Partner) => Promise<number>;
}

/** What became of one set. */
export interface SetOutcome {
  readonly type: string;
  readonly control: string;
  readonly taken: boolean;
  /** What is wrong, or what came of it: sentences. */
  readonly words: readonly string[];
  readonly orders: readonly OrderId[];
}

/** What became of one interchange. */
export interface InterchangeOutcome {
  readonly partner: string | null;
  readonly control: string;
  readonly problems: readonly string[];
  readonly sets: readonly SetOutcome[];
}

export interface FileOutcome {
  readonly interchanges: readonly InterchangeOutcome[];
  /** What is answered, in one file; null where nothing is. */
  readonly reply: Uint8Array | null;
}

/** D1: takes a file of interchanges from `scope`; `network` may bring anybody's. What is wrong with one spoils no other. */
export async function receive(
  parts: DeskParts,
  scope: Scope,
  bytes: Uint8Array,
): Promise<Result<FileOutcome, WireRefusal>> {
  const file = readFile(bytes);
  if (!file.ok) return file;
  const outcomes: InterchangeOutcome[] = [];
  const replies: Interchange[] = [];
  for (const interchange of file.value.interchanges) {
    const { outcome, reply } = await receiveOne(parts, scope, interchange);
    outcomes.push(outcome);
    if (reply) replies.push(reply);
  }
  const reply = replies.length === 0 ? null : writeFile({ encoding: "utf-8", interchanges: replies });
  return ok({ interchanges: outcomes, reply });
}

interface Received {
  readonly outcome: InterchangeOutcome;
  readonly reply: Interchange | null;
}

async function receiveOne(parts: DeskParts, scope: Scope, interchange: Interchange): Promise<Received> {
  const now = parts.network.clock.now();
  const stranger = openInterchange(interchange, { zone: "UTC", currency: "USD", now });
  const partner = parts.partners.find(
    (one) => isFrom(one, stranger) && (scope.viewer === "network" || scope.viewer === one.participant),
  );
  if (!partner) return { outcome: strangerOutcome(stranger), reply: null };
  const { zone } = partner.line;
  const opened = openInterchange(interchange, { zone, currency: partner.currency, now, codes: partner.codes });
  const keyed = opened.sets.map((set, index) => ({ set, key: keyOf(partner, opened, set, index) }));
  const objection = await objectionTo(parts, partner, keyed);
  const answered = objection === null ? await answerAll(parts, partner, keyed) : [];
  const bodies = answered.flatMap(({ body }) => body ?? []);
  const control = await parts.nextControl(partner);
  return {
    outcome: {
      ...{ partner: partner.id, control: opened.control },
      problems:
        objection === null
          ? opened.problems
          : [...opened.problems, "its control number came before, with other content"],
      sets: answered.map(({ outcome }) => outcome),
    },
    reply: opened.reply(partner.line, control, now, bodies, objection),
  };
}

/** D2: an interchange is somebody's whose addresses are agreed; a test interchange is none of a partner that sends in earnest, nor the other way round. */
const isFrom = ({ syntax, line: { us, them, isTest } }: Partner, opened: Opened): boolean =>
  syntax === opened.syntax && isTest === opened.isTest && same(them, opened.sender) && same(us, opened.receiver);
const same = (a: Address, b: Address): boolean => a.id === b.id && a.qualifier === b.qualifier;

function strangerOutcome({ control, sender, receiver }: Opened): InterchangeOutcome {
  const words = `nobody here exchanges interchanges from ${sender.qualifier} ${sender.id} to ${receiver.qualifier} ${receiver.id}`;
  return { partner: null, control, problems: [words], sets: [] };
}

interface Keyed {
  readonly set: OpenedSet;
  readonly key: SetKey;
}

/** D3: a set is known by its control numbers; that it is the same one, by what it says. */
function keyOf(partner: Partner, { control }: Opened, set: OpenedSet, index: number): SetKey {
  const requestHash = createHash("sha256")
    .update(JSON.stringify([set.type, set.message]))
    .digest("hex");
  return { key: `edi:${partner.id}:${control}:${index + 1}:${set.control}`, requestHash };
}

/** D4: the control numbers of a tender that was taken, with another tender under them: the sender has counted wrong, and is told so. */
async function objectionTo(
  { network }: DeskParts,
  { participant }: Partner,
  keyed: readonly Keyed[],
): Promise<Objection | null> {
  for (const { set, key } of keyed) {
    if (set.message?.ok !== true || set.message.value.kind !== "tender") continue;
    const kept = await network.reads.answer(participant, key.key);
    if (kept && kept.requestHash !== key.requestHash) return "duplicate";
  }
  return null;
}

interface Answered {
  readonly outcome: SetOutcome;
  readonly body: Body | null;
}

/** One after the other: a cancellation after its tender finds it. */
async function answerAll(parts: DeskParts, partner: Partner, keyed: readonly Keyed[]): Promise<readonly Answered[]> {
  const answered: Answered[] = [];
  for (const { set, key } of keyed) answered.push(await answerSet(parts, partner, set, key));
  return answered;
}

async function answerSet(parts: DeskParts, partner: Partner, set: OpenedSet, key: SetKey): Promise<Answered> {
  const { type, control, message } = set;
  const outcome = (taken: boolean, words: readonly string[], orders: readonly OrderId[] = []): SetOutcome => ({
    type,
    control,
    taken,
    words,
    orders,
  });
  if (message === null) return { outcome: outcome(false, set.problems), body: null };
  if (!message.ok) {
    const { tag, segment, element, why } = message.refusal;
    return {
      outcome: outcome(false, [
        `segment ${segment} of the set (${tag})${element === null ? "" : `, element ${element}`}: ${why}`,
      ]),
      body: null,
    };
  }
  if (message.value.kind === "tender") {
    const { tender } = message.value;
    if (partner.role !== "shipper")
      return { outcome: outcome(false, ["this partner carries, and tenders nothing"]), body: null };
    const verdict = await answerTender(parts, partner, tender, key);
    return {
      outcome: outcome(verdict.accepted, verdict.reason ? [verdict.reason] : [], verdict.orders),
      body: verdictBody(parts, partner, tender, verdict),
    };
  }
  const heard = await hear(parts, partner, message.value);
  return {
    outcome: outcome(
      heard.every(({ taken }) => taken),
      heard.map(({ words }) => words),
    ),
    body: null,
  };
}

async function hear(
  parts: DeskParts,
  partner: Partner,
  message: Exclude<Message, { kind: "tender" }>,
): Promise<readonly Taken[]> {
  if (message.kind === "acknowledgement") {
    const { control, isTaken, refused } = message.acknowledgement;
    const all = isTaken && refused.length === 0;
    return [
      {
        taken: all,
        words: `${control} of ours ${all ? "was taken" : `was refused: ${refused.join("; ") || "as a whole"}`}`,
      },
    ];
  }
  if (partner.role !== "carrier") return [{ taken: false, words: "this partner ships, and carries nothing of ours" }];
  const scope = scopeOf(partner);
  if (message.kind === "answer") return [await hearAnswer(parts, scope, message.answer)];
  if (message.kind === "invoice") return [await hearInvoice(parts, scope, message.invoice)];
  const heard: Taken[] = [];
  for (const status of message.statuses) heard.push(await hearStatus(parts, scope, status));
  return heard;
}

/** A business answer is a 990; EDIFACT has no counterpart, and a status says it: accepted, or cancelled with the reason in words. */
function verdictBody({ network }: DeskParts, partner: Partner, { load }: Tender, { accepted, reason }: Verdict): Body {
  const at = network.clock.now();
  const { scac, line } = partner;
  if (partner.syntax === "x12") return writeAnswer({ load, scac, accepted, at, pro: null, reason }, line.zone);
  const code = codesWith(edifactCodes, partner.codes).write[accepted ? "accepted" : "cancelled"] ?? "";
  const word = accepted ? "accepted" : "cancelled";
  return writeIftsta(
    { load, pro: "", scac, reference: null, word, code, reason: "", at, point: null },
    line.zone,
    reason,
  );
}
