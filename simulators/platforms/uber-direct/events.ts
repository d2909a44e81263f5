import { createHmac } from "node:crypto";
import { toIso } from "../../../src/kernel/quantity.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { World } from "../world.ts";
import { bytes, type JsonObject } from "../shared/json.ts";
import { Postman, type Letter } from "../shared/postman.ts";
import { token } from "../shared/random-text.ts";
import type { UberDelivery } from "./delivery.ts";
import { deliveryView, location } from "./view.ts";
import type { Settings } from "./options.ts";

/** Sibling products of Uber: 30 s, doubling, seven tries over about an hour. Nothing is published for this one. */
export const retryWaits_ms = [30_000, 60_000, 120_000, 240_000, 480_000, 960_000];

/** Lower-case hex HMAC-SHA256 of the raw body. */
export const sign = (signingKey: string, body: Uint8Array): string =>
  createHmac("sha256", signingKey).update(body).digest("hex");

/** Tells the merchant's webhooks what happened, in Uber's envelopes. */
export class Events {
  readonly postman: Postman;
  readonly #world: World;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #customerId: string;

  constructor(world: World, settings: Settings, rng: Rng, customerId: string) {
    this.postman = new Postman(world, { waits_ms: retryWaits_ms, accepted: (status) => status >= 200 && status < 300 });
    this.#world = world;
    this.#settings = settings;
    this.#rng = rng;
    this.#customerId = customerId;
  }

  /** The status or `courier_imminent` changed. */
  status(delivery: UberDelivery): void {
    const data = this.#data(delivery);
    this.#send(delivery, { ...this.#envelope("event.delivery_status", delivery), status: delivery.status, data });
  }

  /** Where the courier is, every 20 seconds while there is one. */
  courier(delivery: UberDelivery): void {
    if (delivery.location === null) return;
    const { kind, created, live_mode, delivery_id } = this.#envelope("event.courier_update", delivery);
    const place = location(delivery.location);
    const body = { kind, location: place, delivery_id, job_id: delivery.birth.routeId, live_mode, created };
    this.#send(delivery, { ...body, data: this.#data(delivery) });
  }

  #envelope(kind: string, delivery: UberDelivery) {
    return {
      kind,
      id: `evt_${token(this.#rng, 22)}`,
      created: toIso(this.#world.clock.now()),
      live_mode: this.#settings.environment === "production",
      delivery_id: delivery.id,
      customer_id: this.#customerId,
      developer_id: this.#customerId,
      account_id: this.#customerId,
      route_id: delivery.birth.routeId,
    };
  }

  #data(delivery: UberDelivery): JsonObject {
    const { cancellation, birth } = delivery;
    return {
      ...deliveryView(delivery, this.#settings),
      route_id: birth.routeId,
      ...(cancellation && { cancelation_reason: cancellation }),
    };
  }

  #send(delivery: UberDelivery, event: JsonObject): void {
    if (delivery.silent) return;
    for (const { url, signingKey } of this.#settings.webhooks) {
      const letter = this.#letter(url, event, signingKey);
      this.postman.send({
        letter,
        falsify: (how) => this.#letter(url, untrue(event), how === "forged" ? `not ${signingKey}` : null),
      });
    }
  }

  #letter(url: string, event: JsonObject, signingKey: string | null): Letter {
    const body = bytes(JSON.stringify(event));
    const signature = signingKey === null ? {} : { [this.#settings.signatureHeader]: sign(signingKey, body) };
    return { url, body, headers: { "content-type": "application/json", ...signature } };
  }
}

/** What an attacker would like to be believed. */
const untrue = (event: JsonObject): JsonObject => {
  const data = { ...(event["data"] as JsonObject), status: "delivered", complete: true };
  return { ...event, kind: "event.delivery_status", status: "delivered", data };
};
