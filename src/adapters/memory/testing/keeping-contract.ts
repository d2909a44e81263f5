import assert from "node:assert/strict";
import { test } from "node:test";
import type { Leg, Link, Sealed, WrittenOpening } from "../../../domain/index.ts";
import type { ParticipantId, SubjectId } from "../../../kernel/id.ts";
import { instant } from "../../../kernel/quantity.ts";
import { cellToLatLng } from "h3-js";
import { verifyChain } from "../chain.ts";
import { network, twoOrders, type At } from "./contract-ground.ts";
import { ada, batchOf, ben, carol, contactsOf, recordedOf, scopeOf } from "./samples.ts";

/** What a store promises of logs and of the vault. */
export function keepingContract(at: At): void {
  void test("S12 every log is chained without a gap, and a changed, missing or moved event breaks it", async () => {
    const { store } = at();
    const { a, b } = await twoOrders(at);
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

  void test("S17 openings stand as they were written, newest first, for the owner's and the operator's eyes", async () => {
    const { store } = at();
    const { a, b } = await twoOrders(at);
    const opening = (minute: number, owner: ParticipantId, subject: SubjectId) => ({
      at: instant(minute * 60_000),
      by: "person:1",
      viewer: "network" as const,
      purpose: "support",
      kind: "contact" as const,
      subject,
      owner,
    });
    const [one, two, three] = [
      opening(1, ada, a.dropoff.subject),
      opening(2, ben, b.dropoff.subject),
      opening(3, ada, a.pickup.subject),
    ];
    await store.vault.recordOpenings([one, two]);
    await store.vault.recordOpenings([three]);
    const plain = (rows: readonly WrittenOpening[]) => rows.map(({ number: _number, ...rest }) => rest);
    assert.deepEqual(plain(await store.vault.openings(network, { limit: 10 })), [three, two, one]);
    assert.deepEqual(plain(await store.vault.openings(scopeOf(ada), { limit: 10 })), [three, one]);
    assert.deepEqual(plain(await store.vault.openings(scopeOf(carol), { limit: 10 })), []);
    const [newest] = await store.vault.openings(network, { limit: 1 });
    assert.deepEqual(plain(await store.vault.openings(network, { limit: 10, before: newest!.number })), [two, one]);
    assert.deepEqual(plain(await store.vault.openings(network, { limit: 10, subjects: [a.dropoff.subject] })), [one]);
  });

  void test("S18 a link is its participant's and the operator's: saved, changed, removed by nobody else", async () => {
    const { store } = at();
    const link: Link = {
      participant: ada,
      platform: "uber-direct",
      sealedCredentials: Buffer.from("sealed"),
      baseUrl: null,
      fallbackPhone: "+351200000000",
      linkedAt: instant(0),
      changedAt: instant(0),
      changedBy: "person:1",
    };
    const changed = { ...link, baseUrl: "http://127.0.0.1:9100/uber-direct", changedAt: instant(60_000) };
    await store.registry.saveLink(network, link);
    await assert.rejects(store.registry.saveLink(scopeOf(ben), changed));
    assert.deepEqual(await store.registry.links(scopeOf(ada)), [link]);
    await store.registry.saveLink(scopeOf(ada), changed);
    assert.deepEqual(await store.registry.links(network), [changed]);
    assert.deepEqual(await store.registry.links(scopeOf(ben)), []);
    assert.equal(await store.registry.removeLink(scopeOf(ben), ada), false);
    assert.equal(await store.registry.removeLink(scopeOf(ada), ada), true);
    assert.deepEqual(await store.registry.links(network), []);
  });

  void test("S19 of each source on the roads the newest report is kept, as long as it holds", async () => {
    const { registry } = at().store;
    const closed = { source: "city", validUntil: instant(60_000), report: { closures: [{ ways: [1] }], note: "ü" } };
    const jam = { source: "a feed", validUntil: instant(30_000), report: { slowdowns: [] } };
    await registry.saveRoadReport(closed, instant(0));
    await registry.saveRoadReport(jam, instant(0));
    assert.deepEqual(await registry.roadReports(), [jam, closed]);
    const open = { ...closed, validUntil: instant(90_000), report: { closures: [] } };
    await registry.saveRoadReport(open, instant(30_000));
    assert.deepEqual(await registry.roadReports(), [open]);
  });

  void test("S13 who is forgotten is gone: no record, no point, and no new record under the old name", async () => {
    const { store, cipher } = at();
    const { a, legA } = await twoOrders(at);
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
}
