import type { Rng } from "../../../src/kernel/rng.ts";
import { bytes, type JsonObject } from "../shared/json.ts";
import { Postman, type Letter } from "../shared/postman.ts";
import { uuid } from "../shared/random-text.ts";
import type { World } from "../world.ts";
import type { LalamoveOrder, Status } from "./order.ts";
import type { Settings } from "./options.ts";
import { sign, type KeyPair } from "./signature.ts";
import { amountView, driverView, iso, oddIso, orderStops, orderView } from "./view.ts";

const minutes = [1, 5, 15, 30, 60, 120, 240, 360, 600];
/** Ten attempts, ever farther apart, within 24 hours. */
export const retryWaits_ms = minutes.map((wait) => wait * 60_000);

/** Tells the market's one URL what happened. The signature stands in the body and is over `data` alone. */
export class Events {
  readonly postman: Postman;
  /** Null: none is registered, or the last one failed ten times and was switched off. */
  url: string | null;
  readonly #world: World;
  readonly #settings: Settings;
  readonly #keys: KeyPair;
  readonly #rng: Rng;

  constructor(world: World, settings: Settings, keys: KeyPair, rng: Rng, url: string | null) {
    this.#world = world;
    this.#settings = settings;
    this.#keys = keys;
    this.#rng = rng;
    this.url = url;
    this.postman = new Postman(world, {
      waits_ms: retryWaits_ms,
      accepted: (status) => status === 200,
      exhausted: (letter) => {
        if (letter.url === this.url) this.url = null;
      },
    });
  }

  /** Whether `url` answers 200 to an empty body: only then is it registered. */
  async register(url: string): Promise<boolean> {
    const { pathname, search } = new URL(url);
    const headers = { "content-type": "application/json" };
    const answer = await this.#world.post(url, {
      method: "POST",
      path: pathname + search,
      headers,
      body: new Uint8Array(),
    });
    if (answer?.status === 200) this.url = url;
    return answer?.status === 200;
  }

  created(order: LalamoveOrder): void {
    this.#send("ORDER_CREATED", order, { order: { ...orderView(order), market: marketOf(order) } });
  }

  status(order: LalamoveOrder, previousStatus: Status): void {
    this.#send("ORDER_STATUS_CHANGED", order, { order: { ...statusView(order), previousStatus } });
  }

  driverAssigned(order: LalamoveOrder): void {
    const { coordinates: _, ...driver } = driverView(order, this.#settings.publicUrl);
    this.#send("DRIVER_ASSIGNED", order, { order: { orderId: order.id }, driver });
  }

  amount(order: LalamoveOrder): void {
    this.#send("ORDER_AMOUNT_CHANGED", order, { order: amountView(order) });
  }

  proof(order: LalamoveOrder): void {
    if (order.proof === null) return;
    this.#send("POD_STATUS_CHANGED", order, { order: { orderId: order.id, stops: orderStops(order) } });
  }

  edited(order: LalamoveOrder, stops: readonly JsonObject[]): void {
    const who = { editReason: "CLIENT_REQUEST", editParty: "USER" };
    this.#send("ORDER_EDITED", order, { ...who, previousData: { stops }, order: orderView(order) });
  }

  replaced(order: LalamoveOrder, before: LalamoveOrder): void {
    this.#send("ORDER_REPLACED", order, { order: { orderId: order.id }, prevOrderId: before.id });
  }

  #send(eventType: string, order: LalamoveOrder, facts: JsonObject): void {
    const { url } = this;
    if (url === null || order.silent) return;
    const now = this.#world.clock.now();
    const updatedAt = this.#settings.oddTimes ? oddIso(now) : iso(now);
    const eventId = uuid(this.#rng).toUpperCase();
    const letter = (type: string, data: JsonObject, secret: string | null, id: string): Letter =>
      this.#letter(url, type, id, { ...data, updatedAt }, secret);
    const claim = { order: { ...statusView(order), previousStatus: "PICKED_UP", status: "COMPLETED" } };
    this.postman.send({
      letter: letter(eventType, facts, this.#keys.secret, eventId),
      falsify: (how) =>
        letter(
          "ORDER_STATUS_CHANGED",
          claim,
          how === "forged" ? `not ${this.#keys.secret}` : null,
          `${eventId.slice(0, -1)}X`,
        ),
    });
  }

  #letter(url: string, eventType: string, eventId: string, data: JsonObject, secret: string | null): Letter {
    const timestamp = Math.floor(this.#world.clock.now() / 1000);
    const { pathname } = new URL(url);
    const signature = secret === null ? null : sign(secret, String(timestamp), "POST", pathname, JSON.stringify(data));
    const envelope = {
      apiKey: this.#keys.public_key,
      timestamp,
      ...(signature !== null && { signature }),
      eventId,
      eventType,
      eventVersion: "v3",
      data,
    };
    return { url, body: bytes(JSON.stringify(envelope)), headers: { "content-type": "application/json" } };
  }
}

const marketOf = ({ quotation }: LalamoveOrder): string => `${quotation.market}_MIL`;

const statusView = (order: LalamoveOrder): JsonObject => ({
  orderId: order.id,
  ...(order.quotation.scheduleAt !== null && { scheduleAt: iso(order.quotation.scheduleAt) }),
  shareLink: order.shareLink,
  market: marketOf(order),
  createdAt: iso(order.life.created),
  driverId: order.driver?.driverId ?? "",
  status: order.life.state,
  ...(order.cancelParty !== null && { cancelParty: order.cancelParty }),
});
