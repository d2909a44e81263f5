import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { journeyScope, orderStates, type Happened, type Scope } from "../../domain/index.ts";
import type { LegId } from "../../kernel/id.ts";
import { money } from "../../kernel/money.ts";
import { cloudEventType, dataOf, mayReadEvent } from "./cloud-event.ts";

const [shop, fleet, van, gig] = [
  "participant_shop",
  "participant_fleet",
  "participant_van",
  "participant_gig",
] as const;
const order = "order_1" as const;
const leg: LegId = "leg_1";
const price = money(700, "EUR");

/** One of each kind that others than the owner may ask for, and of those that they may not. */
const events: readonly Happened[] = [
  { type: "OrderPlaced", order },
  { type: "OrderAccepted", order, price },
  { type: "OrderStarted", order },
  { type: "OrderEdited", order, fields: ["readyAt"] },
  { type: "OrderClosed", order, state: "delivered" },
  { type: "LegAssigned", order, leg, carrier: fleet, courier: null, price },
  { type: "LegProgressed", order, leg, from: "assigned", to: "picked_up" },
  { type: "LegProgressed", order, leg: "leg_2", from: "assigned", to: "picked_up" },
  { type: "LegCancelled", order, leg, reason: "shipper" },
  { type: "QuotesClosed", order, leg, request: "request_1", round: 1, answers: [] },
  { type: "DecisionRecorded", order, leg, decision: "decision_1", outcome: "chosen" },
  { type: "CarrierCancelled", order, leg, carrier: gig, reason: "other" },
  {
    type: "ParcelMoved",
    order,
    parcel: "parcel_1",
    from: "expected",
    to: "in_custody",
    holder: { kind: "carrier", participant: fleet },
  },
  {
    type: "ParcelMoved",
    order,
    parcel: "parcel_1",
    from: "in_custody",
    to: "delivered",
    holder: { kind: "recipient" },
  },
];
const scopeOf = (viewer: Scope["viewer"]): Scope => ({ viewer, by: "test", may: [] });
const read = (viewer: Scope["viewer"], carries: readonly LegId[] = []): string =>
  events
    .filter((event) => mayReadEvent(scopeOf(viewer), { owner: shop, event }, new Set(carries)))
    .map(({ type }) => type)
    .join(" ");

test("F1 an event's type is its name in CloudEvents' words, and an order's end says which end it was", () => {
  assert.equal(cloudEventType({ type: "LegDue", order, leg, round: 1 }), "io.milepool.leg.due.v1");
  assert.equal(
    cloudEventType({ type: "OrderCancelRequested", order, reason: "" }),
    "io.milepool.order.cancel_requested.v1",
  );
  const ends = orderStates.map((state) => cloudEventType({ type: "OrderClosed", order, state }));
  assert.equal(new Set(ends).size, orderStates.length);
  assert.ok(ends.includes("io.milepool.order.partly_delivered.v1"));
});

test("F1 no two events share a type, and each keeps its facts", () => {
  const names = new Map(events.map((event) => [event.type, cloudEventType(event)]));
  assert.equal(new Set(names.values()).size, names.size);
  for (const event of events) assert.deepEqual({ type: event.type, ...dataOf(scopeOf("network"), event) }, event);
});

test("F2 owner and operator read every event, whoever carries", () => {
  const all = events.map(({ type }) => type).join(" ");
  assert.equal(read(shop), all);
  assert.equal(read("network"), all);
  assert.ok(events.every((event) => mayReadEvent(journeyScope, { owner: shop, event }, new Set())));
});

test("F2 a carrier reads what names it, the steps of its own legs, and that the order began and ended", () => {
  assert.equal(read(fleet, [leg]), "OrderStarted OrderClosed LegAssigned LegProgressed LegCancelled ParcelMoved");
  assert.equal(read(gig), "OrderStarted OrderClosed CarrierCancelled");
});

test("F2 of quotes the owner reads who answered, a carrier its own, and the operator all", () => {
  const quote = (carrier: typeof gig | typeof van) => ({ kind: "quote" as const, quote: { carrier, price } as never });
  const refusal = { kind: "refusal" as const, carrier: fleet, why: "too far" };
  const closed: Happened = {
    ...{ type: "QuotesClosed", order, leg, request: "request_1", round: 1 },
    answers: [quote(gig), quote(van), refusal],
  } as const;
  const answers = (viewer: Scope["viewer"]): unknown => dataOf(scopeOf(viewer), closed)["answers"];
  assert.deepEqual(answers("network"), closed.answers);
  assert.deepEqual(answers(shop), [{ kind: "quote", carrier: gig }, { kind: "quote", carrier: van }, refusal]);
  assert.deepEqual(answers(gig), [quote(gig), { kind: "quote", carrier: van }, refusal]);
});

test("F2 whatever one carries, nobody else's price, quote, decision or assignment is read", () => {
  const secret = new Set(["OrderPlaced", "OrderAccepted", "OrderEdited", "QuotesClosed", "DecisionRecorded"]);
  fc.assert(
    fc.property(fc.subarray<LegId>([leg, "leg_2"]), (legs) => {
      const seen = read(van, legs).split(" ");
      assert.ok(seen.every((type) => !secret.has(type) && type !== "LegAssigned" && type !== "CarrierCancelled"));
    }),
  );
});
