import assert from "node:assert/strict";
import { test } from "node:test";
import { openBench, order } from "./harness.ts";

test("nobody is put into another participant's books unasked: a known person is admitted by the operator alone", async () => {
  const bench = await openBench();
  const person = { email: "carl@beta.example", name: "Carl", participant: bench.bakery.id, may: ["orders:read"] };
  const baker = await bench.key(bench.bakery);
  assert.equal((await bench.call(baker, "POST", "/v1/people", person)).status, 201);
  const again = await bench.call(baker, "POST", "/v1/people", person);
  assert.equal(again.body.code, "PERSON_KNOWN");
  assert.ok(!again.text.includes("Carl"));
});

test("a cancelled order gives its reference back, and a living one keeps it", async () => {
  const bench = await openBench();
  const baker = await bench.key(bench.bakery);
  const first = await bench.call(baker, "POST", "/v1/orders", order({ reference: "Q-1" }));
  assert.equal(first.status, 201, first.text);
  await bench.call(baker, "POST", "/v1/orders", order({ reference: "Q-10" }));
  assert.equal(
    (await bench.call(baker, "POST", "/v1/orders", order({ reference: "Q-1" }))).body.code,
    "REFERENCE_TAKEN",
  );
  const cancelled = await bench.call(baker, "POST", `/v1/orders/${first.body.id}/cancel`, {});
  assert.equal(cancelled.body.state, "cancelled", cancelled.text);
  assert.equal((await bench.call(baker, "POST", "/v1/orders", order({ reference: "Q-1" }))).status, 201);
});

test("a character that no store takes is refused at the door", async () => {
  const bench = await openBench();
  const baker = await bench.key(bench.bakery);
  const answer = await bench.call(baker, "POST", "/v1/orders", order({ reference: "A\u0000B" }));
  assert.equal(answer.status, 400);
  assert.equal(answer.body.code, "FIELD_WRONG");
});
