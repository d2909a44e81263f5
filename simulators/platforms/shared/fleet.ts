import type { Rng } from "../../../src/kernel/rng.ts";
import type { FaultPlan } from "../wire.ts";
import type { World } from "../world.ts";
import type { Market } from "./market.ts";
import { Ride, type RideListener, type RidePlan } from "./ride.ts";
import { StrikeList } from "./strikes.ts";

/** Whoever words a ride; a silent one sends no events and shows no position. */
export interface Carried extends RideListener {
  silence(): void;
}

/** The couriers of one platform: sent out for a delivery, called back from it, and misbehaving as the FaultPlan says. */
export class Fleet {
  readonly #world: World;
  readonly #market: Market;
  readonly #rng: Rng;
  readonly #rides = new Map<string, Ride>();
  #faults: StrikeList<NonNullable<FaultPlan["couriers"]>[number]>;

  constructor(world: World, market: Market, rng: Rng) {
    this.#world = world;
    this.#market = market;
    this.#rng = rng;
    this.#faults = new StrikeList([], rng);
  }

  setFaults(plan: FaultPlan): void {
    this.#faults = new StrikeList(plan.couriers ?? [], this.#rng.fork("courier faults"));
  }

  /** Sends somebody for the delivery `id`; whoever was on it before is called back. */
  send(id: string, plan: Omit<RidePlan, "fault">, life: Carried): void {
    const again = this.recall(id);
    const fault = this.#faults.draw()?.fault ?? null;
    if (fault === "silent") life.silence();
    const rng = this.#rng.fork(`ride of ${id}${again ? ` at ${this.#world.clock.now()}` : ""}`);
    const ride = new Ride(this.#world, this.#market, rng, { ...plan, fault }, life);
    this.#rides.set(id, ride);
    ride.start();
  }

  /** Nothing more happens on this delivery by its couriers' doing; false when nobody was sent. */
  recall(id: string): boolean {
    this.#rides.get(id)?.stop();
    return this.#rides.delete(id);
  }
}
