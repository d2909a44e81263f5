import assert from "node:assert/strict";
import { test } from "node:test";
import type { Leg, Order, OrderSort, Page, Store } from "../../../domain/index.ts";
import type { OrderId } from "../../../kernel/id.ts";
import { instant, type Instant } from "../../../kernel/quantity.ts";
import { seeded } from "../../../kernel/rng.ts";
import { BadCursor } from "../conflict.ts";
import { network, placed, rowsOf, settled, twoOrders, type At } from "./contract-ground.ts";
import {
  ada,
  batchOf,
  ben,
  carol,
  courierOf,
  legOf,
  nine,
  orderOf,
  put,
  recordedOf,
  routeOf,
  scopeOf,
  shiftOf,
} from "./samples.ts";

const estimateOf = (dropoff: Instant | null): Leg["estimate"] => ({
  pickup: null,
  dropoff,
  early: null,
  late: null,
  madeAt: nine,
  source: "plan",
});

async function everyOrder({ reads }: Store, sort: OrderSort): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: Page<Order> = await reads.orders(network, { limit: 3, sort, ...(cursor === "" ? {} : { cursor }) });
    seen.push(...page.rows.map(({ id }) => id));
    cursor = page.next;
  }
  return seen;
}

/** What a store promises of lists, positions and of what lives. */
export function findingContract(at: At): void {
  void test("S10 a list is newest first, filtered, and its cursor holds while orders arrive", async () => {
    const { store } = at();
    const rng = seeded(1);
    const orders = Array.from({ length: 25 }, (_, n) =>
      orderOf(`order_${String(n).padStart(3, "0")}`, n % 2 === 0 ? ada : ben, {
        placedAt: instant(nine + rng.below(8)),
        reference: `R%${n}`,
        state: n % 3 === 0 ? "cancelled" : "accepted",
        importedBy: n < 5 ? "import_1" : null,
      }),
    );
    const add = (order: Order) => store.commit(batchOf({ rows: [put("order", order)], recorded: [placed(order)] }));
    for (const order of orders) await add(order);
    const expected = orders.toSorted((a, b) => b.placedAt - a.placedAt || (a.id < b.id ? 1 : -1)).map(({ id }) => id);

    const seen: string[] = [];
    for (let cursor: string | undefined, n = 0; ; n++) {
      const page = await store.reads.orders(network, { limit: 4, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.rows.map(({ id }) => id));
      await add(orderOf(`order_new${n}`, ada, { placedAt: instant(nine + 100 + n) }));
      if (page.next === null) break;
      cursor = page.next;
    }
    assert.deepEqual(seen, expected);

    const count = async (query: object) => (await store.reads.orders(network, { limit: 1000, ...query })).rows.length;
    assert.equal(await count({ text: "R%1" }), 11);
    assert.equal(await count({ text: "R_" }), 0);
    assert.equal(await count({ text: "order_00" }), 10);
    assert.deepEqual([await count({ text: "ER_007" }), await count({ text: "R_007" })], [1, 0]);
    assert.equal(await count({ states: ["cancelled"] }), 9);
    assert.equal(await count({ shipper: ben }), 12);
    assert.equal(await count({ importedBy: "import_1" }), 5);
    assert.equal(
      await count({ placedFrom: instant(nine + 2), placedUntil: instant(nine + 4) }),
      orders.filter(({ placedAt }) => placedAt >= nine + 2 && placedAt <= nine + 4).length,
    );
    assert.equal((await store.reads.countOrders(network, { shipper: ben })).cancelled, 4);
    await assert.rejects(store.reads.orders(network, { limit: 4, cursor: "nonsense" }), BadCursor);
  });

  void test("S10 orders are sorted by promise and by estimate both ways, the unknown last, and the pages are the whole list", async () => {
    const { store } = at();
    const rng = seeded(2);
    const some = (): Instant | null => (rng.below(3) === 0 ? null : instant(nine + rng.below(6)));
    const orders = Array.from({ length: 20 }, (_, n) => {
      const closed = n % 4 === 0;
      return orderOf(`order_${String(n).padStart(2, "0")}`, ada, {
        placedAt: instant(nine + rng.below(5)),
        closedAt: closed ? instant(nine + rng.below(6)) : null,
        state: closed ? "delivered" : "accepted",
        dropoffWindow: { earliest: some(), latest: some() },
      });
    });
    const estimates = new Map(orders.map(({ id }) => [id, some()]));
    const legs = orders.flatMap((order) => [
      legOf(`leg_${order.id}1`, order, { estimate: estimateOf(instant(nine)) }),
      legOf(`leg_${order.id}2`, order, { estimate: estimateOf(estimates.get(order.id)!) }),
    ]);
    await store.commit(
      batchOf({
        rows: [...orders.map((order) => put("order", order)), ...legs.map((leg) => put("leg", leg))],
        recorded: orders.map(placed),
      }),
    );
    const values: Readonly<Record<string, (order: Order) => Instant | null>> = {
      placed: ({ placedAt }) => placedAt,
      window: ({ dropoffWindow: { earliest, latest } }) => latest ?? earliest,
      estimate: ({ id, closedAt }) => closedAt ?? estimates.get(id)!,
    };
    for (const [by, value] of Object.entries(values)) {
      for (const way of [1, -1]) {
        const sort = `${way === 1 ? "" : "-"}${by}` as OrderSort;
        const known = orders
          .filter((order) => value(order) !== null)
          .toSorted((a, b) => way * (value(a)! - value(b)! || (a.id < b.id ? -1 : 1)));
        const unknown = orders.filter((order) => value(order) === null).map(({ id }) => id);
        const seen = await everyOrder(store, sort);
        assert.deepEqual(
          seen.slice(0, known.length),
          known.map(({ id }) => id),
          sort,
        );
        assert.deepEqual(new Set(seen.slice(known.length)), new Set(unknown), sort);
      }
    }
    const { next } = await store.reads.orders(network, { limit: 3, sort: "window" });
    await assert.rejects(store.reads.orders(network, { limit: 3, sort: "-window", cursor: next! }), BadCursor);
  });

  void test("S11 load gives exactly what lives", async () => {
    const { store } = at();
    const { a, b, legA } = await twoOrders(at);
    const shift = shiftOf("shift_c", "courier_c", carol);
    const timer = (id: string, order: OrderId) =>
      put("timer", { id, owner: ada, dueAt: nine, event: { type: "OrderStarted", order } });
    const request = (state: "open" | "answered") =>
      put("request", { id: "request_a", order: a.id, leg: legA.id, owner: ada, kind: "cancel", state } as never);
    const closing = recordedOf(ada, 3, settled(a.id));
    await store.commit(
      batchOf({
        rows: [
          put("courier", courierOf("courier_c", carol)),
          put("shift", shift),
          put("route", routeOf(shift, [legA])),
          put("shift", shiftOf("shift_old", "courier_c", carol, { state: "over" })),
          put("offer", { id: "offer_a", leg: legA.id } as never),
          put("round", { id: legA.id, round: 1 } as never),
          request("open"),
          timer("ta", a.id),
          timer("tb", b.id),
        ],
      }),
    );
    const alive = await store.load();
    assert.deepEqual(alive.rows.find(({ table }) => table === "route")?.row, routeOf(shift, [legA]));
    assert.deepEqual([rowsOf(alive, "shift"), rowsOf(alive, "timer")], [["shift_c"], ["ta", "tb"]]);
    assert.deepEqual(
      alive.sequences,
      new Map([
        [a.id, 2],
        [b.id, 1],
      ]),
    );
    assert.equal(rowsOf(alive, "participant").length, 5);

    await store.commit(batchOf({ recorded: [closing], waiting: [closing.id], drops: [{ table: "timer", id: "tb" }] }));
    const waiting = await store.load();
    assert.deepEqual(rowsOf(waiting, "order"), [a.id, b.id], "settled, but its last handler has not run");
    assert.deepEqual(waiting.inbox, [closing]);
    assert.deepEqual(rowsOf(waiting, "timer"), ["ta"]);

    await store.commit(batchOf({ handled: [closing.id] }));
    assert.deepEqual(rowsOf(await store.load(), "order"), [a.id, b.id], "settled, but the world has not answered");

    await store.commit(batchOf({ rows: [request("answered")] }));
    const left = await store.load();
    for (const table of ["order", "leg"]) assert.equal(rowsOf(left, table).length, 1, table);
    for (const table of ["offer", "round", "request", "timer"]) assert.deepEqual(rowsOf(left, table), [], table);
    assert.deepEqual([...left.sequences.keys()], [b.id]);
    assert.equal((await store.reads.order(network, a.id))?.id, a.id, "the store still has it");
  });

  void test("S15 positions are kept by time, each once", async () => {
    const { store } = at();
    const seenAt = (n: number) =>
      ({ courier: "courier_c", carrier: carol, point: [n, 1], at: instant(nine + n), receivedAt: nine }) as const;
    await store.savePositions([seenAt(3), seenAt(1)]);
    await store.savePositions([seenAt(2), seenAt(3)]);
    assert.deepEqual(await store.reads.trail(scopeOf(carol), "courier_c", instant(nine + 1), instant(nine + 2)), [
      seenAt(1),
      seenAt(2),
    ]);
    assert.equal((await store.reads.trail(network, "courier_c", nine, instant(nine + 9))).length, 3);
  });
}
