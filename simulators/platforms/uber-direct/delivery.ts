import { invariant } from "../../../src/kernel/invariant.ts";
import type { Currency } from "../../../src/kernel/money.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { minor, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import type { Clock } from "../../../src/kernel/clock.ts";
import type { DeliveryTruth } from "../wire.ts";
import type { JsonObject } from "../shared/json.ts";
import type { OrderRequest } from "./order.ts";
import type { Place } from "./places.ts";

export type Status = "pending" | "pickup" | "pickup_complete" | "dropoff" | "delivered" | "canceled" | "returned";

const next: Record<Status, readonly Status[]> = {
  pending: ["pickup", "canceled"],
  pickup: ["pending", "pickup_complete", "canceled"],
  pickup_complete: ["dropoff", "canceled", "returned"],
  dropoff: ["delivered", "canceled", "returned"],
  delivered: [],
  canceled: [],
  returned: [],
};

export interface Courier {
  readonly name: string;
  readonly vehicle_type: string;
  readonly phone_number: string;
  readonly img_href: string;
}

export interface Cancellation {
  readonly primary_reason: string;
  readonly secondary_reason: string;
}

export type End = "pickup" | "dropoff" | "return";

/** What is fixed when a delivery begins. */
export interface Birth {
  readonly id: string;
  readonly uuid: string;
  readonly batchId: string;
  readonly routeId: string;
  /** Below this URL lie the proof pictures. */
  readonly proofBase: string;
  readonly order: OrderRequest;
  readonly pickup: Place;
  readonly dropoff: Place;
  readonly quoteId: string | null;
  /** Without tip. */
  readonly fee: Minor;
  readonly currency: Currency;
  readonly pincode: string | null;
  readonly pickupEta: Instant;
  readonly dropoffEta: Instant;
  readonly dropoffDeadline: Instant;
  /** Set on a return leg: the delivery whose parcels it brings back. */
  readonly original: UberDelivery | null;
}

/** One delivery as Uber keeps it. Every change of status goes through `become`, which knows the legal ones. */
export class UberDelivery {
  readonly birth: Birth;
  readonly created: Instant;
  readonly history: { readonly state: Status; readonly at: Instant }[] = [];
  readonly charges: DeliveryTruth["charges"][number][] = [];
  readonly proofs = new Map<End, JsonObject>();
  readonly endings = new Map<End, { readonly status: "completed" | "failed"; readonly at: Instant }>();
  status: Status = "pending";
  imminent = false;
  courier: Courier | null = null;
  location: Point | null = null;
  updated: Instant;
  pickupEta: Instant;
  dropoffEta: Instant;
  dropoffPoint: Point;
  pickupNotes: string;
  dropoffNotes: string;
  sellerNotes: string;
  manifestReference: string | null;
  barcodes: { pickup: unknown; dropoff: unknown };
  tip: Minor;
  tippedLater = false;
  cancellation: Cancellation | null = null;
  undeliverableReason = "";
  undeliverableAction: "" | "left_at_door" | "returned" = "";
  returnLeg: UberDelivery | null = null;
  silent = false;
  readonly #clock: Clock;

  constructor(birth: Birth, clock: Clock) {
    const { order } = birth;
    this.birth = birth;
    this.#clock = clock;
    this.created = clock.now();
    this.updated = this.created;
    this.history.push({ state: "pending", at: this.created });
    this.pickupEta = birth.pickupEta;
    this.dropoffEta = birth.dropoffEta;
    this.dropoffPoint = birth.dropoff.point;
    this.pickupNotes = order.pickup.notes;
    this.dropoffNotes = order.dropoff.notes;
    this.sellerNotes = order.dropoff.sellerNotes;
    this.manifestReference = order.manifestReference;
    this.barcodes = { pickup: order.pickup.verification["barcodes"], dropoff: order.dropoff.verification["barcodes"] };
    this.tip = minor(order.tip);
  }

  get id(): string {
    return this.birth.id;
  }

  get complete(): boolean {
    return next[this.status].length === 0;
  }

  touch(): void {
    this.updated = this.#clock.now();
  }

  become(status: Status): void {
    invariant(next[this.status].includes(status), `${this.id}: ${this.status} cannot become ${status}`);
    this.status = status;
    this.imminent = false;
    this.touch();
    this.history.push({ state: status, at: this.updated });
    if (status === "pending") this.courier = this.location = null;
    if (status === "pickup_complete") this.endings.set("pickup", { status: "completed", at: this.updated });
    if (status === "delivered") this.endings.set("dropoff", { status: "completed", at: this.updated });
    if (status === "returned") this.endings.set("dropoff", { status: "failed", at: this.updated });
    if (status === "delivered" || status === "returned") this.#charge();
  }

  cancel(cancellation: Cancellation): void {
    this.cancellation = cancellation;
    this.become("canceled");
  }

  truth(): DeliveryTruth {
    return {
      id: this.id,
      externalId: this.birth.order.externalId,
      state: this.status,
      ended: this.#ended(),
      fee: this.birth.fee,
      charges: [...this.charges],
      currency: this.birth.currency,
      dropoffNotes: this.dropoffNotes,
      createdAt: this.created,
      pickedUpAt: this.endings.get("pickup")?.at ?? null,
      endedAt: this.complete ? this.history.at(-1)!.at : null,
      history: [...this.history],
    };
  }

  /** The forward leg is over once the return is open, but the parcels are back only when the return leg is delivered. */
  #ended(): DeliveryTruth["ended"] {
    if (this.status === "delivered") return this.birth.original ? "returned" : "delivered";
    if (this.status === "canceled")
      return this.cancellation?.primary_reason === "MERCHANT_CANCEL" ? "cancelled" : "failed";
    if (this.status === "returned") return this.returnLeg?.truth().ended ?? null;
    return null;
  }

  #charge(): void {
    const at = this.updated;
    if (this.birth.original) return void this.charges.push({ what: "return", amount: this.birth.fee, at });
    this.charges.push({ what: "fee", amount: this.birth.fee, at });
    if (this.tip > 0) this.charges.push({ what: "tip", amount: this.tip, at });
  }
}
