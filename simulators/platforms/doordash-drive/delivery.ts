import type { Clock } from "../../../src/kernel/clock.ts";
import { invariant } from "../../../src/kernel/invariant.ts";
import type { Currency } from "../../../src/kernel/money.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { minor, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import type { DeliveryTruth } from "../wire.ts";
import type { JsonObject } from "../shared/json.ts";
import type { Offer } from "./pricing.ts";

export type Status =
  | "quote"
  | "created"
  | "confirmed"
  | "enroute_to_pickup"
  | "arrived_at_pickup"
  | "picked_up"
  | "enroute_to_dropoff"
  | "arrived_at_dropoff"
  | "delivered"
  | "enroute_to_return"
  | "arrived_at_return"
  | "returned"
  | "cancelled";

const next: Record<Status, readonly Status[]> = {
  quote: ["created"],
  created: ["confirmed", "cancelled"],
  confirmed: ["created", "enroute_to_pickup", "arrived_at_pickup", "cancelled"],
  enroute_to_pickup: ["created", "arrived_at_pickup", "cancelled"],
  arrived_at_pickup: ["picked_up", "cancelled"],
  picked_up: ["enroute_to_dropoff", "arrived_at_dropoff", "cancelled"],
  enroute_to_dropoff: ["arrived_at_dropoff", "cancelled"],
  arrived_at_dropoff: ["delivered", "enroute_to_return", "cancelled"],
  delivered: [],
  enroute_to_return: ["arrived_at_return", "cancelled"],
  arrived_at_return: ["returned", "cancelled"],
  returned: [],
  cancelled: [],
};

export type CancellationReason =
  | "cancelled_by_creator"
  | "failed_to_process_payment"
  | "failed_to_assign_and_refunded"
  | "failed_to_pickup"
  | "failed_to_deliver"
  | "failed_to_return";

export interface Dasher {
  readonly id: number;
  readonly name: string;
  readonly phone: string;
  readonly make: string;
  readonly model: string;
  readonly year: string;
}

/** A quote, and once it is accepted the delivery: one id, one object. Every change of status goes through `become`. */
export class DoordashDelivery {
  readonly id: string;
  readonly supportReference: string;
  readonly created: Instant;
  readonly currency: Currency;
  /** What the first request said, to tell a repeat from a conflict. */
  readonly fingerprint: string;
  readonly history: { readonly state: Status; readonly at: Instant }[] = [];
  readonly charges: DeliveryTruth["charges"][number][] = [];
  fields: JsonObject;
  offer: Offer;
  status: Status;
  updated: Instant;
  pickupEta: Instant;
  dropoffEta: Instant;
  returnEta: Instant | null = null;
  dasher: Dasher | null = null;
  location: Point | null = null;
  cancellation: CancellationReason | null = null;
  images: JsonObject = {};
  silent = false;
  readonly #clock: Clock;
  readonly #returnShare: number;

  constructor(birth: {
    readonly id: string;
    readonly supportReference: string;
    readonly status: "quote" | "created";
    readonly fields: JsonObject;
    readonly fingerprint: string;
    readonly offer: Offer;
    readonly currency: Currency;
    readonly returnShare: number;
    readonly clock: Clock;
  }) {
    this.id = birth.id;
    this.supportReference = birth.supportReference;
    this.currency = birth.currency;
    this.fingerprint = birth.fingerprint;
    this.fields = birth.fields;
    this.offer = birth.offer;
    this.status = birth.status;
    this.pickupEta = birth.offer.pickupEta;
    this.dropoffEta = birth.offer.dropoffEta;
    this.#clock = birth.clock;
    this.#returnShare = birth.returnShare;
    this.created = birth.clock.now();
    this.updated = this.created;
    this.history.push({ state: birth.status, at: this.created });
  }

  get over(): boolean {
    return next[this.status].length === 0;
  }

  get fee(): Minor {
    return minor(this.offer.base + this.offer.distance);
  }

  get tip(): Minor {
    return minor(Number(this.fields["tip"] ?? 0));
  }

  /** When it reached `status` last; null when it never did. */
  reached(status: Status): Instant | null {
    return this.history.findLast(({ state }) => state === status)?.at ?? null;
  }

  touch(): void {
    this.updated = this.#clock.now();
  }

  become(status: Status): void {
    invariant(next[this.status].includes(status), `${this.id}: ${this.status} cannot become ${status}`);
    this.status = status;
    this.touch();
    this.history.push({ state: status, at: this.updated });
    if (status === "created") this.dasher = this.location = null;
    if (status === "delivered" || status === "returned") this.#charge(status);
  }

  cancel(reason: CancellationReason): void {
    this.cancellation = reason;
    this.become("cancelled");
  }

  truth(): DeliveryTruth {
    return {
      id: this.supportReference,
      externalId: this.id,
      state: this.status,
      ended: this.#ended(),
      fee: this.fee,
      charges: [...this.charges],
      currency: this.currency,
      dropoffNotes: (this.fields["dropoff_instructions"] as string | undefined) ?? null,
      createdAt: this.reached("created") ?? this.created,
      pickedUpAt: this.reached("picked_up"),
      endedAt: this.over ? this.updated : null,
      history: [...this.history],
    };
  }

  #ended(): DeliveryTruth["ended"] {
    if (this.status === "delivered" || this.status === "returned") return this.status;
    if (this.status !== "cancelled") return null;
    return this.cancellation === "cancelled_by_creator" ? "cancelled" : "failed";
  }

  #charge(status: "delivered" | "returned"): void {
    const at = this.updated;
    this.charges.push({ what: "fee", amount: this.fee, at });
    if (this.tip > 0) this.charges.push({ what: "tip", amount: this.tip, at });
    if (status === "returned")
      this.charges.push({ what: "return", amount: minor(Math.round(this.fee * this.#returnShare)), at });
  }
}
