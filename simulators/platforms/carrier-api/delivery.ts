import type { Clock } from "../../../src/kernel/clock.ts";
import type { Currency } from "../../../src/kernel/money.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Instant, Minor } from "../../../src/kernel/quantity.ts";
import { Lifecycle } from "../shared/lifecycle.ts";
import type { DeliveryTruth } from "../wire.ts";
import type { Wanted } from "./request.ts";

export type State =
  | "assigned"
  | "en_route_to_pickup"
  | "at_pickup"
  | "picked_up"
  | "en_route_to_dropoff"
  | "at_dropoff"
  | "handed_over"
  | "dropoff_failed"
  | "returning"
  | "returned"
  | "pickup_failed"
  | "cancelled";

const ends: readonly State[] = ["cancelled", "pickup_failed"];
const failed: readonly State[] = ["dropoff_failed", "returning"];

/** A courier may give it back before the pickup: then it is `assigned` again, to whoever comes next. */
const next: Readonly<Record<State, readonly State[]>> = {
  assigned: ["en_route_to_pickup", ...ends],
  en_route_to_pickup: ["at_pickup", "picked_up", "assigned", ...ends],
  at_pickup: ["picked_up", "assigned", ...ends],
  picked_up: ["en_route_to_dropoff", ...failed],
  en_route_to_dropoff: ["at_dropoff", "handed_over", ...failed],
  at_dropoff: ["handed_over", ...failed],
  dropoff_failed: ["returning"],
  returning: ["returned"],
  handed_over: [],
  returned: [],
  pickup_failed: [],
  cancelled: [],
};

export interface Courier {
  readonly name: string;
  readonly phone: string;
}

/** One delivery as the fleet's own desk keeps it. */
export class Delivery {
  readonly id: string;
  readonly wanted: Wanted;
  readonly price: Minor;
  readonly currency: Currency;
  readonly life: Lifecycle<State>;
  readonly pickupAt: Instant;
  readonly dropoffAt: Instant;
  /** What a request must say again to be the same. */
  readonly body: string;
  notes: string | null;
  courier: Courier | null = null;
  position: { readonly point: Point; readonly at: Instant } | null = null;
  reason: string | null = null;
  leftSafe = false;
  silent = false;
  version = 1;
  /** Who ended it; null while it lives, or when it came to its own end. */
  endedBy: "asker" | "fleet" | null = null;

  constructor(birth: {
    readonly id: string;
    readonly wanted: Wanted;
    readonly price: Minor;
    readonly currency: Currency;
    readonly pickupAt: Instant;
    readonly dropoffAt: Instant;
    readonly body: string;
    readonly clock: Clock;
  }) {
    this.id = birth.id;
    this.wanted = birth.wanted;
    this.price = birth.price;
    this.currency = birth.currency;
    this.pickupAt = birth.pickupAt;
    this.dropoffAt = birth.dropoffAt;
    this.body = birth.body;
    this.notes = birth.wanted.dropoff.notes;
    this.life = new Lifecycle(birth.clock, next, "assigned");
  }

  get hasGoods(): boolean {
    return this.life.reached("picked_up") !== null;
  }

  become(state: State): void {
    this.life.become(state);
    this.version++;
  }

  /** Nothing more comes of it, as far as the fleet is concerned. */
  get isOver(): boolean {
    return this.life.over || (this.life.state === "dropoff_failed" && this.endedBy === "fleet");
  }

  truth(): DeliveryTruth {
    return {
      ...this.life.truth(),
      endedAt: this.isOver ? this.life.updated : null,
      id: this.id,
      externalId: this.wanted.externalId,
      ended: this.#ended(),
      fee: this.price,
      currency: this.currency,
      dropoffNotes: this.notes,
      pickedUpAt: this.life.reached("picked_up"),
    };
  }

  #ended(): DeliveryTruth["ended"] {
    const { state } = this.life;
    if (state === "handed_over") return "delivered";
    if (state === "returned") return "returned";
    if (state === "cancelled") return this.endedBy === "asker" ? "cancelled" : "failed";
    return this.isOver ? "failed" : null;
  }
}
