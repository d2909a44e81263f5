import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Point } from "../kernel/point.ts";
import { cityChoice, loadCity } from "./city.ts";
import { StartRefused } from "./settings.ts";

const home = mkdtempSync(join(tmpdir(), "milepool-city-"));
const chosen = (env: NodeJS.ProcessEnv) => cityChoice(env, home, ["car"]);

test("without a city everything is reachable, and every time says that it is only a great circle", async () => {
  const { travel, city, places } = await loadCity(chosen({ MILEPOOL_CITY: "none", MILEPOOL_CITY_CURRENCY: "JPY" }));
  const [here, there]: readonly Point[] = [
    [9.99, 53.55],
    [10.01, 53.56],
  ];
  const { source, seconds } = await travel.matrix([here!], [there!], "bicycle");
  assert.equal(source, "great_circle");
  assert.ok(seconds[0]! > 0);
  assert.equal(city.currency, "JPY");
  assert.deepEqual(places.find("Harbour Street 1", 3), []);
  await travel.close();
});

test("Millport declares its own zone, law and currency, whatever the environment says of others", async () => {
  const { city, travel } = await loadCity(chosen({ MILEPOOL_CITY_ZONE: "Europe/Berlin" }));
  assert.deepEqual([city.zone, city.jurisdiction, city.currency], ["Atlantic/Azores", "PT", "EUR"]);
  await travel.close();
});

test("a zone or currency that does not exist is refused with what to give instead", () => {
  assert.throws(() => chosen({ MILEPOOL_CITY_ZONE: "Mars/Base" }), StartRefused);
  assert.throws(() => chosen({ MILEPOOL_CITY_CURRENCY: "euros" }), /ISO 4217/);
});
