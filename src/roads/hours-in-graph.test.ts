import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { OsmData, OsmTags } from "../kernel/osm.ts";
import { seeded } from "../kernel/rng.ts";
import { readConditionals, tagsAt } from "./conditions.ts";
import { graphAt } from "./graph-at.ts";
import type { Moment } from "./hours.ts";
import { buildGraph, type ProfileName, type Roads } from "./index.ts";
import { vehicleOf } from "./profiles.ts";
import { side, slowed, timedTown } from "./test-random-town.ts";
import { draw, lonLat, open, passed, type Place, type Town } from "./test-town.ts";

const moment = (minute: number, weekday = 0): Moment => ({ weekday, minute, month: 6, day: 15, isHoliday: false });
const nine = moment(9 * 60);
const noon = moment(12 * 60);

/** The map as a survey at that moment would have drawn it: without conditions. */
function drawnAt(data: OsmData, when: Moment, profile: ProfileName): OsmData {
  const vehicle = vehicleOf(profile);
  const plain = (tags: OsmTags = {}): OsmTags => {
    const conditionals = readConditionals(tags, vehicle);
    if (conditionals === null) return tags;
    const read = Object.entries(tagsAt(tags, conditionals, when, vehicle));
    return Object.fromEntries(read.filter(([key]) => !key.endsWith(":conditional")));
  };
  const ways = data.ways.map((way) => ({ ...way, tags: plain(way.tags) }));
  const relations = data.relations.map((relation) => ({ ...relation, tags: plain(relation.tags) }));
  return { nodes: data.nodes, ways, relations };
}

const townsFor = (...profiles: ProfileName[]) =>
  fc.record({
    seed: fc.nat(1_000_000),
    profile: fc.constantFrom(...profiles),
    when: fc.constantFrom(nine, noon),
  });

/** Snaps of the same points on both, where they lie on the same way at the same place. */
function commonSnaps(one: Roads, other: Roads, seed: number) {
  const rng = seeded(`${seed}/points`);
  const points = Array.from({ length: 25 }, (): Place => [rng.between(0, side - 1), rng.between(0, side - 1)]);
  return points.flatMap((place) => {
    const [a, b] = [one.snap(...lonLat(place)), other.snap(...lonLat(place))];
    return a !== null && b !== null && a.lon === b.lon && a.lat === b.lat ? [[a, b] as const] : [];
  });
}

test("R15 a graph at a moment answers as one built from what holds at that moment", () => {
  fc.assert(
    fc.property(townsFor("car", "foot"), ({ seed, profile, when }) => {
      // Not both at once: where a street is closed for good, the bend beside it is no fork, and costs nothing.
      const data = draw(profile === "foot" ? timedTown(seed) : timedTown(seed, slowed));
      const graph = buildGraph(data, profile);
      // Where closings cut a town in halves it is not said which of them is the town.
      fc.pre(graph.stateOpen.filter((openness) => openness === 2).length > graph.firstOut / 2);
      const [at, fresh] = [graphAt(graph, [when]), buildGraph(drawnAt(data, when, profile), profile)];
      const [one, other] = [open(at), open(fresh)];
      const snaps = commonSnaps(one, other, seed);
      const [mine, theirs] = [snaps.map(([a]) => a), snaps.map(([, b]) => b)];
      assert.deepEqual(one.matrix(mine, mine), other.matrix(theirs, theirs));
    }),
    { numRuns: 80 },
  );
});

test("R15 at every moment every stretch that is open leads to every other", () => {
  fc.assert(
    fc.property(townsFor("car", "bicycle", "foot"), ({ seed, profile, when }) => {
      const graph = graphAt(buildGraph(draw(timedTown(seed)), profile), [when, nine]);
      const roads = open(graph);
      const rng = seeded(`${seed}/points`);
      const points = Array.from({ length: 15 }, (): Place => [rng.between(0, side - 1), rng.between(0, side - 1)]);
      const snaps = points.flatMap((place) => roads.snap(...lonLat(place)) ?? []);
      assert.ok(roads.matrix(snaps, snaps).every((key) => key < Infinity && key >= 0));
    }),
    { numRuns: 40 },
  );
});

const places = { A: [0, 0], B: [2, 0], C: [4, 0], D: [0, 2], E: [2, 2], F: [4, 2] } as const;
const block = (tags: OsmTags): Town => ({
  places,
  streets: [{ nodes: "AB" }, { nodes: "BC", tags }, { nodes: "ADEFC" }, { nodes: "BE" }],
});
const there = (tags: OsmTags, profile: ProfileName, ...when: Moment[]): string => {
  const drawn = block(tags);
  return passed(drawn, open(graphAt(buildGraph(draw(drawn), profile), when)), [1, 0], [4, 1]);
};

test("R6 a gate stops who comes while it is closed, by its own hours", () => {
  const gate = (tags: OsmTags): Town => ({
    places: { ...places, X: [3, 0] },
    streets: [{ nodes: "AB" }, { nodes: "BXC" }, { nodes: "ADEFC" }, { nodes: "BE" }],
    nodeTags: { X: { barrier: "gate", ...tags } },
  });
  const way = (tags: OsmTags, ...when: Moment[]): string => {
    const drawn = gate(tags);
    return passed(drawn, open(graphAt(buildGraph(draw(drawn), "van"), when)), [1, 0], [4, 1]);
  };
  const mornings = { access: "no", "access:conditional": "yes @ (07:00-11:00)" };
  assert.deepEqual([way(mornings, nine), way(mornings, noon), way(mornings, nine, noon)], ["BXC", "BEF", "BEF"]);
  const noVans = { "motor_vehicle:conditional": "no @ (Mo-Fr 11:30-13:00)" };
  assert.deepEqual([way(noVans, nine), way(noVans, noon)], ["BXC", "BEF"]);
  assert.equal(
    way({ "motor_vehicle:conditional": "no @ (weight>3)" }),
    "BEF",
    "the vehicle is known, whatever the hour",
  );
  const report = buildGraph(draw(gate({ "access:conditional": "no @ (wet)" })), "van").report;
  assert.deepEqual(report.examples["conditionsUnknown"], [`node/${"X".codePointAt(0)}`]);
});

test("R15 a street is open, ending-only, closed or slow by the hour, and as hard as its hardest moment in a band", () => {
  const tags = { motor_vehicle: "no", "motor_vehicle:conditional": "yes @ (07:00-11:00)" };
  assert.equal(there(tags, "van", nine), "BC");
  assert.equal(there(tags, "van", noon), "BEF");
  assert.equal(there(tags, "van", nine, noon), "BEF");
  const delivered = { highway: "pedestrian", "motor_vehicle:conditional": "delivery @ (Mo-Fr 07:00-11:00)" };
  const drawn = block(delivered);
  const graph = buildGraph(draw(drawn), "van");
  const at = (when: Moment): Roads => open(graphAt(graph, [when]));
  assert.equal(passed(drawn, at(nine), [1, 0], [3, 0]), "B");
  assert.equal(passed(drawn, at(nine), [1, 0], [4, 1]), "BEF");
  assert.equal(passed(drawn, at(noon), [1, 0], [3, 0]), "-");
  assert.equal(passed(drawn, at(moment(9 * 60, 6)), [1, 0], [3, 0]), "-");
  assert.equal(there({ "maxspeed:conditional": "5 @ (08:00-10:00)" }, "car", nine), "BEF");
  assert.equal(there({ "maxspeed:conditional": "5 @ (08:00-10:00)" }, "car", noon), "BC");
  assert.equal(there({ "oneway:conditional": "-1 @ (08:00-10:00)" }, "car", nine), "BEF");
});
