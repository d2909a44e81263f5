import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { Compile } from "typebox/schema";
import { EpcisAnswer } from "../../src/doors/api/contract.ts";
import { openBench, order } from "./harness.ts";
import { until } from "./until.ts";

/** GS1's own JSON Schema is not ours to keep: `MILEPOOL_EPCIS_SCHEMA` names a copy (ref.gs1.org/standards/epcis), which is asked, too. */
const officialFile = process.env["MILEPOOL_EPCIS_SCHEMA"];
const official = officialFile === undefined ? null : Compile(JSON.parse(readFileSync(officialFile, "utf8")) as object);
const contract = Compile(EpcisAnswer);
const isValid = (document: unknown): boolean => contract.Check(document) && (official?.Check(document) ?? true);

test("E1 E2 a delivery, told in EPCIS 2.0, is as the standard says and tells no address", async () => {
  const bench = await openBench();
  const [baker, partner] = [await bench.key(bench.bakery), await bench.key(bench.partner)];
  assert.equal((await bench.call(baker, "POST", "/v1/orders", order())).status, 201);
  const offer = await until(async () => (await bench.call(partner, "GET", "/v1/offers")).body.offers[0] ?? null);
  assert.equal((await bench.call(partner, "POST", `/v1/offers/${offer.id}/accept`, {})).status, 200);
  for (const to of ["at_pickup", "picked_up", "en_route_to_dropoff", "at_dropoff", "handed_over"]) {
    const proof = to === "handed_over" ? { proof: { kind: "name", value: "Ana" } } : {};
    const answer = await bench.call(partner, "POST", `/v1/legs/${offer.leg}/report`, { to, ...proof });
    assert.equal(answer.status, 200, answer.text);
  }
  const told = await until(async () => {
    const { text, headers } = await bench.call(baker, "GET", "/v1/epcis/events?limit=500");
    return text.includes("receiving") ? { text, headers } : null;
  });
  assert.match(String(told.headers["content-type"]), /^application\/ld\+json/);
  // oxlint-disable-next-line typescript/no-explicit-any
  const document: any = JSON.parse(told.text);
  assert.ok(isValid(document), JSON.stringify(contract.Errors(document)).slice(0, 500));
  const { eventList } = document.epcisBody;
  assert.deepEqual(
    eventList.map(({ type, bizStep, disposition, action }: Record<string, string>) =>
      [type, bizStep, disposition, action].join(" "),
    ),
    [
      "ObjectEvent staging_outbound in_progress OBSERVE",
      "ObjectEvent arriving active OBSERVE",
      "AggregationEvent loading in_transit ADD",
      "ObjectEvent accepting in_transit OBSERVE",
      "ObjectEvent departing in_transit OBSERVE",
      "ObjectEvent arriving in_transit OBSERVE",
      "AggregationEvent unloading in_transit DELETE",
      "ObjectEvent receiving in_progress OBSERVE",
    ],
  );
  assert.equal(new Set(eventList.map(({ eventID }: { eventID: string }) => eventID)).size, eventList.length);
  assert.ok(eventList.every((one: Record<string, string>) => one["eventTimeZoneOffset"] === "+00:00"));
  assert.ok(!/Harbour|Mill Lane|Ana|41\.1/.test(told.text));

  for (const [field, value] of [
    ["bizStep", "delivering"],
    ["disposition", "delivered"],
    ["action", "SEE"],
    ["eventTimeZoneOffset", undefined],
  ] as const) {
    const wrong = structuredClone(document);
    wrong.epcisBody.eventList[0][field] = value;
    assert.ok(!isValid(wrong), `the schema refuses ${field} ${value}`);
  }
  const page = await bench.call(baker, "GET", "/v1/epcis/events?limit=1");
  assert.match(String(page.headers["link"]), /after=1&limit=1>; rel="next"/);
  const stranger = await bench.call(await bench.key(bench.bookshop), "GET", "/v1/epcis/events");
  assert.deepEqual(JSON.parse(stranger.text).epcisBody.eventList, []);
});
