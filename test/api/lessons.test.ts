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

test("text that UTF-8 cannot say is refused at the door instead of being changed in the store", async () => {
  const bench = await openBench();
  const baker = await bench.key(bench.bakery);
  const sent = JSON.stringify(order({ reference: "half" })).replace("half", "half \\ud800");
  const answer = await bench.call(baker, "POST", "/v1/orders", sent, { "content-type": "application/json" });
  assert.deepEqual([answer.status, answer.body.code, answer.body.field], [400, "FIELD_WRONG", "reference"]);
  const whole = await bench.call(baker, "POST", "/v1/orders", order({ reference: "מרים 😀" }));
  assert.deepEqual([whole.status, whole.body.reference], [201, "מרים 😀"]);
});

test("an address that cannot be decoded is answered as every other refusal", async () => {
  const bench = await openBench();
  const answer = await bench.call(null, "GET", "/v1/orders/%zz");
  assert.deepEqual([answer.status, answer.body.code], [404, "ROUTE_NOT_FOUND"]);
  assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
});

test("what is wrong with a value is said in words, never as a pattern", async () => {
  const bench = await openBench();
  const baker = await bench.key(bench.bakery);
  const operator = await bench.key("network");
  const why = async (...[key, method, url, body]: Parameters<typeof bench.call>) =>
    (await bench.call(key, method, url, body)).body.why;
  assert.match(await why(baker, "GET", "/v1/orders/nonsense"), /^must be the id of an order/);
  assert.equal(await why(baker, "POST", "/v1/orders", [order()]), "must be an object");
  assert.equal(await why(operator, "POST", "/v1/participants", { name: " ", roles: ["shipper"] }), "must not be blank");
  const short = { current: "correct horse", next: "short" };
  const ours = { origin: "http://localhost:8080" };
  const told = await bench.call(null, "POST", "/v1/session/password", short, ours);
  assert.match(told.body.why, /^must have at least \d+ characters$/);
  const named = order({ dropoff: { name: "A\0B", address: "Mill Lane 7" } });
  assert.equal(await why(baker, "POST", "/v1/orders", named), "must not hold a null character");
});

test("whoever joins can do what its roles say: a carriage fits them, and its connector exists", async () => {
  const bench = await openBench({ demo: false });
  const operator = await bench.key("network");
  const uber = { kind: "platform", connector: "uber-direct" };
  const join = (roles: readonly string[], carriage: unknown) =>
    bench.call(operator, "POST", "/v1/participants", { name: "New", roles, carriage });
  const own = { kind: "own", cost: { perHour: 2000, perKilometer: 10, perMotorKilometer: 40 } };
  for (const [roles, carriage, field] of [
    [["shipper"], uber, "roles"],
    [["shipper"], own, "roles"],
    [["platform"], null, "carriage"],
    [["platform"], own, "carriage"],
    [["platform"], { ...uber, connector: "carrier-pigeon" }, "carriage.connector"],
  ] as const) {
    const answer = await join(roles, carriage);
    assert.deepEqual([answer.status, answer.body.code, answer.body.field], [400, "FIELD_WRONG", field], answer.text);
  }
  assert.equal((await join(["platform"], uber)).status, 201, "the connector is still free");
  assert.equal((await join(["shipper", "carrier"], own)).status, 201);
});

test("nobody gets a key who is not there", async () => {
  const bench = await openBench();
  const nobody = { "milepool-as": `participant_${"0".repeat(25)}1` };
  const asked = { name: "ghost", may: ["orders:read"] };
  const answer = await bench.call(await bench.key("network"), "POST", "/v1/keys", asked, nobody);
  assert.deepEqual([answer.status, answer.body.code], [403, "NOT_YOUR_PARTICIPANT"]);
});

test("the preview of a file refuses what the import would: references that are taken, or named twice", async () => {
  const bench = await openBench();
  const baker = await bench.key(bench.bakery);
  const placed = await bench.call(baker, "POST", "/v1/orders", order({ reference: "R-1" }));
  assert.equal(placed.status, 201, placed.text);
  const row = (reference: string) => `${reference},Corner Bakery,Harbour Street 1,Ana,Mill Lane 7,1200`;
  const heading = "reference,pickup_name,pickup_address,dropoff_name,dropoff_address,weight_g";
  const file = [heading, row("R-1"), row("R-2"), row("R-2"), row("")].join("\n");
  const read = (query: string) =>
    bench.call(baker, "POST", `/v1/orders/import${query}`, file, { "content-type": "text/csv" });
  const told = (body: { taken: number; problems: { row: number; column: string; code: string }[] }) => [
    body.taken,
    body.problems.map(({ row, column, code }) => `${row} ${column} ${code}`),
  ];
  const looked = await read("?dryRun=true");
  assert.deepEqual(told(looked.body), [2, ["2 reference REFERENCE_TAKEN", "4 reference REFERENCE_TAKEN"]]);
  assert.deepEqual(told((await read("")).body), told(looked.body));
  assert.ok(!looked.text.includes("null."), looked.text);
});
