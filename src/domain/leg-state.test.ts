import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  beforePickup,
  hasGoods,
  isCommitted,
  legIsOver,
  legMayBecome,
  legStates,
  legSuccessors,
  type LegState,
} from "./leg-state.ts";
import { reachable, walk } from "../../test/stories/world/walk.ts";

const machine = { first: "open" as LegState, next: legSuccessors };

test("M1 every state of a leg is reached from open", () => {
  assert.deepEqual(reachable(machine), new Set(legStates));
});

test("M2 a leg that is over stays so, and only then has nowhere to go", () => {
  assert.deepEqual(legStates.filter(legIsOver), ["handed_over", "cancelled", "pickup_failed"]);
  for (const state of legStates)
    assert.equal(
      legStates.some((to) => legMayBecome(state, to)),
      !legIsOver(state),
      state,
    );
});

test("M3 the legal steps are exactly those of the design's picture", () => {
  const table = legStates.map((from) =>
    `${from}: ${legStates.filter((to) => legMayBecome(from, to)).join(" ")}`.trim(),
  );
  assert.equal(
    table.join("\n"),
    `open: offered assigned cancelled
offered: open assigned cancelled
assigned: open en_route_to_pickup at_pickup picked_up cancelled pickup_failed
en_route_to_pickup: open at_pickup picked_up cancelled pickup_failed
at_pickup: open picked_up cancelled pickup_failed
picked_up: en_route_to_dropoff at_dropoff handed_over dropoff_failed
en_route_to_dropoff: at_dropoff handed_over dropoff_failed
at_dropoff: handed_over dropoff_failed
handed_over:
cancelled:
pickup_failed:
dropoff_failed: en_route_to_dropoff`,
  );
});

test("M4 however a leg goes: nothing is handed over that was not picked up, and nothing picked up is cancelled or given away", () => {
  fc.assert(
    fc.property(walk(machine), (path) => {
      const picked = path.indexOf("picked_up");
      for (const [i, state] of path.entries()) {
        if (hasGoods(state) || state === "handed_over") assert.ok(picked >= 0 && picked <= i, path.join(" "));
        if (beforePickup(state) || state === "cancelled") assert.ok(picked < 0 || i < picked, path.join(" "));
      }
    }),
    { numRuns: 500 },
  );
});

test("M5 each state is of one kind: nobody has it, promised, with goods, or over", () => {
  for (const state of legStates) {
    const waiting = state === "open" || state === "offered";
    assert.equal(
      [waiting, isCommitted(state) && beforePickup(state), hasGoods(state), legIsOver(state)].filter(Boolean).length,
      1,
      state,
    );
    assert.equal(isCommitted(state), !waiting && !legIsOver(state));
  }
});
