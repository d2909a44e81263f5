import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { readMappings } from "./mappings.ts";
import { StartRefused } from "./settings.ts";

const folder = mkdtempSync(join(tmpdir(), "milepool-mappings-"));
after(() => rmSync(folder, { recursive: true }));
const file = (content: string): { readonly mappings: string } => {
  const path = join(folder, "mappings.json");
  writeFileSync(path, content);
  return { mappings: path };
};
const good = { participant: "participant_0000000000jxw7d9mmnn7vb279", fields: { "/reference": { from: "/id" } } };

test("a file of mappings is read whole, or refused with the place of its mistake", () => {
  assert.equal(readMappings({ mappings: null }).size, 0);
  assert.deepEqual(readMappings(file(JSON.stringify({ shop: good }))).get("shop"), good);
  for (const [content, why] of [
    ["{", /not JSON/],
    ["[]", /no object/],
    [JSON.stringify({ "Not A Name": good }), /no name/],
    [JSON.stringify({ shop: { ...good, fields: { "/a": { from: "no pointer" } } } }), /\/shop\/fields/],
  ] as const)
    assert.throws(
      () => readMappings(file(content)),
      (error) => error instanceof StartRefused && why.test(error.message),
      content,
    );
  assert.throws(() => readMappings({ mappings: join(folder, "missing.json") }), /cannot be read/);
});
