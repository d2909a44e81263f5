import assert from "node:assert/strict";
import { test } from "node:test";
import { deliveryStates } from "../api/contract.ts";
import { isOver, mayFollow } from "./life.ts";

test("C2 what is over has nothing behind it, and everything else has", () => {
  for (const state of deliveryStates)
    assert.equal(
      deliveryStates.some((next) => mayFollow(state, next)),
      !isOver(state),
      state,
    );
  assert.deepEqual(deliveryStates.filter(isOver), ["handed_over", "returned", "pickup_failed", "cancelled"]);
});

test("C2 goods that were fetched are never cancelled, nor anybody else's to fetch", () => {
  for (const held of ["picked_up", "en_route_to_dropoff", "at_dropoff", "dropoff_failed", "returning"] as const)
    assert.ok(!mayFollow(held, "cancelled") && !mayFollow(held, "assigned"), held);
});
