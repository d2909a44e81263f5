import type { Clock } from "../../../src/kernel/clock.ts";
import type { Currency } from "../../../src/kernel/money.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { minor, type Instant } from "../../../src/kernel/quantity.ts";
import { Lifecycle } from "../shared/lifecycle.ts";
import type { DeliveryTruth } from "../wire.ts";
import type { OrderRequest } from "./order-request.ts";
import type { Offer } from "./promise.ts";

/** The states have the names of the events that tell of them; a failed return has no event, and nor has being found. */
export type Status =
  | "received"
  | "pickup_started"
  | "pickup_arrival"
  | "picked_up"
  | "dropoff_started"
  | "dropoff_arrival"
  | "delivered"
  | "rejected"
  | "customer_no_show";

const next: Record<Status, readonly Status[]> = {
  received: ["pickup_started", "rejected"],
  pickup_started: ["received", "pickup_arrival", "rejected"],
  pickup_arrival: ["picked_up", "rejected"],
  picked_up: ["dropoff_started", "rejected"],
  dropoff_started: ["dropoff_arrival", "rejected"],
  dropoff_arrival: ["delivered", "customer_no_show", "rejected"],
  delivered: [],
  rejected: [],
  customer_no_show: [],
};

/** One order. Wolt gives it three ids: of the delivery, for cancelling, and for tracking. */
export class WoltOrder {
  readonly ids: { readonly id: string; readonly reference: string; readonly tracking: string };
  readonly venueId: string | null;
  readonly request: OrderRequest;
  readonly offer: Offer;
  readonly currency: Currency;
  readonly pin: string | null;
  readonly life: Lifecycle<Status>;
  courier: { readonly id: string; readonly vehicle_type: string } | null = null;
  location: Point | null = null;
  pickupEta: Instant;
  dropoffEta: Instant;
  cancelledBy: "merchant" | "wolt" | null = null;
  cancelReason: string | null = null;
  silent = false;

  constructor(
    birth: Pick<WoltOrder, "ids" | "venueId" | "request" | "offer" | "currency" | "pin"> & { readonly clock: Clock },
  ) {
    this.ids = birth.ids;
    this.venueId = birth.venueId;
    this.request = birth.request;
    this.offer = birth.offer;
    this.currency = birth.currency;
    this.pin = birth.pin;
    this.pickupEta = birth.offer.pickupEta;
    this.dropoffEta = birth.offer.dropoffEta;
    this.life = new Lifecycle(birth.clock, next, "received");
  }

  deliver(): void {
    this.life.become("delivered");
    this.life.charge("fee", this.offer.price);
    this.life.charge("tip", minor(this.request.tip));
  }

  reject(by: "merchant" | "wolt", reason: string): void {
    this.cancelledBy = by;
    this.cancelReason = reason;
    this.life.become("rejected");
  }

  truth(): DeliveryTruth {
    const { state } = this.life;
    const ended = state === "delivered" ? "delivered" : this.cancelledBy === "merchant" ? "cancelled" : "failed";
    return {
      ...this.life.truth(),
      id: this.ids.reference,
      externalId: this.request.reference,
      ended: this.life.over ? ended : null,
      fee: this.offer.price,
      currency: this.currency,
      pickedUpAt: this.life.reached("picked_up"),
    };
  }
}
