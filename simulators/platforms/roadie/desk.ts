import type { Point } from "../../../src/kernel/point.ts";
import { minor } from "../../../src/kernel/quantity.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { majorOf, minorOf } from "../shared/amounts.ts";
import { Fleet } from "../shared/fleet.ts";
import { json, type JsonObject } from "../shared/json.ts";
import { covers, priceOf, type Market } from "../shared/market.ts";
import { token } from "../shared/random-text.ts";
import { Reading } from "../shared/reading.ts";
import type { DeliveryTruth, FaultPlan, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { conflict, invalid, notFound } from "./errors.ts";
import { Events } from "./events.ts";
import { Life } from "./life.ts";
import type { Settings } from "./options.ts";
import { readEstimate, readShipment, type EstimateRequest, type Location } from "./request.ts";
import { RoadieShipment, type Offer, type Step } from "./shipment.ts";
import { milesOf, shipmentView } from "./view.ts";

const unassigned: readonly Step[] = ["scheduled"];
const beforePickup: readonly Step[] = ["scheduled", "driver_assigned", "en_route_to_pickup", "at_pickup"];

/** The operations on estimates and shipments, after authentication. */
export class Desk {
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #numbers: Rng;
  readonly #events: Events;
  readonly #fleet: Fleet;
  readonly #shipments = new Map<number, RoadieShipment>();
  #number = 500_000;

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
    return [...this.#shipments.values()].map((shipment) => shipment.truth());
  }

  /** A price without id and without end. */
  async estimate(body: JsonObject): Promise<WireResponse> {
    const reading = new Reading(body);
    const request = readEstimate(reading, this.#world.clock.now());
    const offer = request && (await this.#offer(request, reading));
    if (!offer) return invalid(reading.problems);
    const price = majorOf(offer.price, this.#market.currency);
    return json(200, { price, size: "small", estimated_distance: milesOf(offer.meters) });
  }

  async create(body: JsonObject): Promise<WireResponse> {
    const reading = new Reading(body);
    const request = readShipment(reading, this.#world.clock.now());
    const offer = request && (await this.#offer(request, reading));
    if (!request || !offer) return invalid(reading.problems);
    // From here to the end nothing waits, so two requests with one key cannot both pass.
    const { key } = request;
    if (key !== null && this.#all().some((shipment) => shipment.request.key === key))
      return conflict("idempotency_key was used before", "idempotency_key");
    const shipment = new RoadieShipment({
      id: (this.#number += 1 + this.#numbers.below(9)),
      trackingNumber: `R${token(this.#numbers, 15).toUpperCase()}`,
      request,
      offer,
      currency: this.#market.currency,
      clock: this.#world.clock,
    });
    this.#shipments.set(shipment.id, shipment);
    this.#send(shipment);
    return this.#show(shipment);
  }

  get(id: string): WireResponse {
    return this.#with(id, (shipment) => this.#show(shipment));
  }

  /** By ids or by references, as many as are known. */
  list(query: URLSearchParams): WireResponse {
    const [ids, references] = ["ids", "reference_ids"].map((name) => query.get(name)?.split(",") ?? []);
    if (ids?.length === 0 && references?.length === 0)
      return invalid(new Map([["ids", "ids or reference_ids is required"]]));
    const found = this.#all().filter(
      ({ id, request }) => ids?.includes(String(id)) || references?.includes(request.reference),
    );
    return json(200, found.map(shipmentView));
  }

  async update(id: string, body: JsonObject): Promise<WireResponse> {
    const shipment = this.#shipments.get(Number(id));
    if (!shipment) return notFound;
    const reading = new Reading({ ...asSent(shipment), ...body });
    const request = readShipment(reading, this.#world.clock.now());
    const offer = request && (await this.#offer(request, reading));
    if (!request || !offer) return invalid(reading.problems);
    const open = this.#settings.updatesUntil === "assignment" ? unassigned : beforePickup;
    if (!open.includes(shipment.life.state)) return conflict("shipment cannot be updated any more");
    Object.assign(shipment, { request, offer });
    shipment.life.touch();
    this.#send(shipment);
    return this.#show(shipment);
  }

  cancel(id: string, body: JsonObject): WireResponse {
    return this.#with(id, (shipment) => {
      const reading = new Reading(body);
      reading.text("cancellation_code", { required: true });
      reading.text("cancellation_comment");
      if (reading.problems.size > 0) return invalid(reading.problems);
      if (!beforePickup.includes(shipment.life.state)) return conflict("shipment cannot be canceled any more");
      const late = !unassigned.includes(shipment.life.state);
      this.#fleet.recall(String(shipment.id));
      shipment.canceledByCaller = true;
      shipment.become("canceled");
      if (late)
        shipment.life.charge("cancellation", minor(Math.round(shipment.price * this.#settings.lateCancelShare)));
      this.#events.tell("canceled", shipment);
      return this.#show(shipment);
    });
  }

  tip(id: string, body: JsonObject): WireResponse {
    return this.#with(id, (shipment) => {
      const { amount } = body;
      const tip = typeof amount === "number" && amount > 0 ? minorOf(amount, this.#market.currency) : null;
      if (tip === null) return invalid(new Map([["amount", "amount must be a positive amount"]]));
      if (shipment.tip > 0) return conflict("a tip was given before");
      const delivered = shipment.life.state === "delivery_confirmed";
      if (shipment.life.over && !delivered) return conflict("there is no driver to tip");
      shipment.tip = tip;
      if (delivered) shipment.life.charge("tip", tip);
      return json(200, { amount });
    });
  }

  rate(id: string, body: JsonObject): WireResponse {
    return this.#with(id, (shipment) => {
      const reading = new Reading(body);
      const value = reading.whole("value", { required: true, min: 1, max: 5 });
      if (value === null) return invalid(reading.problems);
      return shipment.life.state === "delivery_confirmed"
        ? json(200, { value })
        : conflict("shipment is not delivered");
    });
  }

  #with(id: string, act: (shipment: RoadieShipment) => WireResponse): WireResponse {
    const shipment = this.#shipments.get(Number(id));
    return shipment ? act(shipment) : notFound;
  }

  #all(): readonly RoadieShipment[] {
    return [...this.#shipments.values()];
  }

  async #offer(request: EstimateRequest, reading: Reading): Promise<Offer | null> {
    const pickup = this.#place(request.pickup, "pickup_location", reading);
    const delivery = this.#place(request.delivery, "delivery_location", reading);
    if (pickup === null || delivery === null) return null;
    const drive = await this.#world.drive(pickup, delivery).catch(() => null);
    if (drive === null || drive.meters > this.#market.longest_m)
      return reading.wrong("delivery_location", "is too far");
    const { base, distance } = priceOf(this.#market, drive.meters, this.#world.clock.now());
    return { pickup, delivery, meters: drive.meters, price: minor(base + distance) };
  }

  /** Coordinates win over the address. */
  #place({ given, line }: Location, name: string, reading: Reading): Point | null {
    const point = given ?? this.#world.locate(line);
    if (point === null) return reading.wrong(name, "address could not be found");
    return covers(this.#market.coverage, point) ? point : reading.wrong(name, "is not served");
  }

  #send(shipment: RoadieShipment): void {
    if (this.#settings.environment === "sandbox") return;
    const { id, offer, request } = shipment;
    const now = this.#world.clock.now();
    const ready = request.after > now ? request.after : now;
    const life = new Life(shipment, this.#events, this.#rng.fork(`life of ${id} at ${now}`));
    const { positionEvery_s } = this.#settings;
    this.#fleet.send(
      String(id),
      { pickup: offer.pickup, dropoff: () => shipment.offer.delivery, ready, positionEvery_s },
      life,
    );
  }

  #show(shipment: RoadieShipment): WireResponse {
    return json(200, shipmentView(shipment));
  }
}

/** What a change is laid over: the shipment as a caller would send it. */
function asSent(shipment: RoadieShipment): JsonObject {
  const { request } = shipment;
  const { pickup_after, deliver_between, items, options, reference_id, description } = shipmentView(shipment);
  const [alternate_id_1, alternate_id_2] = request.alternates;
  const places = { pickup_location: request.pickup.body, delivery_location: request.delivery.body };
  const key = { idempotency_key: request.key };
  return {
    ...places,
    ...key,
    pickup_after,
    deliver_between,
    items,
    options,
    reference_id,
    description,
    alternate_id_1,
    alternate_id_2,
  };
}
