import { createHmac } from "node:crypto";
import { bytes, type JsonObject } from "../shared/json.ts";
import { Postman, type Letter } from "../shared/postman.ts";
import type { World } from "../world.ts";
import type { BorzoOrder } from "./order.ts";
import { deliveryView, orderView, timeOf, type Frame } from "./view.ts";

/** Lower-case hex HMAC-SHA256 of the raw body. */
export const sign = (secret: string, body: Uint8Array | string): string =>
  createHmac("sha256", secret).update(body).digest("hex");

/** Calls the account's one URL back, with orders and with deliveries. */
export class Events {
  readonly postman: Postman;
  readonly #world: World;
  readonly #frame: Frame;

  constructor(world: World, frame: Frame) {
    const { retryWaits_ms: waits_ms } = frame.settings;
    this.postman = new Postman(world, { waits_ms, accepted: (status) => status >= 200 && status < 300 });
    this.#world = world;
    this.#frame = frame;
  }

  order(order: BorzoOrder, what: "created" | "changed"): void {
    this.#send(order, { event_type: `order_${what}`, order: orderView(order, this.#frame) });
  }

  delivery(order: BorzoOrder, what: "created" | "changed"): void {
    this.#send(order, { event_type: `delivery_${what}`, delivery: deliveryView(order, this.#frame) });
  }

  #send(order: BorzoOrder, facts: JsonObject): void {
    const { callback } = this.#frame.settings;
    if (callback === null || order.silent) return;
    const event_datetime = timeOf(this.#world.clock.now(), this.#frame);
    const claim = {
      event_type: "delivery_changed",
      delivery: { ...deliveryView(order, this.#frame), status: "finished" },
    };
    const letter = (event: JsonObject, secret: string | null): Letter => {
      const body = bytes(JSON.stringify({ event_datetime, ...event }));
      const signature = secret === null ? {} : { "x-dv-signature": sign(secret, body) };
      return { url: callback.url, body, headers: { "content-type": "application/json", ...signature } };
    };
    this.postman.send({
      letter: letter(facts, callback.secret),
      falsify: (how) => letter(claim, how === "forged" ? `not ${callback.secret}` : null),
    });
  }
}
