import { expect, test } from "vitest";
import type { LiveAnswer, LiveLeg, OrderView } from "../../../../src/doors/api/contract.ts";
import { listed, orderLines, sortableColumns, sortedLines, type OrderLine } from "./order-lines.ts";

const at = (minute: number) => `2026-11-21T09:${String(minute).padStart(2, "0")}:00Z`;
const order = (id: string, change: Partial<OrderView> = {}) =>
  ({
    id: `order_${id}`,
    reference: id,
    state: "accepted",
    shipper: { id: "participant_s", name: "Bakery" },
    placedAt: at(0),
    closedAt: null,
    dropoffWindow: { earliest: null, latest: at(40) },
    price: { amount: 500, currency: "EUR" },
    ...change,
  }) as OrderView;

const leg = (id: string, dropoff: string): LiveLeg =>
  ({
    order: `order_${id}`,
    carrier: { id: "participant_own", name: "Riders" },
    courier: "courier_mia",
    dropoffWindow: { earliest: null, latest: at(40) },
    estimate: { dropoff, late: dropoff },
  }) as unknown as LiveLeg;

const live = (...legs: LiveLeg[]): LiveAnswer =>
  ({ now: at(5), couriers: [{ id: "courier_mia", name: "Mia" }], legs }) as unknown as LiveAnswer;

test("an open order is told with its carrier, courier and estimate; a closed one never borrows them", () => {
  const lines = orderLines(
    [order("a"), order("b"), order("c", { closedAt: at(3) })],
    live(leg("a", at(45)), leg("c", at(9))),
  );
  expect(
    lines.map(({ carrier, courierName, expected, outlook }) => [carrier?.name, courierName, expected, outlook]),
  ).toEqual([
    ["Riders", "Mia", at(45), "late"],
    [undefined, null, null, "unknown"],
    [undefined, null, null, "unknown"],
  ]);
  expect(orderLines([order("a")], null)[0]!.carrier).toBeNull();
});

const names = (lines: readonly OrderLine[]) => lines.map((line) => line.order.reference);

test("numbers in references count as numbers, and both ways are each other's mirror", () => {
  const lines = orderLines([order("M-10"), order("M-9"), order("M-100")], null);
  expect(names(sortedLines(lines, "reference"))).toEqual(["M-9", "M-10", "M-100"]);
  expect(names(sortedLines(lines, "-reference"))).toEqual(["M-100", "M-10", "M-9"]);
});

test("what is unknown stands last whichever way one sorts", () => {
  const lines = orderLines(
    [order("none"), order("late"), order("soon")],
    live(leg("late", at(30)), leg("soon", at(10))),
  );
  expect(names(sortedLines(lines, "expected"))).toEqual(["soon", "late", "none"]);
  expect(names(sortedLines(lines, "-expected"))).toEqual(["late", "soon", "none"]);
});

test("sorting loses nobody, and the listed order is left as it came", () => {
  const lines = orderLines([order("b"), order("a", { price: null }), order("c", { state: "failed" })], null);
  expect(sortedLines(lines, listed)).toBe(lines);
  for (const column of sortableColumns) expect(new Set(sortedLines(lines, column))).toEqual(new Set(lines));
});
