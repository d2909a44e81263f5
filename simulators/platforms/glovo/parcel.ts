import type { Clock } from "../../../src/kernel/clock.ts";
import type { Currency } from "../../../src/kernel/money.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Instant, Minor } from "../../../src/kernel/quantity.ts";
import { Lifecycle } from "../shared/lifecycle.ts";
import type { DeliveryTruth } from "../wire.ts";
import type { ParcelDetails } from "./request.ts";

export type State =
  | "CREATED"
  | "SCHEDULED"
  | "ACTIVATED"
  | "ACCEPTED"
  | "WAITING_FOR_PICKUP"
  | "PICKED"
  | "WAITING_FOR_DELIVERY"
  | "DELIVERED"
  | "REJECTED"
  | "CANCELLED"
  | "RETURNED";

const next: Record<State, readonly State[]> = {
  CREATED: ["ACTIVATED", "CANCELLED", "REJECTED"],
  SCHEDULED: ["ACTIVATED", "CANCELLED", "REJECTED"],
  ACTIVATED: ["ACCEPTED", "CANCELLED", "REJECTED"],
  ACCEPTED: ["ACTIVATED", "WAITING_FOR_PICKUP", "CANCELLED", "REJECTED"],
  WAITING_FOR_PICKUP: ["PICKED", "CANCELLED", "REJECTED"],
  PICKED: ["WAITING_FOR_DELIVERY", "REJECTED"],
  WAITING_FOR_DELIVERY: ["DELIVERED", "RETURNED", "REJECTED"],
  DELIVERED: [],
  REJECTED: [],
  CANCELLED: [],
  RETURNED: [],
};

export interface Offer {
  readonly pickup: Point;
  readonly dropoff: Point;
  readonly price: Minor;
  readonly ready: Instant;
  readonly dropoffEta: Instant;
}

export interface Courier {
  readonly name: string;
  readonly phone: string;
}

export class GlovoParcel {
  readonly trackingNumber: number;
  readonly orderCode: string;
  readonly details: ParcelDetails;
  readonly offer: Offer;
  readonly currency: Currency;
  readonly life: Lifecycle<State>;
  courier: Courier | null = null;
  location: Point | null = null;
  silent = false;

  constructor(
    birth: Pick<GlovoParcel, "trackingNumber" | "orderCode" | "details" | "offer" | "currency"> & {
      readonly clock: Clock;
      readonly start: "CREATED" | "SCHEDULED";
    },
  ) {
    this.trackingNumber = birth.trackingNumber;
    this.orderCode = birth.orderCode;
    this.details = birth.details;
    this.offer = birth.offer;
    this.currency = birth.currency;
    this.life = new Lifecycle(birth.clock, next, birth.start);
  }

  get cancellable(): boolean {
    return next[this.life.state].includes("CANCELLED");
  }

  become(state: State): void {
    this.life.become(state);
    if (state === "DELIVERED" || state === "RETURNED") this.life.charge("fee", this.offer.price);
  }

  truth(): DeliveryTruth {
    const ends: Partial<Record<State, DeliveryTruth["ended"]>> = {
      DELIVERED: "delivered",
      RETURNED: "returned",
      CANCELLED: "cancelled",
      REJECTED: "failed",
    };
    return {
      ...this.life.truth(),
      id: String(this.trackingNumber),
      externalId: this.details.packageId ?? this.details.orderCode,
      ended: ends[this.life.state] ?? null,
      fee: this.offer.price,
      currency: this.currency,
      pickedUpAt: this.life.reached("PICKED"),
    };
  }
}
