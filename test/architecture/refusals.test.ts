import assert from "node:assert/strict";
import { test } from "node:test";
import { SETTLED } from "./settled.ts";
import { filesBelow, isTest, read } from "./source-files.ts";

/**
 * The convention: a refusal is a type whose `code` is a string literal in capitals, or a union of them, written out
 * (`readonly code: "LEG_NOT_FOUND"`), named (`readonly code: Why`, `type WebhookCode = ...`) or passed
 * (`Refusal<"LEG_NOT_FOUND">`), in the folders below: an adapter's own conflicts and outages are no refusals.
 */
const FOLDERS = ["src/domain", "src/roads", "src/optimizer", "src/commons", "src/journey", "src/doors"];

const CODES = String.raw`\|?\s*("[A-Z][A-Z0-9_]+"(?:\s*\|\s*"[A-Z][A-Z0-9_]+")*)`;

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");

const literals = (union: string): string[] => Array.from(union.matchAll(/"([A-Z0-9_]+)"/g), (match) => match[1]!);

/** Every code that the types in `text` name. `aliases` are the named unions of all files. */
const codesIn = (text: string, aliases: ReadonlyMap<string, readonly string[]>): string[] => [
  ...Array.from(text.matchAll(new RegExp(String.raw`\bcode\??:\s*${CODES}`, "g")), (match) =>
    literals(match[1]!),
  ).flat(),
  ...Array.from(text.matchAll(new RegExp(String.raw`\bRefusal<\s*${CODES}`, "g")), (match) =>
    literals(match[1]!),
  ).flat(),
  ...aliasesIn(text).flatMap(([name, codes]) => (name.endsWith("Code") ? codes : [])),
  ...Array.from(text.matchAll(/\bcode\??:\s*([A-Z][A-Za-z]+)\b/g), (match) => aliases.get(match[1]!) ?? []).flat(),
];

const aliasesIn = (text: string): [string, string[]][] =>
  Array.from(text.matchAll(new RegExp(String.raw`\btype\s+(\w+)\s*=\s*${CODES}`, "g")), (match) => [
    match[1]!,
    literals(match[2]!),
  ]);

const sources = FOLDERS.flatMap(filesBelow).filter((path) => path.endsWith(".ts") && !isTest(path));
const texts = new Map(sources.map((path) => [path, withoutComments(read(path))]));
const aliases = new Map([...texts.values()].flatMap(aliasesIn));

/** Code to the first file that names it. */
const inCode = new Map(
  [...texts].toReversed().flatMap(([path, text]) => codesIn(text, aliases).map((code) => [code, path])),
);

/** Code to its entry in docs/refusals.md: what stands below its heading. */
const inDoc = new Map(
  read("docs/refusals.md")
    .split(/^### /m)
    .slice(1)
    .map((entry) => [
      /^`?([A-Z0-9_]+)`?/.exec(entry)?.[1] ?? entry.slice(0, 40),
      entry.replace(/^.*\n/, "").split(/^#/m)[0]!.trim(),
    ]),
);

test("the convention finds codes written out, named, passed and in a union over lines", () => {
  const named = new Map(aliasesIn('type Why = "A_ONE" | "A_TWO";'));
  const text = `
    interface X { readonly code: "B_ONE"; } type Y = { code:
      | "C_ONE" | "C_TWO"
      | "C_THREE" };
    refuse({ code: "D_ONE", at }); interface Z { readonly code: Why } type DoorCode = | "F_ONE"; const r: Refusal<"E_ONE" | "E_TWO">; const no = { code: "lower" };`;
  const expected = ["A_ONE", "A_TWO", "B_ONE", "C_ONE", "C_THREE", "C_TWO", "D_ONE", "E_ONE", "E_TWO", "F_ONE"];
  assert.deepEqual(codesIn(text, named).toSorted(), expected);
});

test("every refusal code is explained in docs/refusals.md", () => {
  const missing = [...inCode].filter(([code]) => !inDoc.has(code)).map(([code, path]) => `${code} (${path})`);
  assert.deepEqual(missing.toSorted(), []);
});

test("docs/refusals.md explains no code that the source does not know", () => {
  assert.deepEqual([...inDoc.keys()].filter((code) => !inCode.has(code)).toSorted(), []);
});

test("every explanation says what happened and how to mend it", () => {
  const incomplete = [...inDoc]
    .filter(([, entry]) => !/^\S[\s\S]{10,}\n+Mend: \S.{10,}/.test(entry))
    .map(([code]) => code);
  assert.deepEqual(incomplete, []);
});

/** What a test expects stands in it, or in the golden tables that it reads: `fixtures/*.txt` beside it, a case a line. */
const expects = (path: string): boolean => isTest(path) || /\/fixtures\/[^/]+[.]txt$/.test(path);

test("every refusal code is provoked by a test", { skip: !SETTLED && "modules are still being wired" }, () => {
  const tests = ["src", "simulators", "test"]
    .flatMap(filesBelow)
    .filter((path) => expects(path) && !path.includes("architecture/"));
  const said = tests.map(read).join("\n");
  assert.deepEqual([...inCode.keys()].filter((code) => !said.includes(code)).toSorted(), []);
});
