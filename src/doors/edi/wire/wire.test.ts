import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import fc from "fast-check";
import { seeded } from "../../../kernel/rng.ts";
import { openEnvelope as openEdifact } from "../edifact/envelope.ts";
import { Generator } from "../testing/generate.ts";
import { openEnvelope as openX12 } from "../x12/envelope.ts";
import { bounds, writeFile, writeInterchange, type EdiFile } from "./interchange.ts";
import { fromJson, printJson, toJson } from "./json.ts";
import { readFile } from "./read.ts";

const fixtures = join(import.meta.dirname, "../fixtures");

function read(bytes: Uint8Array): EdiFile {
  const file = readFile(bytes);
  assert.ok(file.ok, JSON.stringify(file));
  return file.value;
}

/** Bytes to model to JSON as people see it, and all the way back. */
function throughJson(bytes: Uint8Array): Uint8Array {
  const made = fromJson(JSON.parse(printJson(toJson(read(bytes)))));
  assert.ok(made.ok, JSON.stringify(made));
  return writeFile(made.value);
}

test("W1 the hand-made interchanges come back byte for byte", () => {
  const files = readdirSync(fixtures).filter((name) => name.endsWith(".edi"));
  assert.ok(files.length >= 5);
  for (const name of files) {
    const bytes = readFileSync(join(fixtures, name));
    assert.deepEqual(Buffer.from(throughJson(bytes)), bytes, name);
  }
});

for (const [syntax, write] of [
  ["X12", (generator: Generator) => generator.x12()],
  ["EDIFACT", (generator: Generator) => generator.edifact()],
] as const)
  test(`W1 200 generated interchanges of ${syntax} come back byte for byte, with nothing wrong in them`, () => {
    const generator = new Generator(seeded(`edi ${syntax}`));
    for (let count = 0; count < 200; count++) {
      const bytes = Buffer.from(writeInterchange(write(generator)));
      assert.deepEqual(Buffer.from(throughJson(bytes)), bytes);
      const [interchange] = read(bytes).interchanges;
      if (interchange!.syntax === "x12") {
        const { note, groups } = openX12(interchange!);
        assert.equal(note, "000");
        assert.deepEqual(
          groups.flatMap(({ errors, sets }) => [...errors, ...sets.flatMap((set) => [...set.errors, ...set.findings])]),
          [],
        );
      } else {
        const { error, messages } = openEdifact(interchange!);
        assert.equal(error, null);
        assert.deepEqual(messages.flatMap((one) => [one.error ?? [], ...one.findings]).flat(), []);
      }
    }
  });

/** Bytes that begin like an interchange and then go astray, and bytes that are anything. */
const astray = fc
  .tuple(
    fc.constantFrom(
      ...["204", "210"].map((name) => readFileSync(join(fixtures, `${name}.edi`), "latin1")),
      "UNB+UNOC:3+A+B+261121:0930+7'UNH+1+IFTMIN:D:01B:UN'BGM+610+L?'1+9'UNT+3+1'UNZ+1+7'",
    ),
    fc.array(
      fc.tuple(fc.nat(2000), fc.constantFrom("", "~", "*", "'", "+", "?", "\n", "ST", "IEA", "UNZ", "é", "\0")),
      { maxLength: 8 },
    ),
  )
  .map(([text, cuts]) =>
    cuts.reduce(
      (whole, [at, what]) => whole.slice(0, at % whole.length) + what + whole.slice((at % whole.length) + 1) || "x",
      text,
    ),
  )
  .map((text) => new Uint8Array(Buffer.from(text, "latin1")));

test("W2 any bytes are read, and come back as they were, or are refused with a place; nothing crashes", () => {
  fc.assert(
    fc.property(fc.oneof(astray, fc.uint8Array({ maxLength: 400 })), (bytes) => {
      const file = readFile(bytes);
      if (!file.ok) return assert.ok(file.refusal.at >= 0 && file.refusal.at <= bytes.length);
      assert.deepEqual(Buffer.from(writeFile(file.value)), Buffer.from(bytes));
      for (const interchange of file.value.interchanges)
        if (interchange.syntax === "x12") openX12(interchange);
        else openEdifact(interchange);
      const made = fromJson(JSON.parse(JSON.stringify(toJson(file.value))));
      assert.ok(made.ok, JSON.stringify(made));
      assert.deepEqual(Buffer.from(writeFile(made.value)), Buffer.from(bytes));
    }),
  );
});

test("W2 a file that is none, and a header that does not say how it is parted, are refused at the character", () => {
  const refusal = (text: string) => {
    const file = readFile(Buffer.from(text));
    return file.ok ? null : [file.refusal.code, file.refusal.at];
  };
  const isa = readFileSync(join(fixtures, "990.edi"), "latin1");
  assert.deepEqual(refusal(" \nDear Sir"), ["EDI_NOT_EDI", 2]);
  assert.deepEqual(refusal(""), ["EDI_NOT_EDI", 0]);
  assert.deepEqual(refusal(isa.replace("*ZZ*", "*Z*")), ["EDI_HEADER_BROKEN", 34]);
  assert.deepEqual(refusal(isa.slice(0, 50)), ["EDI_HEADER_BROKEN", 50]);
  assert.deepEqual(refusal(isa.replace(">~", "*~")), ["EDI_HEADER_BROKEN", 3]);
  assert.deepEqual(refusal("UNA:+.? '\nUNH+1'"), ["EDI_HEADER_BROKEN", 10]);
  assert.deepEqual(refusal("UNA++.? 'UNB+1'"), ["EDI_HEADER_BROKEN", 3]);
});

test("W3 what is too large is refused before it is understood", () => {
  const isa = readFileSync(join(fixtures, "990.edi"), "latin1").slice(0, 106);
  const refusal = (text: string) => {
    const file = readFile(Buffer.from(text));
    return file.ok ? null : file.refusal;
  };
  assert.equal(refusal(isa + "A~".repeat(bounds.segments))?.code, "EDI_TOO_LARGE");
  assert.equal(refusal(`${isa}${"*".repeat(bounds.elements + 1)}~`)?.code, "EDI_TOO_LARGE");
  assert.equal(refusal(`${isa}${"A".repeat(bounds.segmentLength + 2)}~`)?.code, "EDI_TOO_LARGE");
  assert.equal(readFile(new Uint8Array(bounds.bytes + 1)).ok, false);
});

test("W4 JSON that would come back as something else is refused with its pointer", () => {
  const json = toJson(read(readFileSync(join(fixtures, "990.edi"))));
  const torn = structuredClone(json);
  torn.interchanges[0]!.segments[3]![2] = "LOAD*1001";
  const refused = fromJson(torn);
  assert.ok(!refused.ok);
  assert.deepEqual([refused.refusal.code, refused.refusal.at], ["EDI_JSON_WRONG", "/interchanges/0/segments/3/2"]);
  const alike = structuredClone(json);
  alike.interchanges[0]!.separators.component = "*";
  assert.ok(!fromJson(alike).ok);
  assert.ok(!fromJson({ interchanges: [] }).ok);
  assert.ok(!fromJson(null).ok);
});

test("W5 several interchanges stand in one file; rubbish after the last one spoils nothing", () => {
  const [one, two] = ["990", "214"].map((name) => readFileSync(join(fixtures, `${name}.edi`)));
  const both = Buffer.concat([one!, two!]);
  assert.equal(read(both).interchanges.length, 2);
  const rubbish = Buffer.concat([both, Buffer.from("garbage")]);
  const file = read(rubbish);
  assert.deepEqual(Buffer.from(writeFile(file)), rubbish);
  assert.equal(openX12(file.interchanges[1]!).note, "022");
  assert.equal(openX12(file.interchanges[0]!).note, "000");
});
