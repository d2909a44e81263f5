import type { Clock } from "../../../src/kernel/clock.ts";
import type { Currency } from "../../../src/kernel/money.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { minor, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import { Lifecycle } from "../shared/lifecycle.ts";
import type { DeliveryTruth } from "../wire.ts";
import type { ShipmentRequest } from "./request.ts";

/** Finer than `state`: named as the events that tell of them. */
export type Step =
  | "scheduled"
  | "driver_assigned"
  | "en_route_to_pickup"
  | "at_pickup"
  | "pickup_confirmed"
  | "en_route_to_delivery"
  | "at_delivery"
  | "delivery_confirmed"
  | "delivery_attempted"
  | "returned"
  | "canceled";

const next: Record<Step, readonly Step[]> = {
  scheduled: ["driver_assigned", "canceled"],
  driver_assigned: ["scheduled", "en_route_to_pickup", "canceled"],
  en_route_to_pickup: ["scheduled", "at_pickup", "canceled"],
  at_pickup: ["pickup_confirmed", "canceled"],
  pickup_confirmed: ["en_route_to_delivery", "canceled"],
  en_route_to_delivery: ["at_delivery", "canceled"],
  at_delivery: ["delivery_confirmed", "delivery_attempted", "canceled"],
  delivery_confirmed: [],
  delivery_attempted: ["returned", "canceled"],
  returned: [],
  canceled: [],
};

const states: Partial<Record<Step, string>> = {
  scheduled: "scheduled",
  delivery_confirmed: "delivered",
  returned: "returned",
  canceled: "canceled",
};

export interface Offer {
  readonly pickup: Point;
  readonly delivery: Point;
  readonly meters: number;
  readonly price: Minor;
}

export interface Occurrence {
  readonly name: string;
  readonly at: Instant;
  readonly point: Point | null;
}

export class RoadieShipment {
  readonly id: number;
  readonly trackingNumber: string;
  readonly currency: Currency;
  readonly life: Lifecycle<Step>;
  readonly occurred: Occurrence[] = [];
  request: ShipmentRequest;
  offer: Offer;
  driver: { readonly name: string; readonly phone: string } | null = null;
  location: Point | null = null;
  canceledByCaller = false;
  tip: Minor = minor(0);
  silent = false;

  constructor(
    birth: Pick<RoadieShipment, "id" | "trackingNumber" | "request" | "offer" | "currency"> & { readonly clock: Clock },
  ) {
    this.id = birth.id;
    this.trackingNumber = birth.trackingNumber;
    this.request = birth.request;
    this.offer = birth.offer;
    this.currency = birth.currency;
    this.life = new Lifecycle(birth.clock, next, "scheduled");
  }

  /** The coarse word that answers carry. */
  get state(): string {
    return states[this.life.state] ?? "assigned";
  }

  get price(): Minor {
    return minor(this.offer.price + this.request.extra);
  }

  become(step: Step): void {
    this.life.become(step);
    if (step === "delivery_confirmed" || step === "returned") {
      this.life.charge("fee", this.price);
      this.life.charge("tip", this.tip);
    }
  }

  truth(): DeliveryTruth {
    const ends: Partial<Record<Step, DeliveryTruth["ended"]>> = {
      delivery_confirmed: "delivered",
      returned: "returned",
      canceled: this.canceledByCaller ? "cancelled" : "failed",
    };
    return {
      ...this.life.truth(),
      id: String(this.id),
      externalId: this.request.reference,
      ended: ends[this.life.state] ?? null,
      fee: this.price,
      currency: this.currency,
      pickedUpAt: this.life.reached("pickup_confirmed"),
    };
  }
}
