import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { Fleet } from "../shared/fleet.ts";
import { json, type JsonObject } from "../shared/json.ts";
import type { Market } from "../shared/market.ts";
import { digits, hex, token } from "../shared/random-text.ts";
import { Reading } from "../shared/reading.ts";
import type { DeliveryTruth, FaultPlan, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { error, invalid } from "./errors.ts";
import { Events } from "./events.ts";
import type { Hooks } from "./hooks.ts";
import { Life } from "./life.ts";
import { readEnd, readFreeOrder, readVenueOrder, type OrderRequest } from "./order-request.ts";
import { WoltOrder } from "./order.ts";
import type { Settings } from "./options.ts";
import { Promises, readWishes, type Offer, type Place } from "./promise.ts";
import { orderView, promiseView } from "./view.ts";

/** The operations on promises and orders, after authentication. */
export class Desk {
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #numbers: Rng;
  readonly #promises: Promises;
  readonly #events: Events;
  readonly #fleet: Fleet;
  readonly #venue: { readonly id: string; readonly place: Place };
  readonly #orders = new Map<string, WoltOrder>();

  constructor(
    world: World,
    market: Market,
    settings: Settings,
    rng: Rng,
    hooks: Hooks,
    venue: { id: string; place: Place },
  ) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#rng = rng;
    this.#numbers = rng.fork("numbers");
    this.#promises = new Promises(world, market, settings, rng.fork("promises"));
    this.#events = new Events(world, settings, hooks);
    this.#fleet = new Fleet(world, market, rng);
    this.#venue = venue;
  }

  setFaults(plan: FaultPlan): void {
    this.#fleet.setFaults(plan);
    this.#events.setFaults(plan);
  }

  truth(): readonly DeliveryTruth[] {
    return [...this.#orders.values()].map((order) => order.truth());
  }

  async promise(body: JsonObject): Promise<WireResponse> {
    const promise = await this.#promises.promise(body, this.#venue.place);
    if (!promise.ok) return promise.refusal;
    return json(201, promiseView(promise.value, this.#venue.id, this.#market.currency));
  }

  create(body: JsonObject): WireResponse {
    const reading = new Reading(body);
    const request = readVenueOrder(reading);
    if (request === null) return invalid(reading.problems).refusal;
    const twin = this.#refusalOf(request);
    if (twin) return twin;
    const promise = this.#promises.redeem(request.promiseId, request.dropoff);
    if (!promise.ok) return promise.refusal;
    const { offer } = promise.value;
    if (request.price.amount !== offer.price || request.price.currency !== this.#market.currency)
      return error("INVALID_PAYLOAD", "the price is not that of the promise");
    promise.value.used = true;
    return this.#open(request, offer, this.#venue.id);
  }

  /** Venueless: what it would cost now; nothing holds it. */
  async fee(body: JsonObject): Promise<WireResponse> {
    const reading = new Reading(body);
    const [pickup, dropoff] = [readEnd(reading, "pickup", false), readEnd(reading, "dropoff", false)];
    const wishes = readWishes(reading);
    if (reading.problems.size > 0) return invalid(reading.problems).refusal;
    const offer = await this.#offer(pickup, dropoff, wishes);
    if (!offer.ok) return offer.refusal;
    const minutes = Math.ceil((offer.value.dropoffEta - this.#world.clock.now()) / 60_000);
    const fee = { amount: offer.value.price, currency: this.#market.currency };
    return json(200, { fee, time_estimate_minutes: minutes });
  }

  async createFree(body: JsonObject): Promise<WireResponse> {
    const reading = new Reading(body);
    const request = readFreeOrder(reading);
    if (request === null) return invalid(reading.problems).refusal;
    const offer = await this.#offer(request.pickup, request.dropoff, request.wishes);
    // From here to the end nothing waits, so two requests with one reference cannot both pass.
    const twin = this.#refusalOf(request);
    if (twin) return twin;
    return offer.ok ? this.#open(request, offer.value, null) : offer.refusal;
  }

  /** Found by `id`, where a read endpoint is served at all. */
  get(id: string): WireResponse {
    const order = [...this.#orders.values()].find(({ ids }) => ids.id === id);
    return order && this.#settings.readable ? json(200, orderView(order, this.#settings)) : error("NOT_FOUND");
  }

  cancel(reference: string, body: JsonObject): WireResponse {
    const order = this.#orders.get(reference);
    if (!order) return error("ORDER_NOT_FOUND");
    const reading = new Reading(body);
    const reason = reading.text("reason", { required: true });
    if (reason === null) return invalid(reading.problems).refusal;
    if (order.life.state !== "received") return error("INVALID_ORDER_STATE_TRANSITION");
    this.#fleet.recall(reference);
    order.reject("merchant", reason);
    if (this.#settings.tellsOwnCancel) this.#events.tell("order.rejected", order);
    return json(200, { status: "CANCELLED" });
  }

  /** The PIN that the recipient shows to the courier. */
  handshake(reference: string): WireResponse {
    const order = this.#orders.get(reference);
    return order && order.pin !== null ? json(200, { pin_code: order.pin }) : error("ORDER_NOT_FOUND");
  }

  async #offer(
    pickup: { readonly address: string; readonly given: Point | null },
    dropoff: { readonly address: string; readonly given: Point | null },
    wishes: ReturnType<typeof readWishes>,
  ): ReturnType<Promises["offer"]> {
    const from = this.#promises.place(pickup.address, pickup.given, "pickup");
    if (!from.ok) return from;
    const to = this.#promises.place(dropoff.address, dropoff.given, "dropoff");
    return to.ok ? await this.#promises.offer(from.value, to.value, wishes) : to;
  }

  #refusalOf({ reference, cash }: OrderRequest): WireResponse | null {
    if (cash) return error("CASH_ON_DELIVERY_DISABLED");
    const taken =
      reference !== null && [...this.#orders.values()].some(({ request }) => request.reference === reference);
    return taken ? error("DUPLICATE_ORDER", reference) : null;
  }

  #open(request: OrderRequest, offer: Offer, venueId: string | null): WireResponse {
    const order = new WoltOrder({
      ids: { id: hex(this.#numbers, 24), reference: hex(this.#numbers, 24), tracking: token(this.#numbers, 22) },
      venueId,
      request,
      offer,
      currency: this.#market.currency,
      pin: request.wantsPin ? digits(this.#numbers, 4) : null,
      clock: this.#world.clock,
    });
    const id = order.ids.reference;
    this.#orders.set(id, order);
    this.#events.tell("order.received", order);
    if (order.pin !== null) this.#events.pin(order);
    const life = new Life(order, this.#events, this.#settings, this.#rng.fork(`life of ${id}`));
    const { positionEvery_s, environment } = this.#settings;
    const plan = {
      pickup: offer.pickup.point,
      dropoff: () => offer.dropoff.point,
      ready: offer.ready,
      positionEvery_s,
    };
    if (environment === "production") this.#fleet.send(id, plan, life);
    return json(201, orderView(order, this.#settings));
  }
}
