import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant } from "../../src/kernel/quantity.ts";
import { seeded } from "../../src/kernel/rng.ts";
import { wishes } from "./demand.ts";
import type { CityPlaces } from "./millport/index.ts";

const point = (i: number): readonly [number, number] => [-8.6 + i / 1000, 41.1];
const places = {
  shops: [
    { name: "Oven", kind: "bakery", point: point(1), address: "Mill Lane 1" },
    { name: "Pages", kind: "books", point: point(2), address: null },
  ],
  homes: [1, 2, 3].map((i) => ({ point: point(i + 2), street: "Elm Street", houseNumber: `${i}`, weight: i })),
  workplaces: [1, 2].map((i) => ({ point: point(i + 6), street: "Quay", houseNumber: `${i}`, weight: 1 })),
  depots: [{ point: point(9) }],
} as unknown as CityPlaces;
const nine = instant(Date.UTC(2027, 3, 13, 8));
const demand = (orders: number) => ({
  orders,
  from: nine,
  until: instant(nine + 12 * 3_600_000),
  zone: "Europe/Lisbon",
  currency: "EUR" as const,
});

test("P2 the same seed wishes the same, another one something else", () => {
  const day = (seed: number) => JSON.stringify(wishes(places, demand(50), seeded(seed)));
  assert.equal(day(1), day(1));
  assert.notEqual(day(1), day(2));
});

test("P3 so many orders as were asked for come in the order of their time, within the span, and can be met", () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(), (orders, seed) => {
      const list = wishes(places, demand(orders), seeded(seed));
      assert.equal(list.length, orders);
      assert.equal(new Set(list.map(({ request }) => request.reference)).size, orders);
      for (const [i, { at, request }] of list.entries()) {
        assert.ok(at >= nine && at < demand(0).until && at >= (list[i - 1]?.at ?? 0));
        const { readyAt, dropoffWindow, parcels, pickup, dropoff } = request;
        assert.notDeepEqual(dropoff.point, pickup.point);
        assert.ok(readyAt! > at && dropoffWindow.latest! > readyAt!);
        assert.ok(parcels.every(({ weight, volume }) => weight > 0 && volume > 0));
      }
    }),
    { numRuns: 40 },
  );
});

test("P6 at noon orders go to where people work, in the evening to where they live", () => {
  const list = wishes(places, demand(2000), seeded("noon and evening"));
  const shareAtWork = (from: number, until: number): number => {
    const its = list.filter(({ at }) => at >= nine + from * 3_600_000 && at < nine + until * 3_600_000);
    return its.filter(({ request }) => request.dropoff.address?.startsWith("Quay")).length / its.length;
  };
  const [noon, evening] = [shareAtWork(2, 5), shareAtWork(10, 12)];
  assert.ok(noon > 0.4 && noon < 0.65, String(noon));
  assert.ok(evening < 0.15, String(evening));
});
