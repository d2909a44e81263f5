import assert from "node:assert/strict";
import { test } from "node:test";
import {
  at,
  bakery,
  Bench,
  contact,
  fleet,
  greatCircleTravel,
  nine,
  onePlace,
  spot,
  zone,
} from "../../../test/stories/world/bench.ts";
import type { FoundPlace, Geocoder, Travel } from "../../domain/index.ts";
import { money } from "../../kernel/money.ts";
import type { Point } from "../../kernel/point.ts";
import { grams, liters, meters } from "../../kernel/quantity.ts";
import { ok, type Outage, outage, refuse } from "../../kernel/result.ts";
import { seeded } from "../../kernel/rng.ts";
import {
  accept,
  askOutside,
  cancelOrder,
  changeOrder,
  limits,
  placeOrder,
  prepare,
  type IntakePorts,
  type IntakeRefusal,
  type OrderRequest,
  type PlaceRequest,
} from "./index.ts";

const somewhere = (changes: Partial<PlaceRequest> = {}): PlaceRequest => ({
  ...contact,
  address: null,
  point: spot(0, 0),
  ...changes,
});
const open = { earliest: null, latest: null };
const request = (changes: Partial<OrderRequest> = {}): OrderRequest => ({
  reference: null,
  pickup: somewhere(),
  dropoff: somewhere({ point: spot(1000, 0) }),
  pickupWindow: open,
  dropoffWindow: open,
  readyAt: null,
  parcels: [{ weight: grams(1000), volume: liters(5), contents: "bread" }],
  value: money(1200, "EUR"),
  requirements: [],
  serviceLevel: null,
  ifUndeliverable: "return",
  ...changes,
});

/** Roads within a degree of the test town; none in the sea south of it. */
const roads: Travel = {
  ...greatCircleTravel(),
  snap: (point: Point) => {
    if (Math.abs(point[0] - spot(0, 0)[0]) > 1 || Math.abs(point[1] - spot(0, 0)[1]) > 1)
      return refuse({ code: "POINT_OUTSIDE_CITY" });
    if (point[1] < spot(0, -5000)[1])
      return refuse({ code: "POINT_FAR_FROM_ROAD", limit: meters(300), nearest: meters(4000) });
    return ok({ point, distance: meters(0), road: null });
  },
};
const sealed: string[] = [];
const ports: IntakePorts = {
  places: onePlace,
  travel: roads,
  cellOf: () => "88",
  city: { zone, jurisdiction: "PT", currency: "EUR" },
  vault: {
    seal: (kind, subject, owner, content, createdAt) => {
      sealed.push(`${kind} ${JSON.stringify(content)}`);
      return { kind, subject, owner, createdAt, wrappedKey: new Uint8Array(), ciphertext: new Uint8Array() };
    },
  },
};
const prepared = (changes: Partial<OrderRequest>) => prepare(request(changes), bakery.id, null, nine, seeded(1), ports);
const refusalOf = (changes: Partial<OrderRequest>): IntakeRefusal => {
  const answer = prepared(changes);
  assert.ok(!answer.ok, "it should have been refused");
  return answer.refusal;
};

test("I1 what is wrong with the form is refused, with the field and the facts", () => {
  const cases: readonly (readonly [Partial<OrderRequest>, IntakeRefusal])[] = [
    [
      { pickupWindow: { earliest: at(2), latest: at(1) } },
      { code: "WINDOW_ENDS_BEFORE_IT_STARTS", field: "pickupWindow" },
    ],
    [
      { dropoffWindow: { earliest: null, latest: at(-1) } },
      { code: "WINDOW_IS_PAST", field: "dropoffWindow", latest: at(-1), now: nine },
    ],
    [
      { dropoffWindow: { earliest: at(61 * 1440), latest: null } },
      { code: "WINDOW_TOO_FAR_AHEAD", field: "dropoffWindow", limit_days: 60 },
    ],
    [
      { dropoffWindow: { earliest: at(10), latest: at(61 * 1440) } },
      { code: "WINDOW_TOO_FAR_AHEAD", field: "dropoffWindow", limit_days: 60 },
    ],
    [{ readyAt: at(60 * 1440 + 1) }, { code: "READY_TOO_FAR_AHEAD", field: "readyAt", limit_days: 60 }],
    [{ readyAt: at(-60 * 1440 - 1) }, { code: "READY_TOO_LONG_AGO", field: "readyAt", limit_days: 60 }],
    [{ dropoff: somewhere({ phone: "12 34" }) }, { code: "PHONE_WRONG", field: "dropoff.phone" }],
    [
      { ifUndeliverable: "leave_safe", requirements: ["cold", "pin"] },
      { code: "LEAVE_SAFE_REFUSED", field: "ifUndeliverable", requirement: "pin" },
    ],
    [
      { readyAt: at(90), dropoffWindow: { earliest: null, latest: at(60) } },
      { code: "WINDOWS_CANNOT_BE_MET", field: "dropoffWindow.latest", earliestPossible: at(90) },
    ],
    [
      { readyAt: at(90), pickupWindow: { earliest: null, latest: at(60) } },
      { code: "WINDOWS_CANNOT_BE_MET", field: "pickupWindow.latest", earliestPossible: at(90) },
    ],
    [{ parcels: [] }, { code: "NO_PARCELS", field: "parcels" }],
    [
      { parcels: [{ weight: grams(limits.parcelWeight_g + 1), volume: liters(1), contents: null }] },
      { code: "PARCEL_TOO_HEAVY", field: "parcels[0].weight", limit_g: 1_000_000 },
    ],
    [
      { parcels: [{ weight: grams(1), volume: liters(limits.parcelVolume_l + 1), contents: null }] },
      { code: "PARCEL_TOO_LARGE", field: "parcels[0].volume", limit_l: 12_000 },
    ],
  ];
  for (const [changes, refusal] of cases) assert.deepEqual(refusalOf(changes), refusal);
});

test("I1 the limits themselves are inside: a window that ends now, the heaviest parcel", () => {
  const heavy = [{ weight: grams(limits.parcelWeight_g), volume: liters(limits.parcelVolume_l), contents: null }];
  assert.ok(prepared({ dropoffWindow: { earliest: nine, latest: nine }, parcels: heavy }).ok);
  assert.ok(prepared({ readyAt: at(60 * 1440), dropoffWindow: { earliest: null, latest: at(60 * 1440) } }).ok);
  assert.ok(prepared({ readyAt: at(-10 * 1440) }).ok, "goods may have been ready for long");
  assert.ok(prepared({ ifUndeliverable: "leave_safe", requirements: ["cold", "fragile", "photo"] }).ok);
});

test("I2 a place is found by its point, or else by its address", () => {
  const answer = prepared({ dropoff: somewhere({ point: null, address: "Elm Street 4" }) });
  assert.ok(answer.ok);
  assert.deepEqual(answer.value.order.dropoff.point, spot(500, 500));
  assert.deepEqual(refusalOf({ dropoff: somewhere({ point: null, address: null }) }), {
    code: "PLACE_MISSING",
    field: "dropoff",
  });
  assert.deepEqual(refusalOf({ dropoff: somewhere({ point: null, address: "Nowhere Lane 1" }) }), {
    code: "ADDRESS_NOT_FOUND",
    field: "dropoff.address",
    suggestions: ["Elm Street 4"],
    outsideSilent: false,
  });
});

test("I3 a point must be within reach of a road, and says when its numbers are exchanged", () => {
  const [longitude, latitude] = spot(0, 0);
  const drop = (point: Point): IntakeRefusal => refusalOf({ dropoff: somewhere({ point }) });
  assert.deepEqual(drop([latitude, longitude]), { code: "COORDINATES_SWAPPED", field: "dropoff.point" });
  assert.deepEqual(drop([20, 20]), { code: "POINT_OUTSIDE_CITY", field: "dropoff.point" });
  assert.deepEqual(drop([500, 500]), { code: "POINT_OUTSIDE_CITY", field: "dropoff.point" });
  assert.deepEqual(drop(spot(0, -9000)), {
    code: "POINT_FAR_FROM_ROAD",
    field: "dropoff.point",
    limit: 300,
    nearest: 4000,
  });
});

test("I3 what is brought to the very point where it is fetched goes nowhere", () => {
  const [here, beside] = [somewhere({ point: spot(10, 10) }), somewhere({ point: spot(12, 10) })];
  assert.deepEqual(refusalOf({ pickup: here, dropoff: here }), { code: "SAME_PLACE", field: "dropoff" });
  assert.ok(prepared({ pickup: here, dropoff: beside }).ok, "the shop next door is another place");
});

test("I3 personal data goes to the vault, and none of it stays in the order", () => {
  sealed.length = 0;
  const zoe = { name: "Zoe Secret", phone: "+351 900 000 999", notes: "ring twice", point: spot(1000, 0) };
  const answer = prepared({ dropoff: somewhere(zoe) });
  assert.ok(answer.ok);
  assert.equal(answer.value.sealed.length, 3);
  assert.match(sealed.join(), /Zoe Secret.*ring twice.*bread/);
  assert.doesNotMatch(JSON.stringify(answer.value.order), /Zoe|\+351|ring|bread|1200/);
});

test("I3 an order whose drop-off opens more than an hour ahead is planned, unless it says otherwise", () => {
  const level = (minutes: number | null, asked: OrderRequest["serviceLevel"] = null) => {
    const answer = prepared({
      serviceLevel: asked,
      dropoffWindow: { earliest: minutes === null ? null : at(minutes), latest: null },
    });
    return answer.ok && answer.value.order.serviceLevel;
  };
  assert.deepEqual(
    [level(null), level(60), level(61), level(300, "on_demand")],
    ["on_demand", "on_demand", "planned", "on_demand"],
  );
});

const placed = (bench: Bench, reference: string | null, shipper = bakery.id) => {
  const answer = prepare(request({ reference }), shipper, null, nine, bench.step().rng, ports);
  assert.ok(answer.ok);
  return placeOrder(answer.value, bench.step());
};

test("I4 an order enters once under its reference, and only for a shipper", () => {
  const bench = new Bench();
  const first = placed(bench, "A-1");
  assert.ok(first.ok);
  assert.deepEqual(
    placed(bench, "A-1"),
    refuse({ code: "REFERENCE_TAKEN", field: "reference", order: first.value.order.id }),
  );
  assert.ok(placed(bench, "A-2").ok && placed(bench, null).ok && placed(bench, null).ok);
  assert.deepEqual(placed(bench, null, fleet.id), refuse({ code: "NOT_A_SHIPPER", participant: fleet.id }));
});

test("I5 what is placed is accepted once, at a price by road distance", async () => {
  const bench = new Bench();
  const order = bench.order({ acceptedAt: null, price: null, state: "placed" });
  const step = bench.step();
  const happened = await accept({ travel: bench.travel })({ type: "OrderPlaced", order: order.id }, step);
  // 1,000 m as the crow flies are 1,300 m by road: 390 + 1.3 x 95.
  assert.deepEqual(happened, [{ type: "OrderAccepted", order: order.id, price: money(514, "EUR") }]);
  assert.deepEqual(await accept({ travel: bench.travel })({ type: "OrderPlaced", order: order.id }, step), []);
});

test("I6 an order may be changed until the pickup, by who has seen its newest version", () => {
  const bench = new Bench();
  const leg = bench.carried();
  const change = (version: number | null, latest = at(120), id = leg.order) =>
    changeOrder(id, version, { dropoffWindow: { earliest: null, latest } }, bench.step());

  const changed = change(1);
  assert.ok(changed.ok);
  assert.equal(changed.value.order.version, 2);
  assert.equal(bench.hot.must("leg", leg.id).dropoffWindow.latest, at(120));
  assert.equal(bench.hot.must("order", leg.order).originalDropoffWindow.latest, at(60));

  assert.deepEqual(change(1), refuse({ code: "STALE_EDIT", yours: 1, current: 2 }));
  assert.deepEqual(
    change(2, at(-5)),
    refuse({ code: "WINDOW_IS_PAST", field: "dropoffWindow", latest: at(-5), now: nine }),
  );
  assert.deepEqual(change(null, at(1), "order_none"), refuse({ code: "ORDER_NOT_FOUND" }));
  bench.hot.put("leg", { ...bench.hot.must("leg", leg.id), state: "picked_up" });
  assert.deepEqual(change(null), refuse({ code: "TOO_LATE_TO_CHANGE", field: "dropoffWindow", until: "pickup" }));
  bench.hot.put("order", { ...bench.hot.must("order", leg.order), state: "delivered" });
  assert.deepEqual(change(null), refuse({ code: "ORDER_IS_CLOSED", state: "delivered" }));
});

test("I7 an order may be cancelled until the pickup", () => {
  const bench = new Bench();
  const leg = bench.carried();
  const answer = cancelOrder(leg.order, "changed my mind", bench.step());
  assert.ok(answer.ok);
  assert.deepEqual(answer.value.happened, [
    { type: "OrderCancelRequested", order: leg.order, reason: "changed my mind" },
  ]);
  assert.deepEqual(cancelOrder("order_none", "", bench.step()), refuse({ code: "ORDER_NOT_FOUND" }));
  for (const state of ["picked_up", "dropoff_failed", "handed_over"] as const) {
    bench.hot.put("leg", { ...leg, state });
    assert.deepEqual(cancelOrder(leg.order, "", bench.step()), refuse({ code: "ALREADY_PICKED_UP" }));
  }
  bench.hot.put("order", { ...bench.hot.must("order", leg.order), state: "cancelled" });
  assert.deepEqual(cancelOrder(leg.order, "", bench.step()), refuse({ code: "ORDER_IS_CLOSED", state: "cancelled" }));
});

test("I8 an address that the city does not know is asked outside; silence is said, and asks nobody a second time", async () => {
  const elsewhere: FoundPlace = { ...onePlace.find("Elm Street 4", 1)[0]!, label: "Far Lane 3", point: spot(700, 0) };
  const asked: unknown[] = [];
  const outside = (answer: readonly FoundPlace[] | Outage): Geocoder => ({
    attribution: "© somebody",
    find: async (question) => {
      asked.push(question);
      return answer;
    },
    at: async () => null,
  });
  const to = (address: string) => request({ dropoff: somewhere({ point: null, address }) });
  const requests = ["Far Lane 3", "Elm Street 4", "Far Lane 3", "Gone Road 9"].map(to);
  const taken = async (geocoder: Geocoder | undefined) => {
    asked.length = 0;
    const answers = await askOutside(requests, ports.places, geocoder);
    return requests.map((one) => prepare(one, bakery.id, null, nine, seeded(1), ports, answers));
  };

  const known = await taken(outside([elsewhere]));
  assert.deepEqual(asked, ["Far Lane 3", "Gone Road 9"]);
  assert.deepEqual(
    known.map((one) => one.ok && one.value.order.dropoff.point),
    [spot(700, 0), spot(500, 500), spot(700, 0), spot(700, 0)],
  );
  const silent = await taken(outside(outage("no answer", true)));
  assert.deepEqual(asked, ["Far Lane 3"]);
  assert.deepEqual(
    silent.map((one) => one.ok || (one.refusal.code === "ADDRESS_NOT_FOUND" && one.refusal.outsideSilent)),
    [true, true, true, true],
  );
  assert.deepEqual(
    silent.map(({ ok: isTaken }) => isTaken),
    [false, true, false, false],
  );
  await taken(undefined);
  assert.deepEqual(asked, []);
});
