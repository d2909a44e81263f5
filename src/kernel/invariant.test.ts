import assert from "node:assert/strict";
import { test } from "node:test";
import { BrokenInvariant, invariant, never } from "./invariant.ts";

test("K10 what must hold and does not is thrown, with its sentence", () => {
  invariant(1, "one is something");
  assert.throws(() => invariant(0, "nothing is nothing"), new BrokenInvariant("nothing is nothing"));
  assert.throws(() => never("gone" as never), /no case for "gone"/);
});
