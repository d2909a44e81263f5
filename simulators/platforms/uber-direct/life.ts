import { instant, type Instant } from "../../../src/kernel/quantity.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { courierName, fictionalPhone } from "../shared/random-text.ts";
import type { RideListener, Target } from "../shared/ride.ts";
import type { UberDelivery } from "./delivery.ts";
import type { Events } from "./events.ts";
import { collectProof } from "./proofs.ts";

const vehicles = ["car", "car", "car", "scooter", "bicycle", "motorcycle"];

/** Words what a courier does as Uber's statuses and events. A live ride and Robo Courier both speak to it. */
export class Life implements RideListener {
  readonly #delivery: UberDelivery;
  readonly #events: Events;
  readonly #rng: Rng;
  readonly #openReturn: (of: UberDelivery) => UberDelivery;

  constructor(delivery: UberDelivery, events: Events, rng: Rng, openReturn: (of: UberDelivery) => UberDelivery) {
    this.#delivery = delivery;
    this.#events = events;
    this.#rng = rng;
    this.#openReturn = openReturn;
  }

  /** Uber tells of the courier and of the movement in one event, so nothing is sent before `moving`. */
  assigned(pickupEta: Instant, name = courierName(this.#rng), vehicle = this.#rng.pick(vehicles)): void {
    const delivery = this.#delivery;
    const phone_number = fictionalPhone(this.#rng);
    delivery.courier = { name, vehicle_type: vehicle, phone_number, img_href: "" };
    delivery.dropoffEta = instant(delivery.dropoffEta + Math.max(0, pickupEta - delivery.pickupEta));
    delivery.pickupEta = pickupEta;
  }

  droppedOut(): void {
    this.#delivery.become("pending");
    this.#events.status(this.#delivery);
  }

  moving(towards: Target, eta: Instant): void {
    const delivery = this.#leg(towards);
    if (towards === "pickup") delivery.pickupEta = eta;
    else delivery.dropoffEta = eta;
    delivery.become(towards === "pickup" ? "pickup" : "dropoff");
    this.#events.status(delivery);
  }

  seen(at: Point): void {
    const delivery = this.#delivery.returnLeg ?? this.#delivery;
    if (delivery.silent) return;
    delivery.location = at;
    delivery.touch();
    this.#events.courier(delivery);
  }

  near(target: Target): void {
    const delivery = this.#leg(target);
    delivery.imminent = true;
    delivery.touch();
    this.#events.status(delivery);
  }

  arrived(): void {
    // Uber has no word for standing at the door.
  }

  pickedUp(): void {
    collectProof(this.#delivery, "pickup", this.#rng);
    this.#delivery.become("pickup_complete");
    this.#events.status(this.#delivery);
  }

  delivered(): void {
    collectProof(this.#delivery, "dropoff", this.#rng);
    this.#delivery.become("delivered");
    this.#events.status(this.#delivery);
  }

  undeliverable(reason = "customer_unavailable"): boolean {
    const delivery = this.#delivery;
    const wish = delivery.birth.order.undeliverableAction;
    delivery.undeliverableReason = reason;
    if (wish === "leave_at_door") {
      delivery.undeliverableAction = "left_at_door";
      this.delivered();
      return false;
    }
    if (wish === "discard") {
      delivery.cancel({ primary_reason: "UNFULFILLED", secondary_reason: reason });
      this.#events.status(delivery);
      return false;
    }
    this.#beginReturn();
    return true;
  }

  returned(): void {
    const leg = this.#leg("return");
    collectProof(leg, "dropoff", this.#rng);
    leg.become("delivered");
    this.#events.status(leg);
  }

  gaveUp(why: "nobody" | "before-pickup" | "after-pickup"): void {
    const secondary_reason = {
      nobody: "cannot_dispatch_courier",
      "before-pickup": "unable_to_find_pickup",
      "after-pickup": "courier_report_crash",
    }[why];
    const delivery = this.#delivery.returnLeg ?? this.#delivery;
    delivery.cancel({ primary_reason: why === "nobody" ? "UNFULFILLED" : "UBER_CANCEL", secondary_reason });
    if (why === "after-pickup") delivery.undeliverableReason = secondary_reason;
    this.#events.status(delivery);
  }

  /** `returned` opens the way back: a delivery of its own, with the same courier, that begins with the parcels in hand. */
  #beginReturn(): void {
    const delivery = this.#delivery;
    delivery.undeliverableAction = "returned";
    const leg = this.#openReturn(delivery);
    delivery.returnLeg = leg;
    delivery.become("returned");
    this.#events.status(delivery);
    leg.courier = delivery.courier;
    leg.location = delivery.location;
    leg.silent = delivery.silent;
    leg.become("pickup");
    leg.become("pickup_complete");
    this.#events.status(leg);
  }

  #leg(target: Target): UberDelivery {
    return target === "return" ? (this.#delivery.returnLeg ?? this.#delivery) : this.#delivery;
  }
}
