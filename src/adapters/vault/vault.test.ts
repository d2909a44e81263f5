import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, chmodSync, copyFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import fc from "fast-check";
import type { Contact, Scope } from "../../domain/index.ts";
import type { ParticipantId, SubjectId } from "../../kernel/id.ts";
import { instant } from "../../kernel/quantity.ts";
import { seeded } from "../../kernel/rng.ts";
import { openMemoryStore } from "../memory/index.ts";
import { cipherWith, openCipher, OpeningBook, openVault, VaultKeyError } from "./index.ts";

const key = new Uint8Array(32).fill(7);
const shipper: ParticipantId = "participant_shipper";
const other: ParticipantId = "participant_other";
const scopeOf = (viewer: ParticipantId): Scope => ({ viewer, by: "test", may: [] });
const subject: SubjectId = "subject_1";
const contact: Contact = {
  name: "Ada",
  phone: null,
  email: null,
  address: "Elm 4",
  notes: "2nd bell",
  point: [9.1, 45.2],
};
const batch = { rows: [], drops: [], recorded: [], waiting: [], handled: [], answers: [] };

const inFolder = (run: (file: string, folder: string) => void): void => {
  const folder = mkdtempSync(join(tmpdir(), "milepool-vault-"));
  try {
    run(join(folder, "home", "vault.key"), folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test("V1 what was sealed opens again, whatever it is, and shows nothing of it", () => {
  const cipher = cipherWith(key);
  fc.assert(
    fc.property(fc.string({ minLength: 4, unit: "grapheme" }), (name) => {
      const record = cipher.seal({
        subject,
        owner: shipper,
        kind: "contact",
        content: { name },
        createdAt: instant(0),
      });
      assert.deepEqual(cipher.open(record), { name });
      assert.ok(!Buffer.from(record.ciphertext).includes(name));
    }),
  );
});

test("V2 a changed bit, another owner, subject, kind or key does not open", () => {
  const cipher = cipherWith(key);
  const record = cipher.seal({ subject, owner: shipper, kind: "contact", content: contact, createdAt: instant(0) });
  fc.assert(
    fc.property(
      fc.constantFrom("wrappedKey" as const, "ciphertext" as const),
      fc.nat(),
      fc.nat(7),
      (field, at, bit) => {
        const bytes = Uint8Array.from(record[field]);
        bytes[at % bytes.length]! ^= 1 << bit;
        assert.throws(() => cipher.open({ ...record, [field]: bytes }));
      },
    ),
  );
  assert.throws(() => cipher.open({ ...record, owner: other }));
  assert.throws(() => cipher.open({ ...record, subject: "subject_2" }));
  assert.throws(() => cipher.open({ ...record, kind: "courier" }));
  assert.throws(() => cipherWith(new Uint8Array(32)).open(record));
});

test("V3 every seal is another ciphertext; a seeded one is the same again", () => {
  const plain = { subject, owner: shipper, kind: "contact", content: contact, createdAt: instant(0) } as const;
  const cipher = cipherWith(key);
  assert.notDeepEqual(cipher.seal(plain).ciphertext, cipher.seal(plain).ciphertext);
  const again = () => {
    const rng = seeded(7);
    return cipherWith(key, (count) => Uint8Array.from({ length: count }, () => rng.below(256))).seal(plain);
  };
  assert.deepEqual(again(), again());
});

test("V4 the key file is made once, for its owner's eyes only, and is the same at the next start", () => {
  inFolder((file) => {
    const record = openCipher(file, null).seal({
      subject,
      owner: shipper,
      kind: "contact",
      content: contact,
      createdAt: instant(0),
    });
    assert.equal(statSync(file).mode & 0o777, 0o600);
    chmodSync(file, 0o644);
    assert.deepEqual(openCipher(file, record).open(record), contact);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });
});

test("V5 a missing, foreign or damaged key file is one sentence, and no new key is made over old data", () => {
  inFolder((file, folder) => {
    const record = openCipher(file, null).seal({
      subject,
      owner: shipper,
      kind: "contact",
      content: contact,
      createdAt: instant(0),
    });
    const copy = join(folder, "copy");
    copyFileSync(file, copy);
    rmSync(file);
    const refused = (of: RegExp) =>
      assert.throws(
        () => openCipher(file, record),
        (error) => error instanceof VaultKeyError && of.test(error.message),
      );
    refused(/is missing: restore/);
    assert.throws(() => statSync(file), "no key was made");
    openCipher(file, null);
    refused(/not the one with which/);
    writeFileSync(file, readFileSync(copy, "utf8").slice(0, 40));
    refused(/is not a vault key/);
  });
});

test("V6 the vault opens what the store lets the scope have, says so first, and forgets for ever", async () => {
  const store = openMemoryStore();
  const book = new OpeningBook(store.vault, { now: () => instant(5) });
  const vault = openVault({ cipher: cipherWith(key), store: store.vault, opened: (opened) => book.write(opened) });
  await store.commit({ ...batch, sealed: [vault.seal("contact", subject, shipper, contact, instant(0))] });

  assert.deepEqual(await vault.open(scopeOf(shipper), "support", "contact", [subject]), new Map([[subject, contact]]));
  const line = {
    number: 1,
    at: instant(5),
    by: "test",
    viewer: shipper,
    purpose: "support",
    kind: "contact",
    subject,
    owner: shipper,
  };
  assert.deepEqual(await store.vault.openings(scopeOf(shipper), { limit: 10 }), [line]);
  assert.equal((await vault.open(scopeOf(shipper), "support", "goods", [subject])).size, 0);
  assert.equal((await vault.open(scopeOf(other), "support", "contact", [subject])).size, 0);

  assert.equal(await vault.forget(scopeOf(other), subject), false);
  assert.equal(await vault.forget(scopeOf(shipper), subject), true);
  await store.commit({ ...batch, sealed: [vault.seal("contact", subject, shipper, contact, instant(1))] });
  assert.equal((await vault.open(scopeOf(shipper), "support", "contact", [subject])).size, 0);
});

test("V7 openings at once are written together, each opener waits for its own, and unwritten nothing is opened", async () => {
  const written: number[] = [];
  let stroke = Promise.withResolvers<void>();
  const book = new OpeningBook(
    {
      async recordOpenings(openings) {
        await stroke.promise;
        written.push(openings.length);
      },
    },
    { now: () => instant(0) },
  );
  const open = (subjects: number) =>
    book.write({
      scope: scopeOf(shipper),
      purpose: "export",
      kind: "contact",
      records: Array.from({ length: subjects }, () => ({ subject, owner: shipper })),
    });
  const all = [open(1), open(2), open(0), open(3)];
  stroke.resolve();
  await Promise.all(all);
  assert.equal(
    written.reduce((sum, count) => sum + count, 0),
    6,
  );
  assert.ok(written.length <= 2, "a stroke each");

  stroke = Promise.withResolvers();
  const failing = open(1);
  stroke.reject(new Error("the store is gone"));
  await assert.rejects(failing, /the store is gone/);
  stroke = Promise.withResolvers();
  stroke.resolve();
  await open(1);

  const store = openMemoryStore();
  const vault = openVault({
    cipher: cipherWith(key),
    store: store.vault,
    opened: () => Promise.reject(new Error("the store is gone")),
  });
  await store.commit({ ...batch, sealed: [vault.seal("contact", subject, shipper, contact, instant(0))] });
  await assert.rejects(vault.open(scopeOf(shipper), "support", "contact", [subject]), /the store is gone/);
});
