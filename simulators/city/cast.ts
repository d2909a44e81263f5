import type { Participant, Profile, Vehicle } from "../../src/domain/index.ts";
import type { CourierRequest } from "../../src/journey/pool/index.ts";
import { grams, liters } from "../../src/kernel/quantity.ts";
import { operatorId } from "../../src/domain/index.ts";
import { newId, type ParticipantId } from "../../src/kernel/id.ts";
import { instant } from "../../src/kernel/quantity.ts";
import { seeded, type Rng } from "../../src/kernel/rng.ts";

/** Who plays in the city's day. The ids are fixed, so that a seed gives the same bytes. */
export interface Cast {
  readonly operator: Participant;
  readonly shippers: readonly Participant[];
  readonly fleet: Participant;
  readonly partner: Participant;
  readonly platforms: readonly Participant[];
}

export function castOf(zone: string, currency: string): Cast {
  const base = { zone, currency, carriage: null };
  const id = (name: string): ParticipantId => newId("participant", instant(0), seeded(name));
  return {
    operator: { ...base, id: operatorId, name: "Milepool Exchange", roles: ["operator"] },
    shippers: [
      { ...base, id: id("tidetable"), name: "Tidetable Meals", roles: ["shipper"] },
      { ...base, id: id("quayside"), name: "Quayside Goods", roles: ["shipper"] },
    ],
    fleet: {
      ...base,
      id: id("swiftkeel"),
      name: "Swiftkeel Couriers",
      roles: ["carrier"],
      carriage: { kind: "own", cost: { perHour: 1750, perKilometer: 5, perMotorKilometer: 42 } },
    },
    partner: {
      ...base,
      id: id("harbourvans"),
      name: "Harbour Vans",
      roles: ["carrier"],
      carriage: { kind: "partner", tariff: { base: 420, perKilometer: 85, minimum: 560, answerWithin: 90 } },
    },
    platforms: [
      {
        ...base,
        id: id("uberdirect"),
        name: "Uber Direct (simulated)",
        roles: ["platform"],
        carriage: { kind: "platform", connector: "uber-direct" },
      },
      {
        ...base,
        id: id("doordash"),
        name: "DoorDash Drive (simulated)",
        roles: ["platform"],
        carriage: { kind: "platform", connector: "doordash-drive" },
      },
    ],
  };
}

export const everybody = ({ operator, shippers, fleet, partner, platforms }: Cast): readonly Participant[] => [
  operator,
  ...shippers,
  fleet,
  partner,
  ...platforms,
];

const vehicles: Record<"bicycle" | "cargo_bike" | "van", Vehicle> = {
  bicycle: { profile: "bicycle", maxWeight: grams(18_000), maxVolume: liters(70), maxParcels: 5 },
  cargo_bike: { profile: "cargo_bike", maxWeight: grams(120_000), maxVolume: liters(400), maxParcels: 20 },
  van: { profile: "van", maxWeight: grams(900_000), maxVolume: liters(6000), maxParcels: 120 },
};

const names = [
  "Mia",
  "Tom",
  "Ines",
  "Omar",
  "Lena",
  "Ravi",
  "Sofia",
  "Jack",
  "Nora",
  "Luis",
  "Emma",
  "Kofi",
  "Anna",
  "Paul",
  "Rosa",
  "Ivan",
  "Maja",
  "Theo",
  "Lucy",
  "Samir",
] as const;
const surnames = ["Arden", "Bell", "Costa", "Diaz", "Ellis", "Ford", "Gray", "Hope", "Irwin", "Joss"] as const;

/** A courier of the own fleet: half on bicycles, a third on cargo bikes, the rest in vans. */
export function fleetCourier(index: number, rng: Rng): CourierRequest {
  const vehicle = index % 6 < 3 ? vehicles.bicycle : index % 6 < 5 ? vehicles.cargo_bike : vehicles.van;
  return {
    name: nameOf(index),
    phone: null,
    employment: index % 4 === 3 ? "contractor" : "staff",
    vehicle,
    skills: rng.next() < 0.7 ? ["age_check"] : [],
  };
}

export const partnerCourier = (index: number): CourierRequest => ({
  name: nameOf(index + 7),
  phone: null,
  employment: "staff",
  vehicle: vehicles.van,
  skills: ["age_check", "two_person"],
});

const nameOf = (index: number): string =>
  `${names[index % names.length]} ${surnames[Math.floor(index / names.length + index) % surnames.length]}`;

export const profiles: readonly Profile[] = ["bicycle", "cargo_bike", "van"];
