import { expect, test } from "vitest";
import type { OrderView } from "../../../../src/doors/api/contract.ts";
import { bodyOf, canBePriced, draftLike, emptyDraft } from "./order-draft.ts";

const place = { cell: "8", zone: "Europe/Lisbon", jurisdiction: "PT" };
const old: OrderView = {
  id: "order_a",
  shipper: { id: "participant_b", name: "Bakery" },
  reference: "A-1",
  state: "delivered",
  placedAt: "2026-11-21T09:00:00Z",
  acceptedAt: null,
  closedAt: null,
  pickup: {
    ...place,
    point: [-8.6, 41.1],
    contact: { name: "Bakery", phone: null, email: null, address: "Rua A 1", notes: null },
  },
  dropoff: { ...place, point: null, contact: null },
  pickupWindow: { earliest: null, latest: null },
  dropoffWindow: { earliest: null, latest: "2026-11-21T10:00:00Z" },
  originalDropoffWindow: { earliest: null, latest: null },
  readyAt: "2026-11-21T09:00:00Z",
  requirements: ["signature"],
  serviceLevel: "on_demand",
  ifUndeliverable: "leave_safe",
  goods: { contents: ["bread"], value: null },
  parcels: [
    {
      id: "parcel_a",
      weightGrams: 1500,
      volumeLiters: 4,
      state: "delivered",
      holder: { kind: "recipient", participant: null },
    },
  ],
  legs: [],
  price: null,
  version: 3,
  importedBy: null,
};

test("a copy has places, parcels and needs, but neither reference nor times", () => {
  const body = bodyOf(draftLike(old), "Europe/Lisbon");
  expect(body).toMatchObject({
    reference: null,
    pickup: { name: "Bakery", address: "Rua A 1", point: [-8.6, 41.1] },
    dropoffWindow: { earliest: null, latest: null },
    parcels: [{ weightGrams: 1500, volumeLiters: 4, contents: "bread" }],
    requirements: ["signature"],
    ifUndeliverable: "leave_safe",
  });
});

test("a forgotten person's place must be filled in again before a price can be asked", () => {
  expect(canBePriced(draftLike(old))).toBe(false);
  expect(canBePriced({ ...draftLike(old), dropoff: { ...emptyDraft.dropoff, address: "Rua B 2" } })).toBe(true);
});

test("times are the city's", () => {
  const body = bodyOf({ ...emptyDraft, latest: "2026-07-01T12:00" }, "Europe/Lisbon");
  expect(body.dropoffWindow?.latest).toBe("2026-07-01T11:00:00.000Z");
});
