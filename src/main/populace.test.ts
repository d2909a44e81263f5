import assert from "node:assert/strict";
import { test } from "node:test";
import { everybody } from "../../simulators/city/cast.ts";
import { drawMillport } from "../../simulators/city/millport/index.ts";
import { greatCircleTravel } from "../adapters/roads/index.ts";
import { journeyScope } from "../domain/index.ts";
import { seeded } from "../kernel/rng.ts";
import type { LoadedCity } from "./city.ts";
import { Populace } from "./populace.ts";
import { LittleWorld, spot } from "./testing/little-world.ts";

test("W14 the city's people come in through the doors: everybody is known, on duty, and each wish is placed at its time", async () => {
  const world = await LittleWorld.open({ carriers: [] });
  const data = drawMillport({ seed: 1, population: 1000 });
  const city = { zone: "Europe/Lisbon", currency: "EUR", bounds: [-9, 41, -8, 42], centre: spot(0, 0) };
  const loaded = { city, data, travel: greatCircleTravel() } as unknown as LoadedCity;
  const log = (what: string, error: unknown): void => void world.faults.push(`${what}: ${String(error)}`);
  const populace = new Populace({ loaded, scheduler: world.time, rng: seeded("people"), log });
  const day = { from: world.time.now(), hours: 2, orders: 30, couriers: 3, partnerVans: 2 };
  await populace.begin(world.network, day);

  const known = new Set((await world.store.reads.participants(journeyScope)).map(({ id }) => id));
  for (const { id, name } of everybody(populace.cast)) assert.ok(known.has(id), `${name} was introduced`);
  const couriers = world.network.hot.all("courier");
  const ofCarrier = (id: string): number => couriers.filter(({ carrier }) => carrier === id).length;
  assert.deepEqual([ofCarrier(populace.cast.fleet.id), ofCarrier(populace.cast.partner.id)], [3, 2]);
  const spots = new Set([...populace.places.shops, ...populace.places.depots].map(({ point }) => String(point)));
  for (const { state, start } of world.network.hot.all("shift")) {
    assert.equal(state, "on_duty");
    assert.ok(spots.has(String(start)), "work begins at a shop or a depot");
  }

  const placed = async (): Promise<number> =>
    (await world.store.reads.orders(journeyScope, { limit: 100 })).rows.length;
  assert.equal(await placed(), 0, "nobody has wished for anything yet");
  await world.until(60);
  const half = await placed();
  assert.ok(half > 0 && half < 30, `${half} after one of two hours`);
  await world.until(240);
  const { rows } = await world.store.reads.orders(journeyScope, { limit: 100 });
  assert.equal(rows.length, 30);
  const shops = populace.cast.shippers.map(({ id }) => id);
  for (const { shipper, placedAt } of rows) {
    assert.ok(shops.includes(shipper));
    assert.ok(placedAt >= day.from && placedAt <= day.from + 2 * 3_600_000);
  }
  assert.ok(
    rows.some(({ state }) => state === "delivered"),
    "somebody brings it",
  );
  assert.deepEqual(world.faults, []);
});
