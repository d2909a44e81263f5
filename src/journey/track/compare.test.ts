import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeliveryReport, Leg, Order } from "../../domain/index.ts";
import { money } from "../../kernel/money.ts";
import { compare } from "./compare.ts";

const leg = (state: string): Leg =>
  ({ state, parcels: ["parcel_1"], assignment: { price: money(700, "EUR") } }) as unknown as Leg;
const order = (state: string): Order => ({ parcels: [{ id: "parcel_1", state }] }) as unknown as Order;
const told = (changes: Partial<DeliveryReport>): DeliveryReport =>
  ({ state: "picked_up", returning: false, returned: false, price: null, ...changes }) as DeliveryReport;

test("T11 only what the platform says is compared, and on the way back means that the drop-off failed", () => {
  const carried = order("in_custody");
  assert.deepEqual(compare(leg("picked_up"), carried, told({})), { compared: 2, differences: [] });
  assert.deepEqual(compare(leg("picked_up"), carried, told({ state: null })), { compared: 0, differences: [] });
  assert.deepEqual(compare(leg("assigned"), carried, told({})).differences, [
    { field: "state", ours: "assigned", theirs: "picked_up" },
  ]);
  const back = told({ state: "dropoff_failed", returning: true });
  assert.deepEqual(compare(leg("dropoff_failed"), carried, back).differences, []);
  assert.deepEqual(
    compare(leg("dropoff_failed"), carried, told({ state: "dropoff_failed", returned: true })).differences,
    [{ field: "returned", ours: "false", theirs: "true" }],
  );
  const cheaper = told({ price: money(650, "EUR") });
  assert.deepEqual(compare(leg("picked_up"), carried, cheaper), {
    compared: 3,
    differences: [{ field: "price", ours: "700 EUR", theirs: "650 EUR" }],
  });
});
