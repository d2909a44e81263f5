import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { after, instant, seconds } from "../../../kernel/quantity.ts";
import { readConditions } from "./read-conditions.ts";

const now = instant(Date.parse("2026-11-21T08:00:00Z"));
const report = (more: object = {}): object => ({
  source: "traffic-centre",
  observedAt: "2026-11-21T07:59:00Z",
  validUntil: "2026-11-21T08:15:00Z",
  ...more,
});
const cell = "8834e05a4dfffff";
const read = (more: object) => {
  const answer = readConditions(report(more), now);
  return answer.ok ? answer.value : assert.fail(`${answer.refusal.at} ${answer.refusal.reason}`);
};

test("F1 congestion by cell and kind of road, closures by way, line and area, with their times", () => {
  const { slowdowns, closures, source, validUntil } = read({
    slowdowns: [
      { cells: [cell], classes: ["primary", "secondary"], share: 0.6 },
      { everywhere: true, profiles: ["car"], share: 0.9, from: "2026-11-21T08:05:00Z" },
    ],
    closures: [
      { ways: [12, 13], profiles: ["van"] },
      {
        line: [
          [-31.5, 41],
          [-31.49, 41],
        ],
        until: "2026-11-22T00:00:00+01:00",
      },
      {
        area: [
          [-31.5, 41],
          [-31.49, 41],
          [-31.49, 41.01],
        ],
      },
    ],
  });
  assert.deepEqual([source, validUntil], ["traffic-centre", after(now, seconds(900))]);
  const [jam, everywhere] = slowdowns;
  assert.ok(jam!.where?.kind === "area" && jam!.where.ring.length === 6);
  assert.ok(Math.abs(jam!.where.ring[0]![1]) < 90, "latitude second");
  assert.deepEqual([jam!.classes, jam!.share, jam!.profiles], [["primary", "secondary"], 0.6, null]);
  assert.deepEqual([everywhere!.where, everywhere!.from], [null, after(now, seconds(300))]);
  assert.deepEqual(
    closures.map(({ where }) => where.kind),
    ["ways", "line", "area"],
  );
  assert.deepEqual([closures[0]!.profiles, closures[1]!.until], [["van"], Date.parse("2026-11-21T23:00:00Z")]);
});

test("F2 weather slows each profile by its own share, cyclists more than drivers", () => {
  const { slowdowns } = read({ weather: [{ everywhere: true, kind: "heavy_snow" }] });
  const shareOf = (profile: string): number =>
    slowdowns.find(({ profiles }) => profiles![0] === (profile as never))!.share;
  assert.ok(shareOf("bicycle") < shareOf("car") && shareOf("car") < 1);
  assert.equal(shareOf("car"), shareOf("van"));
});

test("F2 every weather leaves each profile a share that a report may name, and worse weather less", () => {
  const shares = (kind: string): number[] => {
    const { slowdowns } = read({ weather: [{ everywhere: true, kind }] });
    assert.equal(new Set(slowdowns.flatMap(({ profiles }) => profiles!)).size, 6, kind);
    return slowdowns.map(({ share }) => share);
  };
  for (const kind of ["rain", "heavy_rain", "snow", "heavy_snow", "ice", "fog", "storm"])
    assert.ok(
      shares(kind).every((share) => share >= 0.3 && share <= 1),
      kind,
    );
  const light = [...shares("rain"), ...shares("snow")];
  assert.ok([...shares("heavy_rain"), ...shares("heavy_snow")].every((share, i) => share < light[i]!));
});

test("F3 a report that is wrong anywhere is refused as a whole, with the place", () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ observedAt: "2026-11-21T09:00:00Z" }, "observedAt"],
    [{ observedAt: "yesterday" }, "observedAt"],
    [{ validUntil: "2026-11-21T07:59:00Z" }, "validUntil"],
    [{ validUntil: "2026-12-21T07:59:00Z" }, "validUntil"],
    [{ source: "a b" }, "source"],
    [{ surprise: 1 }, "surprise"],
    [{ slowdowns: {} }, "slowdowns"],
    [{ slowdowns: [{ everywhere: true, share: 0 }] }, "slowdowns[0].share"],
    [{ slowdowns: [{ everywhere: true, share: 1e-9 }] }, "slowdowns[0].share"],
    [{ slowdowns: [{ everywhere: true, share: 2.1 }] }, "slowdowns[0].share"],
    [{ slowdowns: [{ everywhere: true, share: 0.5 }, { share: 0.5 }] }, "slowdowns[1]"],
    [{ slowdowns: [{ everywhere: true, cells: [cell], share: 0.5 }] }, "slowdowns[0]"],
    [{ slowdowns: [{ cells: ["here"], share: 0.5 }] }, "slowdowns[0].cells[0]"],
    [{ slowdowns: [{ everywhere: true, share: 0.5, classes: ["lane"] }] }, "slowdowns[0].classes[0]"],
    [{ weather: [{ everywhere: true, kind: "frogs" }] }, "weather[0].kind"],
    [{ closures: [{ everywhere: true }] }, "closures[0].everywhere"],
    [{ closures: [{ line: [[0, 0]] }] }, "closures[0].line"],
    [
      {
        closures: [
          {
            line: [
              [0, 0],
              [0, 99],
            ],
          },
        ],
      },
      "closures[0].line[1]",
    ],
    [{ closures: [{ ways: [1.5] }] }, "closures[0].ways[0]"],
    [{ closures: [{ ways: [1], from: "2026-11-21T09:00:00Z", until: "2026-11-21T08:00:00Z" }] }, "closures[0].until"],
    [{ closures: Array.from({ length: 5001 }, () => ({ ways: [1] })) }, "closures"],
    [
      { slowdowns: [1, 2].map(() => ({ cells: Array.from({ length: 3000 }, () => cell), share: 1 })) },
      "slowdowns[1].cells",
    ],
  ];
  for (const [more, at] of wrong) {
    const answer = readConditions(report(more), now);
    assert.ok(!answer.ok, at);
    assert.deepEqual([answer.refusal.code, answer.refusal.at], ["ROAD_REPORT_UNREADABLE", at]);
  }
});

test("F4 whatever JSON comes in, it is a report or a refusal", () => {
  const field = fc.constantFrom("source", "observedAt", "slowdowns", "closures", "weather", "cells", "line", "share");
  fc.assert(
    fc.property(fc.jsonValue(), fc.dictionary(field, fc.jsonValue()), (anything, fields) => {
      assert.equal(typeof readConditions(anything, now).ok, "boolean");
      assert.equal(typeof readConditions(report(fields), now).ok, "boolean");
    }),
  );
});
