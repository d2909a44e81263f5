import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { PartnerFolder } from "./folder.ts";
import { readPartners } from "./partners.ts";

const partner = {
  ...{
    id: "shop",
    participant: "participant_0000000000jxw7d9mmnn7vb279",
    role: "shipper",
    syntax: "x12",
    scac: "SCAC",
  },
  ...{
    us: { qualifier: "02", id: "SCAC" },
    them: { qualifier: "ZZ", id: "SHOP" },
    zone: "Europe/Lisbon",
    currency: "EUR",
  },
};

test("P2 a number is given out once, over restarts too; what was being told when it broke off has the same number again", async (t) => {
  const root = await mkdtemp(join(tmpdir(), "milepool-edi-folder-"));
  t.after(() => rm(root, { recursive: true }));
  const [shop] = readPartners([partner]);
  const first = await PartnerFolder.open(root, shop!);
  const given = await Promise.all([first.nextControl(), first.controlFor(7), first.nextControl()]);
  assert.equal(new Set(given).size, 3);
  // As after a crash: nothing was said of position 7 being told.
  const again = await PartnerFolder.open(root, shop!);
  assert.equal(again.position, null);
  assert.equal(await again.controlFor(7), given[1]);
  await again.told(7);
  const third = await PartnerFolder.open(root, shop!);
  assert.equal(third.position, 7);
  assert.ok(!given.includes(await third.controlFor(9)));
  await third.write("out", "a.edi", "ISA");
  assert.deepEqual(await readdir(join(root, "shop/out")), ["a.edi"], "no half file is left");
});

test("partners are read whole, or refused with the place of the mistake", () => {
  for (const [change, why] of [
    [{ role: "friend" }, /\/0\/role/],
    [{ participant: "shop" }, /\/0\/participant is no participant/],
    [{ zone: "Lisbon" }, /\/0\/zone/],
    [{ separators: { element: "A" } }, /\/0\/separators "A" cannot be a separator/],
    [{ separators: { element: "~" } }, /the same character/],
    [{ codes: { write: { beamed: "X" } } }, /\/0\/codes\/write/],
    [{ codes: { read: { ZZ: "beamed" } } }, /\/0\/codes\/read/],
    [{ places: { S1: { point: [200, 0] } } }, /places\/S1\/point/],
    [{ id: "../etc" }, /\/0\/id/],
    [{ nickname: "x" }, /\/0\/nickname is no field/],
  ] as const)
    assert.throws(() => readPartners([{ ...partner, ...change }]), why);
  assert.throws(() => readPartners([partner, { ...partner, id: "other" }]), /twice/);
  assert.throws(() => readPartners({}), /array/);
});
