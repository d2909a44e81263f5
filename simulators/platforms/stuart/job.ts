import type { Clock } from "../../../src/kernel/clock.ts";
import type { Currency } from "../../../src/kernel/money.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Instant } from "../../../src/kernel/quantity.ts";
import { Lifecycle } from "../shared/lifecycle.ts";
import type { DeliveryTruth } from "../wire.ts";
import type { Offer } from "./offer.ts";
import type { JobRequest } from "./request.ts";

export type JobStatus = "new" | "scheduled" | "searching" | "in_progress" | "finished" | "canceled" | "expired";

const nextOfJob: Record<JobStatus, readonly JobStatus[]> = {
  new: ["searching", "in_progress", "canceled"],
  scheduled: ["searching", "canceled"],
  searching: ["in_progress", "canceled", "expired"],
  in_progress: ["searching", "finished", "canceled"],
  finished: [],
  canceled: [],
  expired: [],
};

export type DeliveryStatus =
  | "pending"
  | "picking"
  | "almost_picking"
  | "waiting_at_pickup"
  | "delivering"
  | "almost_delivering"
  | "waiting_at_dropoff"
  | "delivered"
  | "cancelled";

const nextOfDelivery: Record<DeliveryStatus, readonly DeliveryStatus[]> = {
  pending: ["picking", "delivering", "cancelled"],
  picking: ["pending", "almost_picking", "waiting_at_pickup", "cancelled"],
  almost_picking: ["pending", "waiting_at_pickup", "cancelled"],
  waiting_at_pickup: ["delivering", "cancelled"],
  delivering: ["almost_delivering", "waiting_at_dropoff", "cancelled"],
  almost_delivering: ["waiting_at_dropoff", "cancelled"],
  waiting_at_dropoff: ["delivered", "cancelled"],
  delivered: [],
  cancelled: [],
};

export interface Driver {
  readonly id: number;
  readonly display_name: string;
  readonly phone: string;
  readonly transport_type: string;
}

export interface Cancellation {
  readonly canceled_by: "client" | "courier" | "stuart";
  readonly reason_key: string;
  readonly comment: string | null;
}

/** Numbers of everything that has one. */
export interface Ids {
  readonly job: number;
  readonly delivery: number;
  readonly pickup: number;
  readonly dropoff: number;
}

/** A job and its one delivery: two lives, spelt differently. */
export class StuartJob {
  readonly ids: Ids;
  readonly offer: Offer;
  readonly currency: Currency;
  readonly status: Lifecycle<JobStatus>;
  readonly delivery: Lifecycle<DeliveryStatus>;
  /** Set on a way back: the job whose parcels it brings. */
  readonly original: StuartJob | null;
  request: JobRequest;
  driver: Driver | null = null;
  location: Point | null = null;
  acceptedAt: Instant | null = null;
  pickupEta: Instant;
  dropoffEta: Instant;
  cancellation: Cancellation | null = null;
  wayBack: StuartJob | null = null;
  silent = false;

  constructor(birth: {
    readonly ids: Ids;
    readonly request: JobRequest;
    readonly offer: Offer;
    readonly currency: Currency;
    readonly clock: Clock;
    readonly start: "new" | "scheduled";
    readonly original: StuartJob | null;
  }) {
    this.ids = birth.ids;
    this.request = birth.request;
    this.offer = birth.offer;
    this.currency = birth.currency;
    this.original = birth.original;
    this.pickupEta = birth.offer.pickupEta;
    this.dropoffEta = birth.offer.dropoffEta;
    this.status = new Lifecycle(birth.clock, nextOfJob, birth.start);
    this.delivery = new Lifecycle(birth.clock, nextOfDelivery, "pending");
  }

  get id(): string {
    return String(this.ids.job);
  }

  get over(): boolean {
    return this.status.over;
  }

  /** Both lives end: `finished` with `delivered`, the others with `cancelled`. */
  end(status: "finished" | "canceled" | "expired", cancellation: Cancellation | null = null): void {
    this.cancellation = cancellation;
    this.status.become(status);
    this.delivery.become(status === "finished" ? "delivered" : "cancelled");
    if (status === "finished") this.delivery.charge(this.original ? "return" : "fee", this.offer.price);
  }

  truth(): DeliveryTruth {
    return {
      ...this.delivery.truth(),
      id: this.id,
      externalId: this.request.clientReference,
      ended: this.#ended(),
      fee: this.offer.price,
      currency: this.currency,
      dropoffNotes: this.request.dropoff.comment,
      pickedUpAt: this.delivery.reached("delivering"),
    };
  }

  /** A job that was given up with a way back open is as far as that is. */
  #ended(): DeliveryTruth["ended"] {
    if (this.delivery.state === "delivered") return this.original ? "returned" : "delivered";
    if (this.delivery.state !== "cancelled") return null;
    if (this.wayBack) return this.wayBack.truth().ended;
    return this.cancellation?.canceled_by === "client" ? "cancelled" : "failed";
  }
}
