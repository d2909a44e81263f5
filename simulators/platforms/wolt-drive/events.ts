import { instant, toIso } from "../../../src/kernel/quantity.ts";
import { bytes, type JsonObject } from "../shared/json.ts";
import { Postman, type Letter } from "../shared/postman.ts";
import { jwtOf } from "../shared/tokens.ts";
import type { FaultPlan } from "../wire.ts";
import type { World } from "../world.ts";
import type { Hooks } from "./hooks.ts";
import type { Hook, Settings } from "./options.ts";
import type { WoltOrder } from "./order.ts";

/** Tells every webhook of the merchant what happened: `{"token": "<JWT>"}`, whose claims are the event. */
export class Events {
  readonly #world: World;
  readonly #settings: Settings;
  readonly #hooks: Hooks;
  readonly #postmen = new Map<string, Postman>();
  #plan: FaultPlan = {};

  constructor(world: World, settings: Settings, hooks: Hooks) {
    this.#world = world;
    this.#settings = settings;
    this.#hooks = hooks;
  }

  setFaults(plan: FaultPlan): void {
    this.#plan = plan;
    for (const postman of this.#postmen.values()) postman.setFaults(plan);
  }

  tell(type: string, order: WoltOrder): void {
    this.#send(type, order, detailsOf(order));
  }

  /** The PIN that the recipient shows; its event has a shape of its own. */
  pin(order: WoltOrder): void {
    const { parcels: _, price: __, ...ids } = detailsOf(order);
    this.#send("order.handshake_delivery", order, { ...ids, handshake_delivery: { pin_code: order.pin } });
  }

  /** Opt-in, and with details of its own. */
  located(order: WoltOrder): void {
    if (order.location === null || !this.#settings.optionalEvents) return;
    const [lon, lat] = order.location;
    const { parcels: _, price: __, courier: ___, pickup: ____, dropoff: _____, ...ids } = detailsOf(order);
    this.#send("order.location_updated", order, {
      ...ids,
      tracking_id: order.ids.tracking,
      courier_location: { lat, lon },
    });
  }

  #send(type: string, order: WoltOrder, details: JsonObject): void {
    if (order.silent) return;
    const dispatched_at = toIso(this.#world.clock.now());
    const untrue = { dispatched_at, type: "order.delivered", details: detailsOf(order) };
    for (const hook of this.#hooks.live) {
      this.#postmanOf(hook).send({
        letter: letter(hook, { dispatched_at, type, details }, hook.clientSecret),
        falsify: (how) => letter(hook, untrue, how === "forged" ? `not ${hook.clientSecret}` : null),
      });
    }
  }

  /** Each retry policy has its own. */
  #postmanOf({ retry }: Hook): Postman {
    const name = `${retry.base} ${retry.count}`;
    const known = this.#postmen.get(name);
    if (known) return known;
    const waits_ms = Array.from({ length: retry.count }, (_, i) => retry.base ** (i + 1) * 1000);
    const postman = new Postman(this.#world, { waits_ms, accepted: (status) => status >= 200 && status < 300 });
    postman.setFaults(this.#plan);
    this.#postmen.set(name, postman);
    return postman;
  }
}

/** Without a secret the JWT has no third part. */
function letter({ url }: Hook, claims: JsonObject, secret: string | null): Letter {
  const token = jwtOf(claims, secret ?? "");
  const sent = secret === null ? token.slice(0, token.lastIndexOf(".") + 1) : token;
  return { url, body: bytes(JSON.stringify({ token: sent })), headers: { "content-type": "application/json" } };
}

const spread_ms = 600_000;

/** The dropoff's ETA is a range here. */
function detailsOf(order: WoltOrder): JsonObject {
  const { ids, request, offer, life, courier } = order;
  const delivered = life.reached("delivered");
  return {
    id: ids.id,
    venue_id: order.venueId,
    wolt_order_reference_id: ids.reference,
    tracking_reference: ids.tracking,
    merchant_order_reference_id: request.reference,
    order_number: request.orderNumber,
    price: { amount: offer.price, currency: order.currency },
    pickup: { eta: toIso(order.pickupEta) },
    dropoff: {
      eta: { min: toIso(order.dropoffEta), max: toIso(instant(order.dropoffEta + spread_ms)) },
      completed_at: delivered === null ? null : toIso(delivered),
    },
    courier,
    parcels: request.parcels.map(({ description, identifier }) => ({ description, identifier })),
    ...(order.cancelReason !== null && { purchase_rejected_reason: order.cancelReason }),
  };
}
