import { paperTown, simulatorsCommand as run, type Town } from "../../../simulators/platforms/index.ts";
import { placeAt } from "../../../simulators/city/courier.ts";
import type { Point } from "../../kernel/point.ts";
import { cityChoice, loadCity, type LoadedCity } from "../city.ts";
import { readSettings, StartRefused } from "../settings.ts";
import { err, out } from "./words.ts";

/** The protocol simulators alone, on the wall's clock. */
export const simulatorsCommand = (args: readonly string[]): Promise<number> => run(args, { out, err }, openCity);

/** The city of the network beside which they run, so that its addresses and roads are theirs, too. */
async function openCity(): Promise<Town> {
  const { home } = readSettings(process.env);
  const loaded = await loadCity(cityChoice(process.env, home, ["car"]));
  return townOf(loaded);
}

/** Two addresses of the city stand for a shop and a home. Throws StartRefused where no address is known. */
export function townOf({ city, travel, places }: Pick<LoadedCity, "city" | "travel" | "places">): Town {
  const [west, south, east, north] = city.bounds;
  const addresses = [0, 0.06, -0.06, 0.12, -0.12].flatMap((share) => {
    const point: Point = [city.centre[0] + (east - west) * share, city.centre[1] + (north - south) * share];
    return places.at(point) ?? [];
  });
  const [shop, home] = [addresses[0], addresses.at(-1)];
  if (!shop || !home)
    throw new StartRefused("The city has no addresses for couriers to go to: leave --city out for a town on paper.");
  const example = (name: string, phone: string, found: typeof shop) => ({
    ...paperTown.examples.pickup,
    name,
    phone,
    address: found.label,
    street: `${found.street ?? ""} ${found.houseNumber ?? ""}`.trim(),
    city: found.city ?? city.name,
    postcode: found.postcode ?? "",
    country: city.jurisdiction.slice(0, 2),
    longitude: found.point[0],
    latitude: found.point[1],
  });
  return {
    coverage: { west, south, east, north },
    currency: city.currency,
    examples: {
      pickup: example("A shop", "+12025550101", shop),
      dropoff: example("Ada Byron", "+12025550102", home),
    },
    locate: (address) => places.find(address, 1)[0]?.point ?? null,
    drive: async (from, to) => {
      const way = await travel.route(from, to, "car");
      if (!way.ok) throw new Error(`no road from ${String(from)} to ${String(to)}`);
      const { duration, distance } = way.value;
      return { seconds: duration, meters: distance, at: (passed) => placeAt(way.value, passed) };
    },
  };
}
