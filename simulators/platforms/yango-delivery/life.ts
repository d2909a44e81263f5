import type { Instant } from "../../../src/kernel/quantity.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { Carried } from "../shared/fleet.ts";
import { courierName, digits, fictionalPhone } from "../shared/random-text.ts";
import type { Target } from "../shared/ride.ts";
import type { World } from "../world.ts";
import type { Status, YangoClaim } from "./claim.ts";
import type { Feed } from "./feed.ts";
import type { Settings } from "./options.ts";

const arrivals: Record<Target, Status> = {
  pickup: "pickup_arrived",
  dropoff: "delivery_arrived",
  return: "return_arrived",
};

/** Words what a performer does as the statuses of a claim. */
export class Life implements Carried {
  readonly #claim: YangoClaim;
  readonly #feed: Feed;
  readonly #world: World;
  readonly #settings: Settings;
  readonly #rng: Rng;

  constructor(claim: YangoClaim, feed: Feed, world: World, settings: Settings, rng: Rng) {
    this.#claim = claim;
    this.#feed = feed;
    this.#world = world;
    this.#settings = settings;
    this.#rng = rng;
  }

  silence(): void {
    this.#claim.silent = true;
  }

  assigned(): void {
    const rng = this.#rng;
    this.#claim.performer = {
      courier_name: courierName(rng),
      phone: fictionalPhone(rng),
      car_model: "Kia Rio",
      car_number: `A${digits(rng, 3)}BC`,
      transport_type: rng.pick(["car", "bicycle", "pedestrian"]),
    };
    this.become("performer_found");
  }

  droppedOut(): void {
    this.become("performer_lookup");
  }

  /** `performer_found` and `pickuped` hold the ways; `returning` came with the refusal at the door. */
  moving(_: Target, eta: Instant): void {
    this.#claim.eta = eta;
  }

  seen(point: Point): void {
    if (!this.#claim.silent) this.#claim.location = { point, at: this.#world.clock.now() };
  }

  near(): void {
    // There is no status for it.
  }

  arrived(target: Target): void {
    this.become(arrivals[target]);
  }

  pickedUp(): void {
    this.become("pickuped");
  }

  delivered(): void {
    this.become("delivered");
    this.#close("delivered_finish");
  }

  undeliverable(): boolean {
    const keeps = this.#claim.request.optionalReturn;
    this.become(keeps ? "cancelled_with_items_on_hands" : "returning");
    return !keeps;
  }

  returned(): void {
    this.become("returned");
    this.#close("returned_finish");
  }

  gaveUp(why: "nobody" | "before-pickup" | "after-pickup"): void {
    const statuses = {
      nobody: "performer_not_found",
      "before-pickup": "cancelled_by_taxi",
      "after-pickup": "failed",
    } as const;
    this.become(statuses[why]);
  }

  become(status: Status): void {
    this.#claim.become(status);
    this.#feed.changed(this.#claim);
  }

  #close(status: "delivered_finish" | "returned_finish"): void {
    this.#world.after(this.#settings.closing_s * 1000, () => this.become(status));
  }
}
