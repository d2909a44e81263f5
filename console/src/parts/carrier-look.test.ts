import { expect, test } from "vitest";
import { carrierLooks } from "./carrier-look.ts";

test("own, partner, platform; shippers have no look; the order of the list does not matter", () => {
  const list = [
    { id: "d", name: "DoorDash Drive", kind: "platform" as const },
    { id: "s", name: "Bakery", kind: null },
    { id: "p", name: "Quayside", kind: "partner" as const },
    { id: "o", name: "Zephyr", kind: "own" as const },
  ];
  const looks = [...carrierLooks(list).values()];
  expect(looks.map(({ id, color, shape }) => `${id}${color} ${shape}`)).toEqual([
    "o0 circle",
    "p1 square",
    "d2 triangle",
  ]);
  expect([...carrierLooks(list.toReversed()).values()]).toEqual(looks);
});
