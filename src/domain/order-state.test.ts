import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ParcelId } from "../kernel/id.ts";
import { legSuccessors, type LegState } from "./leg-state.ts";
import { orderIsClosed, orderState, orderStates, type OrderState } from "./order-state.ts";
import { parcelIsFinal, parcelSuccessors, type ParcelState } from "./parcel-state.ts";

interface Moving {
  state: LegState;
  readonly parcels: readonly ParcelId[];
}

/** An order whose parts move as in the world: a pickup takes what is expected into custody, a hand-over delivers it. */
class Order {
  accepted = false;
  readonly legs: Moving[] = [];
  readonly parcels: { readonly id: ParcelId; state: ParcelState }[];
  readonly seen: OrderState[] = [];

  constructor(count: number) {
    this.parcels = Array.from({ length: count }, (_, i) => ({
      id: `parcel_${i}` as const,
      state: "expected" as const,
    }));
    this.look();
  }

  look(): void {
    this.seen.push(orderState(this.accepted, this.parcels, this.legs));
  }

  /** The order is accepted and enters as one leg, or as two that share the parcels. */
  accept(split: number): void {
    this.accepted = true;
    const ids = this.parcels.map(({ id }) => id);
    for (const parcels of [ids.slice(0, split), ids.slice(split)])
      if (parcels.length > 0) this.legs.push({ state: "open", parcels });
    this.look();
  }

  moveLeg(which: number, choice: number): void {
    const leg = this.legs[which % this.legs.length]!;
    const ways = legSuccessors(leg.state);
    const to = ways[choice % Math.max(1, ways.length)];
    if (to === undefined) return;
    leg.state = to;
    const with_ = this.parcels.filter(({ id, state }) => leg.parcels.includes(id) && !parcelIsFinal(state));
    if (to === "picked_up") for (const parcel of with_) parcel.state = "in_custody";
    if (to === "handed_over") for (const parcel of with_) parcel.state = "delivered";
    this.look();
  }

  /** What happens to a parcel on the way, or after nobody would take it. */
  moveParcel(which: number, choice: number): void {
    const parcel = this.parcels[which % this.parcels.length]!;
    const ways = parcelSuccessors(parcel.state).filter((to) => to === "returned" || to === "lost" || to === "damaged");
    const to = ways[choice % Math.max(1, ways.length)];
    const expected = parcel.state === "expected";
    if (to === undefined || expected) return;
    parcel.state = to;
    this.look();
  }
}

const days = fc
  .tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.nat(4),
    fc.array(fc.tuple(fc.nat(5), fc.nat(), fc.nat()), { maxLength: 60 }),
  )
  .map(([count, split, moves]) => {
    const order = new Order(count);
    order.accept(Math.min(split, count));
    for (const [kind, which, choice] of moves)
      if (kind > 0) order.moveLeg(which, choice);
      else order.moveParcel(which, choice);
    return order;
  });

test("M7 a closed order never opens again, nor closes as something else, whatever may still move", () => {
  fc.assert(
    fc.property(days, ({ seen }) => {
      const closed = seen.findIndex(orderIsClosed);
      if (closed >= 0) assert.deepEqual(new Set(seen.slice(closed)).size, 1, seen.join(" "));
    }),
    { numRuns: 1000 },
  );
});

test("M7 an order goes forward only: placed, accepted, in progress, closed", () => {
  const rank = (state: OrderState): number => Math.min(orderStates.indexOf(state), 3);
  fc.assert(
    fc.property(days, ({ seen }) => {
      const ranks = seen.map(rank).filter((at, i, all) => i === 0 || at !== all[i - 1]);
      // A leg that is given back before the pickup leaves nobody on the way: then, and only then, one step back.
      for (let i = 1; i < ranks.length; i++)
        assert.ok(ranks[i]! > ranks[i - 1]! || (ranks[i - 1] === 2 && ranks[i] === 1), seen.join(" "));
    }),
    { numRuns: 1000 },
  );
});

test("M8 the state says what its parcels and legs say", () => {
  fc.assert(
    fc.property(days, ({ seen, parcels, legs }) => {
      const state = seen.at(-1)!;
      const all = (wanted: ParcelState): boolean => parcels.every((parcel) => parcel.state === wanted);
      const some = (wanted: ParcelState): boolean => parcels.some((parcel) => parcel.state === wanted);
      assert.equal(state === "delivered", all("delivered"));
      if (state === "partly_delivered") assert.ok(some("delivered") && !all("delivered"));
      if (state === "returned") assert.ok(some("returned") && !some("delivered"));
      if (state === "cancelled") assert.ok(all("expected") && legs.every((leg) => leg.state === "cancelled"));
      if (orderIsClosed(state)) assert.ok(!some("in_custody") && !some("at_hub") && !some("held"));
      if (some("in_custody")) assert.equal(state, "in_progress");
    }),
    { numRuns: 1000 },
  );
});

test("M1 every state of an order is reached", () => {
  const seen = new Set(fc.sample(days, { numRuns: 3000, seed: 1 }).flatMap((order) => order.seen));
  assert.deepEqual(
    [...orderStates].filter((state) => !seen.has(state)),
    [],
  );
});

const one = (state: ParcelState, leg: LegState, more: readonly LegState[] = []): OrderState =>
  orderState(
    true,
    [{ id: "parcel_1", state }],
    [leg, ...more].map((of) => ({ state: of, parcels: ["parcel_1"] as const })),
  );

test("M8 by hand: what an order is when its one parcel and its legs are so", () => {
  const says: readonly (readonly [ParcelState, LegState, readonly LegState[], OrderState])[] = [
    ["expected", "open", [], "accepted"],
    ["expected", "assigned", [], "accepted"],
    ["expected", "en_route_to_pickup", [], "in_progress"],
    ["expected", "cancelled", [], "cancelled"],
    ["expected", "cancelled", ["open"], "accepted"],
    ["expected", "pickup_failed", [], "failed"],
    ["in_custody", "dropoff_failed", ["picked_up"], "in_progress"],
    ["returned", "dropoff_failed", ["handed_over"], "returned"],
    ["lost", "picked_up", [], "failed"],
    ["damaged", "dropoff_failed", [], "failed"],
    ["held", "handed_over", [], "in_progress"],
    ["delivered", "handed_over", [], "delivered"],
  ];
  for (const [parcel, leg, more, state] of says) assert.equal(one(parcel, leg, more), state, `${parcel} ${leg}`);
  assert.equal(orderState(false, [{ id: "parcel_1", state: "expected" }], []), "placed");
  assert.equal(orderState(true, [{ id: "parcel_1", state: "expected" }], []), "accepted");
});
