import { ok, type Result } from "../../../src/kernel/result.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { FaultPlan, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { json, type JsonObject } from "../shared/json.ts";
import type { Market } from "../shared/market.ts";
import { Reading } from "../shared/reading.ts";
import { Ride } from "../shared/ride.ts";
import { StrikeList } from "../shared/strikes.ts";
import { cancel, update } from "./change.ts";
import { Creation } from "./create.ts";
import type { UberDelivery } from "./delivery.ts";
import { errorResponse, invalid } from "./errors.ts";
import { Events } from "./events.ts";
import { Life } from "./life.ts";
import { listView } from "./list.ts";
import type { Settings } from "./options.ts";
import { proofDocument } from "./proofs.ts";
import { quoteView, Quotes } from "./quotes.ts";
import { roboCourier } from "./robo-courier.ts";
import { deliveryView } from "./view.ts";

/** The operations on deliveries, after authentication. */
export class Desk {
  readonly deliveries = new Map<string, UberDelivery>();
  readonly events: Events;
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #quotes: Quotes;
  readonly #creation: Creation;
  readonly #customerId: string;
  readonly #rides = new Map<string, Ride>();
  #faults: StrikeList<NonNullable<FaultPlan["couriers"]>[number]>;

  constructor(world: World, market: Market, settings: Settings, rng: Rng, customerId: string) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#rng = rng;
    this.#customerId = customerId;
    this.events = new Events(world, settings, rng.fork("events"), customerId);
    this.#quotes = new Quotes(world, market, settings, rng.fork("quotes"));
    this.#creation = new Creation(world, market, settings, this.#quotes, rng.fork("deliveries"));
    this.#faults = new StrikeList([], rng);
  }

  setFaults(plan: FaultPlan): void {
    this.#faults = new StrikeList(plan.couriers ?? [], this.#rng.fork("courier faults"));
    this.events.postman.setFaults(plan);
  }

  async quote(body: JsonObject): Promise<WireResponse> {
    const quote = await this.#quotes.open(new Reading(body));
    return quote.ok ? json(200, quoteView(quote.value, this.#market)) : quote.refusal;
  }

  async create(body: JsonObject): Promise<WireResponse> {
    const created = await this.#creation.create(new Reading(body));
    if (!created.ok) return created.refusal;
    const { delivery, robo } = created.value;
    const life = this.#begin(delivery);
    if (robo) roboCourier(this.#world, delivery, life, robo);
    else if (this.#settings.environment === "production") this.#ride(delivery, life);
    return this.#show(delivery);
  }

  get(id: string): WireResponse {
    return this.#with(id, (delivery) => ok(delivery));
  }

  update(id: string, body: JsonObject): WireResponse {
    return this.#with(id, (delivery) => update(delivery, new Reading(body), this.#settings));
  }

  cancel(id: string, body: JsonObject): WireResponse {
    return this.#with(id, (delivery) => {
      const canceled = cancel(delivery, new Reading(body), this.#settings);
      if (canceled.ok) {
        this.#rides.get(id)?.stop();
        this.events.status(delivery);
      }
      return canceled;
    });
  }

  list(query: URLSearchParams): WireResponse {
    const newestFirst = [...this.deliveries.values()].reverse();
    return listView(newestFirst, `/v1/customers/${this.#customerId}/deliveries`, query, (delivery) =>
      deliveryView(delivery, this.#settings),
    );
  }

  proof(id: string, body: JsonObject): WireResponse {
    const delivery = this.deliveries.get(id);
    if (!delivery) return errorResponse("delivery_not_found");
    const reading = new Reading(body);
    const waypoint = reading.oneOf("waypoint", ["pickup", "dropoff", "return"] as const);
    const type = reading.oneOf("type", ["picture", "signature", "pincode"] as const);
    if (!reading.has("waypoint")) reading.wrong("waypoint", "waypoint is required");
    if (!reading.has("type")) reading.wrong("type", "type is required");
    const document = waypoint && type && proofDocument(delivery, waypoint, type);
    if (waypoint && type && document === null) reading.wrong("type", `there is no ${type} of the ${waypoint}`);
    return document ? json(200, { document }) : invalid(reading.problems).refusal;
  }

  #with(id: string, act: (delivery: UberDelivery) => Result<UberDelivery, WireResponse>): WireResponse {
    const delivery = this.deliveries.get(id);
    if (!delivery) return errorResponse("delivery_not_found");
    const done = act(delivery);
    return done.ok ? this.#show(done.value) : done.refusal;
  }

  #show(delivery: UberDelivery): WireResponse {
    return json(200, deliveryView(delivery, this.#settings));
  }

  #begin(delivery: UberDelivery): Life {
    this.deliveries.set(delivery.id, delivery);
    this.events.status(delivery);
    return new Life(delivery, this.events, this.#rng.fork(`life of ${delivery.id}`), (original) => {
      const leg = this.#creation.openReturn(original);
      this.deliveries.set(leg.id, leg);
      return leg;
    });
  }

  #ride(delivery: UberDelivery, life: Life): void {
    const fault = this.#faults.draw()?.fault ?? null;
    delivery.silent = fault === "silent";
    const plan = {
      pickup: delivery.birth.pickup.point,
      dropoff: () => delivery.dropoffPoint,
      ready: delivery.birth.order.windows.pickupReady ?? delivery.created,
      positionEvery_s: this.#settings.positionEvery_s,
      fault,
    };
    const ride = new Ride(this.#world, this.#market, this.#rng.fork(`ride of ${delivery.id}`), plan, life);
    this.#rides.set(delivery.id, ride);
    ride.start();
  }
}
