import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  at,
  Bench,
  fleet,
  gig,
  greatCircleTravel,
  nine,
  only,
  spot,
  types,
} from "../../../test/stories/world/bench.ts";
import {
  journeyScope,
  legIsOver,
  legMayBecome,
  legStates,
  parcelMayBecome,
  requirements,
  type DeliveryReport,
  type Happened,
  type LegState,
  type Order,
  type Step,
} from "../../domain/index.ts";
import type { LegId } from "../../kernel/id.ts";
import { refuse } from "../../kernel/result.ts";
import { advance } from "./advance.ts";
import { begin, checkPosition, hear, measure, report, type CourierReport } from "./index.ts";

const name = { id: "subject_proof", kind: "name" } as const;
const facts = { at: nine, reason: null, proof: name } as const;
const says = (to: CourierReport["to"], changes: Partial<CourierReport> = {}): CourierReport => ({
  to,
  at: nine,
  reason: "nobody_home",
  proof: name,
  ...changes,
});
const heard = (changes: Partial<DeliveryReport>): DeliveryReport => ({
  reference: "del_1",
  key: null,
  message: "m",
  at: nine,
  state: null,
  returning: false,
  returned: false,
  leftSafe: false,
  reason: null,
  price: null,
  pickupAt: null,
  dropoffAt: null,
  courier: null,
  proof: null,
  tracking: null,
  unknown: [],
  ...changes,
});

/** What the events tell must fit together: each leg and parcel goes on from where it was, by a legal step, and has one holder. */
function follow(happened: readonly Happened[], legs: Map<string, LegState>, parcels: Map<string, string>): void {
  for (const event of happened) {
    if (event.type === "LegProgressed") {
      assert.equal(legs.get(event.leg) ?? "assigned", event.from);
      assert.ok(legMayBecome(event.from, event.to), `${event.from} -> ${event.to}`);
      legs.set(event.leg, event.to);
    }
    if (event.type === "LegAssigned") legs.set(event.leg, "picked_up");
    if (event.type !== "ParcelMoved") continue;
    assert.equal(parcels.get(event.parcel) ?? "expected", event.from);
    assert.ok(parcelMayBecome(event.from, event.to), `${event.from} -> ${event.to}`);
    parcels.set(event.parcel, event.to);
  }
}

test("T1 whatever is reported, in whatever order: a leg moves by legal steps only, and an impossible word changes nothing", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          ...legStates.filter((state) => state !== "open" && state !== "offered" && state !== "cancelled"),
        ),
        { maxLength: 20 },
      ),
      (words) => {
        const bench = new Bench();
        const leg = bench.carried({}, gig, 2);
        const [legs, parcels] = [new Map<string, LegState>(), new Map<string, string>()];
        for (const to of words) {
          const before = JSON.stringify([bench.hot.must("leg", leg.id), bench.hot.must("order", leg.order)]);
          const happened = advance(leg.id, to, facts, bench.step());
          if (happened === null)
            assert.equal(JSON.stringify([bench.hot.must("leg", leg.id), bench.hot.must("order", leg.order)]), before);
          else follow(happened, legs, parcels);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("T1 a pickup that the carrier forgot to report is put in, because custody changes hands there", () => {
  const bench = new Bench();
  const leg = bench.carried();
  const happened = advance(leg.id, "handed_over", facts, bench.step());
  assert.equal(types(happened!), "LegProgressed AttemptRecorded ParcelMoved LegProgressed AttemptRecorded ParcelMoved");
  assert.deepEqual(
    happened!.flatMap((event) => (event.type === "LegProgressed" ? [event.to] : [])),
    ["picked_up", "handed_over"],
  );
});

test("T2 each try leaves a record: the proof with success, the reason with failure", () => {
  const bench = new Bench();
  const failing = bench.carried();
  const no = only(
    advance(failing.id, "pickup_failed", { ...facts, reason: "closed", proof: null }, bench.step())!,
    "AttemptRecorded",
  );
  assert.deepEqual([no.kind, no.succeeded, no.reason], ["pickup", false, "closed"]);
  const going = bench.carried();
  advance(going.id, "picked_up", facts, bench.step());
  const yes = only(advance(going.id, "handed_over", facts, bench.step())!, "AttemptRecorded");
  assert.deepEqual([yes.kind, yes.succeeded, yes.reason], ["dropoff", true, null]);
  assert.deepEqual(
    [yes.proof, yes.proofKind],
    ["subject_proof", "name"],
    "how it was handed over is in the log itself",
  );
});

test("T3 parcels change hands at pickup and hand-over and nowhere else, always to one holder", () => {
  const bench = new Bench();
  const leg = bench.carried({}, gig, 3);
  const held = () =>
    bench.hot
      .must("order", leg.order)
      .parcels.map(({ state, holder }) => `${state} ${holder.kind}`)
      .join();
  const trace = [
    "en_route_to_pickup",
    "at_pickup",
    "picked_up",
    "en_route_to_dropoff",
    "at_dropoff",
    "handed_over",
  ] as const;
  const seen = trace.map((to) => {
    advance(leg.id, to, facts, bench.step());
    return held();
  });
  const all = (what: string) => [what, what, what].join();
  assert.deepEqual(seen, [
    ...Array(2).fill(all("expected shipper")),
    ...Array(3).fill(all("in_custody carrier")),
    all("delivered recipient"),
  ]);
});

const reported = (step: Step, id: LegId, said: CourierReport, viewer = journeyScope) => report(id, said, viewer, step);

test("T4 a courier's word counts for its own leg, with a proof or a reason, and as the leg allows", () => {
  const bench = new Bench();
  const leg = bench.carried({}, fleet);
  const say = (said: CourierReport, viewer = journeyScope) => reported(bench.step(), leg.id, said, viewer);
  assert.deepEqual(say(says("at_pickup"), { ...journeyScope, viewer: gig.id }), refuse({ code: "NOT_YOUR_LEG" }));
  assert.deepEqual(say(says("handed_over", { proof: null })), refuse({ code: "PROOF_MISSING" }));
  assert.deepEqual(say(says("dropoff_failed", { reason: null })), refuse({ code: "REASON_MISSING" }));
  assert.deepEqual(say(says("pickup_failed", { reason: null })), refuse({ code: "REASON_MISSING" }));
  assert.ok(say(says("picked_up"), { ...journeyScope, viewer: fleet.id }).ok);
  assert.deepEqual(
    say(says("at_pickup")),
    refuse({
      code: "ILLEGAL_TRANSITION",
      from: "picked_up",
      to: "at_pickup",
      allowed: ["en_route_to_dropoff", "at_dropoff", "handed_over", "dropoff_failed"],
    }),
  );
  assert.deepEqual(reported(bench.step(), "leg_none", says("picked_up")), refuse({ code: "LEG_NOT_FOUND" }));
  const open = bench.leg(bench.order());
  assert.deepEqual(reported(bench.step(), open.id, says("picked_up")), refuse({ code: "LEG_NOT_FOUND" }));
});

test("T5 what could not be handed over goes back as a leg of its own, already picked up, by the same carrier", () => {
  const bench = new Bench();
  const leg = bench.carried({}, fleet);
  reported(bench.step(), leg.id, says("picked_up"));
  const answer = reported(bench.step(), leg.id, says("dropoff_failed"));
  assert.ok(answer.ok);
  const back = bench.hot.must("leg", only(answer.value.happened, "LegAssigned").leg);
  assert.deepEqual(
    [back.kind, back.state, back.from, back.to, back.assignment?.carrier],
    ["return", "picked_up", leg.to, leg.from, fleet.id],
  );

  const home = reported(bench.step(), back.id, says("handed_over"));
  assert.ok(home.ok);
  assert.equal(only(home.value.happened, "ParcelMoved").to, "returned");
  assert.deepEqual(bench.hot.must("order", leg.order).parcels[0]!.holder, {
    kind: "shipper",
    participant: leg.shipper,
  });
});

test("T5 a return that fails is said and makes no third leg", () => {
  const bench = new Bench();
  const leg = bench.carried({ kind: "return", state: "picked_up" }, fleet);
  const answer = reported(bench.step(), leg.id, says("dropoff_failed"));
  assert.ok(answer.ok);
  assert.equal(only(answer.value.happened, "DisruptionRaised").kind, "failed_dropoff");
  assert.equal(bench.hot.legsOf(leg.order).length, 1);
});

const message = fc.record({
  state: fc.constantFrom<DeliveryReport["state"]>(
    "assigned",
    "en_route_to_pickup",
    "at_pickup",
    "picked_up",
    "en_route_to_dropoff",
    "at_dropoff",
    "handed_over",
    "dropoff_failed",
    "pickup_failed",
    null,
  ),
  returning: fc.boolean(),
});

test("T6 whatever a platform says, twice and out of order: no illegal step of a leg or parcel", () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 15 }), (messages) => {
      const bench = new Bench();
      const leg = bench.carried({}, gig, 2);
      const [legs, parcels] = [new Map<string, LegState>(), new Map<string, string>()];
      for (const one of messages) {
        follow(hear(gig.id, heard(one), null, bench.step()), legs, parcels);
        follow(hear(gig.id, heard(one), null, bench.step()), legs, parcels);
      }
      const { state } = bench.hot.must("leg", leg.id);
      if (state === "handed_over")
        assert.ok(bench.hot.must("order", leg.order).parcels.every((parcel) => parcel.state === "delivered"));
      if (legIsOver(state)) assert.equal(types(hear(gig.id, heard({ state: "picked_up" }), null, bench.step())), "");
    }),
    { numRuns: 500 },
  );
});

test("T6 a repeat and an old message change nothing", () => {
  const bench = new Bench();
  const leg = bench.carried();
  const tell = (state: DeliveryReport["state"]) => types(hear(gig.id, heard({ state }), null, bench.step()));
  assert.equal(tell("picked_up"), "LegProgressed AttemptRecorded ParcelMoved");
  assert.equal(tell("picked_up"), "");
  assert.equal(tell("at_pickup"), "");
  assert.equal(
    tell("cancelled"),
    "LegProgressed AttemptRecorded DisruptionRaised",
    "after the pickup it is a failed drop-off",
  );
  for (const same of ["cancelled", "dropoff_failed"] as const) assert.equal(tell(same), "", "the same try, said again");
  assert.equal(tell("at_dropoff"), "LegProgressed LegProgressed");
  assert.equal(tell("dropoff_failed"), "LegProgressed AttemptRecorded DisruptionRaised", "another try");
  assert.equal(bench.hot.must("leg", leg.id).state, "dropoff_failed");
  assert.equal(types(hear(gig.id, heard({ reference: "del_unknown", state: "picked_up" }), null, bench.step())), "");
});

test("T6 a cancellation before pickup gives the leg back; a platform that returns the goods by itself needs no return leg", () => {
  const bench = new Bench();
  const given = bench.carried({ state: "at_pickup" });
  assert.deepEqual(
    only(hear(gig.id, heard({ state: "cancelled", reason: "other" }), null, bench.step()), "CarrierCancelled").leg,
    given.id,
  );

  const other = new Bench();
  const leg = other.carried({ state: "at_dropoff" });
  other.hot.put("order", {
    ...other.hot.must("order", leg.order),
    parcels: other.hot.must("order", leg.order).parcels.map((parcel) => ({ ...parcel, state: "in_custody" })),
  });
  const back = hear(gig.id, heard({ returning: true, reason: "nobody_home" }), null, other.step());
  assert.equal(types(back), "LegProgressed AttemptRecorded DisruptionRaised");
  assert.equal(types(hear(gig.id, heard({ returned: true }), null, other.step())), "ParcelMoved");
  assert.equal(types(hear(gig.id, heard({ returned: true }), null, other.step())), "");
  assert.equal(other.hot.legsOf(leg.order).length, 1);
});

test("T6 the carrier's own estimate replaces an older one, and keeps what it does not speak of", () => {
  const bench = new Bench();
  const leg = bench.carried();
  hear(gig.id, heard({ pickupAt: at(10), dropoffAt: at(30) }), null, bench.step());
  hear(gig.id, heard({ dropoffAt: at(35) }), null, bench.step());
  const { pickup, dropoff, source } = bench.hot.must("leg", leg.id).estimate!;
  assert.deepEqual([pickup, dropoff, source], [at(10), at(35), "carrier"]);
});

test("T7 a promise is watched from the moment somebody makes it; a return has none", async () => {
  const bench = new Bench();
  const leg = bench.carried();
  await begin(
    {
      type: "LegAssigned",
      order: leg.order,
      leg: leg.id,
      carrier: gig.id,
      courier: null,
      price: leg.assignment!.price,
    },
    bench.step(),
  );
  const timer = bench.hot.must("timer", `late/${leg.id}`);
  assert.deepEqual([timer.dueAt, timer.event.type], [leg.dropoffWindow.latest, "DisruptionRaised"]);
  advance(leg.id, "handed_over", facts, bench.step());
  assert.equal(bench.hot.get("timer", `late/${leg.id}`), undefined);
});

test("T8 a position is taken from a courier on duty, neither from the future nor older than the newest", () => {
  const bench = new Bench();
  const { courier } = bench.courier("mia");
  const taken = (when: number, of = courier) => checkPosition(of, when as never, nine, bench.hot);
  assert.deepEqual(taken(nine, "courier_none"), { code: "COURIER_NOT_FOUND" });
  assert.deepEqual(taken(at(2)), { code: "POSITION_IN_THE_FUTURE", by_s: 120 });
  assert.equal(taken(at(1)), null);
  bench.hot.setPosition({ courier, carrier: fleet.id, point: spot(0, 0), at: nine, receivedAt: nine });
  assert.deepEqual(taken(nine), { code: "POSITION_OUT_OF_ORDER" });
  bench.hot.put("shift", { ...bench.hot.must("shift", "shift_mia"), state: "over" });
  assert.deepEqual(taken(at(1)), { code: "OFF_DUTY" });
});

test("T9 who does not tell how far it drove is counted by road, marked as estimated", async () => {
  const bench = new Bench();
  const leg = bench.carried();
  const go = measure({ travel: greatCircleTravel() });
  await go({ type: "LegProgressed", order: leg.order, leg: leg.id, from: "assigned", to: "picked_up" }, bench.step());
  assert.equal(bench.hot.must("leg", leg.id).drivenEstimated_m, 0);
  await go(
    { type: "LegProgressed", order: leg.order, leg: leg.id, from: "picked_up", to: "handed_over" },
    bench.step(),
  );
  assert.ok(Math.abs(bench.hot.must("leg", leg.id).drivenEstimated_m - 1300) <= 5);
  assert.equal(bench.hot.must("leg", leg.id).driven_m, 0);
});

test("T5 once the goods are on their way back, the leg that failed does not move them any more", () => {
  const bench = new Bench();
  const leg = bench.carried({}, fleet);
  for (const to of ["picked_up", "dropoff_failed"] as const) reported(bench.step(), leg.id, says(to));
  const retry = reported(bench.step(), leg.id, says("en_route_to_dropoff"));
  assert.equal(!retry.ok && retry.refusal.code, "ILLEGAL_TRANSITION");
  assert.equal(bench.hot.legsOf(leg.order).length, 2);
});

test("T6 what was delivered, or never fetched, is not brought back", () => {
  for (const state of ["handed_over", "cancelled", "pickup_failed"] as const) {
    const bench = new Bench();
    const leg = bench.carried({ state });
    assert.equal(types(hear(gig.id, heard({ returned: true }), null, bench.step())), "");
    assert.equal(bench.hot.must("order", leg.order).parcels[0]!.state, "expected");
  }
});

const leaving: Partial<Order> = { ifUndeliverable: "leave_safe" };
const left = (changes: Partial<CourierReport> = {}) =>
  says("handed_over", { proof: { ...name, kind: "safe_place" }, ...changes });

test("T10 what nobody took is left in a safe place after a failed try, and counts as delivered", () => {
  const bench = new Bench();
  const leg = bench.carried({}, fleet, 1, leaving);
  reported(bench.step(), leg.id, says("picked_up"));
  const early = reported(bench.step(), leg.id, left());
  assert.deepEqual(!early.ok && early.refusal, { code: "NOT_TO_BE_LEFT", why: "not_tried" });

  const failed = reported(bench.step(), leg.id, says("dropoff_failed"));
  assert.ok(failed.ok);
  assert.equal(only(failed.value.happened, "DisruptionRaised").kind, "failed_dropoff");
  assert.equal(bench.hot.legsOf(leg.order).length, 1, "nothing goes back yet");

  const done = reported(bench.step(), leg.id, left());
  assert.ok(done.ok);
  assert.equal(done.value.leg.state, "handed_over");
  assert.equal(only(done.value.happened, "ParcelMoved").to, "delivered");
  const attempt = only(done.value.happened, "AttemptRecorded");
  assert.deepEqual([attempt.succeeded, attempt.proofKind], [true, "safe_place"]);
});

test("T10 a second failed try brings it back; and so does a recipient who does not want it", () => {
  for (const reasons of [["nobody_home", "no_access"], ["refused_by_recipient"], ["damaged"]] as const) {
    const bench = new Bench();
    const leg = bench.carried({}, fleet, 1, leaving);
    reported(bench.step(), leg.id, says("picked_up"));
    for (const reason of reasons) reported(bench.step(), leg.id, says("dropoff_failed", { reason }));
    assert.deepEqual(
      new Set(bench.hot.legsOf(leg.order).map(({ kind }) => kind)),
      new Set(["delivery", "return"]),
      reasons.join(),
    );
    const late = reported(bench.step(), leg.id, left());
    assert.ok(!late.ok, "it is on its way back");
  }
});

test("T10 what needs a person is never left, whatever else it asks for", () => {
  fc.assert(
    fc.property(fc.subarray([...requirements]), fc.constantFrom("leave_safe", "return"), (all, ifUndeliverable) => {
      const bench = new Bench();
      const leg = bench.carried({}, fleet, 1, { requirements: all, ifUndeliverable });
      for (const to of ["picked_up", "dropoff_failed"] as const) reported(bench.step(), leg.id, says(to));
      const answer = reported(bench.step(), leg.id, left());
      const person = all.some((one) => one === "age_check" || one === "signature" || one === "pin");
      assert.equal(answer.ok, ifUndeliverable === "leave_safe" && !person);
      assert.equal(bench.hot.legsOf(leg.order).length, answer.ok ? 1 : 2);
    }),
  );
});
