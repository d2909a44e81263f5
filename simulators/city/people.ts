import type { Leg, Offer, Order, Route, TravelRoute } from "../../src/domain/index.ts";
import type { Network } from "../../src/doors/network.ts";
import type { CourierId, LegId, ParticipantId, ShiftId } from "../../src/kernel/id.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import type { Point } from "../../src/kernel/point.ts";
import type { Instant } from "../../src/kernel/quantity.ts";
import type { Rng } from "../../src/kernel/rng.ts";
import type { Profile } from "../../src/domain/index.ts";

/** What the people of the city live with: time, chance, the streets, and the network's doors like anybody else's. */
export interface Surroundings {
  readonly clock: Clock;
  readonly rng: Rng;
  /** Calls `act` once, so many milliseconds of the city's time from now. */
  after(wait_ms: number, act: () => void): void;
  readonly network: Pick<Network, "orders" | "fleet" | "offers">;
  /** Null when no road leads there. */
  drive(from: Point, to: Point, profile: Profile): Promise<TravelRoute | null>;
  /** What the courier's app shows: the route as it is now. */
  route(shift: ShiftId): Route | undefined;
  leg(id: LegId): Leg | undefined;
  order(id: Leg["order"]): Order | undefined;
  offers(to: ParticipantId): readonly Offer[];
  /** Says what goes wrong with the city itself. */
  failed(what: string, error: unknown): void;
}

/** How the people of the city behave: chances are 0 to 1, times in seconds. */
export interface Manners {
  /** A courier is this much quicker or slower than the road says: standard deviation of a factor around 1. */
  readonly driveSpread: number;
  readonly pickup_s: readonly [shortest: number, longest: number];
  readonly dropoff_s: readonly [shortest: number, longest: number];
  readonly nobodyHome: number;
  readonly partnerRefuses: number;
  readonly partnerSilent: number;
  readonly positionEvery_s: number;
}

export const usualManners: Manners = {
  driveSpread: 0.08,
  pickup_s: [60, 240],
  dropoff_s: [50, 190],
  nobodyHome: 0.012,
  partnerRefuses: 0.08,
  partnerSilent: 0.03,
  positionEvery_s: 20,
};

/** Somebody on a street: where, and with what. */
export interface Walker {
  readonly courier: CourierId;
  readonly shift: ShiftId;
  readonly carrier: ParticipantId;
  readonly profile: Profile;
  readonly start: Point;
  readonly endsAt: Instant;
}
