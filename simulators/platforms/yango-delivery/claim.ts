import type { Clock } from "../../../src/kernel/clock.ts";
import type { Currency } from "../../../src/kernel/money.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { minor, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import { Lifecycle } from "../shared/lifecycle.ts";
import type { DeliveryTruth } from "../wire.ts";
import type { ClaimRequest } from "./request.ts";

export type Status =
  | "new"
  | "estimating"
  | "estimating_failed"
  | "ready_for_approval"
  | "accepted"
  | "performer_lookup"
  | "performer_found"
  | "performer_not_found"
  | "pickup_arrived"
  | "pickuped"
  | "delivery_arrived"
  | "delivered"
  | "delivered_finish"
  | "returning"
  | "return_arrived"
  | "returned"
  | "returned_finish"
  | "failed"
  | "cancelled"
  | "cancelled_with_payment"
  | "cancelled_by_taxi"
  | "cancelled_with_items_on_hands";

const ends = ["failed", "cancelled_by_taxi"] as const;

const next: Record<Status, readonly Status[]> = {
  new: ["estimating", "cancelled"],
  estimating: ["estimating_failed", "ready_for_approval", "cancelled"],
  estimating_failed: ["estimating"],
  ready_for_approval: ["accepted", "estimating", "failed", "cancelled"],
  accepted: ["performer_lookup", "cancelled"],
  performer_lookup: ["performer_found", "performer_not_found", "cancelled", ...ends],
  performer_found: ["performer_lookup", "pickup_arrived", "cancelled_with_payment", ...ends],
  performer_not_found: [],
  pickup_arrived: ["pickuped", "cancelled_with_payment", ...ends],
  pickuped: ["delivery_arrived", ...ends],
  delivery_arrived: ["delivered", "returning", "cancelled_with_items_on_hands", ...ends],
  delivered: ["delivered_finish"],
  delivered_finish: [],
  returning: ["return_arrived", ...ends],
  return_arrived: ["returned", ...ends],
  returned: ["returned_finish"],
  returned_finish: [],
  failed: [],
  cancelled: [],
  cancelled_with_payment: [],
  cancelled_by_taxi: [],
  cancelled_with_items_on_hands: [],
};

const cancelStates: Partial<Record<Status, "free" | "paid">> = {
  new: "free",
  estimating: "free",
  ready_for_approval: "free",
  accepted: "free",
  performer_lookup: "free",
  performer_found: "paid",
  pickup_arrived: "paid",
};

export interface Performer {
  readonly courier_name: string;
  readonly phone: string;
  readonly car_model: string;
  readonly car_number: string;
  readonly transport_type: string;
}

export interface Offer {
  readonly source: Point;
  readonly destination: Point;
  readonly meters: number;
  readonly seconds: number;
  readonly price: Minor;
}

/** A claim: a request whose price is worked out, then a delivery once it is accepted. `version` grows with each edit. */
export class YangoClaim {
  readonly id: string;
  readonly currency: Currency;
  readonly life: Lifecycle<Status>;
  readonly #returnShare: number;
  request: ClaimRequest;
  version = 1;
  offer: Offer | null = null;
  errors: readonly { readonly code: string; readonly message: string }[] = [];
  /** Until when it can be accepted, inclusive. */
  validUntil: Instant | null = null;
  performer: Performer | null = null;
  location: { readonly point: Point; readonly at: Instant } | null = null;
  eta: Instant | null = null;
  silent = false;

  constructor(
    birth: Pick<YangoClaim, "id" | "request" | "currency"> & { readonly clock: Clock; readonly returnShare: number },
  ) {
    this.id = birth.id;
    this.request = birth.request;
    this.currency = birth.currency;
    this.#returnShare = birth.returnShare;
    this.life = new Lifecycle(birth.clock, next, "new");
  }

  get price(): Minor {
    return this.offer?.price ?? minor(0);
  }

  /** Whether it was ever more than a question. */
  get booked(): boolean {
    return this.life.reached("accepted") !== null;
  }

  get cancelState(): "free" | "paid" | "unavailable" {
    return cancelStates[this.life.state] ?? "unavailable";
  }

  become(status: Status): void {
    this.life.become(status);
    if (status === "performer_lookup") this.performer = this.location = null;
    if (status === "delivered" || status === "returned") this.life.charge("fee", this.price);
    if (status === "returned") this.life.charge("return", minor(Math.round(this.price * this.#returnShare)));
  }

  /** `delivered` and `returned` are as good as their ends: what follows is paper. */
  truth(): DeliveryTruth {
    const { state } = this.life;
    const outcome: Partial<Record<Status, DeliveryTruth["ended"]>> = {
      delivered_finish: "delivered",
      returned_finish: "returned",
      cancelled: "cancelled",
      cancelled_with_payment: "cancelled",
    };
    return {
      ...this.life.truth(),
      id: this.id,
      externalId: this.request.destination.externalId ?? this.request.source.externalId,
      ended: this.life.over ? (outcome[state] ?? "failed") : null,
      fee: this.price,
      currency: this.currency,
      pickedUpAt: this.life.reached("pickuped"),
    };
  }
}
