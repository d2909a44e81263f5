import { greatCircle, onTheWay, type Point } from "../../src/kernel/point.ts";
import type { Currency } from "../../src/kernel/money.ts";
import type { Coverage } from "./shared/market.ts";
import type { ExamplePlace, Examples } from "./wire.ts";
import type { Drive, World } from "./world.ts";

/** What the simulators need of a town. */
export interface Town extends Pick<World, "drive" | "locate"> {
  readonly coverage: Coverage;
  readonly examples: Examples;
  /** Prices are in this currency; dollars when left out. */
  readonly currency?: Currency;
}

/** Open sea north of the Azores, so that nothing real is meant. */
const centre: Point = [-29.5, 44.2];
const streets = [
  "Anchor Street",
  "Bakers Street",
  "Chandler Street",
  "Dock Street",
  "Ferry Street",
  "Gull Street",
  "Harbour Street",
  "Lantern Street",
  "Market Street",
  "Oar Street",
  "Quay Street",
  "Tide Street",
];
const blocks_m = 350;
const house_m = 20;
const houses = 200;
/** Metres per second: a courier in a small town, as the crow flies. */
const pace = 6;

const eastOf = (metres: number): number => metres / (111_195 * Math.cos((centre[1] * Math.PI) / 180));

/** "12 Harbour Street, Quayside, …": a street runs from west to east, with a house each 20 metres. */
function locate(address: string): Point | null {
  const [street = "", ...rest] = address.split(",").map((part) => part.trim());
  const found = /^(\d{1,3}) (.+)$/.exec(street);
  const row = streets.findIndex((name) => name.toLowerCase() === found?.[2]?.toLowerCase());
  const number = Number(found?.[1]);
  const here = rest.some((part) => part.toLowerCase().includes("quayside"));
  if (row < 0 || !here || number < 1 || number > houses) return null;
  const north = (row - (streets.length - 1) / 2) * blocks_m;
  return [centre[0] + eastOf((number - houses / 2) * house_m), centre[1] + north / 111_195];
}

/** No roads are known here: a straight line, at a courier's pace. */
async function drive(from: Point, to: Point): Promise<Drive> {
  const meters = greatCircle(from, to);
  const seconds = Math.max(1, Math.round(meters / pace));
  return { meters, seconds, at: (gone) => onTheWay(from, to, Math.min(1, Math.max(0, gone / seconds))) };
}

function example(name: string, street: string, phone: string): ExamplePlace {
  const address = `${street}, Quayside, 00100, US`;
  const [longitude, latitude] = locate(address)!;
  return { name, phone, address, street, city: "Quayside", postcode: "00100", country: "US", latitude, longitude };
}

/** Quayside: twelve parallel streets, for running the simulators without a city. */
export const paperTown: Town = {
  coverage: { centre, radius_m: 6000 },
  examples: {
    pickup: example("Harbour Bakery", "12 Harbour Street", "+12025550101"),
    dropoff: example("Ada Byron", "64 Tide Street", "+12025550102"),
  },
  locate,
  drive,
};
