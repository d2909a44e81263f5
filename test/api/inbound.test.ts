import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { Check } from "typebox/value";
import { Mapping } from "../../src/doors/api/contract.ts";
import { applyMapping } from "../../src/doors/api/mapped/apply-mapping.ts";
import { openBench, type Bench } from "./harness.ts";

const fields: Mapping["fields"] = {
  "/reference": { from: "/nr" },
  "/pickup/name": { from: "#/shop/name" },
  "/pickup/address": { value: "Harbour Street 1" },
  "/dropoff/name": { from: ["/to/company", "/to/person"] },
  "/dropoff/address": { from: ["/to/street", "/to/number"], join: " " },
  "/dropoff/notes": { from: "/to/notes", otherwise: null },
  "/parcels/0/weightGrams": { from: "/kg", times: 1000 },
  "/parcels/0/volumeLiters": { value: 4 },
  "/requirements/0": { from: "/flag", words: { ID18: "age_check" } },
};
const sample = {
  shop: { name: "Corner Bakery" },
  shipments: [
    { nr: "S-1", to: { person: "Ana", street: "Mill Lane", number: 7 }, kg: "1.25", flag: "ID18" },
    { nr: "S-2", to: { company: "Mar Ltd", street: "Nowhere", number: 1 }, kg: 2 },
    { nr: "S-3", to: { person: "Rui", street: "Old Road", number: 9 }, kg: "heavy" },
  ],
};
const mappingFor = (bench: Pick<Bench, "bakery">): Mapping => ({
  participant: bench.bakery.id,
  each: "/shipments",
  fields,
});

test("H21 anybody's JSON becomes orders by a mapping that is data: looked at first, then each taken or refused on its own, once", async () => {
  const bench = await openBench({ mappings: ({ bakery }) => new Map([["shop", mappingFor({ bakery })]]) });
  const key = await bench.key(bench.bakery);
  const preview = await bench.call(key, "POST", "/v1/inbound/preview", { mapping: mappingFor(bench), sample });
  assert.equal(preview.status, 200, preview.text);
  assert.deepEqual(preview.body.orders[0], {
    reference: "S-1",
    pickup: { name: "Corner Bakery", address: "Harbour Street 1" },
    dropoff: { name: "Ana", address: "Mill Lane 7", notes: null },
    parcels: [{ weightGrams: 1250, volumeLiters: 4 }],
    requirements: ["age_check"],
  });
  const codes = (outcomes: readonly { problem: { code: string; field: string } | null }[]) =>
    outcomes.map(({ problem }) => problem && [problem.code, problem.field]);
  const expected = [
    null,
    ["ADDRESS_NOT_FOUND", "orders[1].dropoff.address"],
    ["FIELD_WRONG", "orders[2].parcels[0].weightGrams"],
  ];
  assert.deepEqual(codes(preview.body.outcomes), expected);
  assert.equal((await bench.call(key, "GET", "/v1/orders")).body.orders.length, 0);

  const taken = await bench.call(key, "POST", "/v1/inbound/shop", sample);
  assert.deepEqual(codes(taken.body.outcomes), expected);
  const again = await bench.call(key, "POST", "/v1/inbound/shop", sample);
  assert.equal(again.body.outcomes[0].problem.code, "REFERENCE_TAKEN");
  assert.equal((await bench.call(key, "GET", "/v1/orders")).body.orders.length, 1);

  const stranger = await bench.key(bench.bookshop);
  for (const [who, path, body, status, code] of [
    [key, "/v1/inbound/other", sample, 404, "MAPPING_NOT_FOUND"],
    [key, "/v1/inbound/shop", { shipments: {} }, 422, "MAPPED_NOT_A_LIST"],
    [key, "/v1/inbound/shop", { shipments: Array.from({ length: 1001 }, () => 1) }, 413, "MAPPED_TOO_MANY"],
    [stranger, "/v1/inbound/shop", sample, 403, "NOT_YOUR_PARTICIPANT"],
    [
      key,
      "/v1/inbound/preview",
      { mapping: { ...mappingFor(bench), fields: { "/__proto__/x": { value: 1 } } }, sample },
      400,
      "FIELD_UNKNOWN",
    ],
  ] as const) {
    const refused = await bench.call(who, "POST", path, body);
    assert.deepEqual([refused.status, refused.body.code], [status, code], refused.text);
  }
});

test("H21 whatever the mapping and whatever comes, orders come out of it or a refusal, and no object changes what it is", () => {
  const step = fc.constantFrom("a", "b", "0", "1", "99", "toString", "constructor", "~1", "~0");
  const pointer = fc.array(step, { maxLength: 4 }).map((steps) => steps.map((one) => `/${one}`).join(""));
  const target = fc
    .array(fc.constantFrom("a", "b", "0", "7"), { minLength: 1, maxLength: 4 })
    .map((steps) => `/${steps.join("/")}`);
  const source = fc.oneof(
    fc.record({ value: fc.constantFrom(1, "x", null) }),
    fc.record({ from: fc.oneof(pointer, fc.array(pointer, { minLength: 1, maxLength: 3 })) }),
    fc.record({ from: pointer, times: fc.double() }),
    fc.record({ from: fc.array(pointer, { minLength: 1, maxLength: 3 }), join: fc.constant(" ") }),
  );
  const made = fc.dictionary(target, source, { minKeys: 1, maxKeys: 6 });
  fc.assert(
    fc.property(
      made,
      fc.option(pointer, { nil: undefined }),
      fc.jsonValue({ maxDepth: 4 }),
      (drawn, each, document) => {
        const mapping = {
          participant: "participant_00000000000000000000000000",
          ...(each === undefined ? {} : { each }),
          fields: drawn,
        } as Mapping;
        assert.ok(Check(Mapping, mapping));
        const orders = applyMapping(mapping, document);
        if (!orders.ok) return assert.match(orders.refusal.code, /^MAPPED_/);
        for (const one of orders.value) assert.equal(Object.getPrototypeOf(one), Object.prototype);
        assert.equal(({} as Record<string, unknown>)["a"], undefined);
      },
    ),
  );
});
