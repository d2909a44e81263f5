import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openTravel } from "../../src/adapters/roads/index.ts";
import type { OsmData } from "../../src/kernel/osm.ts";
import type { Point } from "../../src/kernel/point.ts";
import { iso, openBench, order, townOf } from "./harness.ts";
import { until } from "./until.ts";

/** Two banks and a bridge of 840 m between them; the way round it is some five kilometres. */
const places: readonly Point[] = [
  [-8.61, 41.15],
  [-8.605, 41.15],
  [-8.595, 41.15],
  [-8.59, 41.15],
  [-8.605, 41.17],
  [-8.595, 41.17],
];
const bridge = 2;
const way = (id: number, refs: readonly number[]) => ({
  id,
  refs,
  tags: { highway: "residential", name: `Way ${id}` },
});
const data: OsmData = {
  nodes: places.map(([lon, lat], i) => ({ id: i + 1, lon, lat })),
  ways: [way(1, [1, 2]), way(bridge, [2, 3]), way(3, [3, 4]), way(4, [2, 5, 6, 3])],
  relations: [],
};
const [west, , , east] = places;

/** The town with its bridge, and who speaks for whom. */
async function openTown() {
  const travel = await openTravel(data, { cacheFolder: null, contentHash: "bridge", zone: "Europe/Lisbon" });
  after(() => travel.close());
  const bench = await openBench({ town: townOf(travel) });
  const [operator, baker, carrier] = await Promise.all([
    bench.key("network"),
    bench.key(bench.bakery),
    bench.key(bench.fleet),
  ]);
  const ask = async (key: string, method: string, url: string, body?: unknown) => {
    const answer = await bench.call(key, method, url, body);
    assert.ok(answer.status < 300, answer.text);
    return answer.body;
  };
  const vehicle = { profile: "van", maxWeightGrams: 500_000, maxVolumeLiters: 3000, maxParcels: 50 };
  const begin = async (name: string, start: Point): Promise<string> => {
    const courier = await ask(carrier, "POST", "/v1/couriers", { name, employment: "staff", vehicle, skills: [] });
    const span = { startsAt: iso(-10), endsAt: iso(300) };
    const shift = await ask(carrier, "POST", "/v1/shifts", { courier: courier.id, ...span, start });
    await ask(carrier, "POST", `/v1/shifts/${shift.id}/start`, {});
    return courier.id;
  };
  const close = (closures: readonly object[], minute: number) =>
    ask(operator, "POST", "/v1/roads/conditions", {
      source: "bridge-keeper",
      observedAt: iso(minute),
      validUntil: iso(60),
      closures,
    });
  return { bench, baker, ask, begin, close };
}

test("a bridge closes: the order that is on its way is expected later, and the next one is promised with the detour", async () => {
  const { bench, baker, ask, begin, close } = await openTown();
  await begin("Mia", west!);

  const placed = async (): Promise<string> =>
    (
      await ask(
        baker,
        "POST",
        "/v1/orders",
        order({ pickup: { name: "Bakery", point: west }, dropoff: { name: "Ana", point: east } }),
      )
    ).id;
  const estimated = (id: string): Promise<number> =>
    until(async () => {
      const { legs } = await ask(baker, "GET", `/v1/orders/${id}/legs`);
      return legs[0]?.assignment && legs[0].estimate?.dropoff ? Date.parse(legs[0].estimate.dropoff) : null;
    });
  const first = await placed();
  const usual = await estimated(first);
  await close([{ ways: [bridge] }], 0);
  const detour = await estimated(first);
  assert.ok(detour - usual > 4 * 60_000, `later by ${(detour - usual) / 1000} s`);
  const second = await placed();
  const promised = await estimated(second);
  assert.ok(promised > detour - 60_000);

  await close([], 1);
  assert.ok((await estimated(second)) < promised - 4 * 60_000, "it has opened again");
  assert.deepEqual(bench.logged, []);
});

test("a bridge closes: an order that its courier cannot bring in time any more goes to who can, beyond the bridge", async () => {
  const { bench, baker, ask, begin, close } = await openTown();
  const mia = await begin("Mia", places[1]!);
  const ben = await begin("Ben", places[5]!);
  const placed = await ask(
    baker,
    "POST",
    "/v1/orders",
    order({
      pickup: { name: "Bakery", point: places[2]! },
      dropoff: { name: "Ana", point: east },
      dropoffWindow: { latest: iso(10) },
    }),
  );
  const carriedBy = (courier: string): Promise<string> =>
    until(async () => {
      const { legs } = await ask(baker, "GET", `/v1/orders/${placed.id}/legs`);
      return legs[0]?.assignment?.courier === courier ? courier : null;
    });
  await carriedBy(mia);
  await close([{ ways: [bridge] }], 0);
  await carriedBy(ben);
  assert.deepEqual(bench.logged, []);
});
