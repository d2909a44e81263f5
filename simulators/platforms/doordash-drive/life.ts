import { instant, type Instant } from "../../../src/kernel/quantity.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { courierName, fictionalPhone } from "../shared/random-text.ts";
import type { RideListener, Target } from "../shared/ride.ts";
import { isObject } from "../shared/json.ts";
import type { DoordashDelivery, Status } from "./delivery.ts";
import type { EventName, Events } from "./events.ts";
import type { Settings } from "./options.ts";

const cars = [
  ["Toyota", "Corolla"],
  ["Honda", "Civic"],
  ["Ford", "Focus"],
  ["Hyundai", "Elantra"],
] as const;

const enroute: Record<Target, readonly [Status, EventName]> = {
  pickup: ["enroute_to_pickup", "DASHER_ENROUTE_TO_PICKUP"],
  dropoff: ["enroute_to_dropoff", "DASHER_ENROUTE_TO_DROPOFF"],
  return: ["enroute_to_return", "DASHER_ENROUTE_TO_RETURN"],
};

const arrival: Record<Target, readonly [Status, EventName]> = {
  pickup: ["arrived_at_pickup", "DASHER_CONFIRMED_PICKUP_ARRIVAL"],
  dropoff: ["arrived_at_dropoff", "DASHER_CONFIRMED_DROPOFF_ARRIVAL"],
  return: ["arrived_at_return", "DASHER_CONFIRMED_RETURN_ARRIVAL"],
};

/** Words what a courier does as DoorDash's statuses and events. */
export class Life implements RideListener {
  readonly #delivery: DoordashDelivery;
  readonly #events: Events;
  readonly #settings: Settings;
  readonly #rng: Rng;

  constructor(delivery: DoordashDelivery, events: Events, settings: Settings, rng: Rng) {
    this.#delivery = delivery;
    this.#events = events;
    this.#settings = settings;
    this.#rng = rng;
  }

  assigned(pickupEta: Instant): void {
    const delivery = this.#delivery;
    const [make, model] = this.#rng.pick(cars);
    const year = String(2012 + this.#rng.below(13));
    delivery.dasher = {
      id: 100_000 + this.#rng.below(900_000),
      name: courierName(this.#rng),
      phone: fictionalPhone(this.#rng),
      make,
      model,
      year,
    };
    delivery.dropoffEta = instant(delivery.dropoffEta + Math.max(0, pickupEta - delivery.pickupEta));
    delivery.pickupEta = pickupEta;
    this.#step("confirmed", "DASHER_CONFIRMED");
  }

  /** No event is documented for this; the status alone goes back. */
  droppedOut(): void {
    this.#delivery.become("created");
  }

  moving(towards: Target, eta: Instant): void {
    const delivery = this.#delivery;
    if (towards === "pickup") delivery.pickupEta = eta;
    if (towards === "dropoff") delivery.dropoffEta = eta;
    if (towards === "return") delivery.returnEta = eta;
    const [status, event] = enroute[towards];
    if (delivery.status === status) this.#events.tell(event, delivery);
    else this.#step(status, event);
  }

  seen(at: Point): void {
    const delivery = this.#delivery;
    if (delivery.silent) return;
    delivery.location = at;
    delivery.touch();
    const event = Object.values(enroute).find(([status]) => status === delivery.status)?.[1];
    if (event) this.#events.tell(event, delivery);
  }

  near(): void {
    // DoorDash tells of arrivals, not of approaches.
  }

  arrived(target: Target): void {
    this.#step(...arrival[target]);
  }

  pickedUp(): void {
    if (isObject(this.#delivery.fields["pickup_verification_metadata"]))
      this.#image("pickup_verification_image_url", "pickup");
    this.#step("picked_up", "DASHER_PICKED_UP");
  }

  delivered(): void {
    const { fields } = this.#delivery;
    const wishes = isObject(fields["dropoff_options"]) ? fields["dropoff_options"] : {};
    const signature = wishes["signature"] === "required" || fields["dropoff_requires_signature"] === true;
    const proof = wishes["proof_of_delivery"];
    if (signature) this.#image("dropoff_signature_image_url", "signature");
    if (proof !== "none" && proof !== "pin_code" && (!signature || proof === "photo_required"))
      this.#image("dropoff_verification_image_url", "dropoff");
    this.#step("delivered", "DASHER_DROPPED_OFF");
  }

  undeliverable(): boolean {
    const delivery = this.#delivery;
    if (delivery.fields["action_if_undeliverable"] !== "return_to_pickup") {
      this.#cancel("failed_to_deliver");
      return false;
    }
    const way_ms = Math.max(60_000, delivery.offer.dropoffEta - delivery.offer.pickupEta);
    delivery.returnEta = instant(delivery.updated + way_ms);
    this.#step("enroute_to_return", "DELIVERY_RETURN_INITIALIZED");
    return true;
  }

  returned(): void {
    this.#step("returned", "DELIVERY_RETURNED");
  }

  gaveUp(why: "nobody" | "before-pickup" | "after-pickup"): void {
    const returning = this.#delivery.returnEta !== null;
    if (returning) return this.#cancel("failed_to_return");
    const failures = {
      nobody: "failed_to_assign_and_refunded",
      "before-pickup": "failed_to_pickup",
      "after-pickup": "failed_to_deliver",
    } as const;
    this.#cancel(failures[why]);
  }

  #cancel(
    reason: "failed_to_assign_and_refunded" | "failed_to_pickup" | "failed_to_deliver" | "failed_to_return",
  ): void {
    this.#delivery.cancel(reason);
    this.#events.tell("DELIVERY_CANCELLED", this.#delivery);
  }

  #step(status: Status, event: EventName): void {
    this.#delivery.become(status);
    this.#events.tell(event, this.#delivery);
  }

  #image(field: string, name: string): void {
    const { images, supportReference } = this.#delivery;
    this.#delivery.images = {
      ...images,
      [field]: `${this.#settings.publicUrl}/proofs/${supportReference}/${name}.png`,
    };
  }
}
