import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isId, newId } from "./id.ts";
import { instant } from "./quantity.ts";
import { seeded } from "./rng.ts";

const moment = fc.integer({ min: 0, max: 2 ** 48 - 1 }).map(instant);

test("K3 ids sort by the time of their birth", () => {
  const rng = seeded(1);
  fc.assert(
    fc.property(moment, moment, (a, b) => {
      const [first, second] = [newId("order", a, rng), newId("order", b, rng)];
      if (a !== b) assert.equal(first < second, a < b);
    }),
  );
});

test("K3 ten thousand ids of one instant are all different", () => {
  const rng = seeded(2);
  const ids = new Set(Array.from({ length: 10_000 }, () => newId("event", instant(0), rng)));
  assert.equal(ids.size, 10_000);
});

test("K3 an id says its kind, and is not taken for another's", () => {
  const id = newId("order", instant(1_795_251_600_000), seeded(3));
  assert.ok(isId("order", id));
  assert.ok(!isId("leg", id));
  for (const wrong of ["order_", "order_123", `${id}x`, id.toUpperCase(), id.replace(/.$/, "u"), ` ${id}`])
    assert.ok(!isId("order", wrong), wrong);
});

test("K3 the same instant and the same chance give the same id", () => {
  assert.equal(newId("leg", instant(5), seeded("a")), newId("leg", instant(5), seeded("a")));
});
