import type { Clock } from "../../../src/kernel/clock.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { Carried } from "../shared/fleet.ts";
import { courierName, digits, fictionalPhone } from "../shared/random-text.ts";
import type { Events } from "./events.ts";
import type { LalamoveOrder, Proof, Status } from "./order.ts";
import type { Settings } from "./options.ts";

/** Words what a driver does as Lalamove's statuses and events; there is none for arriving. */
export class Life implements Carried {
  readonly #order: LalamoveOrder;
  readonly #events: Events;
  readonly #clock: Clock;
  readonly #rng: Rng;
  readonly #settings: Settings;

  constructor(order: LalamoveOrder, events: Events, clock: Clock, rng: Rng, settings: Settings) {
    this.#order = order;
    this.#events = events;
    this.#clock = clock;
    this.#rng = rng;
    this.#settings = settings;
  }

  silence(): void {
    this.#order.silent = true;
  }

  assigned(): void {
    const order = this.#order;
    const [driverId, plate] = [String(10_000 + this.#rng.below(90_000)), digits(this.#rng, 4)];
    order.driver = {
      driverId,
      name: courierName(this.#rng),
      phone: fictionalPhone(this.#rng),
      plateNumber: `**${plate}*`,
    };
    order.matchedAt = this.#clock.now();
    this.#events.driverAssigned(order);
    this.#become("ON_GOING");
  }

  droppedOut(): void {
    this.#order.driver = this.#order.location = this.#order.matchedAt = null;
    this.#become("ASSIGNING_DRIVER");
  }

  moving(): void {
    // `ON_GOING` and `PICKED_UP` hold the ways.
  }

  seen(point: Point): void {
    if (!this.#order.silent) this.#order.location = { point, at: this.#clock.now() };
  }

  near(): void {
    // Lalamove does not tell of approaches.
  }

  arrived(): void {
    // Nor of arrivals.
  }

  pickedUp(): void {
    this.#become("PICKED_UP");
    this.#events.proof(this.#order);
  }

  delivered(): void {
    this.#complete("DELIVERED");
  }

  /** A failed drop completes the order all the same; its proof alone tells. Nothing is known of ways back. */
  undeliverable(): boolean {
    this.#complete("FAILED");
    return false;
  }

  returned(): void {
    // Never: nothing goes back.
  }

  gaveUp(why: "nobody" | "before-pickup" | "after-pickup"): void {
    const order = this.#order;
    if (why === "nobody") return this.#become("EXPIRED");
    if (why === "before-pickup") {
      if (order.life.state === "ON_GOING") this.droppedOut();
      return this.#become("REJECTED");
    }
    order.cancelParty = "LALAMOVE_CUSTOMER_SUPPORT";
    this.#become("CANCELED");
  }

  #complete(status: "DELIVERED" | "FAILED"): void {
    const order = this.#order;
    const { publicUrl, environment } = this.#settings;
    const image = status === "DELIVERED" ? `${publicUrl}/proofs/${order.id}.png` : null;
    const proof: Proof = { status, image, deliveredAt: this.#clock.now() };
    const previous = order.life.state;
    order.complete(order.proof && environment === "production" ? proof : order.proof);
    this.#events.proof(order);
    this.#events.status(order, previous);
  }

  #become(status: Status): void {
    const previous = this.#order.life.state;
    this.#order.life.become(status);
    this.#events.status(this.#order, previous);
  }
}
