import assert from "node:assert/strict";
import { test } from "node:test";
import type { Places } from "../../domain/index.ts";
import { greatCircleTravel } from "../../adapters/roads/index.ts";
import { StartRefused } from "../settings.ts";
import { townOf } from "./simulators.ts";

const city = {
  name: "Testport",
  attribution: "",
  bounds: [-8.7, 41.1, -8.5, 41.2],
  centre: [-8.6, 41.15],
  zone: "Europe/Lisbon",
  jurisdiction: "PT",
  currency: "EUR",
  tile: () => null,
} as const;

/** An address wherever one asks. */
const everywhere: Places = {
  at: (point) => ({
    point,
    label: `${point.join(" ")}, Testport`,
    street: "Long Street",
    houseNumber: "1",
    city: "Testport",
    postcode: null,
    precision: "house",
    confidence: 1,
  }),
  find: (question) => {
    const [longitude, latitude] = (question as string).split(",")[0]!.split(" ").map(Number);
    return [everywhere.at([longitude!, latitude!])!];
  },
};

const done = (): Promise<void> => Promise.resolve();
const travel = { ...greatCircleTravel(), ready: done, close: done, apply: done };

test("the simulators' town is the network's city: its bounds, addresses, roads and money", async () => {
  const town = townOf({ city, travel, places: everywhere });
  const { pickup, dropoff } = town.examples;
  assert.notEqual(pickup.address, dropoff.address);
  for (const place of [pickup, dropoff])
    assert.deepEqual(town.locate(place.address), [place.longitude, place.latitude]);
  assert.deepEqual(town.coverage, { west: -8.7, south: 41.1, east: -8.5, north: 41.2 });
  assert.equal(town.currency, "EUR");
  const drive = await town.drive([-8.61, 41.15], [-8.6, 41.15]);
  assert.ok(drive.meters > 800 && drive.seconds > 60);
  assert.deepEqual(drive.at(0), [-8.61, 41.15]);
});

test("a city without addresses has nowhere to go to", () => {
  const nowhere: Places = { at: () => null, find: () => [] };
  assert.throws(() => townOf({ city, travel, places: nowhere }), StartRefused);
});
