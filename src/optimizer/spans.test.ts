import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seeded } from "../kernel/rng.ts";
import { newPlaceSearch } from "./delivery-detours.ts";
import { cheapestByWalk } from "./place-by-walk.ts";
import { cheapestPlace } from "./place-search.ts";
import { randomProblem } from "./random-problem.ts";
import { openSearch } from "./search.ts";
import type { Problem } from "./types.ts";

/** Routes from a random problem without extras, whose vehicles have limits on duty, prices for it, or both. */
function withDuty(seed: number): Problem {
  const problem = randomProblem({ seed, vehicles: 4, shipments: 14, rich: false });
  const rng = seeded(`duty ${seed}`);
  const duty = () => ({
    costPerSecond: rng.below(3),
    overtimeAfter: rng.next() < 0.5 ? rng.below(3000) : null,
    overtimePerSecond: rng.below(4),
    longest: rng.next() < 0.7 ? 500 + rng.below(4000) : null,
  });
  const half = (s: number): boolean => s % 3 > 0;
  return {
    ...problem,
    vehicles: problem.vehicles.map((vehicle) => {
      const { shift } = vehicle;
      const leaves = rng.next() < 0.3 ? { leaveBy: shift.earliest + rng.below(2000) } : {};
      return { ...vehicle, shift: { ...shift, ...leaves }, duty: duty() };
    }),
    shipments: problem.shipments.map((shipment, s) => (half(s) ? shipment : { ...shipment, pickup: null })),
  };
}

test("O21 duty known in constant time is what a walk finds: the same places, at the same cost", () => {
  let found = 0;
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const problem = withDuty(seed);
      const { routes, absent, instance } = openSearch(problem, { seed, objective: "cost" });
      assert.ok(routes.terms.anySpanned && !routes.terms.judged.includes(1));
      for (let k = 0; k < absent.count; k++) {
        for (let v = 0; v < instance.vehicles; v++) {
          const [quick, walked] = [newPlaceSearch(), newPlaceSearch()];
          const cost = cheapestPlace(quick, routes, absent.list[k]!, v);
          const expected = cheapestByWalk(walked, routes, absent.list[k]!, v, Infinity);
          assert.equal(cost < Infinity, expected < Infinity);
          if (cost === Infinity) continue;
          found++;
          assert.ok(Math.abs(cost - expected) < 1e-6, `${cost} is not ${expected}`);
        }
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(found > 100, `${found} places are too few to tell`);
});
