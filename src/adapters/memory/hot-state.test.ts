import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { isCommitted, type Leg, type Order, type Route, type Shift } from "../../domain/index.ts";
import type { CourierId, Id, LegId, OrderId, ParticipantId, ShiftId } from "../../kernel/id.ts";
import { instant } from "../../kernel/quantity.ts";
import type { Draft } from "./draft.ts";
import { HotState } from "./hot-state.ts";
import type { Layer } from "./layer.ts";

const order = (id: number, reference: number | null): Order =>
  ({
    id: `order_${id}`,
    shipper: "participant_s",
    reference: reference === null ? null : `ref ${reference}`,
  }) as unknown as Order;

const leg = (id: number, of: number, state: Leg["state"], carrier: number | null): Leg =>
  ({
    id: `leg_${id}`,
    order: `order_${of}`,
    state,
    assignment: carrier === null ? null : { carrier: `participant_${carrier}`, reference: `${carrier}-${id}` },
  }) as unknown as Leg;

const shift = (id: number, courier: number, state: Shift["state"]): Shift =>
  ({ id: `shift_${id}`, courier: `courier_${courier}`, carrier: "participant_0", state }) as unknown as Shift;

const route = (id: number, of: number, version: number): Route =>
  ({ id: `plan_${id}`, shift: `shift_${of}`, carrier: "participant_0", version }) as unknown as Route;

/** The same, without indexes or layers: a draft is a copy of everything. */
class Naive {
  tables: { order: Map<string, Order>; leg: Map<string, Leg>; shift: Map<string, Shift>; route: Map<string, Route> };
  constructor(from?: Naive) {
    this.tables = {
      order: new Map(from?.tables.order),
      leg: new Map(from?.tables.leg),
      shift: new Map(from?.tables.shift),
      route: new Map(from?.tables.route),
    };
  }
  legs(keep: (leg: Leg) => boolean): Leg[] {
    return sorted([...this.tables.leg.values()].filter(keep));
  }
}

const sorted = <Row extends { id: string }>(rows: Row[]): Row[] => rows.sort((a, b) => (a.id < b.id ? -1 : 1));
const few = fc.integer({ min: 0, max: 3 });
const change = fc.oneof(
  fc
    .tuple(fc.constant("order" as const), few, fc.option(few))
    .map(([table, id, ref]) => ({ table, row: order(id, ref) })),
  fc
    .tuple(
      fc.constant("leg" as const),
      few,
      few,
      fc.constantFrom<Leg["state"]>("open", "assigned", "picked_up", "handed_over"),
      fc.option(few),
    )
    .map(([table, id, of, state, carrier]) => ({ table, row: leg(id, of, state, carrier) })),
  fc
    .tuple(fc.constant("shift" as const), few, few, fc.constantFrom<Shift["state"]>("planned", "on_duty", "over"))
    .map(([table, id, courier, state]) => ({ table, row: shift(id, courier, state) })),
  fc
    .tuple(fc.constant("route" as const), few, few, fc.nat(9))
    .map(([table, id, of, v]) => ({ table, row: route(id, of, v) })),
  fc.tuple(fc.constant("drop" as const), few).map(([table, id]) => ({ table, id: `plan_${id}` })),
);
const action = fc.oneof(
  { weight: 6, arbitrary: change },
  { weight: 1, arbitrary: fc.constant("child" as const) },
  { weight: 1, arbitrary: fc.constant("merge" as const) },
  { weight: 1, arbitrary: fc.constant("abandon" as const) },
);

function same(layer: Layer, model: Naive): void {
  for (const n of [0, 1, 2, 3]) {
    const carrier: ParticipantId = `participant_${n}`;
    const courier: CourierId = `courier_${n}`;
    assert.equal(layer.get("order", `order_${n}`), model.tables.order.get(`order_${n}`));
    assert.equal(layer.get("route", `plan_${n}`), model.tables.route.get(`plan_${n}`));
    assert.deepEqual(
      layer.legsOf(`order_${n}`),
      model.legs((leg) => leg.order === `order_${n}`),
    );
    assert.deepEqual(
      layer.legsWith(carrier),
      model.legs(({ assignment, state }) => assignment?.carrier === carrier && isCommitted(state)),
    );
    assert.equal(
      layer.legByReference(carrier, `${n}-1`),
      model.legs(({ assignment }) => assignment?.carrier === carrier && assignment.reference === `${n}-1`)[0],
    );
    assert.equal(
      layer.orderByReference("participant_s", `ref ${n}`),
      sorted([...model.tables.order.values()].filter(({ reference }) => reference === `ref ${n}`))[0],
    );
    const shifts = sorted([...model.tables.shift.values()].filter((shift) => shift.courier === courier));
    assert.deepEqual(
      layer.shiftsOf(courier),
      shifts.filter(({ state }) => state !== "over"),
    );
    assert.equal(
      layer.shiftOf(courier),
      shifts.find(({ state }) => state === "on_duty"),
    );
    assert.equal(
      layer.routeOf(`shift_${n}`),
      sorted([...model.tables.route.values()].filter((route) => route.shift === `shift_${n}`))[0],
    );
  }
}

test("M1 a draft reads as if everything had been copied, through every child, merge and abandoned try", () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const hot = new HotState();
      const base = new Naive();
      let open: { draft: Draft; model: Naive }[] = [{ draft: hot.draft(), model: new Naive(base) }];
      for (const act of actions) {
        const { draft, model } = open.at(-1)!;
        if (act === "child") open.push({ draft: draft.child(), model: new Naive(model) });
        else if (act === "abandon") open.pop();
        else if (act === "merge") {
          draft.merge();
          open.pop();
          if (open.length > 0) open.at(-1)!.model = model;
          else base.tables = model.tables;
        } else if ("row" in act) {
          draft.put(act.table, act.row);
          model.tables[act.table].set(act.row.id, act.row as never);
        } else {
          draft.drop("route", act.id);
          model.tables.route.delete(act.id);
        }
        if (open.length === 0) open = [{ draft: hot.draft(), model: new Naive(base) }];
        same(open.at(-1)!.draft, open.at(-1)!.model);
        same(hot, base);
      }
    }),
    { numRuns: 200 },
  );
});

test("M2 the changes of a draft are each row once, as it is at the end", () => {
  const hot = new HotState();
  const draft = hot.draft();
  draft.put("order", order(1, null));
  const child = draft.child();
  child.put("order", order(1, 7));
  child.put("route", route(1, 1, 1));
  child.drop("route", "plan_1");
  child.drop("timer", "due/leg_1/0");
  child.merge();
  assert.deepEqual(draft.changes(), {
    rows: [{ table: "order", row: order(1, 7) }],
    drops: [
      { table: "route", id: "plan_1" },
      { table: "timer", id: "due/leg_1/0" },
    ],
  });
  assert.equal(hot.get("order", "order_1"), undefined, "nobody sees a draft before it is merged");
});

test("M3 a settled order leaves with everything that belongs to it, and nothing else does", () => {
  const hot = new HotState();
  const put = hot.draft();
  for (const n of [1, 2]) {
    put.put("order", order(n, n));
    put.put("leg", leg(n, n, "handed_over", n));
    put.put("offer", { id: `offer_${n}`, leg: `leg_${n}` as LegId } as never);
    put.put("round", { id: `leg_${n}` } as never);
    put.put("request", { id: `request_${n}`, order: `order_${n}` as OrderId } as never);
    put.put("timer", { id: `t${n}`, event: { order: `order_${n}` } } as never);
  }
  put.merge();
  assert.deepEqual(hot.retire("order_1"), ["t1"]);
  for (const table of ["order", "leg", "offer", "round", "request", "timer"] as const) {
    assert.equal(hot.count(table), 1, table);
  }
  assert.equal(hot.legByReference("participant_1", "1-1"), undefined);
  assert.equal(hot.legByReference("participant_2", "2-2")?.id, "leg_2");
});

test("M4 a position that is older than the last known one is passed over, and the odometer counts the others", () => {
  const hot = new HotState();
  const position = (longitude: number, at: number) => ({
    courier: "courier_1" as Id<"courier">,
    carrier: "participant_1" as ParticipantId,
    point: [longitude, 0] as const,
    at: instant(at),
    receivedAt: instant(at),
  });
  assert.equal(hot.setPosition(position(0, 1000)), true);
  assert.equal(hot.setPosition(position(0.01, 3000)), true);
  assert.equal(hot.setPosition(position(0.5, 2000)), false);
  assert.equal(hot.draft().position("courier_1")?.at, 3000);
  assert.equal(hot.odometer("courier_1"), 1112);
  assert.equal(hot.onDuty("participant_1").length, 0);
});

test("M5 who is on duty comes with shift, courier and route", () => {
  const hot = new HotState();
  const draft = hot.draft();
  draft.put("courier", { id: "courier_1", carrier: "participant_0" } as never);
  draft.put("shift", shift(1, 1, "on_duty"));
  assert.deepEqual(draft.onDuty("participant_0"), []);
  draft.put("route", route(1, 1, 1));
  assert.deepEqual(
    draft.onDuty("participant_0").map(({ shift, courier, route }) => [shift.id, courier.id, route.id]),
    [["shift_1" satisfies ShiftId, "courier_1", "plan_1"]],
  );
});
