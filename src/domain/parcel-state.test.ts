import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { reachable, walk } from "../../test/stories/world/walk.ts";
import { parcelIsFinal, parcelMayBecome, parcelStates, parcelSuccessors, type ParcelState } from "./parcel-state.ts";

const machine = { first: "expected" as ParcelState, next: parcelSuccessors };

test("M1 every state of a parcel is reached from expected", () => {
  assert.deepEqual(reachable(machine), new Set(parcelStates));
});

test("M2 a parcel whose way has ended stays where it is, and only then has nowhere to go", () => {
  assert.deepEqual(parcelStates.filter(parcelIsFinal), ["delivered", "returned", "lost", "damaged"]);
  for (const state of parcelStates)
    assert.equal(
      parcelStates.some((to) => parcelMayBecome(state, to)),
      !parcelIsFinal(state),
      state,
    );
});

test("M6 nothing is delivered or returned that was not in somebody's custody", () => {
  fc.assert(
    fc.property(walk(machine), (path) => {
      const custody = path.indexOf("in_custody");
      for (const [i, state] of path.entries()) {
        if (state === "delivered" || state === "returned" || state === "at_hub")
          assert.ok(custody >= 0 && custody < i, path.join(" "));
      }
    }),
    { numRuns: 500 },
  );
});

test("M6 from every state that is not final there is a way to the recipient or back", () => {
  for (const first of parcelStates.filter((state) => !parcelIsFinal(state))) {
    const ways = reachable({ first, next: parcelSuccessors });
    assert.ok(ways.has("delivered") && ways.has("returned"), first);
  }
});
