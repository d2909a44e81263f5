import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { DeliveryReport, Leg } from "../domain/index.ts";
import { instant, seconds } from "../kernel/quantity.ts";
import { FactAges } from "./fact-ages.ts";

const carrier = "participant_gig";
const level = { status: seconds(300), position: seconds(60), quote: seconds(600) };
const legOf = (nth: number, state = "en_route_to_dropoff"): Leg =>
  ({ id: `leg_${nth}`, state, assignment: { carrier, at: instant(0) } }) as unknown as Leg;

function ages() {
  let now = 0;
  const all = new FactAges({ now: () => instant(now) }, () => level);
  const report = (at: number, moved: boolean): DeliveryReport =>
    ({ at: instant(at), courier: moved ? { name: null, phone: null, point: [1, 2] } : null }) as DeliveryReport;
  const hear = (leg: Leg, moved = true, at = now) => all.heard(leg, carrier, report(at, moved));
  return { all, hear, pass: (s: number) => void (now += s * 1000), now: () => now };
}

test("F1 whatever comes when: a fact is stale exactly when it is older than its level, and each time it becomes so is one breach", () => {
  const happening = fc.constantFrom("moves", "speaks", "looks");
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(200), happening), { maxLength: 60 }), (story) => {
      const { all, hear, pass, now } = ages();
      const leg = legOf(1);
      const [last, stale, breaches] = [{ status: 0, position: 0 }, new Set<string>(), { status: 0, position: 0 }];
      let [seen, known] = [false, false];
      for (const [wait, what] of story) {
        pass(wait);
        if (what !== "looks") {
          hear(leg, what === "moves");
          last.status = now();
          if (what === "moves") [last.position, seen] = [now(), true];
          // Who has never been seen is missed since the platform last spoke.
          else if (!seen) last.position = now();
          known = true;
          if (what === "moves") stale.delete("position");
          stale.delete("status");
        }
        const told = new Set<string>(all.staleOf(leg, carrier));
        for (const fact of ["status", "position"] as const) {
          const isStale = now() - last[fact] > level[fact] * 1000;
          assert.equal(told.has(fact), isStale, `${fact} at ${now()}, ${known}`);
          if (isStale && !stale.has(fact)) breaches[fact]++;
          if (isStale) stale.add(fact);
          else stale.delete(fact);
        }
      }
      const { facts } = all.view(carrier);
      if (story.length > 0)
        assert.deepEqual(
          facts.map((one) => one.breaches),
          [breaches.status, breaches.position],
        );
    }),
  );
});

test("F2 a courier who is not on the way yet is nowhere, and an older position does not take a newer one's place", () => {
  const { all, hear, pass } = ages();
  const waiting = legOf(1, "assigned");
  hear(waiting, false);
  pass(200);
  assert.deepEqual(all.staleOf(waiting, carrier), []);
  const leg = legOf(2);
  hear(leg);
  pass(30);
  const elsewhere = { name: null, phone: null, point: [9, 9] } as const;
  all.heard(leg, carrier, { at: instant(1), courier: elsewhere } as unknown as DeliveryReport);
  assert.deepEqual(all.place(leg.id), { point: [1, 2], at: 200_000 });
  all.keep(() => false);
  assert.equal(all.place(leg.id), null);
});

test("F3 a platform that keeps silent on some of its deliveries counts as dearer, on half of them it is left out, until it speaks again", () => {
  const { all, hear, pass } = ages();
  const legs = [1, 2, 3, 4].map((nth) => legOf(nth));
  for (const leg of legs) hear(leg);
  pass(400);
  for (const leg of legs.slice(1)) hear(leg);
  const lose = (leg: Leg) => {
    all.staleOf(leg, carrier);
    return all.lose(leg.id, "status");
  };
  assert.equal(all.trust(carrier).standing, "full", "it was not asked yet");
  assert.deepEqual([lose(legs[0]!)?.age, lose(legs[0]!)], [400, null], "said once");
  assert.deepEqual([all.trust(carrier).standing, all.trust(carrier).doubt], ["down_weighted", 0.1]);
  pass(400);
  lose(legs[1]!);
  assert.equal(all.trust(carrier).standing, "excluded");
  assert.match(all.trust(carrier).why!, /2 of its 4 deliveries/);
  for (const leg of legs) hear(leg);
  assert.deepEqual(all.trust(carrier), { standing: "full", doubt: 0, why: null });
  assert.equal(all.trust("participant_nobody").standing, "full");
});
