import { minor, type Instant } from "../../../src/kernel/quantity.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { Carried } from "../shared/fleet.ts";
import { courierName, fictionalPhone } from "../shared/random-text.ts";
import type { Target } from "../shared/ride.ts";
import type { Events } from "./events.ts";
import type { BorzoOrder, DeliveryStatus } from "./order.ts";

/** Words what a courier does as Borzo's two vocabularies. */
export class Life implements Carried {
  readonly #order: BorzoOrder;
  readonly #events: Events;
  readonly #rng: Rng;
  readonly #returns: boolean;

  constructor(order: BorzoOrder, events: Events, rng: Rng, returns: boolean) {
    this.#order = order;
    this.#events = events;
    this.#rng = rng;
    this.#returns = returns;
  }

  silence(): void {
    this.#order.silent = true;
  }

  assigned(pickupEta: Instant): void {
    const [name = "", surname = ""] = courierName(this.#rng).split(" ");
    const order = this.#order;
    order.courier = { courier_id: 1000 + this.#rng.below(9000), name, surname, phone: fictionalPhone(this.#rng) };
    order.pickupEta = pickupEta;
    order.status.become("active");
    this.#events.order(order, "changed");
    this.#step("courier_assigned");
  }

  droppedOut(): void {
    const order = this.#order;
    order.courier = order.location = null;
    order.status.become("available");
    this.#events.order(order, "changed");
    this.#step("active");
  }

  moving(towards: Target, eta: Instant): void {
    if (towards === "pickup") {
      this.#order.pickupEta = eta;
      return this.#step("courier_departed");
    }
    this.#order.dropoffEta = eta;
  }

  /** Positions are never pushed. */
  seen(at: Point): void {
    if (!this.#order.silent) this.#order.location = at;
  }

  near(): void {
    // Borzo does not tell of approaches.
  }

  arrived(target: Target): void {
    if (target === "pickup") this.#step("courier_at_pickup");
    if (target === "dropoff") this.#step("courier_arrived");
  }

  pickedUp(): void {
    this.#step("parcel_picked_up");
  }

  delivered(): void {
    this.#order.complete("finished");
    this.#tellBoth();
  }

  /** The way back is a third point of the order, at the price of the way there. */
  undeliverable(): boolean {
    const order = this.#order;
    if (this.#returns) {
      order.returnFee = minor(order.offer.price);
      this.#step("failed");
      this.#events.order(order, "changed");
      return true;
    }
    order.complete("failed");
    this.#tellBoth();
    return false;
  }

  returned(): void {
    this.#order.bringBack();
    this.#tellBoth();
  }

  gaveUp(): void {
    this.#order.cancel("borzo");
    this.#tellBoth();
  }

  #step(status: DeliveryStatus): void {
    this.#order.delivery.become(status);
    this.#events.delivery(this.#order, "changed");
  }

  #tellBoth(): void {
    this.#events.delivery(this.#order, "changed");
    this.#events.order(this.#order, "changed");
  }
}
