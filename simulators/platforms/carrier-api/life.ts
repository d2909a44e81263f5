import type { Clock } from "../../../src/kernel/clock.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { Carried } from "../shared/fleet.ts";
import { courierName, fictionalPhone } from "../shared/random-text.ts";
import type { Target } from "../shared/ride.ts";
import type { Delivery, State } from "./delivery.ts";
import type { Events } from "./events.ts";

const towards: Readonly<Record<Target, State>> = {
  pickup: "en_route_to_pickup",
  dropoff: "en_route_to_dropoff",
  return: "returning",
};
const arrivedAt: Readonly<Record<Target, State | null>> = { pickup: "at_pickup", dropoff: "at_dropoff", return: null };

/** Words what a courier does as the states of the carrier API. */
export class Life implements Carried {
  readonly #delivery: Delivery;
  readonly #events: Events;
  readonly #clock: Clock;
  readonly #rng: Rng;

  constructor(delivery: Delivery, events: Events, clock: Clock, rng: Rng) {
    this.#delivery = delivery;
    this.#events = events;
    this.#clock = clock;
    this.#rng = rng;
  }

  silence(): void {
    this.#delivery.silent = true;
  }

  assigned(): void {
    this.#delivery.courier = { name: courierName(this.#rng), phone: fictionalPhone(this.#rng) };
    this.#tell();
  }

  droppedOut(): void {
    this.#delivery.courier = this.#delivery.position = null;
    this.#become("assigned");
  }

  moving(target: Target): void {
    this.#become(towards[target]);
  }

  seen(point: Point): void {
    if (this.#delivery.silent) return;
    this.#delivery.position = { point, at: this.#clock.now() };
    this.#events.changed(this.#delivery);
  }

  near(): void {
    // The position tells.
  }

  arrived(target: Target): void {
    const state = arrivedAt[target];
    if (state !== null) this.#become(state);
  }

  pickedUp(): void {
    this.#become("picked_up");
  }

  delivered(): void {
    this.#charge();
    this.#become("handed_over");
  }

  undeliverable(): boolean {
    const delivery = this.#delivery;
    delivery.reason = "nobody_home";
    this.#charge();
    if (!delivery.wanted.mayBeLeft) {
      this.#become("dropoff_failed");
      return true;
    }
    delivery.leftSafe = true;
    this.#become("handed_over");
    return false;
  }

  returned(): void {
    this.#become("returned");
  }

  /** Where goods are that somebody made off with, nobody says: a person has to find out. */
  gaveUp(why: "nobody" | "before-pickup" | "after-pickup"): void {
    const delivery = this.#delivery;
    delivery.endedBy = "fleet";
    delivery.reason = "other";
    if (why !== "after-pickup") return this.#become("cancelled");
    this.#become("dropoff_failed");
  }

  #charge(): void {
    this.#delivery.life.charge("fee", this.#delivery.price);
  }

  #become(state: State): void {
    if (this.#delivery.life.state === state) return;
    this.#delivery.become(state);
    this.#events.changed(this.#delivery);
  }

  #tell(): void {
    this.#delivery.version++;
    this.#delivery.life.touch();
    this.#events.changed(this.#delivery);
  }
}
