import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  at,
  bakery,
  Bench,
  bike,
  fleet,
  gig,
  nine,
  only,
  place as somewhere,
  spot,
  vans,
} from "../../../test/stories/world/bench.ts";
import type { Order } from "../../domain/index.ts";
import { refuse } from "../../kernel/result.ts";
import { endShift, hire, place, planShift, startShift, wait, type CourierRequest } from "./index.ts";

const mia: CourierRequest = { name: "Mia", phone: null, employment: "staff", vehicle: bike, skills: [] };
const hired = (bench: Bench) => {
  const answer = hire(fleet.id, "subject_mia", mia, bench.step());
  assert.ok(answer.ok);
  return answer.value.id;
};
const shift = (bench: Bench, courier: `courier_${string}`, from: number, to: number) =>
  planShift({ courier, startsAt: at(from), endsAt: at(to), start: spot(0, 0), end: null }, bench.step());

async function entered(changes: Partial<Order>) {
  const bench = new Bench();
  const order = bench.order(changes, 3);
  const opened = only(
    await place({ type: "OrderAccepted", order: order.id, price: order.price! }, bench.step()),
    "LegOpened",
  );
  return { bench, order, opened, leg: bench.hot.must("leg", opened.leg) };
}

test("P1 an accepted order enters the pool as one open leg from door to door, with all its parcels", async () => {
  const { bench, order, leg } = await entered({});
  assert.deepEqual([leg.state, leg.kind, leg.round], ["open", "delivery", 1]);
  assert.deepEqual([leg.from, leg.to], [order.pickup, order.dropoff]);
  assert.deepEqual(
    leg.parcels,
    order.parcels.map(({ id }) => id),
  );
  assert.deepEqual(bench.hot.must("order", order.id).legs, [leg.id]);
});

test("P2 on demand is due at once; planned, ninety minutes before the window ends or twenty before the pickup opens", async () => {
  const due = async (changes: Partial<Order>) => ((await entered(changes)).leg.dueAt - nine) / 60_000;
  const window = (latest: number | null) => ({ earliest: null, latest: latest === null ? null : at(latest) });
  assert.equal(await due({ serviceLevel: "on_demand", dropoffWindow: window(600) }), 0);
  assert.equal(await due({ serviceLevel: "planned", dropoffWindow: window(600), readyAt: at(590) }), 510);
  assert.equal(await due({ serviceLevel: "planned", dropoffWindow: window(600), readyAt: at(300) }), 280);
  assert.equal(
    await due({
      serviceLevel: "planned",
      dropoffWindow: window(null),
      pickupWindow: { earliest: at(200), latest: null },
    }),
    180,
  );
  assert.equal(await due({ serviceLevel: "planned", dropoffWindow: window(30) }), 0);
});

test("P3 an open leg is decided when it is due: at once, or when its timer rings", async () => {
  const now = await entered({ serviceLevel: "on_demand" });
  only(await wait(now.opened, now.bench.step()), "LegDue");

  const later = await entered({
    serviceLevel: "planned",
    readyAt: at(300),
    dropoffWindow: { earliest: null, latest: at(600) },
  });
  assert.deepEqual(await wait(later.opened, later.bench.step()), []);
  const timer = later.bench.hot.must("timer", `due/${later.leg.id}`);
  assert.deepEqual([timer.dueAt, timer.event.type], [at(280), "LegDue"]);

  later.bench.hot.put("leg", { ...later.leg, round: 2, dueAt: nine });
  assert.deepEqual(await wait(later.opened, later.bench.step()), [], "an older round's event is old news");
});

test("P4 only a carrier with couriers of its own takes one on", () => {
  const bench = new Bench();
  for (const carrier of [gig.id, bakery.id, "participant_none"] as const) {
    assert.deepEqual(hire(carrier, "subject_mia", mia, bench.step()), refuse({ code: "NOT_A_CARRIER" }));
  }
  assert.ok(hire(fleet.id, "subject_mia", mia, bench.step()).ok);
  assert.ok(hire(vans.id, "subject_mia", mia, bench.step()).ok);
});

test("P5 whatever shifts are asked for: those of one courier never overlap, and none is refused without a clash", () => {
  const span = fc
    .tuple(fc.nat(600), fc.integer({ min: 1, max: 300 }))
    .map(([from, length]) => [from, from + length] as const);
  fc.assert(
    fc.property(fc.array(span, { maxLength: 12 }), (asked) => {
      const bench = new Bench();
      const courier = hired(bench);
      const taken: (readonly [number, number])[] = [];
      for (const [from, to] of asked) {
        const clash = taken.some(([start, end]) => from < end && start < to);
        assert.equal(shift(bench, courier, from, to).ok, !clash);
        if (!clash) taken.push([from, to]);
      }
    }),
  );
});

test("P5 what is wrong with a shift is named", () => {
  const bench = new Bench();
  const courier = hired(bench);
  const first = shift(bench, courier, 0, 60);
  assert.ok(first.ok);
  assert.deepEqual(shift(bench, courier, 30, 90), refuse({ code: "SHIFTS_OVERLAP", with: first.value.id }));
  assert.deepEqual(shift(bench, courier, 90, 90), refuse({ code: "SHIFT_ENDS_BEFORE_IT_STARTS" }));
  assert.deepEqual(shift(bench, courier, 100, 100 + 16 * 60 + 1), refuse({ code: "SHIFT_TOO_LONG", limit_h: 16 }));
  assert.deepEqual(shift(bench, "courier_none", 0, 60), refuse({ code: "COURIER_NOT_FOUND" }));
  assert.ok(shift(bench, courier, 60, 60 + 16 * 60).ok);
});

test("P6 a courier on duty has an empty route, and is on duty once", () => {
  const bench = new Bench();
  const courier = hired(bench);
  const [first, second] = [shift(bench, courier, 0, 60), shift(bench, courier, 60, 120)];
  assert.ok(first.ok && second.ok);
  assert.ok(startShift(first.value.id, bench.step()).ok);
  const route = bench.hot.routeOf(first.value.id);
  assert.deepEqual([route?.stops, route?.from, route?.version], [[], spot(0, 0), 1]);
  assert.deepEqual(startShift(first.value.id, bench.step()), refuse({ code: "SHIFT_NOT_STARTABLE", state: "on_duty" }));
  assert.deepEqual(
    startShift(second.value.id, bench.step()),
    refuse({ code: "SHIFT_NOT_STARTABLE", state: "planned" }),
  );
  assert.deepEqual(startShift("shift_none", bench.step()), refuse({ code: "SHIFT_NOT_FOUND" }));
});

test("P7 a shift ends only when nothing is left to do", () => {
  const bench = new Bench();
  const { id } = bench.courier("mia");
  const route = bench.hot.routeOf(id)!;
  const stop = {
    leg: "leg_1" as const,
    kind: "pickup" as const,
    place: somewhere(spot(1, 1)),
    service: 0 as never,
    arrive: nine,
    depart: nine,
  };
  bench.hot.put("route", { ...route, stops: [stop] });
  assert.deepEqual(endShift(id, bench.step()), refuse({ code: "STOPS_LEFT", stops: 1 }));
  bench.hot.put("route", route);
  assert.ok(endShift(id, bench.step()).ok);
  assert.deepEqual([bench.hot.must("shift", id).state, bench.hot.routeOf(id)], ["over", undefined]);
  assert.deepEqual(endShift("shift_none", bench.step()), refuse({ code: "SHIFT_NOT_FOUND" }));
});
