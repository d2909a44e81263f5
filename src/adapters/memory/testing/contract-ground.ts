import assert from "node:assert/strict";
import type { Happened, Leg, Order, Recorded, Snapshot, Store } from "../../../domain/index.ts";
import type { OrderId } from "../../../kernel/id.ts";
import { money } from "../../../kernel/money.ts";
import { instant } from "../../../kernel/quantity.ts";
import {
  ada,
  assignedTo,
  batchOf,
  ben,
  carol,
  contactsOf,
  dora,
  legOf,
  nine,
  orderOf,
  participantOf,
  put,
  recordedOf,
  scopeOf,
  stranger,
} from "./samples.ts";
import type { Cipher } from "../../vault/cipher.ts";
import { StoreConflict, type ConflictCode } from "../conflict.ts";

/** An empty store, with the cipher of its vault. */
export interface Opened {
  readonly store: Store;
  readonly cipher: Cipher;
}

/** The store of the test that runs. */
export type At = () => Opened;

export const network = scopeOf("network");
export const refusedAs = (code: ConflictCode) => (error: unknown) => {
  assert.ok(error instanceof StoreConflict, String(error));
  assert.equal(error.code, code);
  return true;
};

export const placed = (order: Order): Recorded =>
  recordedOf(order.shipper, 1, { type: "OrderPlaced", order: order.id });
export const settled = (order: OrderId): Happened => ({ type: "JourneySettled", order, entry: "entry", postings: 0 });
export const rowsOf = ({ rows }: Snapshot, table: string): string[] =>
  rows.filter((entry) => entry.table === table).map(({ row }) => row.id);

/** Ada's order a, carried by Carol, and Ben's order b, open; both with events. */
export async function twoOrders(at: At): Promise<{ a: Order; b: Order; legA: Leg; legB: Leg }> {
  const { store, cipher } = at();
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
