import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { Carried } from "../shared/fleet.ts";
import { courierName, fictionalPhone } from "../shared/random-text.ts";
import type { Target } from "../shared/ride.ts";
import type { Events } from "./events.ts";
import type { RoadieShipment, Step } from "./shipment.ts";

/** Words what a driver does as Roadie's events. */
export class Life implements Carried {
  readonly #shipment: RoadieShipment;
  readonly #events: Events;
  readonly #rng: Rng;

  constructor(shipment: RoadieShipment, events: Events, rng: Rng) {
    this.#shipment = shipment;
    this.#events = events;
    this.#rng = rng;
  }

  silence(): void {
    this.#shipment.silent = true;
  }

  assigned(): void {
    this.#shipment.driver = { name: courierName(this.#rng), phone: fictionalPhone(this.#rng).slice(2) };
    this.#step("driver_assigned");
  }

  /** No event is known for this; `state` falls back. */
  droppedOut(): void {
    this.#shipment.driver = this.#shipment.location = null;
    this.#shipment.become("scheduled");
  }

  moving(towards: Target): void {
    if (towards === "pickup") this.#step("en_route_to_pickup");
    if (towards === "dropoff") this.#step("en_route_to_delivery");
  }

  seen(at: Point): void {
    if (this.#shipment.silent) return;
    this.#shipment.location = at;
    this.#events.ping(this.#shipment);
  }

  near(target: Target): void {
    if (target === "dropoff") this.#events.tell("driver_approaching_delivery", this.#shipment);
  }

  arrived(target: Target): void {
    if (target === "pickup") this.#step("at_pickup");
    if (target === "dropoff") this.#step("at_delivery");
  }

  pickedUp(): void {
    this.#step("pickup_confirmed");
  }

  delivered(): void {
    this.#step("delivery_confirmed");
  }

  undeliverable(): boolean {
    this.#step("delivery_attempted");
    return true;
  }

  returned(): void {
    this.#step("returned");
  }

  gaveUp(): void {
    this.#step("canceled");
  }

  #step(step: Step): void {
    this.#shipment.become(step);
    this.#events.tell(step, this.#shipment);
  }
}
