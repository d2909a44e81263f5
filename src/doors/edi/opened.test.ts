import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { seeded } from "../../kernel/rng.ts";
import { instant } from "../../kernel/quantity.ts";
import { edifactCodes, x12Codes } from "./codes.ts";
import { compose as composeEdifact, edifactSeparators } from "./edifact/compose.ts";
import { writeIftmin } from "./edifact/iftmin.ts";
import { writeIftsta } from "./edifact/iftsta.ts";
import { writeInvoic } from "./edifact/invoic.ts";
import type { Message } from "./messages.ts";
import { openInterchange, type Body, type Objection, type Opened } from "./opened.ts";
import { Generator } from "./testing/generate.ts";
import { writeInterchange, type Interchange } from "./wire/interchange.ts";
import type { Line } from "./wire/line.ts";
import { readFile } from "./wire/read.ts";
import { writeAnswer } from "./x12/answer-990.ts";
import { compose as composeX12, x12Separators } from "./x12/compose.ts";
import { writeInvoice } from "./x12/invoice-210.ts";
import { writeStatus } from "./x12/status-214.ts";
import { writeTender } from "./x12/tender-204.ts";

const reading = { zone: "UTC", currency: "USD", now: instant(Date.UTC(2026, 10, 21, 9, 30)) };
const line: Line = {
  us: { qualifier: "02", id: "SCAC" },
  them: { qualifier: "ZZ", id: "SHIPPER" },
  ...{ isTest: true, separators: x12Separators, after: "\n", zone: "UTC" },
};
const lineEdifact: Line = { ...line, separators: edifactSeparators };

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, "fixtures", `${name}.edi`), "latin1");

function open(text: string): Opened {
  const file = readFile(Buffer.from(text));
  assert.ok(file.ok, JSON.stringify(file));
  return openInterchange(file.value.interchanges[0]!, reading);
}

/** The segments of what we answer, in one line each. */
function answer(opened: Opened, bodies: readonly Body[] = [], objection: Objection | null = null): readonly string[] {
  const reply = opened.reply(opened.syntax === "x12" ? line : lineEdifact, 7, reading.now, bodies, objection);
  return reply === null ? [] : reply.segments.map((segment) => segment.join(reply.separators.element));
}

const says = (interchange: Interchange): readonly Message[] => {
  const opened = open(writeInterchange(interchange));
  assert.deepEqual([opened.problems, opened.sets.map(({ problems }) => problems)], [[], opened.sets.map(() => [])]);
  return opened.sets.map(({ message }) => {
    assert.ok(message?.ok, JSON.stringify(message));
    return message.value;
  });
};

test("X1 a good interchange is acknowledged set by set, and needs no TA1", () => {
  assert.deepEqual(answer(open(fixture("204"))).slice(2, -2), [
    "ST*997*0001",
    "AK1*SM*101",
    "AK2*204*0001",
    "AK5*A",
    "AK9*A*1*1*1",
    "SE*6*0001",
  ]);
  const asked = fixture("204").replace("*0*T*>", "*1*T*>");
  assert.equal(answer(open(asked))[1], "TA1*000000100*261121*0930*A*000");
});

test("X2 what is broken is named by segment and element, in the 997 and in words", () => {
  const opened = open(fixture("204").replace("G62*37*20261121", "G62*37*20261321").replace("S5*2*CU", "S5**CU"));
  assert.deepEqual(opened.sets[0]!.problems, [
    'segment 10 (G62), element 2: "20261321" is no date (CCYYMMDD)',
    "segment 15 (S5), element 1: it is missing",
  ]);
  const said = answer(opened);
  assert.deepEqual(said.slice(3, -3), [
    "AK1*SM*101",
    "AK2*204*0001",
    "AK3*G62*8**8",
    "AK4*2*373*8*20261321",
    "AK3*S5*13**8",
    "AK4*1*165*1",
    "AK5*R*5",
    "AK9*R*1*1*0",
  ]);
  assert.equal(opened.sets[0]!.message, null, "nothing of a broken set is acted upon");
});

test("X3 the good sets of a broken interchange go through", () => {
  const generator = new Generator(seeded("good and bad"));
  const [good, bad] = [generator.answer(), generator.answer()];
  const text = writeInterchange(composeX12(line, 5, reading.now, [writeAnswer(good, "UTC"), writeAnswer(bad, "UTC")]));
  const [, second] = [...text.matchAll(/B1\*SCAC\*/g)];
  const broken = `${text.slice(0, second!.index)}B1*SCAC-TOO-LONG*${text.slice(second!.index + "B1*SCAC*".length)}`;
  const opened = open(broken.replace(/IEA\*.*/s, ""));
  assert.deepEqual(opened.problems.length, 1);
  assert.match(opened.problems[0]!, /the interchange ends before IEA/);
  assert.deepEqual(
    opened.sets.map(({ message }) => message?.ok ?? false),
    [true, false],
  );
  const said = answer(opened);
  assert.equal(said[1]!.split("*").slice(4).join("*"), "E*023");
  assert.ok(said.includes("AK9*P*2*2*1"), said.join("\n"));
});

test("X3 a well-formed set that says nothing we could do is told with its place", () => {
  const cases = [
    ["204", "*CL*", "*ZZ*", "S5", 2],
    ["204", "B2A*00", "B2A*77", "B2A", 1],
    ["204", "B2**SCAC**LOAD1001", "B2**SCAC**", "B2", 4],
    ["990", "*20261121*A", "*20261121*Q", "B1", 4],
    ["214", "AT7*X3*NS***20261121*1305*LT~\n", "", "AT7", null],
  ] as const;
  for (const [name, from, to, tag, element] of cases) {
    const text = fixture(name).replace(from, to);
    const count = text.split("~").findIndex((one) => one.trim().startsWith("SE*")) - 1;
    const [set] = open(text.replace(/SE\*\d+/, `SE*${count}`)).sets;
    assert.ok(set?.message?.ok === false, JSON.stringify(set));
    const { code, tag: at, element: which } = set.message.refusal;
    assert.deepEqual([code, at, which], ["EDI_SET_UNUSABLE", tag, element]);
  }
});

test("X4 each level's own mistake has its own code", () => {
  const cases: readonly (readonly [from: string, to: string, expected: string])[] = [
    ["SE*20*0001", "SE*21*0001", "AK5*R*4"],
    ["SE*20*0001", "SE*20*0002", "AK5*R*3"],
    ["SE*20*0001~\n", "", "AK5*R*2"],
    ["ST*204*", "ST*214*", "AK5*R*6*5"],
    ["ST*204*", "ST*850*", "AK5*R*1"],
    ["B2A*00*LT~\n", "", "AK3*B2A*19**3"],
    ["GE*1*101", "GE*1*999", "AK9*E*1*1*1*4"],
    ["GE*1*101", "GE*7*101", "AK9*E*7*1*1*5"],
    ["GE*1*101~\n", "", "AK9*E*1*1*1*3"],
    ["IEA*1*000000100", "IEA*1*000000999", "TA1*000000100*261121*0930*E*001"],
    ["IEA*1*", "IEA*4*", "TA1*000000100*261121*0930*E*021"],
    ["GE*1*101~", "GE*1*101~\nXX*1~", "TA1*000000100*261121*0930*E*022"],
  ];
  for (const [from, to, expected] of cases) {
    const said = answer(open(fixture("204").replace(from, to)));
    assert.ok(said.includes(expected), `${from} → ${to}: ${said.join(" ")}`);
  }
});

test("X5 an acknowledgement is not acknowledged", () => {
  assert.deepEqual(answer(open(fixture("997"))), []);
  const [first] = open(fixture("997")).sets;
  assert.ok(first?.message?.ok);
  assert.deepEqual(first.message.value, {
    kind: "acknowledgement",
    acknowledgement: { control: "101", isTaken: true, refused: [] },
  });
});

test("X6 what an objection says stands in TA1, and nothing is acknowledged", () => {
  assert.deepEqual(answer(open(fixture("204")), [], "duplicate").slice(1, -1), ["TA1*000000100*261121*0930*R*025"]);
  assert.equal(answer(open(fixture("204")), [], "stranger")[1], "TA1*000000100*261121*0930*E*006");
});

test("M1 what is written in X12 is read back as it was meant", () => {
  const generator = new Generator(seeded("meaning"));
  for (let count = 0; count < 50; count++) {
    const [tender, reply, status, invoice] = [
      generator.tender(),
      generator.answer(),
      generator.status(x12Codes),
      generator.invoice(),
    ];
    const bodies = [
      writeTender(tender, "UTC"),
      writeAnswer(reply, "UTC"),
      writeStatus(status, "UTC"),
      writeInvoice(invoice, "UTC"),
    ];
    const read = says(composeX12(line, 1, reading.now, bodies));
    assert.deepEqual(read, [
      { kind: "tender", tender },
      { kind: "answer", answer: reply },
      { kind: "statuses", statuses: [{ ...status, word: x12Codes.read[status.code] }] },
      { kind: "invoice", invoice },
    ]);
  }
});

test("M1 what is written in EDIFACT is read back as it was meant", () => {
  const generator = new Generator(seeded("meaning"));
  for (let count = 0; count < 50; count++) {
    const [tender, status, invoice] = [generator.tender(), generator.status(edifactCodes), generator.invoice()];
    const bodies = [writeIftmin(tender, "UTC"), writeIftsta(status, "UTC"), writeInvoic(invoice, "UTC")];
    assert.deepEqual(says(composeEdifact(lineEdifact, 1, reading.now, bodies)), [
      { kind: "tender", tender },
      { kind: "statuses", statuses: [{ ...status, word: edifactCodes.read[status.code] }] },
      { kind: "invoice", invoice },
    ]);
  }
});

const iftmin = `UNA:+.? '
UNB+UNOC:3+SHIPPER:14+CARRIER:ZZZ+261121:0930+77++++1'
UNH+1+IFTMIN:D:01B:UN'
BGM+610+LOAD?+1001+9'
NAD+SF+++O?'Brien?: Bread+Harbour Street 1'
NAD+ST+++Ada+Mill Lane 7'
DTM+64:202611211000:203'
UNT+6+1'
UNZ+1+77'
`;

test("F1 EDIFACT: a release character keeps what it stands before; CONTRL says what was taken", () => {
  const opened = open(iftmin);
  const message = opened.sets[0]!.message;
  assert.ok(message?.ok && message.value.kind === "tender");
  assert.equal(message.value.tender.load, "LOAD+1001");
  assert.equal(message.value.tender.stops[0]!.party.name, "O'Brien: Bread");
  assert.deepEqual(answer(opened).slice(1, -1), [
    "UNH+1+CONTRL:D:3:UN",
    "UCI+77+SHIPPER:14+CARRIER:ZZZ+7",
    "UCM+1+IFTMIN:D:01B:UN+7",
    "UNT+4+1",
  ]);
});

test("F2 EDIFACT: what is broken is named by segment, element and component", () => {
  const opened = open(iftmin.replace("DTM+64:202611211000", "DTM+64:202611312500"));
  assert.deepEqual(opened.sets[0]!.problems, [
    'segment 6 (DTM), element 1.2: "202611312500": the value is not what it has to be',
  ]);
  assert.deepEqual(answer(opened).slice(2, -2), [
    "UCI+77+SHIPPER:14+CARRIER:ZZZ+4",
    "UCM+1+IFTMIN:D:01B:UN+4",
    "UCS+5",
    "UCD+12+1:2",
  ]);
  for (const [from, to, code] of [
    ["UNT+6+1", "UNT+9+1", "29"],
    ["UNT+6+1", "UNT+6+2", "28"],
    ["UNT+6+1'\n", "", "18"],
    ["IFTMIN:", "ORDERS:", "14"],
  ] as const)
    assert.match(answer(open(iftmin.replace(from, to))).join("\n"), new RegExp(`UCM.*\\+4\\+${code}`));
  assert.match(answer(open(iftmin.replace("UNZ+1+77", "UNZ+1+78"))).join("\n"), /UCI.*\+7\+28/);
});
