import assert from "node:assert/strict";
import { test } from "node:test";
import type { Leg } from "../../../domain/index.ts";
import type { ParticipantId } from "../../../kernel/id.ts";
import { instant } from "../../../kernel/quantity.ts";
import { twoOrders, type At } from "./contract-ground.ts";
import { ada, assignedTo, batchOf, carol, contactsOf, dora, legOf, nine, orderOf, put, scopeOf } from "./samples.ts";

/** What a store promises of who is told who has an order. */
export function standingContract(at: At): void {
  void test("S8 who has an order: all to its shipper, one's own leg to a carrier, and neither filter nor sort tells more", async () => {
    const { store } = at();
    const { a, b, legA } = await twoOrders(at);
    const estimate = { pickup: null, early: null, late: null, madeAt: nine, source: "plan" } as const;
    const soon: Leg = { ...legA, estimate: { ...estimate, dropoff: instant(nine + 60_000) } };
    const later = orderOf("order_c", ada, { importedBy: "import_1", reference: "A-2", legs: ["leg_c"] });
    const legC = legOf("leg_c", later, { state: "assigned", assignment: assignedTo(carol) });
    const taken: Leg = { ...legC, assignment: assignedTo(dora), estimate: { ...estimate, dropoff: nine } };
    // Carol had the order c before Dora.
    await store.commit(
      batchOf({ rows: [put("order", later), put("leg", legC)], sealed: contactsOf(at().cipher, later) }),
    );
    await store.commit(batchOf({ rows: [put("leg", soon), put("leg", taken)] }));

    const told = async (viewer: ParticipantId | "network") => {
      const { reads } = store;
      const scope = scopeOf(viewer);
      const ids = async (query: object) => (await reads.orders(scope, { limit: 9, ...query })).rows.map(({ id }) => id);
      const counted = async (query: object) =>
        Object.values(await reads.countOrders(scope, query)).reduce((sum, count) => sum + count, 0);
      const standings = await reads.standings(scope, [a.id, b.id, later.id]);
      return {
        standings: [a.id, b.id, later.id].flatMap((id) => {
          const one = standings.get(id);
          return one === undefined ? [] : [[id, one.assignment?.carrier, one.estimate?.dropoff]];
        }),
        withCarol: await ids({ carrier: carol }),
        withDora: [await ids({ carrier: dora }), await counted({ carrier: dora })],
        byEstimate: await ids({ sort: "estimate" }),
        byReference: [await ids({ text: "A-" }), await ids({ reference: "A-2" }), await counted({ text: "A-2" })],
        byImport: await ids({ importedBy: "import_1" }),
      };
    };
    const whole = {
      standings: [
        [a.id, carol, nine + 60_000],
        [later.id, dora, nine],
      ],
      withCarol: [a.id],
      withDora: [[later.id], 1],
      byEstimate: [later.id, a.id],
      byReference: [[later.id, a.id], [later.id], 1],
      byImport: [later.id],
    };
    assert.deepEqual(await told(ada), whole);
    assert.deepEqual(await told("network"), {
      ...whole,
      standings: [whole.standings[0], [b.id, undefined, undefined], whole.standings[1]],
      byEstimate: [later.id, a.id, b.id],
    });
    const nothing = { byReference: [[], [], 0], byImport: [] };
    assert.deepEqual(await told(carol), {
      ...nothing,
      standings: [
        [a.id, carol, nine + 60_000],
        [later.id, undefined, undefined],
      ],
      withCarol: [a.id],
      withDora: [[], 0],
      byEstimate: [a.id, later.id],
    });
    assert.deepEqual(await told(dora), {
      ...nothing,
      standings: [[later.id, dora, nine]],
      withCarol: [],
      withDora: [[later.id], 1],
      byEstimate: [later.id],
    });
    assert.equal((await store.reads.order(scopeOf(carol), a.id))?.reference, null);
  });
}
