import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { FoundPlace, Geocoder } from "../../../domain/ports.ts";
import { isOutage } from "../../outside/index.ts";
import { loopback, type Scripted } from "../../outside/testing.ts";
import { openGeocoder } from "./geocoder.ts";

const kinds = ["photon", "nominatim"] as const;
type Kind = (typeof kinds)[number];

/** Answers by what a page says of them, see fixtures/SOURCES.md. */
const fixture = (kind: Kind): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `fixtures/${kind}.json`), "utf8")) as Record<string, unknown>;
const body = (content: unknown): Scripted => ({ body: JSON.stringify(content) });

async function opened(kind: Kind, answer: (url: string) => Scripted, timeout_ms = 10_000) {
  const server = await loopback(({ url }) => answer(url));
  return {
    server,
    geocoder: openGeocoder({ kind, url: `${server.url}/geo/`, contact: "ops@example.org", timeout_ms }),
  };
}
const placesOf = async (geocoder: Geocoder, ...asked: Parameters<Geocoder["find"]>): Promise<readonly FoundPlace[]> => {
  const answer = await geocoder.find(...asked);
  return isOutage(answer) ? assert.fail(answer.reason) : answer;
};

for (const kind of kinds) {
  test(`G15 ${kind} answers in the domain's words, the surest first`, async (t) => {
    const { server, geocoder } = await opened(kind, () => body(fixture(kind)["search"]));
    t.after(() => server.close());
    const [house, street] = await placesOf(geocoder, "Jane Rd 17, Millport", 5);
    assert.deepEqual(house, {
      point: [-31.5012, 41.0034],
      label: "Jane Road 17, Millport",
      street: "Jane Road",
      houseNumber: "17",
      city: "Millport",
      postcode: "MP1 1AA",
      precision: "house",
      confidence: 1,
    });
    assert.deepEqual([street!.precision, street!.street, street!.houseNumber], ["street", "Jane Road", null]);
    assert.ok(street!.confidence < 1 && street!.confidence > 0.5, "the number is not explained");
    assert.equal((await placesOf(geocoder, "Jane Rd 17, Millport", 1)).length, 1);
    assert.equal(server.heard.length, 1, "an answer is kept");
    const { url, headers } = server.heard[0]!;
    assert.equal(headers["user-agent"], "Milepool (ops@example.org)");
    assert.ok(url.startsWith(kind === "photon" ? "/geo/api?" : "/geo/search?"));
    assert.equal(new URL(url, server.url).searchParams.get("q"), "Jane Rd 17, Millport");
    assert.equal(geocoder.attribution, "© OpenStreetMap contributors");
  });

  test(`G16 ${kind} is asked for the parts of an address`, async (t) => {
    const { server, geocoder } = await opened(kind, () => body(fixture(kind)["nothing"]));
    t.after(() => server.close());
    const parts = { street: "Jane Road", houseNumber: "17", postcode: "MP1 1AA", city: "Millport" };
    assert.deepEqual(await placesOf(geocoder, parts, 3), []);
    const asked = Object.fromEntries(new URL(server.heard[0]!.url, server.url).searchParams);
    if (kind === "photon") assert.equal(asked["q"], "Jane Road 17, MP1 1AA Millport");
    else
      assert.deepEqual(
        [asked["street"], asked["city"], asked["postalcode"], asked["q"]],
        ["17 Jane Road", "Millport", "MP1 1AA", undefined],
      );
  });

  test(`G17 ${kind} names what is at a point, and nothing that is far`, async (t) => {
    const { search, reverse = search } = fixture(kind);
    const { server, geocoder } = await opened(kind, () => body(reverse));
    t.after(() => server.close());
    const near = await geocoder.at([-31.5011, 41.0033]);
    assert.ok(near !== null && !isOutage(near) && near.label === "Jane Road 17, Millport");
    assert.equal(await geocoder.at([-31.6, 41.0033]), null);
    const empty = await opened(kind, () => body(fixture(kind)["nothing"]));
    t.after(() => empty.server.close());
    assert.equal(await empty.geocoder.at([-31.5011, 41.0033]), null);
  });

  test(`G18 when ${kind} does not answer, answers nonsense or refuses, that is an outage, and is asked anew later`, async (t) => {
    const answers: Scripted[] = [
      { status: 503, body: "" },
      { status: 400, body: '{"message":"no"}' },
      { body: "<html>" },
      body(kind === "photon" ? { features: 1 } : fixture(kind)["nothing"]),
    ];
    let next = 0;
    const { server, geocoder } = await opened(kind, () => answers[next++]!);
    t.after(() => server.close());
    const given: unknown[] = [];
    for (const _ of answers) given.push(await geocoder.find("Jane Road", 3));
    assert.deepEqual(given.map(isOutage), kind === "photon" ? [true, true, true, true] : [true, true, true, false]);
    const silent = await opened(kind, () => ({ body: null }), 50);
    t.after(() => silent.server.close());
    assert.ok(isOutage(await silent.geocoder.at([-31.5, 41])));
  });
}

test("G19 OpenStreetMap's own server is told who asks", () => {
  const url = "https://nominatim.openstreetmap.org";
  assert.throws(() => openGeocoder({ kind: "nominatim", url, contact: "" }), TypeError);
});
