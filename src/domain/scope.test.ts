import assert from "node:assert/strict";
import { test } from "node:test";
import { journeyScope, sees } from "./scope.ts";

test("M11 a participant sees its own, the operator sees all", () => {
  const scope = { viewer: "participant_a", by: "key_1", may: [] } as const;
  assert.ok(sees(scope, "participant_a"));
  assert.ok(!sees(scope, "participant_b"));
  assert.ok(sees(journeyScope, "participant_a") && sees(journeyScope, "participant_b"));
});
