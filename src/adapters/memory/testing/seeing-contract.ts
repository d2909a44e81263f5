import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiKey, Decision, Endpoint, Scope } from "../../../domain/index.ts";
import type { ParticipantId } from "../../../kernel/id.ts";
import { money } from "../../../kernel/money.ts";
import { cellToLatLng } from "h3-js";
import { network, twoOrders, type At } from "./contract-ground.ts";
import {
  ada,
  assignedTo,
  batchOf,
  ben,
  carol,
  courierOf,
  dora,
  nine,
  put,
  scopeOf,
  shiftOf,
  stranger,
} from "./samples.ts";

/** What a store promises of who sees what. */
export function seeingContract(at: At): void {
  void test("S7 nobody sees across: by id, list, count, timeline, feed, decision, posting, request, vault", async () => {
    const { store } = at();
    const { a, b, legA, legB } = await twoOrders(at);
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
    const { store } = at();
    const { a, legA } = await twoOrders(at);
    const [latitude, longitude] = cellToLatLng(legA.to.cell);
    const middle = [longitude, latitude];
    const carrying = await store.reads.order(scopeOf(carol), a.id);
    assert.deepEqual([carrying?.price, carrying?.dropoff.point], [null, a.dropoff.point]);
    assert.deepEqual((await store.reads.leg(scopeOf(carol), legA.id))?.excluded, []);

    await store.commit(batchOf({ rows: [put("leg", { ...legA, state: "handed_over", handedOverAt: nine })] }));
    assert.deepEqual((await store.reads.order(scopeOf(carol), a.id))?.dropoff.point, middle);
    assert.deepEqual((await store.reads.leg(scopeOf(carol), legA.id))?.to.point, middle);
    assert.deepEqual(await store.vault.sealed(scopeOf(carol), [a.dropoff.subject]), []);

    await store.commit(batchOf({ rows: [put("leg", { ...legA, state: "picked_up", assignment: assignedTo(dora) })] }));
    const lost = await store.reads.leg(scopeOf(carol), legA.id);
    assert.deepEqual([lost?.state, lost?.assignment, lost?.to.point], ["cancelled", null, middle]);
    assert.equal((await store.reads.leg(scopeOf(dora), legA.id))?.state, "picked_up");
  });

  void test("S9 participants: oneself whole, who carries by name, shippers to their carriers", async () => {
    const { store } = at();
    await twoOrders(at);
    const named = async (viewer: ParticipantId) =>
      (await store.reads.participants(scopeOf(viewer))).map(
        ({ id, carriage }) => `${id}${carriage === null ? "" : " whole"}`,
      );
    assert.deepEqual(await named(carol), [ada, `${carol} whole`, dora]);
    assert.deepEqual(await named(stranger), [carol, dora, stranger]);
  });

  void test("S14 keys and endpoints are their participant's own", async () => {
    const { store, cipher } = at();
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
      form: "deliveries",
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
}
