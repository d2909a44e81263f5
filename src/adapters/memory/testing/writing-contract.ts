import assert from "node:assert/strict";
import { test } from "node:test";
import type { Happened } from "../../../domain/index.ts";
import type { EventId } from "../../../kernel/id.ts";
import { money } from "../../../kernel/money.ts";
import { verifyChain } from "../chain.ts";
import { network, placed, refusedAs, twoOrders, type At } from "./contract-ground.ts";
import { ada, batchOf, ben, carol, nine, orderOf, participantOf, put, recordedOf, scopeOf } from "./samples.ts";

/** What a store promises of batches. */
export function writingContract(at: At): void {
  void test("S1 what was committed is read as it was written", async () => {
    const { store } = at();
    const { a, legA } = await twoOrders(at);
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
    const { store, cipher } = at();
    const { a, b } = await twoOrders(at);
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
    const { store } = at();
    const { a } = await twoOrders(at);
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
    const { store } = at();
    const { a } = await twoOrders(at);
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

  void test("S4 so does one that only handled what waited; another that handles it again is refused", async () => {
    const { store } = at();
    const { a } = await twoOrders(at);
    const next = recordedOf(ada, 3, { type: "OrderStarted", order: a.id });
    await store.commit(batchOf({ recorded: [next], waiting: [next.id] }));
    const handling = batchOf({ rows: [put("order", { ...a, version: 2 })], handled: [next.id] });
    await store.commit(handling);
    await store.commit(handling);
    assert.equal((await store.reads.order(network, a.id))?.version, 2);
    await assert.rejects(store.commit(batchOf({ handled: [next.id] })), refusedAs("NOT_WAITING"));
  });

  void test("S5 one answer per participant and key, and the reference is the shipper's own", async () => {
    const { store } = at();
    const answer = { participant: ada, key: "k", requestHash: "h", status: 201, body: '{"a":1}', at: nine };
    await store.commit(batchOf({ answers: [answer, { ...answer, participant: ben }] }));
    await assert.rejects(store.commit(batchOf({ answers: [{ ...answer, status: 500 }] })), refusedAs("ANSWER_KEPT"));
    assert.deepEqual(await store.reads.answer(ada, "k"), answer);
    assert.equal(await store.reads.answer(carol, "k"), null);

    const [a, b] = [orderOf("order_a", ada, { reference: "R" }), orderOf("order_b", ben, { reference: "R" })];
    await store.commit(batchOf({ rows: [put("order", a), put("order", b)], recorded: [placed(a), placed(b)] }));
    await store.commit(batchOf({ rows: [put("order", { ...a, version: 2 })] }));
    const holders = () => Promise.all([ada, ben, carol].map((shipper) => store.reads.holderOf(shipper, "R")));
    assert.deepEqual(await holders(), [a.id, b.id, null]);
    await store.commit(batchOf({ rows: [put("order", { ...a, version: 3, state: "cancelled" as const })] }));
    assert.deepEqual(await holders(), [null, b.id, null]);
  });

  void test("S6 what is written once is never written over", async () => {
    const { store } = at();
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

  void test("S16 text that no database likes does not stop the journey", async () => {
    const { store } = at();
    const { a } = await twoOrders(at);
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
}
