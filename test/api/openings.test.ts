import assert from "node:assert/strict";
import { test } from "node:test";
import { openBench, order } from "./harness.ts";

test("H14 whoever opens personal data stands in the owner's book, with when and what for", async () => {
  const bench = await openBench();
  const [baker, bookseller, operator] = [
    await bench.key(bench.bakery),
    await bench.key(bench.bookshop),
    await bench.key("network"),
  ];
  const { id } = (await bench.call(baker, "POST", "/v1/orders", order())).body;
  const other = (await bench.call(baker, "POST", "/v1/orders", order())).body;
  const book = async (key: string, query = "") => {
    const { status, body, text } = await bench.call(key, "GET", `/v1/openings${query}`);
    assert.equal(status, 200, text);
    return body as { openings: { by: string; purpose: string; actingFor: { name: string } | null }[]; next: string };
  };
  // The journey itself has opened nothing: no platform was asked.
  assert.deepEqual((await book(baker)).openings, []);

  await bench.call(baker, "GET", `/v1/orders/${id}`);
  await bench.call(operator, "GET", `/v1/orders/${id}`);
  await bench.call(operator, "GET", `/v1/orders/${other.id}`);
  await bench.call(bookseller, "GET", `/v1/orders/${id}`);
  await bench.call(baker, "GET", "/v1/orders/export.csv");

  const all = (await book(baker, "?limit=500")).openings;
  const ofOrder = (await book(baker, `?order=${id}`)).openings;
  assert.ok(all.length > ofOrder.length);
  const seen = new Set(ofOrder.map(({ purpose, actingFor }) => `${purpose} ${actingFor?.name ?? "network"}`));
  assert.deepEqual(seen, new Set(["export Bakery", "support network", "support Bakery"]));
  assert.ok(ofOrder.every(({ by }) => by.startsWith("key_")));

  const first = await book(baker, "?limit=2");
  const second = await book(baker, `?limit=2&cursor=${first.next}`);
  assert.deepEqual([...first.openings, ...second.openings], all.slice(0, 4));

  assert.deepEqual((await book(bookseller)).openings, []);
  assert.equal((await bench.call(bookseller, "GET", `/v1/openings?order=${id}`)).body.code, "ORDER_NOT_FOUND");
  assert.equal((await bench.call(baker, "GET", "/v1/openings?cursor=here")).body.code, "CURSOR_WRONG");
  const noAuditor = await bench.key(bench.bakery, ["orders:read"]);
  assert.equal((await bench.call(noAuditor, "GET", "/v1/openings")).body.code, "NOT_PERMITTED");
});
