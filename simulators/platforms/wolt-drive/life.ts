import { instant, type Instant } from "../../../src/kernel/quantity.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { Carried } from "../shared/fleet.ts";
import { hex } from "../shared/random-text.ts";
import type { Target } from "../shared/ride.ts";
import type { Events } from "./events.ts";
import type { Settings } from "./options.ts";
import type { Status, WoltOrder } from "./order.ts";

const vehicles = ["bicycle", "bicycle", "moped", "car"];

/** Words what a courier does as Wolt's events; there is none for being found, and nothing is known of ways back. */
export class Life implements Carried {
  readonly #order: WoltOrder;
  readonly #events: Events;
  readonly #settings: Settings;
  readonly #rng: Rng;

  constructor(order: WoltOrder, events: Events, settings: Settings, rng: Rng) {
    this.#order = order;
    this.#events = events;
    this.#settings = settings;
    this.#rng = rng;
  }

  silence(): void {
    this.#order.silent = true;
  }

  assigned(pickupEta: Instant): void {
    const order = this.#order;
    order.courier = { id: hex(this.#rng, 24), vehicle_type: this.#rng.pick(vehicles) };
    order.dropoffEta = instant(order.dropoffEta + Math.max(0, pickupEta - order.pickupEta));
    order.pickupEta = pickupEta;
    this.#events.tell("order.pickup_eta_updated", order);
  }

  /** No event is documented for this; the next `pickup_started` names another courier. */
  droppedOut(): void {
    this.#order.courier = this.#order.location = null;
    this.#order.life.become("received");
  }

  moving(towards: Target, eta: Instant): void {
    const order = this.#order;
    if (towards === "pickup") {
      order.pickupEta = eta;
      return this.#step("pickup_started");
    }
    order.dropoffEta = eta;
    this.#step("dropoff_started");
    this.#events.tell("order.dropoff_eta_updated", order);
  }

  seen(at: Point): void {
    if (this.#order.silent) return;
    this.#order.location = at;
    this.#events.located(this.#order);
  }

  near(): void {
    // Wolt tells of arrivals, not of approaches.
  }

  arrived(target: Target): void {
    this.#step(target === "pickup" ? "pickup_arrival" : "dropoff_arrival");
  }

  pickedUp(): void {
    this.#step("picked_up");
  }

  delivered(): void {
    this.#order.deliver();
    this.#events.tell("order.dropoff_completed", this.#order);
    this.#events.tell("order.delivered", this.#order);
  }

  /** Where the opt-in event is not taken, a rejection is all that is heard. */
  undeliverable(): boolean {
    if (this.#settings.optionalEvents) this.#step("customer_no_show");
    else this.#reject("CUSTOMER_NO_SHOW");
    return false;
  }

  returned(): void {
    // Never: nothing goes back.
  }

  gaveUp(why: "nobody" | "before-pickup" | "after-pickup"): void {
    this.#reject(why === "nobody" ? "NO_COURIER_AVAILABLE" : "COURIER_CANCELLED");
  }

  #reject(reason: string): void {
    this.#order.reject("wolt", reason);
    this.#events.tell("order.rejected", this.#order);
  }

  #step(status: Status): void {
    this.#order.life.become(status);
    this.#events.tell(`order.${status}`, this.#order);
  }
}
