import type { Clock } from "../../../src/kernel/clock.ts";
import type { Currency } from "../../../src/kernel/money.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Instant, Minor } from "../../../src/kernel/quantity.ts";
import { Lifecycle } from "../shared/lifecycle.ts";
import type { DeliveryTruth } from "../wire.ts";
import type { DeliveryRequest } from "./request.ts";

export type Status =
  | "QUEUEING"
  | "ALLOCATING"
  | "PENDING_PICKUP"
  | "PICKING_UP"
  | "PENDING_DROP_OFF"
  | "IN_DELIVERY"
  | "COMPLETED"
  | "IN_RETURN"
  | "RETURNED"
  | "CANCELED"
  | "FAILED";

const next: Record<Status, readonly Status[]> = {
  QUEUEING: ["ALLOCATING", "CANCELED", "FAILED"],
  ALLOCATING: ["PENDING_PICKUP", "CANCELED", "FAILED"],
  PENDING_PICKUP: ["ALLOCATING", "PICKING_UP", "CANCELED", "FAILED"],
  PICKING_UP: ["ALLOCATING", "PENDING_PICKUP", "PENDING_DROP_OFF", "CANCELED", "FAILED"],
  PENDING_DROP_OFF: ["IN_DELIVERY", "COMPLETED", "IN_RETURN", "FAILED"],
  IN_DELIVERY: ["COMPLETED", "IN_RETURN", "FAILED"],
  COMPLETED: [],
  IN_RETURN: ["RETURNED", "FAILED"],
  RETURNED: [],
  CANCELED: [],
  FAILED: [],
};

export interface Driver {
  readonly name: string;
  readonly phone: string;
  readonly licensePlate: string;
  readonly model: string;
}

/** What a way costs and how long it takes. */
export interface Offer {
  readonly origin: Point;
  readonly destination: Point;
  readonly meters: number;
  readonly price: Minor;
  readonly ready: Instant;
  readonly pickupEta: Instant;
  readonly dropoffEta: Instant;
}

export class GrabDelivery {
  readonly id: string;
  readonly request: DeliveryRequest;
  readonly offer: Offer;
  readonly currency: Currency;
  readonly pin: string;
  readonly life: Lifecycle<Status>;
  driver: Driver | null = null;
  location: Point | null = null;
  failedReason: string | null = null;
  silent = false;

  constructor(birth: Pick<GrabDelivery, "id" | "request" | "offer" | "currency" | "pin"> & { readonly clock: Clock }) {
    this.id = birth.id;
    this.request = birth.request;
    this.offer = birth.offer;
    this.currency = birth.currency;
    this.pin = birth.pin;
    this.life = new Lifecycle(birth.clock, next, birth.request.schedule === null ? "ALLOCATING" : "QUEUEING");
  }

  /** Cancelling is free until the goods are collected. */
  get cancellable(): boolean {
    return next[this.life.state].includes("CANCELED");
  }

  become(status: Status): void {
    this.life.become(status);
    if (status === "COMPLETED" || status === "RETURNED") this.life.charge("fee", this.offer.price);
  }

  truth(): DeliveryTruth {
    const ends: Partial<Record<Status, DeliveryTruth["ended"]>> = {
      COMPLETED: "delivered",
      RETURNED: "returned",
      CANCELED: "cancelled",
      FAILED: "failed",
    };
    return {
      ...this.life.truth(),
      id: this.id,
      externalId: this.request.merchantOrderID,
      ended: ends[this.life.state] ?? null,
      fee: this.offer.price,
      currency: this.currency,
      pickedUpAt: this.life.reached("PENDING_DROP_OFF"),
    };
  }
}
