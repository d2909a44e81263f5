import { expect, test } from "vitest";
import type { LiveAnswer, LiveCourier, LiveLeg } from "../../../../src/doors/api/contract.ts";
import { courierRows, noFilter, orderRows, passes, promiseOf, trustOf, whereIs } from "./live-model.ts";

const now = "2026-11-21T09:00:00Z";
const at = (minute: number) => `2026-11-21T09:${String(minute).padStart(2, "0")}:00Z`;
const carrier = { id: "participant_own", name: "Harbour Riders" } as const;

const leg = (id: string, change: Partial<LiveLeg> = {}): LiveLeg => ({
  id: `leg_${id}`,
  order: `order_${id}`,
  reference: id,
  kind: "delivery",
  state: "assigned",
  orderState: "accepted",
  shipper: { id: "participant_bakery", name: "Bakery" },
  carrier,
  courier: "courier_mia",
  from: [0, 0],
  to: [1, 1],
  pickupWindow: { earliest: null, latest: null },
  dropoffWindow: { earliest: null, latest: at(40) },
  estimate: { pickup: at(5), dropoff: at(30), early: at(25), late: at(38), madeAt: now, source: "plan" },
  carrierPosition: null,
  ...change,
});

const mia: LiveCourier = {
  id: "courier_mia",
  name: "Mia",
  carrier,
  profile: "cargo_bike",
  shift: "shift_mia",
  shiftEndsAt: at(59),
  position: { point: [0.5, 0.5], at: now, ageSeconds: 12 },
  routeVersion: 3,
  stops: [
    { leg: "leg_a", kind: "dropoff", point: [1, 1], arrive: at(10), depart: at(12), parkAt: null },
    { leg: "leg_b", kind: "pickup", point: [2, 2], arrive: at(20), depart: at(22), parkAt: null },
    { leg: "leg_b", kind: "dropoff", point: [3, 3], arrive: at(30), depart: at(32), parkAt: null },
  ],
};
const day = (legs: LiveLeg[]): LiveAnswer => ({ now, couriers: [mia], legs });

test("both ends of an age limit count as the better", () => {
  expect([0, 30, 31, 120, 121, null].map((age) => trustOf(age))).toEqual([
    "fresh",
    "fresh",
    "ageing",
    "ageing",
    "old",
    "none",
  ]);
});

test("a promise is late when broken or estimated to be, tight when its late end might break it", () => {
  const estimate = leg("x").estimate!;
  expect(promiseOf(leg("x"), now)).toBe("kept");
  expect(promiseOf(leg("x", { estimate: { ...estimate, late: at(41) } }), now)).toBe("tight");
  expect(promiseOf(leg("x", { estimate: { ...estimate, dropoff: at(40) } }), now)).toBe("kept");
  expect(promiseOf(leg("x", { estimate: { ...estimate, dropoff: at(41) } }), now)).toBe("late");
  expect(promiseOf(leg("x", { estimate: null }), now)).toBe("unknown");
  expect(promiseOf(leg("x", { estimate: null }), at(41))).toBe("late");
  expect(promiseOf(leg("x", { dropoffWindow: { earliest: null, latest: null } }), now)).toBe("unknown");
});

test("on board is what will be dropped off and need not be picked up any more", () => {
  const [row] = courierRows(day([]));
  expect(row).toMatchObject({ name: "Mia", carrying: 1, trust: "fresh", next: { leg: "leg_a" } });
});

test("late orders come first, then tight ones, then by the end of their window", () => {
  const estimate = leg("x").estimate!;
  const rows = orderRows(
    day([
      leg("open-end", { dropoffWindow: { earliest: null, latest: null } }),
      leg("calm", { dropoffWindow: { earliest: null, latest: at(50) } }),
      leg("tight", { estimate: { ...estimate, late: at(59) } }),
      leg("late", { estimate: { ...estimate, dropoff: at(59) } }),
      leg("soon"),
    ]),
  );
  expect(rows.map(({ name }) => name)).toEqual(["late", "tight", "soon", "calm", "open-end"]);
  expect(rows[0]!.courierName).toBe("Mia");
});

test("the filter reads names, carriers, shippers and ids, and every word must occur", () => {
  const [row] = orderRows(day([leg("A-17")]));
  const found = (change: object) => passes(row!, { ...noFilter, ...change });
  expect(found({ text: "a-17 bakery mia" })).toBe(true);
  expect(found({ text: "a-17 butcher" })).toBe(false);
  expect(found({ carrier: "participant_own", phase: "collecting" })).toBe(true);
  expect(found({ carrier: "nobody" })).toBe(false);
  expect(found({ phase: "late" })).toBe(false);
  expect(passes(orderRows(day([leg("b", { carrier: null })]))[0]!, { ...noFilter, carrier: "nobody" })).toBe(true);
});

test("an order is where its carrier was last seen, else where it will be next", () => {
  const position = { point: [7, 7] as [number, number], at: now, ageSeconds: 3 };
  expect(whereIs(orderRows(day([leg("a", { carrierPosition: position })]))[0]!)).toEqual([7, 7]);
  expect(whereIs(orderRows(day([leg("a", { state: "picked_up" })]))[0]!)).toEqual([1, 1]);
  expect(whereIs(orderRows(day([leg("a")]))[0]!)).toEqual([0, 0]);
});
