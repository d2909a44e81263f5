import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { cellToLatLng } from "h3-js";
import type {
  ApiKey,
  Decision,
  Endpoint,
  Happened,
  Leg,
  Order,
  Recorded,
  Scope,
  Sealed,
  Snapshot,
  Store,
} from "../../../domain/index.ts";
import type { EventId, OrderId, ParticipantId } from "../../../kernel/id.ts";
import { money } from "../../../kernel/money.ts";
import { instant } from "../../../kernel/quantity.ts";
import { seeded } from "../../../kernel/rng.ts";
import type { Cipher } from "../../vault/cipher.ts";
import { verifyChain } from "../chain.ts";
import { BadCursor, StoreConflict, type ConflictCode } from "../conflict.ts";
import {
  ada,
  assignedTo,
  batchOf,
  ben,
  carol,
  contactsOf,
  courierOf,
  dora,
  legOf,
  nine,
  orderOf,
  participantOf,
  put,
  recordedOf,
  routeOf,
  scopeOf,
  shiftOf,
  stranger,
} from "./samples.ts";

/** An empty store, with the cipher of its vault. */
export interface Opened {
  readonly store: Store;
  readonly cipher: Cipher;
}

export interface Opener {
  start?(): Promise<void>;
  open(): Promise<Opened>;
  stop?(): Promise<void>;
}

const network = scopeOf("network");
const refusedAs = (code: ConflictCode) => (error: unknown) => {
  assert.ok(error instanceof StoreConflict, String(error));
  assert.equal(error.code, code);
  return true;
};

const placed = (order: Order): Recorded => recordedOf(order.shipper, 1, { type: "OrderPlaced", order: order.id });
const settled = (order: OrderId): Happened => ({ type: "JourneySettled", order, entry: "entry", postings: 0 });
const rowsOf = ({ rows }: Snapshot, table: string): string[] =>
  rows.filter((entry) => entry.table === table).map(({ row }) => row.id);

/** What every store promises, whatever it is made of. */
export function storeContract(name: string, opener: Opener): void {
  void describe(`store: ${name}`, () => {
    let store: Store;
    let cipher: Cipher;
    before(() => opener.start?.());
    after(() => opener.stop?.());
    beforeEach(async () => {
      ({ store, cipher } = await opener.open());
      await store.load();
    });
    afterEach(() => store.close());

    /** Ada's order a, carried by Carol, and Ben's order b, open; both with events. */
    async function twoOrders(): Promise<{ a: Order; b: Order; legA: Leg; legB: Leg }> {
      const a = orderOf("order_a", ada, { reference: "A-1", legs: ["leg_a"] });
      const b = orderOf("order_b", ben, { legs: ["leg_b"], placedAt: instant(nine + 1) });
      const legA = legOf("leg_a", a, { state: "assigned", assignment: assignedTo(carol) });
      const legB = legOf("leg_b", b);
      const assigned: Happened = {
        type: "LegAssigned",
        order: a.id,
        leg: legA.id,
        carrier: carol,
        courier: null,
        price: money(700, "EUR"),
      };
      const people = [ada, ben, stranger].map((id) => put("participant", participantOf(id, "shipper")));
      const carriers = [carol, dora].map((id) => put("participant", participantOf(id, "carrier")));
      await store.commit(
        batchOf({
          rows: [...people, ...carriers, put("order", a), put("leg", legA), put("order", b), put("leg", legB)],
          recorded: [placed(a), recordedOf(ada, 2, assigned), placed(b)],
          sealed: [...contactsOf(cipher, a), ...contactsOf(cipher, b)],
        }),
      );
      return { a, b, legA, legB };
    }

    void test("S1 what was committed is read as it was written", async () => {
      const { a, legA } = await twoOrders();
      assert.deepEqual(await store.reads.order(scopeOf(ada), a.id), a);
      assert.deepEqual(await store.reads.legs(scopeOf(ada), a.id), [legA]);
      assert.deepEqual(await store.reads.leg(network, legA.id), legA);
      assert.deepEqual(
        (await store.reads.timeline(scopeOf(ada), a.id)).map(({ sequence }) => sequence),
        [1, 2],
      );
      assert.deepEqual((await store.reads.timeline(scopeOf(ada), a.id))[0], placed(a));
    });

    void test("S2 a batch is taken whole or not at all", async () => {
      const { a, b } = await twoOrders();
      const next = recordedOf(ada, 3, { type: "OrderStarted", order: a.id });
      const rows = [
        put("order", { ...a, state: "in_progress" as const, version: 2 }),
        put("participant", participantOf("participant_new", "carrier")),
      ];
      const answer = { participant: ada, key: "k", requestHash: "h", status: 201, body: "{}", at: nine };
      await store.commit(batchOf({ answers: [answer] }));
      const sealed = [cipher.seal({ subject: "subject_new", owner: ada, kind: "proof", content: 1, createdAt: nine })];
      const whole = batchOf({ rows, recorded: [next], waiting: [next.id], sealed });

      await assert.rejects(store.commit({ ...whole, answers: [answer] }), refusedAs("ANSWER_KEPT"));
      await assert.rejects(store.commit({ ...whole, handled: ["event_unknown"] }), refusedAs("NOT_WAITING"));
      await assert.rejects(
        store.commit({ ...whole, recorded: [next, recordedOf(ben, 3, { type: "OrderStarted", order: b.id })] }),
        refusedAs("SEQUENCE_BROKEN"),
      );
      await assert.rejects(
        store.commit({ ...whole, rows: [...rows, put("order", orderOf("order_c", ada, { reference: "A-1" }))] }),
        refusedAs("REFERENCE_TAKEN"),
      );
      assert.deepEqual(await store.reads.order(network, a.id), a);
      assert.equal((await store.reads.participants(network)).length, 5);
      assert.equal((await store.reads.timeline(network, a.id)).length, 2);
      assert.equal((await store.vault.sealed(network, ["subject_new"])).length, 0);
      assert.deepEqual((await store.load()).inbox, []);

      await store.commit(whole);
      assert.equal((await store.reads.order(network, a.id))?.state, "in_progress");
      assert.deepEqual((await store.load()).inbox, [next]);
    });

    void test("S3 an order's events are numbered without a gap, or refused", async () => {
      const { a } = await twoOrders();
      const started = (sequence: number, id?: EventId) =>
        recordedOf(ada, sequence, { type: "OrderStarted", order: a.id }, id);
      const c = orderOf("order_c", ada);
      for (const recorded of [
        [started(4)],
        [started(2, "event_other")],
        [started(3), started(5)],
        [recordedOf(ada, 2, { type: "OrderPlaced", order: c.id })],
        [recordedOf(ada, 0, { type: "OrderPlaced", order: c.id })],
      ]) {
        await assert.rejects(store.commit(batchOf({ recorded })), refusedAs("SEQUENCE_BROKEN"));
      }
      await store.commit(batchOf({ recorded: [started(3), started(4)] }));
      assert.deepEqual(
        (await store.reads.timeline(network, a.id)).map(({ sequence }) => sequence),
        [1, 2, 3, 4],
      );
    });

    void test("S4 a batch that comes again after its answer was lost changes nothing", async () => {
      const { a } = await twoOrders();
      const next = recordedOf(ada, 3, { type: "OrderStarted", order: a.id });
      const batch = batchOf({ rows: [put("order", { ...a, version: 2 })], recorded: [next], waiting: [next.id] });
      await store.commit(batch);
      await store.commit(batch);
      assert.equal((await store.reads.timeline(network, a.id)).length, 3);
      await store.commit(
        batchOf({ handled: [next.id], recorded: [recordedOf(ada, 4, { type: "OrderStarted", order: a.id })] }),
      );
      await store.commit(batch);
      assert.deepEqual((await store.load()).inbox, []);
    });

    void test("S5 one answer per participant and key, and the reference is the shipper's own", async () => {
      const answer = { participant: ada, key: "k", requestHash: "h", status: 201, body: '{"a":1}', at: nine };
      await store.commit(batchOf({ answers: [answer, { ...answer, participant: ben }] }));
      await assert.rejects(store.commit(batchOf({ answers: [{ ...answer, status: 500 }] })), refusedAs("ANSWER_KEPT"));
      assert.deepEqual(await store.reads.answer(ada, "k"), answer);
      assert.equal(await store.reads.answer(carol, "k"), null);

      const [a, b] = [orderOf("order_a", ada, { reference: "R" }), orderOf("order_b", ben, { reference: "R" })];
      await store.commit(batchOf({ rows: [put("order", a), put("order", b)], recorded: [placed(a), placed(b)] }));
      await store.commit(batchOf({ rows: [put("order", { ...a, version: 2 })] }));
    });

    void test("S6 what is written once is never written over", async () => {
      const posting = {
        id: "posting_1",
        entry: "e",
        order: "order_a",
        participant: ada,
        account: "payable",
        amount: money(5, "EUR"),
        at: nine,
        text: "x",
      } as const;
      await store.commit(batchOf({ rows: [put("posting", posting)] }));
      await assert.rejects(
        store.commit(batchOf({ rows: [put("posting", { ...posting, text: "y" })] })),
        refusedAs("WRITTEN_BEFORE"),
      );
      assert.equal((await store.reads.postings(network, "order_a"))[0]?.text, "x");
    });

    void test("S7 nobody sees across: by id, list, count, timeline, feed, decision, posting, request, vault", async () => {
      const { a, b, legA, legB } = await twoOrders();
      const decision: Decision = {
        id: "decision_a",
        kind: "dispatch",
        leg: legA.id,
        order: a.id,
        owner: ada,
        at: nine,
        outcome: "chosen",
        candidates: [carol, dora].map((carrier) => ({
          carrier,
          courier: null,
          quote: null,
          expectedCost: 7,
          chosen: carrier === carol,
          lost: null,
        })),
        inputs: [{ what: "quotes", origin: dora, age_s: 1 }],
        policy: { name: "cheapest", version: 1, latenessPerMinute: 5 },
        latency_ms: 5,
        quoteWait_ms: 0,
      };
      const posting = (id: "posting_1" | "posting_2", participant: ParticipantId) =>
        put("posting", {
          id,
          entry: "e",
          order: a.id,
          participant,
          account: "payable",
          amount: money(5, "EUR"),
          at: nine,
          text: "",
        });
      const request = {
        id: "request_a",
        order: a.id,
        leg: legA.id,
        owner: ada,
        kind: "quotes",
        state: "open",
        carriers: [dora],
      } as never;
      const attempt = {
        id: "attempt_a",
        leg: legA.id,
        order: a.id,
        kind: "pickup",
        at: nine,
        succeeded: true,
        reason: null,
        proof: null,
      } as const;
      await store.commit(
        batchOf({
          rows: [
            put("decision", decision),
            posting("posting_1", ada),
            posting("posting_2", carol),
            put("request", request),
            put("attempt", attempt),
            put("courier", courierOf("courier_c", carol)),
            put("shift", shiftOf("shift_c", "courier_c", carol)),
          ],
        }),
      );
      await store.savePositions([{ courier: "courier_c", carrier: carol, point: [0, 1], at: nine, receivedAt: nine }]);
      await store.seal(100);

      const seen = async (viewer: ParticipantId | "network") => {
        const scope: Scope = scopeOf(viewer);
        const { reads, vault } = store;
        const counts = await reads.countOrders(scope, {});
        return {
          orders: (await reads.orders(scope, { limit: 10 })).rows.map(({ id }) => id),
          byId: [await reads.order(scope, a.id), await reads.order(scope, b.id)].map((order) => order !== null),
          count: Object.values(counts).reduce((sum, count) => sum + count, 0),
          legs: [...(await reads.legs(scope, a.id)), ...(await reads.legs(scope, b.id))].map(({ id }) => id),
          leg: [await reads.leg(scope, legA.id), await reads.leg(scope, legB.id)].map((leg) => leg !== null),
          attempts: (await reads.attempts(scope, a.id)).length,
          timeline: [...(await reads.timeline(scope, a.id)), ...(await reads.timeline(scope, b.id))].map(
            ({ event }) => event.type,
          ),
          feed: (await reads.feed(scope, 0, 10)).map(
            ({ position, event }) => `${position} ${event.event.type} ${event.order}`,
          ),
          decisions: (await reads.decisions(scope, { limit: 10 })).rows.map(({ candidates, inputs }) => [
            candidates.length,
            inputs.length,
          ]),
          postings: (await reads.postings(scope, a.id)).map(({ id }) => id),
          requests: (await reads.requests(scope, "open")).length,
          couriers: (await reads.couriers(scope)).length,
          shifts: (await reads.shifts(scope, nine, nine)).length,
          trail: (await reads.trail(scope, "courier_c", nine, nine)).length,
          contacts: (await vault.sealed(scope, [a.dropoff.subject, b.dropoff.subject])).map(({ subject }) => subject),
        };
      };
      assert.deepEqual(await seen("network"), {
        orders: ["order_b", "order_a"],
        byId: [true, true],
        count: 2,
        legs: ["leg_a", "leg_b"],
        leg: [true, true],
        attempts: 1,
        timeline: ["OrderPlaced", "LegAssigned", "OrderPlaced"],
        feed: ["1 OrderPlaced order_a", "2 LegAssigned order_a", "3 OrderPlaced order_b"],
        decisions: [[2, 1]],
        postings: ["posting_1", "posting_2"],
        requests: 1,
        couriers: 1,
        shifts: 1,
        trail: 1,
        contacts: [a.dropoff.subject, b.dropoff.subject],
      });
      assert.deepEqual(await seen(ada), {
        orders: ["order_a"],
        byId: [true, false],
        count: 1,
        legs: ["leg_a"],
        leg: [true, false],
        attempts: 1,
        timeline: ["OrderPlaced", "LegAssigned"],
        feed: ["1 OrderPlaced order_a", "2 LegAssigned order_a"],
        decisions: [[2, 1]],
        postings: ["posting_1"],
        requests: 1,
        couriers: 0,
        shifts: 0,
        trail: 0,
        contacts: [a.dropoff.subject],
      });
      assert.deepEqual(await seen(carol), {
        orders: ["order_a"],
        byId: [true, false],
        count: 1,
        legs: ["leg_a"],
        leg: [true, false],
        attempts: 1,
        timeline: ["LegAssigned"],
        feed: ["1 LegAssigned order_a"],
        decisions: [[1, 0]],
        postings: ["posting_2"],
        requests: 0,
        couriers: 1,
        shifts: 1,
        trail: 1,
        contacts: [a.dropoff.subject],
      });
      const nothing = {
        orders: [],
        byId: [false, false],
        count: 0,
        legs: [],
        leg: [false, false],
        attempts: 0,
        timeline: [],
        feed: [],
        decisions: [],
        postings: [],
        requests: 0,
        couriers: 0,
        shifts: 0,
        trail: 0,
        contacts: [],
      };
      assert.deepEqual(await seen(stranger), nothing);
      assert.deepEqual(await seen(dora), nothing);
      assert.deepEqual((await seen(ben)).orders, ["order_b"]);
    });

    void test("S8 a carrier sees its part: no price of the shipper, nobody else's name, and the address only while it carries", async () => {
      const { a, legA } = await twoOrders();
      const [latitude, longitude] = cellToLatLng(legA.to.cell);
      const middle = [longitude, latitude];
      const carrying = await store.reads.order(scopeOf(carol), a.id);
      assert.deepEqual([carrying?.price, carrying?.dropoff.point], [null, a.dropoff.point]);
      assert.deepEqual((await store.reads.leg(scopeOf(carol), legA.id))?.excluded, []);

      await store.commit(batchOf({ rows: [put("leg", { ...legA, state: "handed_over", handedOverAt: nine })] }));
      assert.deepEqual((await store.reads.order(scopeOf(carol), a.id))?.dropoff.point, middle);
      assert.deepEqual((await store.reads.leg(scopeOf(carol), legA.id))?.to.point, middle);
      assert.deepEqual(await store.vault.sealed(scopeOf(carol), [a.dropoff.subject]), []);

      await store.commit(
        batchOf({ rows: [put("leg", { ...legA, state: "picked_up", assignment: assignedTo(dora) })] }),
      );
      const lost = await store.reads.leg(scopeOf(carol), legA.id);
      assert.deepEqual([lost?.state, lost?.assignment, lost?.to.point], ["cancelled", null, middle]);
      assert.equal((await store.reads.leg(scopeOf(dora), legA.id))?.state, "picked_up");
    });

    void test("S9 participants: oneself whole, who carries by name, shippers to their carriers", async () => {
      await twoOrders();
      const named = async (viewer: ParticipantId) =>
        (await store.reads.participants(scopeOf(viewer))).map(
          ({ id, carriage }) => `${id}${carriage === null ? "" : " whole"}`,
        );
      assert.deepEqual(await named(carol), [ada, `${carol} whole`, dora]);
      assert.deepEqual(await named(stranger), [carol, dora, stranger]);
    });

    void test("S10 a list is newest first, filtered, and its cursor holds while orders arrive", async () => {
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

    void test("S11 load gives exactly what lives", async () => {
      const { a, b, legA } = await twoOrders();
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

      await store.commit(
        batchOf({ recorded: [closing], waiting: [closing.id], drops: [{ table: "timer", id: "tb" }] }),
      );
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

    void test("S12 every log is chained without a gap, and a changed, missing or moved event breaks it", async () => {
      const { a, b } = await twoOrders();
      assert.equal(await store.seal(2), 2);
      await store.commit(
        batchOf({
          recorded: [
            recordedOf(ada, 3, { type: "OrderStarted", order: a.id }),
            recordedOf(ben, 2, { type: "OrderStarted", order: b.id }),
          ],
        }),
      );
      assert.equal(await store.seal(100), 3);
      assert.equal(await store.seal(100), 0);

      const log = (await store.reads.feed(scopeOf(ada), 0, 100)).map(({ event }): Sealed => event);
      assert.deepEqual(
        log.map(({ seq }) => seq),
        [1, 2, 3],
      );
      assert.equal(verifyChain(log), null);
      assert.equal(verifyChain((await store.reads.feed(scopeOf(ben), 0, 100)).map(({ event }) => event)), null);
      assert.deepEqual(
        (await store.reads.feed(network, 2, 2)).map(({ position }) => position),
        [3, 4],
      );

      const changed = log.map((event) => ({ ...event }));
      changed[1] = { ...changed[1]!, at: instant(changed[1]!.at + 1) };
      assert.deepEqual(verifyChain(changed), { seq: 2, why: "changed" });
      assert.deepEqual(verifyChain([log[0]!, log[2]!]), { seq: 2, why: "missing" });
      assert.deepEqual(verifyChain([{ ...log[0]!, hash: log[1]!.hash }, log[1]!]), { seq: 1, why: "changed" });
    });

    void test("S13 who is forgotten is gone: no record, no point, and no new record under the old name", async () => {
      const { a, legA } = await twoOrders();
      const { subject } = a.dropoff;
      const [latitude, longitude] = cellToLatLng(a.dropoff.cell);
      assert.equal(await store.vault.forget(scopeOf(carol), subject), false);
      assert.equal(await store.vault.forget(scopeOf(ben), subject), false);
      assert.equal((await store.vault.sealed(network, [subject])).length, 1);
      assert.equal(await store.vault.forget(scopeOf(ada), subject), true);
      assert.equal(await store.vault.forget(scopeOf(ada), subject), false);
      await store.commit(batchOf({ sealed: contactsOf(cipher, a) }));

      assert.deepEqual(await store.vault.sealed(network, [subject]), []);
      const order = await store.reads.order(network, a.id);
      assert.deepEqual([order?.pickup.point, order?.dropoff.point], [a.pickup.point, [longitude, latitude]]);
      const leg = (await store.load()).rows.find(({ row }) => row.id === legA.id)?.row as Leg;
      assert.deepEqual(leg.to.point, [longitude, latitude]);
    });

    void test("S14 keys and endpoints are their participant's own", async () => {
      const key: ApiKey = {
        id: "key_1",
        participant: ada,
        name: "till",
        hash: "abc",
        may: ["orders:read"],
        createdAt: nine,
        revokedAt: null,
      };
      const endpoint: Endpoint = {
        id: "endpoint_1",
        participant: ada,
        url: "https://example.org",
        sealedSecret: cipher.sealBytes("endpoint_1", Buffer.from("secret")),
        active: true,
        position: 0,
        failures: 0,
        retryAt: null,
        createdAt: nine,
      };
      const { registry } = store;
      await registry.saveKey(scopeOf(ada), key);
      await registry.saveEndpoint(scopeOf(ada), endpoint);
      await registry.saveKey(network, { ...key, id: "key_n", hash: "net", participant: "network" });
      await assert.rejects(registry.saveKey(scopeOf(ben), { ...key, id: "key_2", hash: "x" }));
      await assert.rejects(registry.saveKey(scopeOf(ben), { ...key, participant: ben }));
      await assert.rejects(registry.saveKey(scopeOf(ada), { ...key, id: "key_n", hash: "net" }));
      await assert.rejects(registry.saveEndpoint(scopeOf(ben), { ...endpoint, participant: ben }));
      const attempt = {
        endpoint: "endpoint_1",
        event: "event_1",
        position: 4,
        at: nine,
        status: null,
        error: "timeout",
      } as const;
      await assert.rejects(registry.recordTry(scopeOf(ben), attempt));
      await registry.recordTry(scopeOf(ada), attempt);
      await registry.recordTry(network, { ...attempt, status: 200, error: null });

      assert.deepEqual(await registry.keyByHash("abc"), key);
      assert.equal(await registry.keyByHash("abd"), null);
      assert.deepEqual(
        (await registry.keys(scopeOf(ada))).map(({ id }) => id),
        ["key_1"],
      );
      assert.deepEqual(await registry.keys(scopeOf(ben)), []);
      assert.equal((await registry.keys(network)).length, 2);
      const [kept] = await registry.endpoints(scopeOf(ada));
      assert.equal(Buffer.from(cipher.openBytes("endpoint_1", kept!.sealedSecret)).toString(), "secret");
      assert.deepEqual({ ...kept!, sealedSecret: null }, { ...endpoint, sealedSecret: null });
      assert.deepEqual(
        (await registry.tries(scopeOf(ada), "endpoint_1", 5)).map(({ status }) => status),
        [200, null],
      );
      assert.deepEqual(await registry.tries(scopeOf(ben), "endpoint_1", 5), []);
      assert.equal(await registry.removeEndpoint(scopeOf(ben), "endpoint_1"), false);
      assert.equal(await registry.removeEndpoint(scopeOf(ada), "endpoint_1"), true);
      assert.deepEqual(await registry.endpoints(network), []);
    });

    void test("S15 positions are kept by time, each once", async () => {
      const at = (n: number) =>
        ({ courier: "courier_c", carrier: carol, point: [n, 1], at: instant(nine + n), receivedAt: nine }) as const;
      await store.savePositions([at(3), at(1)]);
      await store.savePositions([at(2), at(3)]);
      assert.deepEqual(await store.reads.trail(scopeOf(carol), "courier_c", instant(nine + 1), instant(nine + 2)), [
        at(1),
        at(2),
      ]);
      assert.equal((await store.reads.trail(network, "courier_c", nine, instant(nine + 9))).length, 3);
    });

    void test("S16 text that no database likes does not stop the journey", async () => {
      const { a } = await twoOrders();
      const nasty: Happened = {
        type: "DisruptionRaised",
        order: a.id,
        leg: "leg_a",
        kind: "late",
        detail: "a\0b \ud800 \\u0000 '\"; drop",
      };
      await store.commit(batchOf({ recorded: [recordedOf(ada, 3, nasty)] }));
      await store.seal(10);
      const log = (await store.reads.feed(scopeOf(ada), 0, 10)).map(({ event }) => event);
      assert.equal(verifyChain(log), null);
    });
  });
}
