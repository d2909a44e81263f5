import type { Point } from "../../../src/kernel/point.ts";
import { instant, minor, type Instant } from "../../../src/kernel/quantity.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { Fleet } from "../shared/fleet.ts";
import { json, type JsonObject } from "../shared/json.ts";
import { covers, priceOf, type Market } from "../shared/market.ts";
import { digits, token } from "../shared/random-text.ts";
import type { DeliveryTruth, FaultPlan, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { GrabDelivery, type Offer } from "./delivery.ts";
import { conflict, no, notFound } from "./errors.ts";
import { Events } from "./events.ts";
import { Life } from "./life.ts";
import type { Settings } from "./options.ts";
import { readDelivery, readQuote, type QuoteRequest, type ServiceType, type Stop } from "./request.ts";
import { deliveryView, echoOf, quoteView } from "./view.ts";

/** How long a driver is looked for, seconds. */
const patience_s: Record<ServiceType, number> = { INSTANT: 600, SAME_DAY: 3600, BULK: 3600 };
const priceFactor: Record<ServiceType, number> = { INSTANT: 1, SAME_DAY: 0.8, BULK: 0.7 };
/** Drivers are looked for from so long before a scheduled pickup. */
const lead_ms = 900_000;

/** The operations on quotes and deliveries, after authentication. */
export class Desk {
  readonly deliveries = new Map<string, GrabDelivery>();
  readonly lives = new Map<string, Life>();
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #numbers: Rng;
  readonly #events: Events;
  readonly #fleet: Fleet;

  constructor(world: World, market: Market, settings: Settings, rng: Rng) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#rng = rng;
    this.#numbers = rng.fork("numbers");
    this.#events = new Events(world, settings);
    this.#fleet = new Fleet(world, market, rng);
  }

  setFaults(plan: FaultPlan): void {
    this.#fleet.setFaults(plan);
    this.#events.postman.setFaults(plan);
  }

  truth(): readonly DeliveryTruth[] {
    return [...this.deliveries.values()].map((delivery) => delivery.truth());
  }

  /** One quote for the service that is asked for, else one for each. */
  async quote(body: JsonObject): Promise<WireResponse> {
    const request = readQuote(body, this.#settings.heaviest_g);
    if ("status" in request) return request;
    const services = request.serviceType === null ? (["INSTANT", "SAME_DAY"] as const) : [request.serviceType];
    const quotes = [];
    for (const service of services) {
      const offer = await this.#offer(request, service, this.#world.clock.now());
      if (!offer.ok) return offer.refusal;
      quotes.push(quoteView(service, offer.value, this.#market.currency));
    }
    return json(200, { quotes, ...echoOf(request) });
  }

  async create(body: JsonObject): Promise<WireResponse> {
    const now = this.#world.clock.now();
    const request = readDelivery(body, this.#settings.heaviest_g, now);
    if ("status" in request) return request;
    const offer = await this.#offer(request, request.serviceType, request.schedule?.from ?? now);
    if (!offer.ok) return offer.refusal;
    const delivery = new GrabDelivery({
      id: `IN-2-${token(this.#numbers, 20).toUpperCase()}`,
      request,
      offer: offer.value,
      currency: this.#market.currency,
      pin: digits(this.#numbers, 4),
      clock: this.#world.clock,
    });
    this.deliveries.set(delivery.id, delivery);
    this.#events.tell(delivery);
    this.#begin(delivery);
    return json(200, deliveryView(delivery, this.#settings));
  }

  get(id: string): WireResponse {
    const delivery = this.deliveries.get(id);
    return delivery ? json(200, deliveryView(delivery, this.#settings)) : notFound;
  }

  cancel(id: string): WireResponse {
    const delivery = this.deliveries.get(id);
    return delivery ? this.#cancelAll([delivery]) : notFound;
  }

  /** All deliveries of that order, or none. */
  cancelOrder(merchantOrderID: string): WireResponse {
    const all = [...this.deliveries.values()].filter(({ request }) => request.merchantOrderID === merchantOrderID);
    return all.length === 0 ? notFound : this.#cancelAll(all);
  }

  #cancelAll(deliveries: readonly GrabDelivery[]): WireResponse {
    if (deliveries.some(({ cancellable }) => !cancellable)) return conflict("Delivery cannot be cancelled");
    for (const delivery of deliveries) {
      this.#fleet.recall(delivery.id);
      delivery.become("CANCELED");
      this.#events.tell(delivery);
    }
    return { status: 204, headers: {}, body: new Uint8Array() };
  }

  async #offer(request: QuoteRequest, service: ServiceType, ready: Instant): Promise<Result<Offer, WireResponse>> {
    const [origin, destination] = [this.#pointOf(request.origin), this.#pointOf(request.destination)];
    if (origin === null || destination === null) return no("Invalid parameters", "the address could not be found");
    const { coverage, longest_m, supply, dwell } = this.#market;
    if (!covers(coverage, origin) || !covers(coverage, destination)) return no("City not supported");
    const drive = await this.#world.drive(origin, destination).catch(() => null);
    if (drive === null || drive.meters > longest_m) return no("Distance SLA Exceeded");
    const { base, distance } = priceOf(this.#market, drive.meters, ready);
    const reachable = this.#world.clock.now() + Math.round((supply.assign_s + supply.reach_m / 8) * 1000);
    const pickupEta = instant(Math.max(ready, reachable));
    const dropoffEta = instant(pickupEta + Math.round((dwell.pickup_s + drive.seconds + dwell.dropoff_s) * 1000));
    const price = minor(Math.round((base + distance) * priceFactor[service]));
    return ok({ origin, destination, meters: drive.meters, price, ready, pickupEta, dropoffEta });
  }

  #pointOf({ given, address }: Stop): Point | null {
    return given ?? this.#world.locate(address);
  }

  /** In the sandbox nobody drives, and what is scheduled never runs. */
  #begin(delivery: GrabDelivery): void {
    const { id, offer, request } = delivery;
    const life = new Life(delivery, this.#events, this.#settings, this.#rng.fork(`life of ${id}`));
    this.lives.set(id, life);
    if (this.#settings.environment === "sandbox") return;
    const send = (): void => {
      if (delivery.life.over) return;
      if (delivery.life.state === "QUEUEING") {
        delivery.become("ALLOCATING");
        this.#events.tell(delivery);
      }
      const { origin: pickup, destination, ready } = offer;
      const patience = patience_s[request.serviceType];
      const { positionEvery_s } = this.#settings;
      this.#fleet.send(id, { pickup, dropoff: () => destination, ready, positionEvery_s, patience_s: patience }, life);
    };
    if (delivery.life.state === "ALLOCATING") send();
    else this.#world.after(Math.max(0, offer.ready - lead_ms - this.#world.clock.now()), send);
  }
}
