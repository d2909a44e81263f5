import assert from "node:assert/strict";
import { test } from "node:test";
import { openBench, order } from "./harness.ts";

test("H5 notes and phone of a drop-off are changed, and erased by null; what is not named stays", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const { id } = (await bench.call(key, "POST", "/v1/orders", order())).body;
  const url = `/v1/orders/${id}`;
  const contact = async () => (await bench.call(key, "GET", url)).body.dropoff.contact;
  const before = await contact();
  assert.deepEqual([before.notes, before.phone], ["third floor", "+351900000001"]);

  assert.equal((await bench.call(key, "PATCH", url, { dropoffNotes: "ring twice" })).status, 200);
  assert.deepEqual(await contact(), { ...before, notes: "ring twice" });
  const erased = await bench.call(key, "PATCH", url, { dropoffNotes: null });
  assert.equal(erased.status, 200, erased.text);
  assert.deepEqual(await contact(), { ...before, notes: null });
  for (const [changes, code] of [
    [{ dropoffPhone: "not a phone" }, "PHONE_WRONG"],
    [{ readyAt: "1999-01-01T00:00:00Z" }, "READY_TOO_LONG_AGO"],
  ] as const)
    assert.equal((await bench.call(key, "PATCH", url, changes)).body.code, code);
  assert.equal((await bench.call(key, "PATCH", url, { dropoffPhone: "00351 (21) 345-67.89" })).status, 200);
  assert.equal((await contact()).phone, "+351213456789");
  assert.equal((await bench.call(key, "PATCH", url, { dropoffPhone: null })).status, 200);
  assert.deepEqual(await contact(), { ...before, notes: null, phone: null });

  // Neither the old words nor the new ones stand in what happened.
  const { text } = await bench.call(key, "GET", `${url}/timeline`);
  assert.ok(text.includes("OrderEdited") && !/ring twice|third floor|900 000/.test(text));
  assert.equal((await bench.call(key, "PATCH", url, { dropoffNotes: "" })).body.code, "FIELD_WRONG");
  assert.equal((await bench.call(key, "PATCH", url, { readyAt: null })).body.code, "FIELD_WRONG");
});

test("H7 a cell that is longer than its field in the contract is refused by its column, one that fills it is taken", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const columns =
    "reference,pickup_name,pickup_address,dropoff_name,dropoff_address,dropoff_phone,dropoff_notes,weight_g,contents";
  const limits = { reference: 100, pickup_name: 200, dropoff_notes: 1000, contents: 200 } as const;
  const plain = {
    reference: "",
    pickup_name: "Corner Bakery",
    pickup_address: "Harbour Street 1",
    dropoff_name: "Ana",
    dropoff_address: "Mill Lane 7",
    dropoff_phone: "",
    dropoff_notes: "",
    weight_g: "1200",
    contents: "",
  };
  const line = (more: Partial<typeof plain>): string => Object.values({ ...plain, ...more }).join(",");
  const names = Object.keys(limits) as (keyof typeof limits)[];
  const rows = names.flatMap((name) => [
    line({ [name]: "9".repeat(limits[name]) }),
    line({ [name]: "8".repeat(limits[name] + 1) }),
  ]);
  const file = [columns, ...rows].join("\n");
  const { body, text } = await bench.call(key, "POST", "/v1/orders/import", file, { "content-type": "text/csv" });
  assert.equal(body.taken, names.length, text.slice(0, 2000));
  const told = body.problems.map(({ row, column, code }: { row: number; column: string; code: string }) => [
    row,
    column,
    code,
  ]);
  assert.deepEqual(
    told,
    names.map((name, i) => [2 * i + 3, name, "CELL_TOO_LONG"]),
  );
});

test("H5 a file that comes twice under one Idempotency-Key is one import with one answer, also where its rows have no reference", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const file = (name: string): string =>
    `pickup_name,pickup_address,dropoff_name,dropoff_address,weight_g\n${[
      `Bakery,Harbour Street 1,${name},Mill Lane 7,900`,
      `Bakery,Harbour Street 1,${name},Nowhere 7,900`,
      `Bakery,Harbour Street 1,${name},Mill Lane 8,much`,
    ].join("\n")}\n`;
  const send = (body: string, query = "") =>
    bench.call(key, "POST", `/v1/orders/import${query}`, body, {
      "content-type": "text/csv",
      "idempotency-key": "file-1",
    });
  assert.equal((await send(file("Ana"), "?dryRun=true")).status, 200);
  const [first, racing] = await Promise.all([send(file("Ana")), send(file("Ana"))]);
  assert.deepEqual([first.status, first.body.taken, first.body.refused], [200, 1, 2], first.text);
  assert.deepEqual([racing.body, (await send(file("Ana"))).body], [first.body, first.body]);
  const other = await send(file("Eva"));
  assert.deepEqual([other.status, other.body.code], [422, "IDEMPOTENCY_KEY_REUSED"]);
  const { orders } = (await bench.call(key, "GET", "/v1/orders")).body;
  assert.deepEqual(
    orders.map(({ importedBy }: { importedBy: string }) => importedBy),
    [first.body.importId],
  );
  const kept = await bench.network.reads.answer(bench.bakery.id, "file-1");
  assert.ok(kept && !/Ana|Mill Lane/.test(kept.body), "names and addresses stay in the vault");
});

test("H5 who places an order is told where its addresses were found, also by a repeat and of several; what is kept for the repeat tells nobody", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const once = { "idempotency-key": "told-1" };
  const placed = await bench.call(key, "POST", "/v1/orders", order(), once);
  const { point, contact } = placed.body.dropoff;
  assert.deepEqual(
    [placed.status, point, contact.address],
    [201, [-8.6 + 7 / 2000, 41.155], "Mill Lane 7"],
    placed.text,
  );
  assert.deepEqual(placed.body.goods.contents, ["bread"]);
  assert.deepEqual((await bench.call(key, "POST", "/v1/orders", order(), once)).body, placed.body);
  const kept = await bench.network.reads.answer(bench.bakery.id, "told-1");
  assert.ok(kept && !/Mill Lane|Ana|bread|-8\.5/.test(kept.body), kept?.body);
  const several = await bench.call(key, "POST", "/v1/orders", { orders: [order(), {}] });
  const [good, bad] = several.body.outcomes;
  assert.deepEqual([good.order.dropoff.point, bad.order, bad.problem.code], [point, null, "FIELD_MISSING"]);
});
