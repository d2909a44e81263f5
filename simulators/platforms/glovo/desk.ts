import type { Point } from "../../../src/kernel/point.ts";
import { instant, minor, toIso, type Instant } from "../../../src/kernel/quantity.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { majorOf } from "../shared/amounts.ts";
import { Fleet } from "../shared/fleet.ts";
import { json, type JsonObject } from "../shared/json.ts";
import { covers, priceOf, type Market } from "../shared/market.ts";
import { token, uuid } from "../shared/random-text.ts";
import { Reading } from "../shared/reading.ts";
import type { DeliveryTruth, FaultPlan, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { error, invalid, notFound } from "./errors.ts";
import { Hints, Life } from "./life.ts";
import type { Settings } from "./options.ts";
import { GlovoParcel, type Offer } from "./parcel.ts";
import { readDetails, readDirect, readQuote, type ParcelDetails, type Target } from "./request.ts";

interface Quote {
  readonly offer: Offer;
  readonly scheduled: boolean;
  readonly validUntil: number;
  used: boolean;
}

/** Couriers are looked for from so long before a pickup for later. */
const lead_ms = 900_000;

/** The operations on quotes and parcels, after authentication. */
export class Desk {
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #numbers: Rng;
  readonly #home: { readonly id: string; readonly point: Point };
  readonly #hints: Hints;
  readonly #fleet: Fleet;
  readonly #quotes = new Map<string, Quote>();
  readonly #parcels = new Map<number, { readonly parcel: GlovoParcel; readonly life: Life }>();
  #number = 100_000_000;

  constructor(world: World, market: Market, settings: Settings, rng: Rng, home: { id: string; point: Point }) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#rng = rng;
    this.#numbers = rng.fork("numbers");
    this.#home = home;
    this.#hints = new Hints(world, settings);
    this.#fleet = new Fleet(world, market, rng);
  }

  setFaults(plan: FaultPlan): void {
    this.#fleet.setFaults(plan);
    this.#hints.postman.setFaults(plan);
  }

  truth(): readonly DeliveryTruth[] {
    return [...this.#parcels.values()].map(({ parcel }) => parcel.truth());
  }

  async quote(body: JsonObject): Promise<WireResponse> {
    const reading = new Reading(body);
    const request = readQuote(reading);
    if (request && request.addressBookId !== this.#home.id) reading.wrong("pickupDetails.addressBook.id", "is unknown");
    const { pickupTime = null } = request ?? {};
    const offer = request && (await this.#offer(this.#home.point, request.target, pickupTime, reading));
    if (!offer || reading.problems.size > 0) return invalid(reading.problems);
    const now = this.#world.clock.now();
    const quoteId = uuid(this.#numbers);
    const validUntil = now + this.#settings.quoteLife_s * 1000;
    this.#quotes.set(quoteId, { offer, scheduled: pickupTime !== null, validUntil, used: false });
    const minutes = Math.ceil((offer.dropoffEta - now) / 60_000);
    return json(200, {
      quoteId,
      quotePrice: majorOf(offer.price, this.#market.currency),
      currencyCode: this.#market.currency,
      estimatedTimeOfDelivery: { lowerBound: `PT${minutes}M`, upperBound: `PT${minutes + 15}M` },
      expiresAt: toIso(instant(validUntil)),
    });
  }

  /** One parcel for each quote. */
  confirm(quoteId: string, body: JsonObject): WireResponse {
    const reading = new Reading(body);
    const details = readDetails(reading, this.#isStage);
    if (details === null) return invalid(reading.problems);
    const quote = this.#quotes.get(quoteId);
    if (!quote) return notFound;
    if (quote.used) return error(409, "The quote was used before");
    if (this.#world.clock.now() > quote.validUntil) return error(400, "The quote has expired");
    quote.used = true;
    return this.#open(details, quote.offer, quote.scheduled);
  }

  async create(body: JsonObject): Promise<WireResponse> {
    const read = await this.#readDirect(body);
    return "status" in read ? read : this.#open(read.details, read.offer, read.scheduled);
  }

  async validate(body: JsonObject): Promise<WireResponse> {
    const read = await this.#readDirect(body);
    return "status" in read ? read : json(200, { valid: true });
  }

  get(id: string): WireResponse {
    return this.#with(id, ({ parcel }) => json(200, this.#view(parcel)));
  }

  status(id: string): WireResponse {
    return this.#with(id, ({ parcel }) => json(200, statusView(parcel)));
  }

  position(id: string): WireResponse {
    return this.#with(id, ({ parcel: { location, life } }) => {
      if (location === null || life.over) return notFound;
      return json(200, { latitude: location[1], longitude: location[0] });
    });
  }

  contact(id: string): WireResponse {
    return this.#with(id, ({ parcel: { courier, life } }) =>
      courier === null || life.over ? notFound : json(200, courier),
    );
  }

  /** Until the goods are picked; from `ACCEPTED` on at the base price. */
  cancel(id: string): WireResponse {
    return this.#with(id, ({ parcel }) => {
      if (!parcel.cancellable) return error(409, "The parcel cannot be cancelled any more");
      const late = parcel.courier !== null;
      this.#fleet.recall(id);
      parcel.become("CANCELLED");
      if (late) parcel.life.charge("cancellation", minor(this.#market.price.base));
      this.#hints.changed(parcel);
      return json(200, this.#view(parcel));
    });
  }

  simulate(id: string): WireResponse {
    return this.#with(id, ({ parcel, life }) => {
      if (!this.#isStage) return notFound;
      if (parcel.life.state !== "ACTIVATED") return error(409, "The parcel is not waiting for a courier");
      life.succeed();
      return json(200, this.#view(parcel));
    });
  }

  get #isStage(): boolean {
    return this.#settings.environment === "stage";
  }

  #with(id: string, act: (entry: { readonly parcel: GlovoParcel; readonly life: Life }) => WireResponse): WireResponse {
    const entry = this.#parcels.get(Number(id));
    return entry ? act(entry) : notFound;
  }

  async #readDirect(
    body: JsonObject,
  ): Promise<WireResponse | { readonly details: ParcelDetails; readonly offer: Offer; readonly scheduled: boolean }> {
    const reading = new Reading(body);
    const request = readDirect(reading, this.#isStage);
    const from = request === null || request.pickup === null ? this.#home.point : this.#world.locate(request.pickup);
    if (from === null) reading.wrong("pickupDetails.address", "could not be found");
    const offer = request && from && (await this.#offer(from, request.target, request.pickupTime, reading));
    if (!request || !offer) return invalid(reading.problems);
    return { details: request, offer, scheduled: request.pickupTime !== null };
  }

  async #offer(pickup: Point, target: Target, time: Instant | null, reading: Reading): Promise<Offer | null> {
    const dropoff = target.given ?? this.#world.locate(target.address);
    if (dropoff === null) return reading.wrong("address", "could not be found");
    const { coverage, longest_m, supply, dwell } = this.#market;
    const served = covers(coverage, pickup) && covers(coverage, dropoff);
    const drive = served ? await this.#world.drive(pickup, dropoff).catch(() => null) : null;
    if (drive === null || drive.meters > longest_m) return reading.wrong("address", "is not served");
    const now = this.#world.clock.now();
    if (time !== null && time < now - 60_000) return reading.wrong("pickupTime", "is in the past");
    const ready = instant(Math.max(now, time ?? now));
    const { base, distance } = priceOf(this.#market, drive.meters, ready);
    const reachable = now + Math.round((supply.assign_s + supply.reach_m / 8) * 1000);
    const way_ms = Math.round((dwell.pickup_s + drive.seconds + dwell.dropoff_s) * 1000);
    return {
      pickup,
      dropoff,
      price: minor(base + distance),
      ready,
      dropoffEta: instant(Math.max(ready, reachable) + way_ms),
    };
  }

  #open(details: ParcelDetails, offer: Offer, scheduled: boolean): WireResponse {
    const { clock } = this.#world;
    const wait_ms = offer.ready - lead_ms - clock.now();
    const parcel = new GlovoParcel({
      trackingNumber: (this.#number += 1 + this.#numbers.below(9)),
      orderCode: `G${token(this.#numbers, 7).toUpperCase()}`,
      details,
      offer,
      currency: this.#market.currency,
      clock,
      start: scheduled && wait_ms > 0 ? "SCHEDULED" : "CREATED",
    });
    const id = String(parcel.trackingNumber);
    const life = new Life(parcel, this.#hints, this.#rng.fork(`life of ${id}`));
    this.#parcels.set(parcel.trackingNumber, { parcel, life });
    this.#hints.changed(parcel);
    this.#world.after(Math.max(1000, wait_ms), () => this.#activate(parcel, life));
    return json(201, this.#view(parcel));
  }

  #activate(parcel: GlovoParcel, life: Life): void {
    if (parcel.life.over) return;
    parcel.become("ACTIVATED");
    this.#hints.changed(parcel);
    if (this.#isStage) return;
    const { pickup, dropoff, ready } = parcel.offer;
    const { positionEvery_s } = this.#settings;
    this.#fleet.send(String(parcel.trackingNumber), { pickup, dropoff: () => dropoff, ready, positionEvery_s }, life);
  }

  #view(parcel: GlovoParcel): JsonObject {
    const { offer, currency } = parcel;
    const { contact, packageDetails, packageId, orderCode: pickupOrderCode } = parcel.details;
    return {
      trackingNumber: parcel.trackingNumber,
      orderCode: parcel.orderCode,
      status: statusView(parcel),
      contact,
      packageDetails,
      packageId,
      pickupDetails: { pickupOrderCode },
      quotePrice: majorOf(offer.price, currency),
      currencyCode: currency,
      cancellable: parcel.cancellable,
      trackingLink: `${this.#settings.publicUrl}/tracking/${parcel.trackingNumber}`,
    };
  }
}

const statusView = ({ life }: GlovoParcel): JsonObject => ({ state: life.state, updateTime: toIso(life.updated) });
