import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { journeyScope } from "../domain/index.ts";
import { readyz } from "../doors/api/handlers/operation.ts";
import type { OrderRequest } from "../journey/intake/index.ts";
import { grams, liters } from "../kernel/quantity.ts";
import { bakery, elm, LittleWorld, spot } from "./testing/little-world.ts";

const bread = (reference: string): OrderRequest => ({
  reference,
  pickup: elm,
  dropoff: { ...elm, point: spot(1500, 0) },
  pickupWindow: { earliest: null, latest: null },
  dropoffWindow: { earliest: null, latest: null },
  readyAt: null,
  parcels: [{ weight: grams(800), volume: liters(4), contents: "bread" }],
  value: null,
  requirements: [],
  serviceLevel: null,
  ifUndeliverable: "return",
});

test("N2 whoever orders while two thousand rows come in is answered in between, and nothing of either is lost", async () => {
  const world = await LittleWorld.open({ carriers: [] });
  const { place } = world.network.orders;
  const rows = Array.from({ length: 2000 }, (_, i) => bread(`row-${i}`));
  let over = false;
  const importing = place(journeyScope, bakery.id, rows, { importedBy: "import_1" }).finally(() => (over = true));
  let between = 0;
  for (let i = 0; !over; i++) {
    const [answer] = await place(journeyScope, bakery.id, [bread(`single-${i}`)]);
    assert.ok(answer?.ok);
    if (!over) between++;
    await turn();
  }
  const taken = await importing;
  assert.ok(taken.every(({ ok }) => ok) && taken.length === rows.length);
  assert.ok(between >= 20, `${between} orders were answered while the import was under way`);
});

test("N3 many orders under one kept answer are one step: all of them, or none", async () => {
  const world = await LittleWorld.open({ carriers: [] });
  const keep = { key: "k", requestHash: "h", answer: () => ({ status: 200, body: "{}" }) };
  const place = (name: string) =>
    world.network.orders.place(
      journeyScope,
      bakery.id,
      Array.from({ length: 50 }, (_, i) => bread(`${name}-${i % 49}`)),
      { keep },
    );
  const placed = await place("first");
  assert.equal(placed.filter(({ ok }) => ok).length, 49);
  await assert.rejects(place("second"), { name: "StoreConflict" });
  const { rows } = await world.store.reads.orders(journeyScope, { limit: 100 });
  assert.ok(rows.length === 49 && rows.every(({ reference }) => reference?.startsWith("first")));
});

test("N4 the door says that it is not ready, and why, while commits fail; then it is again, and nothing was lost", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let full = false;
  const world = await LittleWorld.open({
    carriers: [],
    commit: (write) => (batch) => (full ? Promise.reject(new Error("the disk is full")) : write(batch)),
  });
  const ask = () => {
    let status = 200;
    const reply = { code: (code: number) => (status = code) };
    const { why } = readyz({ network: world.network } as never, { reply } as never);
    return [status, why];
  };
  assert.deepEqual(ask(), [200, null]);
  full = true;
  const placing = world.network.orders.place(journeyScope, bakery.id, [bread("a")]);
  for (let tries = 0; tries < 1000 && ask()[0] === 200; tries++) await turn();
  assert.deepEqual(ask(), [503, "nothing can be stored: the disk is full"]);
  full = false;
  t.mock.timers.tick(1000);
  assert.ok((await placing)[0]?.ok);
  assert.deepEqual(ask(), [200, null]);
});
