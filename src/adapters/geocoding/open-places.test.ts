import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makeMillport, type Door } from "../../../simulators/city/millport/index.ts";
import type { OsmData } from "../../kernel/osm.ts";
import { greatCircle } from "../../kernel/point.ts";
import { seeded, type Rng } from "../../kernel/rng.ts";
import { openPlaces } from "./index.ts";

const town = makeMillport({ seed: 1 });
const places = openPlaces(town.data);
const homes = town.places.homes;
const answers = (home: Door, text: string): boolean => {
  const best = places.find(text, 1)[0];
  return best?.street === home.street && best.houseNumber === home.houseNumber;
};

const letters = "abcdefghijklmnopqrstuvwxyz".split("");
/** One slip of the finger inside a word of three letters or more: dropped, doubled, wrong or swapped. */
function slip(rng: Rng, name: string): string {
  const spots = Array.from(name).flatMap((letter, i) =>
    /[a-z]/i.test(letter) && /[a-z]/i.test(name[i + 1] ?? "") ? [i] : [],
  );
  const at = rng.pick(spots);
  const [before, letter, next, rest] = [name.slice(0, at), name[at]!, name[at + 1]!, name.slice(at + 2)];
  return rng.pick([
    before + next + rest,
    before + letter + letter + next + rest,
    before + rng.pick(letters) + next + rest,
    before + next + letter + rest,
  ]);
}

const short: Record<string, string> = {
  Street: "St",
  Avenue: "Ave",
  Road: "Rd",
  Lane: "Ln",
  Drive: "Dr.",
  Close: "Cl",
  Crescent: "Cres",
  Gardens: "Gdns",
};

/** As people type it: a slip or two, sometimes a short form, shouted or whispered, the number before or after, with or without the town. */
function typed(rng: Rng, home: Door): string {
  let name = home.street;
  for (let slips = name.length > 9 && rng.next() < 0.3 ? 2 : 1; slips > 0; slips--) name = slip(rng, name);
  if (rng.next() < 0.4) name = name.replace(/\w+$/, (end) => short[end] ?? end);
  if (rng.next() < 0.4) name = rng.next() < 0.5 ? name.toLowerCase() : name.toUpperCase();
  const line = rng.next() < 0.5 ? `${name} ${home.houseNumber}` : `${home.houseNumber} ${name}`;
  return line + rng.pick(["", ", Millport", " Millport", ", Millport MP1 1AA"]);
}

test("G1 of five hundred addresses with typing errors the top answer is right for 95 of 100", () => {
  const rng = seeded("typing");
  const questions = Array.from({ length: 500 }, () => {
    const home = rng.pick(homes);
    return { home, text: typed(rng, home) };
  });
  const wrong = questions.filter(({ home, text }) => !answers(home, text));
  assert.ok(wrong.length <= 25, wrong.map(({ home, text }) => `${text} (${home.street})`).join("\n"));
});

test("G2 an address written as it is has full confidence and its own point", () => {
  fc.assert(
    fc.property(fc.constantFrom(...homes.filter((_, i) => i % 20 === 0)), (home) => {
      const best = places.find(`${home.houseNumber} ${home.street}, Millport`, 1)[0]!;
      assert.equal(best.label, `${home.street} ${home.houseNumber}, Millport`);
      assert.deepEqual(best.point, home.point);
      assert.ok(best.confidence > 0.99 && best.precision === "house");
    }),
    { numRuns: 200 },
  );
});

test("G3 a missing number lies between its neighbours of the same side", () => {
  const street = (points: Record<number, number>): OsmData => ({
    nodes: [
      { id: 1, lon: -31.5, lat: 41 },
      { id: 2, lon: -31.49, lat: 41 },
      ...Object.entries(points).map(([number, lon], i) => ({
        id: 10 + i,
        lon,
        lat: 41.0001,
        tags: { "addr:street": "Elm Row", "addr:housenumber": number },
      })),
    ],
    ways: [{ id: 1, refs: [1, 2], tags: { highway: "residential", name: "Elm Row" } }],
    relations: [],
  });
  const open = openPlaces(street({ 1: -31.4999, 2: -31.4999, 5: -31.4989, 4: -31.4991 }));
  const best = open.find("Elm Row 3", 1)[0]!;
  assert.equal(best.precision, "near");
  assert.ok(Math.abs(best.point[0] - -31.4994) < 1e-9 && best.confidence < 0.95);
  assert.equal(open.find("Elm Row 99", 1)[0]!.precision, "street", "beyond the last number only the street is known");
});

test("G20 a number with a letter that the data lacks is near the number without it, and says so", () => {
  const numbers = ["2", "8", "8b"].map((number, i) => ({
    id: 10 + i,
    lon: -31.499 + i / 10_000,
    lat: 41.0001,
    tags: { "addr:street": "Elm Row", "addr:housenumber": number },
  }));
  const open = openPlaces({
    nodes: [{ id: 1, lon: -31.5, lat: 41 }, { id: 2, lon: -31.49, lat: 41 }, ...numbers],
    ways: [{ id: 1, refs: [1, 2], tags: { highway: "residential", name: "Elm Row" } }],
    relations: [],
  });
  const found = (text: string) => {
    const { houseNumber, precision, confidence } = open.find(text, 1)[0]!;
    return [houseNumber, precision, confidence === 1] as const;
  };
  assert.deepEqual(found("Elm Row 8b"), ["8b", "house", true]);
  assert.deepEqual(found("Elm Row 8"), ["8", "house", true]);
  assert.deepEqual(found("Elm Row 8a"), ["8", "near", false]);
  assert.deepEqual(found("Elm Row 6c"), ["6", "near", false]);
  assert.equal(found("Elm Row 66a")[1], "street");
});

test("G4 short forms, accents and word order make no difference", () => {
  const named = (name: string): OsmData => ({
    nodes: [
      { id: 1, lon: -8.6, lat: 41.1 },
      { id: 2, lon: -8.601, lat: 41.1 },
    ],
    ways: [{ id: 1, refs: [1, 2], tags: { highway: "residential", name } }],
    relations: [],
  });
  for (const [name, question] of [
    ["Rua de São João", "r de sao joao"],
    ["Avenida dos Aliados", "AV. DOS ALIADOS"],
    ["Rua de Santa Catarina", "santa catarina rua"],
    ["St Brannock Road", "saint brannock rd"],
    ["Straße der Einheit", "strasse der einheit"],
    ["Avenue de la République", "av de la republique"],
    ["Boulevard Saint-Michel", "bd st michel"],
    ["Hauptstraße", "Hauptstr."],
    ["Plaza Mayor", "pza mayor"],
    ["Praça da Liberdade", "Pç. da Liberdade"],
    ["Viale Europa", "v.le europa"],
    ["North Terrace", "N Terr."],
    ["High Street", "highstreet"],
    ["Highfield Road", "high field road"],
  ] as const)
    assert.equal(openPlaces(named(name)).find(question, 1)[0]?.street, name, question);
});

test("G5 shops and places are found by name", () => {
  const shop = town.places.shops.find(
    ({ name }) => town.places.shops.filter((other) => other.name === name).length === 1,
  )!;
  const best = places.find(shop.name, 1)[0]!;
  assert.equal(best.precision, "place");
  assert.deepEqual(best.point, shop.point);
  assert.equal(places.find("Dockside Depto", 1)[0]!.label.split(",")[0], "Dockside Depot");
});

test("G6 whatever is typed, the answers are at most as many as asked for, best first, between 0 and 1", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "grapheme", maxLength: 400 }),
        fc.constantFrom(...homes).map((home) => home.street),
      ),
      fc.integer({ min: 0, max: 20 }),
      (text, limit) => {
        const found = places.find(text, limit);
        assert.ok(found.length <= limit);
        assert.ok(
          found.every(
            ({ confidence }, i) =>
              confidence > 0 && confidence <= 1 && (i === 0 || found[i - 1]!.confidence >= confidence),
          ),
        );
      },
    ),
  );
  assert.deepEqual(places.find("zzqx wvut", 5), []);
  assert.deepEqual(places.find("", 5), []);
});

test("G7 a front door's own point gives its address back, and far out at sea there is none", () => {
  fc.assert(
    fc.property(fc.constantFrom(...homes), (home) => {
      const found = places.at(home.point)!;
      assert.equal(found.label, `${home.street} ${home.houseNumber}, Millport`);
    }),
  );
  assert.equal(places.at([-31.5, 40.8]), null);
});

test("G8 without house numbers the street answers, at a point on it", () => {
  const bare: OsmData = {
    ...town.data,
    nodes: town.data.nodes.map((node) =>
      node.tags?.["addr:street"] === undefined ? node : { id: node.id, lon: node.lon, lat: node.lat },
    ),
  };
  const streets = openPlaces(bare);
  const home = homes[500]!;
  const best = streets.find(`${home.street} ${home.houseNumber}, Millport`, 1)[0]!;
  assert.equal(best.street, home.street);
  assert.equal(best.precision, "street");
  assert.ok(greatCircle(streets.at(best.point)!.point, best.point) <= 1);
});

test("G9 capitals, commas and spaces make no difference", () => {
  const home = homes[42]!;
  assert.ok(answers(home, `${home.street} ${home.houseNumber}`));
  assert.ok(answers(home, `  ${home.street.toUpperCase()} , ${home.houseNumber} , MILLPORT`));
});

test("G13 an address in parts: the number is the number, and town and postcode never name a street", () => {
  const home = homes[300]!;
  const { street, houseNumber } = home;
  const [best] = places.find({ street, houseNumber, postcode: null, city: "Millport" }, 1);
  assert.deepEqual([best!.point, best!.confidence > 0.99], [home.point, true]);
  const [slipped] = places.find({ street: slip(seeded(13), street), houseNumber, postcode: null, city: null }, 1);
  assert.deepEqual([slipped!.street, slipped!.houseNumber], [street, houseNumber]);
  const [elsewhere] = places.find({ street, houseNumber, postcode: null, city: "Rotterdam" }, 1);
  assert.ok(elsewhere!.confidence < 0.8, "a town that is another one is held against the answer");
  assert.equal(places.find({ street: "zzqx", houseNumber, postcode: null, city: street }, 1).length, 0);
  const [town] = places.find({ street: null, houseNumber: null, postcode: null, city: "Millport" }, 1);
  assert.equal(town?.street ?? null, null);
});

test("G14 along a run of numbers a house is found as far as its number, round the corner too", () => {
  const end = (id: number, lon: number, lat: number, number: string) => ({
    id,
    lon,
    lat,
    tags: { "addr:street": "Elm Row", "addr:housenumber": number },
  });
  const open = openPlaces({
    nodes: [end(1, -31.5, 41, "2"), { id: 2, lon: -31.49, lat: 41 }, end(3, -31.49, 41.01, "22")],
    ways: [
      { id: 1, refs: [1, 2, 3], tags: { highway: "residential", name: "Elm Row" } },
      { id: 2, refs: [1, 2, 3], tags: { "addr:interpolation": "even" } },
    ],
    relations: [],
  });
  const [best] = open.find("Elm Row 20", 1);
  assert.ok(best!.precision === "near" && best!.confidence < 1);
  assert.ok(Math.abs(best!.point[0] + 31.49) < 1e-9 && best!.point[1] > 41.007, String(best!.point));
  assert.equal(open.find("Elm Row 7", 1)[0]!.precision, "street", "an odd number is not among even ones");
});

test("G21 of streets of one name that in the middle of town comes first, however many villages have one", () => {
  const street = (id: number, lon: number, lat: number, name: string) => ({
    nodes: [
      { id: 2 * id, lon, lat },
      { id: 2 * id + 1, lon: lon + 0.001, lat },
    ],
    way: { id, refs: [2 * id, 2 * id + 1], tags: { highway: "residential", name } },
  });
  const villages = Array.from({ length: 30 }, (_, i) => street(i + 1, -31.9 + 0.03 * i, 41.3, "Church Lane"));
  const others = Array.from({ length: 60 }, (_, i) => street(i + 100, -31.5, 41 + 0.001 * i, `Row${i} Road`));
  const all = [...villages, ...others, street(200, -31.495, 41.03, "Church Lane")];
  const open = openPlaces({ nodes: all.flatMap(({ nodes }) => nodes), ways: all.map(({ way }) => way), relations: [] });
  for (const question of ["Church Lane", "church lnae 7"]) {
    const [best, next] = open.find(question, 5);
    assert.ok(greatCircle(best!.point, [-31.495, 41.03]) < 200, `${question}: ${best!.point.join()}`);
    assert.equal(best!.confidence, next!.confidence);
  }
});
