import type { Clock } from "../../src/kernel/clock.ts";
import type { Point } from "../../src/kernel/point.ts";
import type { Rng } from "../../src/kernel/rng.ts";
import type { WireRequest, WireResponse } from "./wire.ts";

/** A way along the roads. `at` tells where one is so many seconds after the start; beyond the end it stays at the end. */
export interface Drive {
  readonly seconds: number;
  readonly meters: number;
  at(seconds: number): Point;
}

/** All that a platform simulator has of the world: time, chance, roads, addresses, and a way to post webhooks. */
export interface World {
  readonly clock: Clock;
  readonly rng: Rng;
  /** Calls `act` once, `wait_ms` milliseconds of this world's time from now. */
  after(wait_ms: number, act: () => void): void;
  /** Rejects when no road leads there. */
  drive(from: Point, to: Point): Promise<Drive>;
  /** Where an address lies; null when nobody knows. */
  locate(address: string): Point | null;
  /** Posts a webhook; null when nobody answered. Never rejects. */
  post(url: string, request: WireRequest): Promise<WireResponse | null>;
}
