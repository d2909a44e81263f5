import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readSettings, StartRefused } from "./settings.ts";

const home = mkdtempSync(join(tmpdir(), "milepool-settings-"));
after(() => rmSync(home, { recursive: true }));
const read = (env: Record<string, string>) => readSettings({ MILEPOOL_HOME: home, ...env });

test("an address that is none is refused in one sentence, which names the setting and repeats no password", () => {
  for (const [name, value] of [
    ["MILEPOOL_PUBLIC_URL", "milepool.example"],
    ["MILEPOOL_PUBLIC_URL", "ftp://milepool.example"],
    ["DATABASE_URL", "secret@db"],
    ["DATABASE_URL", "mysql://user:secret@db/milepool"],
    ["DATABASE_URL", "postgres://user:secret@[db/milepool"],
  ] as const)
    assert.throws(
      () => read({ [name]: value }),
      (error) => error instanceof StartRefused && error.message.startsWith(name) && !error.message.includes("secret"),
      value,
    );
});

test("an address is taken as it was given, and one left empty as one left out", () => {
  const { publicUrl, databaseUrl } = read({
    MILEPOOL_PUBLIC_URL: "https://milepool.example/",
    DATABASE_URL: "postgresql://milepool@/milepool?host=/run/postgresql",
  });
  assert.deepEqual(
    [publicUrl, databaseUrl],
    ["https://milepool.example", "postgresql://milepool@/milepool?host=/run/postgresql"],
  );
  const usual = read({ PORT: "9000", MILEPOOL_PUBLIC_URL: "", DATABASE_URL: "" });
  assert.deepEqual([usual.publicUrl, usual.databaseUrl], ["http://localhost:9000", null]);
});

test("a home is made with its parents; one that cannot be made is refused at once, in words", () => {
  const file = join(home, "a file");
  writeFileSync(file, "");
  const refusal = (path: string, why: RegExp) =>
    assert.throws(
      () => read({ MILEPOOL_HOME: path }),
      (error) => error instanceof StartRefused && why.test(error.message) && !/because E[A-Z]+/.test(error.message),
      path,
    );
  const deep = join(home, "some", "where", "deep");
  assert.equal(read({ MILEPOOL_HOME: deep }).home, deep);
  assert.equal(read({ MILEPOOL_HOME: deep }).home, deep, "and found again");
  refusal(file, /a file stands in its way/);
  refusal(join(file, "home"), /a file stands in its way/);
  if (existsSync("/proc/self")) refusal("/proc/milepool/home", /cannot be made, because/);
});
