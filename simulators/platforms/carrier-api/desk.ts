import { after, minutes, toIso, type Instant, type Minor, minor, seconds } from "../../../src/kernel/quantity.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { Fleet } from "../shared/fleet.ts";
import { json, type JsonObject } from "../shared/json.ts";
import { covers, priceOf, type Market } from "../shared/market.ts";
import { token } from "../shared/random-text.ts";
import type { DeliveryTruth, Examples, FaultPlan, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { Delivery } from "./delivery.ts";
import type { Events } from "./events.ts";
import { Life } from "./life.ts";
import type { Settings } from "./options.ts";
import {
  alreadyBooked,
  noCouriers,
  notCancellable,
  outOfCoverage,
  staleQuote,
  unknownDelivery,
  unreadable,
} from "./problems.ts";
import { readChange, readWanted, type Wanted } from "./request.ts";
import { deliveryView } from "./view.ts";

interface Terms {
  readonly price: Minor;
  readonly pickupAt: Instant;
  readonly dropoffAt: Instant;
  readonly expiresAt: Instant;
}

/** Somebody of the fleet is at a shop in about so long. */
const approach = minutes(12);

/** Quotes and deliveries, after the key was looked at. */
export class Desk {
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #ids: Rng;
  readonly #events: Events;
  readonly #fleet: Fleet;
  readonly #quotes = new Map<string, Terms>();
  readonly #deliveries = new Map<string, Delivery>();
  readonly #byKey = new Map<string, Delivery>();

  constructor(world: World, market: Market, settings: Settings, rng: Rng, events: Events) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#rng = rng;
    this.#ids = rng.fork("ids");
    this.#events = events;
    this.#fleet = new Fleet(world, market, rng);
  }

  setFaults(plan: FaultPlan): void {
    this.#fleet.setFaults(plan);
    this.#events.postman.setFaults(plan);
  }

  truth(): readonly DeliveryTruth[] {
    return [...this.#deliveries.values()].map((delivery) => delivery.truth());
  }

  facts({ pickup, dropoff }: Examples): WireResponse {
    const place = (one: Examples["pickup"]) => ({ address: one.address, point: [one.longitude, one.latitude] });
    return json(200, {
      name: "Wheelhouse Couriers",
      api: "1.0",
      now: toIso(this.#world.clock.now()),
      currency: this.#market.currency,
      updates: true,
      positions: true,
      examples: { pickup: place(pickup), dropoff: place(dropoff) },
    });
  }

  async quote(body: JsonObject): Promise<WireResponse> {
    const wanted = readWanted(body, true);
    if (!("pickup" in wanted)) return unreadable(wanted);
    const terms = await this.#terms(wanted);
    if ("status" in terms) return terms;
    const id = `q-${token(this.#ids, 20)}`;
    this.#quotes.set(id, terms);
    return json(200, {
      id,
      price: { amount: terms.price, currency: this.#market.currency },
      pickupAt: toIso(terms.pickupAt),
      dropoffAt: toIso(terms.dropoffAt),
      expiresAt: toIso(terms.expiresAt),
    });
  }

  async create(body: JsonObject): Promise<WireResponse> {
    const wanted = readWanted(body, false);
    if (!("pickup" in wanted)) return unreadable(wanted);
    const text = JSON.stringify(body);
    const before = this.#standing(wanted.externalId, text);
    if (before) return before;
    const held = wanted.quote === null ? null : this.#quotes.get(wanted.quote);
    if (held === undefined || (held && this.#world.clock.now() > held.expiresAt)) return staleQuote;
    const terms = held ?? (await this.#terms(wanted));
    if ("status" in terms) return terms;
    // While the roads were asked somebody may have booked the same.
    const meanwhile = this.#standing(wanted.externalId, text);
    if (meanwhile) return meanwhile;
    const { clock } = this.#world;
    const birth = { wanted, currency: this.#market.currency, body: text, clock, ...terms };
    const delivery = new Delivery({ id: `d-${token(this.#ids, 16)}`, ...birth });
    this.#deliveries.set(delivery.id, delivery);
    this.#byKey.set(wanted.externalId, delivery);
    this.#events.changed(delivery);
    this.#send(delivery);
    return this.#told(201, delivery);
  }

  find(externalId: string): WireResponse {
    const found = this.#byKey.get(externalId);
    return json(200, { deliveries: found ? [deliveryView(found, this.#settings.publicUrl)] : [] });
  }

  get(id: string): WireResponse {
    const delivery = this.#deliveries.get(id);
    return delivery ? this.#told(200, delivery) : unknownDelivery;
  }

  change(id: string, body: JsonObject): WireResponse {
    const delivery = this.#deliveries.get(id);
    if (!delivery) return unknownDelivery;
    const change = readChange(body);
    if (!("notes" in change)) return unreadable(change);
    if (delivery.hasGoods || delivery.isOver) return notCancellable;
    delivery.notes = change.notes ?? delivery.notes;
    delivery.version++;
    delivery.life.touch();
    this.#events.changed(delivery);
    return this.#told(200, delivery);
  }

  cancel(id: string): WireResponse {
    const delivery = this.#deliveries.get(id);
    if (!delivery) return unknownDelivery;
    if (delivery.life.state === "cancelled") return this.#told(200, delivery);
    if (delivery.hasGoods || delivery.isOver) return notCancellable;
    this.#fleet.recall(id);
    delivery.endedBy = "asker";
    delivery.become("cancelled");
    this.#events.changed(delivery);
    return this.#told(200, delivery);
  }

  #told(status: number, delivery: Delivery): WireResponse {
    return json(status, deliveryView(delivery, this.#settings.publicUrl));
  }

  #standing(externalId: string, body: string): WireResponse | null {
    const delivery = this.#byKey.get(externalId);
    if (!delivery) return null;
    return delivery.body === body ? this.#told(200, delivery) : alreadyBooked;
  }

  async #terms({ pickup, dropoff, readyAt }: Wanted): Promise<Terms | WireResponse> {
    const { coverage, longest_m, supply } = this.#market;
    if (!covers(coverage, pickup.point) || !covers(coverage, dropoff.point)) return outOfCoverage;
    const way = await this.#world.drive(pickup.point, dropoff.point).catch(() => null);
    if (way === null || way.meters > longest_m) return outOfCoverage;
    if (this.#rng.next() < supply.busyShare) return noCouriers;
    const now = this.#world.clock.now();
    const { base, distance } = priceOf(this.#market, way.meters, now);
    const pickupAt = Math.max(after(now, approach), readyAt ?? now) as Instant;
    return {
      price: minor(base + distance),
      pickupAt,
      dropoffAt: after(pickupAt, seconds(Math.ceil(way.seconds) + this.#market.dwell.pickup_s)),
      expiresAt: after(now, seconds(this.#settings.quoteLife_s)),
    };
  }

  #send(delivery: Delivery): void {
    if (!this.#settings.moves) return;
    const { pickup, dropoff, readyAt } = delivery.wanted;
    const { clock } = this.#world;
    const plan = {
      pickup: pickup.point,
      dropoff: () => dropoff.point,
      ready: readyAt ?? clock.now(),
      positionEvery_s: this.#settings.positionEvery_s,
    };
    const life = new Life(delivery, this.#events, clock, this.#rng.fork(`life of ${delivery.id}`));
    this.#fleet.send(delivery.id, plan, life);
  }
}
