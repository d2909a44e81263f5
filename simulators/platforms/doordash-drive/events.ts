import { toIso } from "../../../src/kernel/quantity.ts";
import type { World } from "../world.ts";
import { bytes, type JsonObject } from "../shared/json.ts";
import { Postman, type Letter } from "../shared/postman.ts";
import type { DoordashDelivery } from "./delivery.ts";
import type { Settings } from "./options.ts";
import { deliveryView } from "./view.ts";

export type EventName =
  | "DASHER_CONFIRMED"
  | "DASHER_ENROUTE_TO_PICKUP"
  | "DASHER_CONFIRMED_PICKUP_ARRIVAL"
  | "DASHER_PICKED_UP"
  | "DASHER_ENROUTE_TO_DROPOFF"
  | "DASHER_CONFIRMED_DROPOFF_ARRIVAL"
  | "DASHER_DROPPED_OFF"
  | "DELIVERY_CANCELLED"
  | "DELIVERY_RETURN_INITIALIZED"
  | "DASHER_ENROUTE_TO_RETURN"
  | "DASHER_CONFIRMED_RETURN_ARRIVAL"
  | "DELIVERY_RETURNED";

/** Three attempts; their spacing is not documented. */
export const retryWaits_ms = [5_000, 30_000];

/** Tells the one configured endpoint what happened. There is no signature: a static credential is replayed. */
export class Events {
  readonly postman: Postman;
  readonly #world: World;
  readonly #settings: Settings;

  constructor(world: World, settings: Settings) {
    this.postman = new Postman(world, { waits_ms: retryWaits_ms, accepted: (status) => status === 200 });
    this.#world = world;
    this.#settings = settings;
  }

  tell(event_name: EventName, delivery: DoordashDelivery): void {
    const { webhook, trackingEvents } = this.#settings;
    if (webhook === null || delivery.silent || (event_name.includes("_ENROUTE_") && !trackingEvents)) return;
    const event = this.#body(event_name, delivery);
    const untrue = { ...event, event_name: "DASHER_DROPPED_OFF" };
    this.postman.send({
      letter: letter(webhook.url, event, webhook.authorization),
      falsify: (how) => letter(webhook.url, untrue, how === "forged" ? `${webhook.authorization}x` : null),
    });
  }

  /** Flat; what is empty is left out, and so is `delivery_status`. */
  #body(event_name: EventName, delivery: DoordashDelivery): JsonObject {
    const { delivery_status: _, ...known } = deliveryView(delivery, this.#settings);
    const filled = Object.entries(known).filter(
      ([, value]) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0),
    );
    return { created_at: toIso(this.#world.clock.now()), event_name, ...Object.fromEntries(filled) };
  }
}

const letter = (url: string, event: JsonObject, authorization: string | null): Letter => ({
  url,
  body: bytes(JSON.stringify(event)),
  headers: { "content-type": "application/json", ...(authorization !== null && { authorization }) },
});
