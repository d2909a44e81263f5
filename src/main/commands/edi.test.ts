import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";

const fixtures = join(import.meta.dirname, "../../doors/edi/fixtures");
const cli = join(import.meta.dirname, "../cli.ts");

const milepool = (
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: Buffer; readonly err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { encoding: "buffer" }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), out: stdout, err: stderr.toString() }),
    );
  });

test("edi parse and edi make give back the file, and parse says what is in it and what is wrong", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "milepool-edi-"));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(fixtures, "204.edi");
  const parsed = await milepool("edi", "parse", file, "--zone", "America/New_York");
  assert.equal(parsed.code, 0, parsed.err);
  assert.match(parsed.out.toString(), /"respondBy": "2026-11-21T17:00:00.000Z"/);
  await writeFile(join(folder, "tender.json"), parsed.out);
  const made = await milepool("edi", "make", join(folder, "tender.json"));
  assert.equal(made.code, 0, made.err);
  assert.deepEqual(made.out, await readFile(file));

  const broken = join(folder, "broken.edi");
  await writeFile(broken, (await readFile(file, "latin1")).replace("20261121*1*1200", "20261121*1*2500"));
  const told = await milepool("edi", "parse", broken);
  assert.equal(told.code, 1);
  assert.match(told.out.toString(), /segment 7 \(G62\), element 4: ..2500.. is no time/);
  await writeFile(broken, "nothing of the kind");
  const refused = await milepool("edi", "parse", broken);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /Character 1: no ISA, UNA or UNB begins here/);
});
