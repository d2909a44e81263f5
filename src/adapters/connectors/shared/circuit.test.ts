import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant } from "../../../kernel/quantity.ts";
import { seeded } from "../../../kernel/rng.ts";
import { Circuit, type CircuitSettings } from "./circuit.ts";

const settings: CircuitSettings = { outages: 3, rest_ms: 1000, longestRest_ms: 8000 };

function circuit() {
  let now = 0;
  const one = new Circuit({ now: () => instant(now) }, seeded("circuit"), settings);
  return { one, pass: (ms: number) => void (now += ms), now: () => now };
}

test("R1 a circuit opens at so many outages in a row, rests, tries one call, and closes when that is answered", () => {
  const { one, pass } = circuit();
  for (const _ of [1, 2]) one.failed();
  one.answered();
  for (const _ of [1, 2]) one.failed();
  assert.equal(one.view().state, "closed", "an answer in between begins the row anew");
  one.failed();
  assert.deepEqual([one.view().state, one.view().trips, one.admits()], ["open", 1, false]);
  pass(1000);
  assert.equal(one.view().state, "half_open");
  assert.deepEqual([one.admits(), one.admits()], [true, false], "one trial at a time");
  one.answered();
  assert.deepEqual([one.view().state, one.admits()], ["closed", true]);
});

test("R1 a trial that fails doubles the rest, up to the longest; one that nobody ends does not close the way for ever", () => {
  const { one, pass, now } = circuit();
  for (const _ of [1, 2, 3]) one.failed();
  const rests: number[] = [];
  for (let turn = 0; turn < 6; turn++) {
    rests.push(one.view().until! - now());
    pass(one.view().until! - now());
    assert.ok(one.admits());
    one.failed();
  }
  for (const [turn, rest] of rests.entries()) {
    const whole = Math.min(8000, 1000 * 2 ** turn);
    assert.ok(rest >= whole / 2 && rest <= whole, `${rest} of ${whole}`);
  }
  assert.equal(one.view().trips, 1, "it has been open all the time");
  pass(8000);
  assert.ok(one.admits());
  assert.ok(!one.admits());
  pass(60_000);
  assert.ok(one.admits());
});

test("R1 whatever happens: while it is open nothing passes, and it opens by outages in a row alone", () => {
  const happening = fc.constantFrom("call and answer", "call and fail", "late answer", "wait");
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (story) => {
      const { one, pass } = circuit();
      let row = 0;
      for (const what of story) {
        const before = one.view();
        if (what === "wait") pass(700);
        else if (what === "late answer") {
          if (before.state === "open") one.answered();
          assert.equal(one.view().state, before.state, "an old answer closes nothing");
        } else {
          const passed = one.admits();
          assert.equal(passed, before.state !== "open");
          if (!passed) continue;
          if (what === "call and fail") one.failed();
          else one.answered();
          row = what === "call and fail" ? row + 1 : 0;
          assert.equal(
            one.view().state === "closed",
            row < settings.outages && (row === 0 || before.state === "closed"),
          );
        }
      }
    }),
  );
});
