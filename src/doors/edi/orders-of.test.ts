import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { grams } from "../../kernel/quantity.ts";
import type { Tender, TenderStop } from "./messages.ts";
import { loadOf, ordersOf } from "./orders-of.ts";

const stop = (number: number, kind: TenderStop["kind"], reference: string | null = null): TenderStop => ({
  ...{ number, kind },
  party: { name: `Stop ${number}`, code: `S${number}`, address: `Mill Lane ${number}`, phone: null, point: null },
  window: { earliest: null, latest: null },
  references: reference === null ? [] : [{ qualifier: "PO", value: reference }],
  ...{ weight: grams(1000), volume: null, quantity: 2, contents: null, notes: null },
});
const tender = (stops: readonly TenderStop[]): Tender => ({
  ...{ load: "L-1", scac: "SCAC", purpose: "new", respondBy: null, references: [], stops },
});
const ends = (stops: readonly TenderStop[]): readonly string[] => {
  const orders = ordersOf(tender(stops), {});
  assert.ok(orders.ok, JSON.stringify(orders));
  return orders.value.map(({ reference, pickup, dropoff }) => `${reference}: ${pickup.name} to ${dropoff.name}`);
};

test("T1 stops are paired: from the one that loads, to the one that unloads, or by a reference they share", () => {
  assert.deepEqual(ends([stop(1, "pickup"), stop(2, "dropoff")]), ["L-1: Stop 1 to Stop 2"]);
  assert.deepEqual(ends([stop(1, "pickup"), stop(2, "dropoff"), stop(3, "dropoff")]), [
    "L-1/2: Stop 1 to Stop 2",
    "L-1/3: Stop 1 to Stop 3",
  ]);
  assert.deepEqual(ends([stop(1, "pickup"), stop(2, "pickup"), stop(3, "dropoff")]), [
    "L-1/1: Stop 1 to Stop 3",
    "L-1/2: Stop 2 to Stop 3",
  ]);
  assert.deepEqual(
    ends([stop(1, "pickup", "A"), stop(2, "pickup", "B"), stop(3, "dropoff", "B"), stop(4, "dropoff", "A")]),
    ["L-1/3: Stop 2 to Stop 3", "L-1/4: Stop 1 to Stop 4"],
  );
});

test("T1 a load whose stops make no orders is refused as a whole", () => {
  const cases = [
    [],
    [stop(1, "pickup")],
    [stop(1, "pickup", "A"), stop(2, "pickup", "B"), stop(3, "dropoff", "A"), stop(4, "dropoff", "A")],
    [stop(1, "pickup", "A"), stop(2, "pickup", "A"), stop(3, "dropoff", "A"), stop(4, "dropoff", "A")],
    [stop(1, "pickup"), { ...stop(2, "dropoff"), quantity: 101 }],
    [
      { ...stop(1, "pickup"), weight: null },
      { ...stop(2, "dropoff"), weight: null },
    ],
  ];
  for (const stops of cases) {
    const orders = ordersOf(tender(stops), {});
    assert.equal(orders.ok ? null : orders.refusal.code, "EDI_LOAD_UNUSABLE");
  }
});

test("T1 what is carried is what was tendered: each weight in as many pieces as it says, never less", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.nat(100_000)), { minLength: 1, maxLength: 8 }),
      (drops) => {
        const stops = drops.map(([quantity, weight], index) => ({
          ...stop(index + 2, "dropoff"),
          quantity,
          weight: grams(weight),
        }));
        const orders = ordersOf(tender([stop(1, "pickup"), ...stops]), {});
        assert.ok(orders.ok);
        for (const [index, { parcels, reference }] of orders.value.entries()) {
          const [quantity, weight] = drops[index]!;
          assert.equal(parcels.length, quantity);
          const carried = parcels.reduce((sum, parcel) => sum + parcel.weight, 0);
          assert.ok(carried >= weight && carried < weight + quantity);
          assert.equal(loadOf(reference!), "L-1");
        }
      },
    ),
  );
});

test("T1 a place that the partner's table knows by number stands in for what the message leaves out", () => {
  const orders = ordersOf(tender([stop(1, "pickup"), stop(2, "dropoff")]), {
    S1: { address: "Harbour Street 1", phone: "+351900000001", point: [-8.6, 41.15] },
  });
  assert.ok(orders.ok);
  const { address, phone, point, name } = orders.value[0]!.pickup;
  assert.deepEqual([address, phone, point, name], ["Harbour Street 1", "+351900000001", [-8.6, 41.15], "Stop 1"]);
});
