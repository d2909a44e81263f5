import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { meters } from "../../kernel/quantity.ts";
import { priceOf, shipperTariff } from "./index.ts";

const tariff = fc.record({ base: fc.nat(1000), perKilometer: fc.nat(500), minimum: fc.nat(2000) });
const distance = fc.nat(200_000).map(meters);

test("R1 a price is whole, never below the minimum, rounded half up", () => {
  fc.assert(
    fc.property(tariff, distance, (of, way) => {
      const { amount, currency } = priceOf(of, way, "EUR");
      assert.ok(amount >= of.minimum && currency === "EUR");
    }),
  );
  assert.equal(priceOf({ base: 0, perKilometer: 1, minimum: 0 }, meters(500), "EUR").amount, 1);
  assert.equal(priceOf(shipperTariff, meters(0), "EUR").amount, 490);
  assert.equal(priceOf(shipperTariff, meters(10_000), "EUR").amount, 1340);
});

test("R2 a longer way never costs less", () => {
  fc.assert(
    fc.property(tariff, distance, distance, (of, a, b) => {
      const [near, far] = [a, b].toSorted((x, y) => x - y) as [typeof a, typeof a];
      assert.ok(priceOf(of, near, "EUR").amount <= priceOf(of, far, "EUR").amount);
    }),
  );
});
