import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { Carried } from "../shared/fleet.ts";
import { courierName, digits, fictionalPhone } from "../shared/random-text.ts";
import type { Target } from "../shared/ride.ts";
import type { GrabDelivery, Status } from "./delivery.ts";
import type { Events } from "./events.ts";
import type { Settings } from "./options.ts";

/** Words what a driver does as Grab's statuses; arriving at the pickup has none. */
export class Life implements Carried {
  readonly #delivery: GrabDelivery;
  readonly #events: Events;
  readonly #settings: Settings;
  readonly #rng: Rng;

  constructor(delivery: GrabDelivery, events: Events, settings: Settings, rng: Rng) {
    this.#delivery = delivery;
    this.#events = events;
    this.#settings = settings;
    this.#rng = rng;
  }

  silence(): void {
    this.#delivery.silent = true;
  }

  assigned(): void {
    const rng = this.#rng;
    const licensePlate = `S${digits(rng, 4)}${rng.pick(["A", "K", "Z"])}`;
    this.#delivery.driver = {
      name: courierName(rng),
      phone: fictionalPhone(rng).slice(1),
      licensePlate,
      model: "Honda Wave",
    };
    if (this.#delivery.life.state === "ALLOCATING") this.#become("PENDING_PICKUP");
    else this.#events.tell(this.#delivery);
  }

  droppedOut(): void {
    this.#delivery.driver = this.#delivery.location = null;
    if (this.#settings.swapShows) this.#become("ALLOCATING");
  }

  moving(towards: Target): void {
    if (towards === "pickup" && this.#delivery.life.state === "PENDING_PICKUP") this.#become("PICKING_UP");
    if (towards === "dropoff" && this.#settings.inDelivery === "departure") this.#become("IN_DELIVERY");
  }

  seen(at: Point): void {
    if (!this.#delivery.silent) this.#delivery.location = at;
  }

  near(): void {
    // Grab does not tell of approaches.
  }

  arrived(target: Target): void {
    if (target === "dropoff" && this.#settings.inDelivery === "arrival") this.#become("IN_DELIVERY");
  }

  pickedUp(): void {
    this.#become("PENDING_DROP_OFF");
  }

  delivered(): void {
    this.#become("COMPLETED");
  }

  undeliverable(): boolean {
    this.#become("IN_RETURN");
    return true;
  }

  returned(): void {
    this.#become("RETURNED");
  }

  gaveUp(why: "nobody" | "before-pickup" | "after-pickup"): void {
    this.#delivery.failedReason = {
      nobody: "6|Could not find driver",
      "before-pickup": "2|Driver canceled : fake sender/order",
      "after-pickup": "5|Canceled by Grab Operator",
    }[why];
    this.#become("FAILED");
  }

  #become(status: Status): void {
    this.#delivery.become(status);
    this.#events.tell(this.#delivery);
  }
}
