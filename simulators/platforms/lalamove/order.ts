import type { Clock } from "../../../src/kernel/clock.ts";
import type { Currency } from "../../../src/kernel/money.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { minor, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import type { JsonObject } from "../shared/json.ts";
import { Lifecycle } from "../shared/lifecycle.ts";
import type { DeliveryTruth } from "../wire.ts";
import type { Price, Quotation, Stop } from "./quotation.ts";

export type Status = "ASSIGNING_DRIVER" | "ON_GOING" | "PICKED_UP" | "COMPLETED" | "CANCELED" | "REJECTED" | "EXPIRED";

const next: Record<Status, readonly Status[]> = {
  ASSIGNING_DRIVER: ["ON_GOING", "CANCELED", "REJECTED", "EXPIRED"],
  ON_GOING: ["ASSIGNING_DRIVER", "PICKED_UP", "CANCELED"],
  PICKED_UP: ["ASSIGNING_DRIVER", "COMPLETED", "CANCELED"],
  COMPLETED: [],
  CANCELED: [],
  REJECTED: [],
  EXPIRED: [],
};

export interface Contact {
  readonly name: string;
  readonly phone: string;
  readonly remarks: string | null;
}

export interface Driver {
  readonly driverId: string;
  readonly name: string;
  readonly phone: string;
  readonly plateNumber: string;
}

export interface Proof {
  readonly status: "PENDING" | "DELIVERED" | "SIGNED" | "FAILED";
  readonly image: string | null;
  readonly deliveredAt: Instant | null;
}

/** What an order is asked with, read and valid. */
export interface OrderRequest {
  readonly sender: Contact;
  readonly recipient: Contact;
  readonly wantsProof: boolean;
  readonly metadata: JsonObject | null;
}

/** One order as Lalamove keeps it. */
export class LalamoveOrder {
  readonly id: string;
  readonly quotation: Quotation;
  readonly request: OrderRequest;
  readonly currency: Currency;
  readonly life: Lifecycle<Status>;
  readonly shareLink: string;
  recipient: Contact;
  dropoff: Stop;
  meters: number;
  price: Price;
  priorityFee: Minor = minor(0);
  driver: Driver | null = null;
  matchedAt: Instant | null = null;
  location: { readonly point: Point; readonly at: Instant } | null = null;
  proof: Proof | null;
  edited = false;
  silent = false;
  /** Who ended it, when that was not the caller. */
  cancelParty: string | null = null;

  constructor(birth: {
    readonly id: string;
    readonly quotation: Quotation;
    readonly request: OrderRequest;
    readonly currency: Currency;
    readonly shareLink: string;
    readonly clock: Clock;
  }) {
    this.id = birth.id;
    this.quotation = birth.quotation;
    this.request = birth.request;
    this.currency = birth.currency;
    this.shareLink = birth.shareLink;
    this.recipient = birth.request.recipient;
    this.dropoff = birth.quotation.dropoff;
    this.meters = birth.quotation.meters;
    this.price = birth.quotation.price;
    this.proof = birth.request.wantsProof ? { status: "PENDING", image: null, deliveredAt: null } : null;
    this.life = new Lifecycle(birth.clock, next, "ASSIGNING_DRIVER");
  }

  complete(proof: Proof | null): void {
    this.proof = proof;
    this.life.become("COMPLETED");
    this.life.charge("fee", this.price.total);
    this.life.charge("tip", this.priorityFee);
  }

  truth(): DeliveryTruth {
    const reference = Object.values(this.request.metadata ?? {}).find((value) => typeof value === "string");
    return {
      ...this.life.truth(),
      id: this.id,
      externalId: reference ?? null,
      ended: this.#ended(),
      fee: this.price.total,
      currency: this.currency,
      dropoffNotes: this.recipient.remarks,
      pickedUpAt: this.life.reached("PICKED_UP"),
    };
  }

  /** Without proof the platform itself knows no better than that the driver went there. */
  #ended(): DeliveryTruth["ended"] {
    if (!this.life.over) return null;
    if (this.life.state === "COMPLETED") return this.proof?.status === "FAILED" ? "failed" : "delivered";
    return this.life.state === "CANCELED" && this.cancelParty === null ? "cancelled" : "failed";
  }
}
