import { toLocal, type Zone } from "../../../src/kernel/local-time.ts";
import type { Currency } from "../../../src/kernel/money.ts";
import { greatCircle, type Point } from "../../../src/kernel/point.ts";
import { minor, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import type { Rng } from "../../../src/kernel/rng.ts";

/** Where the platform works. The edge is inside. */
export type Coverage =
  | { readonly west: number; readonly south: number; readonly east: number; readonly north: number }
  | { readonly centre: Point; readonly radius_m: number };

export interface PriceModel {
  /** Minor units. */
  readonly base: number;
  /** Minor units per kilometre of road. */
  readonly perKm: number;
  /** Factor on both for each local hour, 24 of them. */
  readonly surgeByHour: readonly number[];
}

/** How the platform's couriers behave. Shares are probabilities, 0 to 1. */
export interface Supply {
  /** Mean wait until a courier accepts, exponentially distributed. */
  readonly assign_s: number;
  /** Quotes refused because too few couriers are about. */
  readonly busyShare: number;
  /** Deliveries that find no courier at all and are given up by the platform. */
  readonly nobodyShare: number;
  /** How long the platform looks for a courier, counted from when the parcels are ready, before it gives up. */
  readonly patience_s: number;
  /** Couriers who drop out before the pickup; another takes over. */
  readonly dropOutShare: number;
  /** Deliveries that the platform cancels before the pickup. */
  readonly cancelShare: number;
  /** Deliveries where nobody opens the door. */
  readonly undeliverableShare: number;
  /** Couriers start at most this far from the pickup, as the crow flies. */
  readonly reach_m: number;
}

/** Mean seconds at the door; drawn between half and one and a half of it. */
export interface Dwell {
  readonly pickup_s: number;
  readonly dropoff_s: number;
}

export interface Market {
  readonly currency: Currency;
  readonly zone: Zone;
  readonly coverage: Coverage;
  /** Longest way by road that is accepted. */
  readonly longest_m: number;
  readonly price: PriceModel;
  readonly supply: Supply;
  readonly dwell: Dwell;
}

/** A Market with everything but the coverage left to the platform's defaults. */
export type MarketOptions = Pick<Market, "coverage"> & {
  readonly [Key in "currency" | "zone" | "longest_m"]?: Market[Key];
} & { readonly [Key in "price" | "supply" | "dwell"]?: Partial<Market[Key]> };

/** Quiet nights, a lunch peak and a dinner peak. */
export const cityHours: readonly number[] = [
  1.1, 1.1, 1.1, 1.1, 1.1, 1, 1, 1, 1, 1, 1, 1.1, 1.3, 1.2, 1, 1, 1, 1.1, 1.3, 1.4, 1.3, 1.1, 1.1, 1.1,
];

export const marketOf = (given: MarketOptions, price: PriceModel): Market => ({
  coverage: given.coverage,
  currency: given.currency ?? "USD",
  zone: given.zone ?? "UTC",
  longest_m: given.longest_m ?? 16_000,
  price: { ...price, ...given.price },
  supply: {
    assign_s: 90,
    busyShare: 0.02,
    nobodyShare: 0.01,
    patience_s: 1800,
    dropOutShare: 0.03,
    cancelShare: 0.01,
    undeliverableShare: 0.01,
    reach_m: 1500,
    ...given.supply,
  },
  dwell: { pickup_s: 120, dropoff_s: 90, ...given.dwell },
});

export function covers(coverage: Coverage, [longitude, latitude]: Point): boolean {
  if ("centre" in coverage) return greatCircle(coverage.centre, [longitude, latitude]) <= coverage.radius_m;
  const { west, south, east, north } = coverage;
  return longitude >= west && longitude <= east && latitude >= south && latitude <= north;
}

/** The surge factor of the local hour. */
const surgeAt = ({ price, zone }: Market, at: Instant): number => price.surgeByHour[toLocal(at, zone).hour] ?? 1;

/** The fee in its two parts, rounded here and never again. */
export function priceOf(
  market: Market,
  meters: number,
  at: Instant,
): { readonly base: Minor; readonly distance: Minor } {
  const surge = surgeAt(market, at);
  return {
    base: minor(Math.round(market.price.base * surge)),
    distance: minor(Math.round((market.price.perKm * surge * meters) / 1000)),
  };
}

/** A place within `reach_m` of `centre`, evenly over the disc. */
export function somewhereNear(rng: Rng, centre: Point, reach_m: number): Point {
  const distance = Math.sqrt(rng.next()) * reach_m;
  const angle = rng.between(0, 2 * Math.PI);
  const north = (distance * Math.cos(angle)) / 111_195;
  const east = (distance * Math.sin(angle)) / (111_195 * Math.cos((centre[1] * Math.PI) / 180));
  return [centre[0] + east, centre[1] + north];
}
