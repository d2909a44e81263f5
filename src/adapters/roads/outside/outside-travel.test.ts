import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import fc from "fast-check";
import { type Travel, unreachable } from "../../../domain/ports.ts";
import type { Point } from "../../../kernel/point.ts";
import { meters } from "../../../kernel/quantity.ts";
import { refuse, type Outage } from "../../../kernel/result.ts";
import { type Heard, loopback, type Scripted } from "../../outside/testing.ts";
import { greatCircleTravel } from "../great-circle-travel.ts";
import { osrmRouter, outsideTravel, valhallaRouter } from "./index.ts";
import { decodePolyline } from "./polyline.ts";

const fixture = (name: string): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `fixtures/${name}.json`), "utf8")) as Record<string, unknown>;
const [osrm, valhalla] = [fixture("osrm"), fixture("valhalla")];
const body = (content: unknown, status = 200): Scripted => ({ status, body: JSON.stringify(content) });

const [west, east, sea]: Point[] = [
  [-31.5012, 41.0034],
  [-31.499, 41.0045],
  [-31.3, 40.8],
] as const;
/** Roads everywhere but at sea. */
const city: Travel = {
  ...greatCircleTravel(),
  snap: (point, profile) =>
    point[1] < 40.9
      ? refuse({ code: "POINT_FAR_FROM_ROAD", limit: meters(400), nearest: null })
      : greatCircleTravel().snap(point, profile),
};

async function opened(t: TestContext, kind: "osrm" | "valhalla", answer: (heard: Heard) => Scripted, most?: number) {
  const server = await loopback(answer);
  t.after(() => server.close());
  const router =
    kind === "osrm"
      ? osrmRouter({
          urls: { car: server.url },
          timeout_ms: 10_000,
          ...(most === undefined ? {} : { mostPoints: most }),
        })
      : valhallaRouter({ url: server.url, timeout_ms: 10_000, ...(most === undefined ? {} : { mostPairs: most }) });
  const silences: Outage[] = [];
  return { server, silences, travel: outsideTravel(router, city, (one) => void silences.push(one)) };
}

test("X1 OSRM's route in the domain's words: shape, clock and steps agree", async (t) => {
  const { server, travel } = await opened(t, "osrm", () => body(osrm["route"]));
  const route = await travel.route(west, east, "car");
  assert.ok(route.ok);
  const { duration, distance, shape, elapsed, steps, source } = route.value;
  assert.deepEqual([duration, distance, source], [41, 268, "roads"]);
  assert.deepEqual([shape[0], shape.at(-1), shape.length], [west, east, 4]);
  assert.deepEqual([elapsed[0], elapsed.at(-1)!.toFixed(1), elapsed.length], [0, "41.2", 4]);
  assert.deepEqual(
    steps.map(({ maneuver, street, at }) => [maneuver, street, at]),
    [
      ["depart", "Jane Road", 0],
      ["left", "Mill Lane", 1],
      ["arrive", "Mill Lane", 3],
    ],
  );
  const path = "/route/v1/driving/-31.5012,41.0034;-31.499,41.0045";
  assert.equal(server.heard[0]!.url.split("?")[0], path);
});

test("X2 Valhalla's recorded route in the domain's words: shape, clock and steps agree", async (t) => {
  const { server, travel } = await opened(t, "valhalla", () => body(valhalla["route"]));
  const route = await travel.route(west, east, "van");
  assert.ok(route.ok);
  const { duration, distance, shape, elapsed, steps } = route.value;
  assert.deepEqual([duration, distance, shape.length], [224, 2580, 51]);
  assert.deepEqual(shape[0], [-31.514007, 41.000974]);
  assert.ok(elapsed.length === 51 && elapsed[50] === 223.777 && elapsed.every((at, i) => at >= (elapsed[i - 1] ?? 0)));
  assert.deepEqual(
    steps.map(({ maneuver, at }) => `${maneuver} ${at}`).join(", "),
    "depart 0, right 1, left 6, roundabout 21, continue 23, left 28, left 44, right 47, arrive 50",
  );
  assert.deepEqual([steps[3]!.exit, steps[2]!.street], [2, "High Street"]);
  assert.deepEqual(JSON.parse(server.heard[0]!.body), {
    locations: [
      { lon: -31.5012, lat: 41.0034 },
      { lon: -31.499, lat: 41.0045 },
    ],
    units: "kilometers",
    costing: "auto",
  });
});

test("X3 a matrix has what the server says, and what is on no road or has no way is unreachable", async (t) => {
  const { server, travel } = await opened(t, "osrm", () => body(osrm["table"]));
  const matrix = await travel.matrix([west, sea, east], [west, east, [-31.5, 41.004]], "car");
  const no = unreachable;
  assert.deepEqual([...matrix.seconds], [0, 41, no, no, no, no, 40, 0, 13]);
  assert.deepEqual([...matrix.meters], [0, 268, no, no, no, no, 268, 0, 90]);
  assert.ok(server.heard[0]!.url.includes("sources=0;1&destinations=2;3;4"));
  const recorded = await opened(t, "valhalla", () => body(valhalla["matrix"]));
  const { seconds, meters: lengths } = await recorded.travel.matrix([west, east], [west, east, east], "bicycle");
  assert.deepEqual([...seconds], [457, 367, 443, 0, 226, 68]);
  assert.deepEqual([...lengths], [8581, 4669, 8045, 0, 2718, 733]);
});

test("X4 a matrix is asked in blocks that the server takes, and put together right", async (t) => {
  /** Answers each pair with a number that tells the pair. */
  const answer = ({ url }: Heard): Scripted => {
    const [, list] = /driving\/([^?]+)/.exec(url)!;
    const lons = list!.split(";").map((one) => Math.round((Number(one.split(",")[0]) + 31.5) * 1e4));
    const indices = (name: string): number[] => new RegExp(`${name}=([\\d;]+)`).exec(url)![1]!.split(";").map(Number);
    assert.ok(lons.length <= 7, `${lons.length} points at once`);
    const cells = indices("sources").map((i) => indices("destinations").map((j) => lons[i]! * 100 + lons[j]!));
    return body({ code: "Ok", durations: cells, distances: cells });
  };
  const { server, travel } = await opened(t, "osrm", answer, 7);
  const points = (count: number): Point[] => Array.from({ length: count }, (_, i) => [-31.5 + i / 1e4, 41]);
  const { seconds } = await travel.matrix(points(9), points(11), "car");
  assert.deepEqual(
    [...seconds],
    [...seconds.keys()].map((at) => Math.floor(at / 11) * 100 + (at % 11)),
  );
  assert.ok(server.heard.length > 4);
});

test("X5 where the server is silent, refuses or answers nonsense the city's own roads stand in, and somebody hears why", async (t) => {
  const bad: Scripted[] = [
    { status: 503, body: "" },
    body(osrm["tooBig"], 400),
    { body: "<html>" },
    body({ code: "Ok", routes: [{}] }),
  ];
  for (const answer of bad) {
    const { silences, travel } = await opened(t, "osrm", () => answer);
    const [route, matrix] = [await travel.route(west, east, "car"), await travel.matrix([west], [east], "car")];
    assert.ok(route.ok && route.value.source === "great_circle" && matrix.source === "great_circle");
    assert.equal(silences.length, 2);
  }
  const failing = await opened(t, "valhalla", () =>
    body({ error_code: 171, error: "No suitable edges near location" }, 400),
  );
  assert.equal((await failing.travel.matrix([west], [east], "foot")).source, "great_circle");
  assert.equal(failing.silences[0]!.reason, "Valhalla answered 400, 171");
});

test("X6 no way and a profile that the server does not know are no outage: the own roads answer", async (t) => {
  const { server, silences, travel } = await opened(t, "osrm", () => body(osrm["noRoute"], 400));
  const none = await travel.route(west, east, "car");
  assert.ok(none.ok && none.value.source === "great_circle");
  assert.equal((await travel.matrix([west], [east], "foot")).source, "great_circle");
  const far = await travel.route(sea, east, "car");
  assert.ok(!far.ok && far.refusal.code === "POINT_FAR_FROM_ROAD");
  assert.deepEqual([server.heard.length, silences.length], [1, 0]);
});

test("X7 whatever a server writes as a polyline, it is points on the globe or none", () => {
  assert.deepEqual(decodePolyline("_izlhA~rlgdF_{geC~ywl@_kwzCn`{nI"), [
    [-120.2, 38.5],
    [-120.95, 40.7],
    [-126.453, 43.252],
  ]);
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      const points = decodePolyline(text);
      assert.ok(points === null || points.every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90));
    }),
  );
});
