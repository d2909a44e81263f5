import type { Clock } from "../../../src/kernel/clock.ts";
import type { Currency } from "../../../src/kernel/money.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { minor, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import { Lifecycle } from "../shared/lifecycle.ts";
import type { DeliveryTruth } from "../wire.ts";
import type { OrderRequest } from "./request.ts";

export type OrderStatus = "new" | "available" | "active" | "completed" | "canceled";

const nextOfOrder: Record<OrderStatus, readonly OrderStatus[]> = {
  new: ["available", "canceled"],
  available: ["active", "canceled"],
  active: ["available", "completed", "canceled"],
  completed: [],
  canceled: [],
};

export type DeliveryStatus =
  | "planned"
  | "active"
  | "courier_assigned"
  | "courier_departed"
  | "courier_at_pickup"
  | "parcel_picked_up"
  | "courier_arrived"
  | "finished"
  | "failed"
  | "returned"
  | "canceled";

/** A failed delivery is an end unless its parcels are on the way back. */
const nextOfDelivery = (returns: boolean): Record<DeliveryStatus, readonly DeliveryStatus[]> => ({
  planned: ["active", "canceled"],
  active: ["courier_assigned", "canceled"],
  courier_assigned: ["active", "courier_departed", "canceled"],
  courier_departed: ["active", "courier_at_pickup", "canceled"],
  courier_at_pickup: ["parcel_picked_up", "canceled"],
  parcel_picked_up: ["courier_arrived", "failed", "canceled"],
  courier_arrived: ["finished", "failed", "canceled"],
  finished: [],
  failed: returns ? ["returned", "canceled"] : [],
  returned: [],
  canceled: [],
});

export interface Courier {
  readonly courier_id: number;
  readonly name: string;
  readonly surname: string;
  readonly phone: string;
}

export interface Offer {
  readonly pickup: Point;
  readonly dropoff: Point;
  readonly meters: number;
  readonly price: Minor;
  readonly weightFee: Minor;
  readonly ready: Instant;
  readonly pickupEta: Instant;
  readonly dropoffEta: Instant;
}

/** An order of two points, and the one delivery in it: two lives in two vocabularies. */
export class BorzoOrder {
  readonly id: number;
  readonly deliveryId: number;
  readonly request: OrderRequest;
  readonly offer: Offer;
  readonly currency: Currency;
  readonly status: Lifecycle<OrderStatus>;
  readonly delivery: Lifecycle<DeliveryStatus>;
  courier: Courier | null = null;
  location: Point | null = null;
  pickupEta: Instant;
  dropoffEta: Instant;
  canceledBy: "client" | "borzo" | null = null;
  returnFee: Minor = minor(0);
  silent = false;

  constructor(
    birth: Pick<BorzoOrder, "id" | "deliveryId" | "request" | "offer" | "currency"> & {
      readonly clock: Clock;
      readonly returns: boolean;
    },
  ) {
    this.id = birth.id;
    this.deliveryId = birth.deliveryId;
    this.request = birth.request;
    this.offer = birth.offer;
    this.currency = birth.currency;
    this.pickupEta = birth.offer.pickupEta;
    this.dropoffEta = birth.offer.dropoffEta;
    this.status = new Lifecycle(birth.clock, nextOfOrder, "new");
    this.delivery = new Lifecycle(birth.clock, nextOfDelivery(birth.returns), "planned");
  }

  get fee(): Minor {
    return minor(this.offer.price + this.offer.weightFee);
  }

  /** Delivered, or failed for good: the ride was made and is paid for. */
  complete(delivery: "finished" | "failed"): void {
    this.delivery.become(delivery);
    this.status.become("completed");
    this.delivery.charge("fee", this.fee);
  }

  /** The parcels are back. */
  bringBack(): void {
    this.delivery.become("returned");
    this.status.become("completed");
    this.delivery.charge("fee", this.fee);
    this.delivery.charge("return", this.returnFee);
  }

  cancel(by: "client" | "borzo"): void {
    this.canceledBy = by;
    this.delivery.become("canceled");
    this.status.become("canceled");
  }

  truth(): DeliveryTruth {
    const { state } = this.delivery;
    const ends: Partial<Record<DeliveryStatus, DeliveryTruth["ended"]>> = {
      finished: "delivered",
      failed: "failed",
      returned: "returned",
      canceled: this.canceledBy === "client" ? "cancelled" : "failed",
    };
    return {
      ...this.delivery.truth(),
      id: String(this.id),
      externalId: this.request.dropoff.clientOrderId ?? this.request.pickup.clientOrderId,
      ended: this.delivery.over ? (ends[state] ?? null) : null,
      fee: this.fee,
      currency: this.currency,
      pickedUpAt: this.delivery.reached("parcel_picked_up"),
    };
  }
}
