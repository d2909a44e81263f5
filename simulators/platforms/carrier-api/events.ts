import { Webhook } from "standardwebhooks";
import { toIso } from "../../../src/kernel/quantity.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { bytes, type JsonObject } from "../shared/json.ts";
import { Postman, type Letter } from "../shared/postman.ts";
import { token } from "../shared/random-text.ts";
import type { World } from "../world.ts";
import type { Delivery } from "./delivery.ts";
import { deliveryView } from "./view.ts";

/** Seven tries within a day. */
const waits_ms = [5, 30, 120, 900, 3600, 18_000].map((wait) => wait * 1000);

/** Posts each change of a delivery, signed as Standard Webhooks says. */
export class Events {
  readonly postman: Postman;
  readonly #world: World;
  readonly #secret: string;
  readonly #url: string | null;
  readonly #publicUrl: string;
  readonly #rng: Rng;

  constructor(world: World, secret: string, url: string | null, publicUrl: string, rng: Rng) {
    this.#world = world;
    this.#secret = secret;
    this.#url = url;
    this.#publicUrl = publicUrl;
    this.#rng = rng;
    this.postman = new Postman(world, { waits_ms, accepted: (status) => status >= 200 && status < 300 });
  }

  changed(delivery: Delivery): void {
    if (this.#url === null || delivery.silent) return;
    const id = `msg_${token(this.#rng, 24)}`;
    const told = deliveryView(delivery, this.#publicUrl);
    const claim = { ...told, state: "handed_over", version: delivery.version + 1 };
    const url = this.#url;
    this.postman.send({
      letter: this.#letter(url, id, told, this.#secret),
      falsify: (how) =>
        this.#letter(
          url,
          `${id}x`,
          claim,
          how === "forged" ? `whsec_${Buffer.from("not the secret").toString("base64")}` : null,
        ),
    });
  }

  #letter(url: string, id: string, data: JsonObject, secret: string | null): Letter {
    const now = this.#world.clock.now();
    const body = JSON.stringify({ type: "delivery.changed", timestamp: toIso(now), data });
    const at_s = Math.floor(now / 1000);
    const signature = secret && new Webhook(secret).sign(id, new Date(at_s * 1000), body);
    return {
      url,
      body: bytes(body),
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(at_s),
        ...(signature ? { "webhook-signature": signature } : {}),
      },
    };
  }
}
