import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { bytes } from "../shared/json.ts";
import type { Carried } from "../shared/fleet.ts";
import { Postman, type Letter } from "../shared/postman.ts";
import { courierName, fictionalPhone } from "../shared/random-text.ts";
import type { Target } from "../shared/ride.ts";
import type { World } from "../world.ts";
import type { Settings } from "./options.ts";
import type { GlovoParcel, State } from "./parcel.ts";

/** Posts unsigned hints that name a parcel and say nothing else: the receiver has to ask. */
export class Hints {
  readonly postman: Postman;
  readonly #url: string | null;

  constructor(world: World, { retryWaits_ms: waits_ms, webhookUrl }: Settings) {
    this.postman = new Postman(world, { waits_ms, accepted: (status) => status >= 200 && status < 300 });
    this.#url = webhookUrl;
  }

  changed({ trackingNumber, silent }: GlovoParcel): void {
    const url = this.#url;
    if (url === null || silent) return;
    const letter = (named: number): Letter => ({
      url,
      body: bytes(JSON.stringify({ trackingNumber: named })),
      headers: { "content-type": "application/json" },
    });
    this.postman.send({ letter: letter(trackingNumber), falsify: () => letter(trackingNumber + 1_000_000_000) });
  }
}

/** Words what a courier does as Glovo's states; there is none for going back. */
export class Life implements Carried {
  readonly #parcel: GlovoParcel;
  readonly #hints: Hints;
  readonly #rng: Rng;

  constructor(parcel: GlovoParcel, hints: Hints, rng: Rng) {
    this.#parcel = parcel;
    this.#hints = hints;
    this.#rng = rng;
  }

  silence(): void {
    this.#parcel.silent = true;
  }

  assigned(): void {
    this.#parcel.courier = { name: courierName(this.#rng), phone: fictionalPhone(this.#rng) };
    this.#become("ACCEPTED");
  }

  droppedOut(): void {
    this.#parcel.courier = this.#parcel.location = null;
    this.#become("ACTIVATED");
  }

  moving(): void {
    // `ACCEPTED` and `PICKED` hold the ways.
  }

  seen(at: Point): void {
    if (!this.#parcel.silent) this.#parcel.location = at;
  }

  near(): void {
    // Glovo tells of arrivals, not of approaches.
  }

  arrived(target: Target): void {
    if (target === "pickup") this.#become("WAITING_FOR_PICKUP");
    if (target === "dropoff") this.#become("WAITING_FOR_DELIVERY");
  }

  pickedUp(): void {
    this.#become("PICKED");
  }

  delivered(): void {
    this.#become("DELIVERED");
  }

  undeliverable(): boolean {
    return true;
  }

  returned(): void {
    this.#become("RETURNED");
  }

  gaveUp(): void {
    this.#become("REJECTED");
  }

  /** The stage's successful attempt: every step at once. */
  succeed(): void {
    this.assigned();
    this.arrived("pickup");
    this.pickedUp();
    this.arrived("dropoff");
    this.delivered();
  }

  #become(state: State): void {
    this.#parcel.become(state);
    this.#hints.changed(this.#parcel);
  }
}
