import type { Point } from "../../../src/kernel/point.ts";
import { instant, minor } from "../../../src/kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../src/kernel/result.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { Fleet } from "../shared/fleet.ts";
import { json, type JsonObject } from "../shared/json.ts";
import { covers, priceOf, type Market } from "../shared/market.ts";
import { Reading } from "../shared/reading.ts";
import type { DeliveryTruth, FaultPlan, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { invalid, refusal } from "./errors.ts";
import { Events } from "./events.ts";
import { Life } from "./life.ts";
import { BorzoOrder, type DeliveryStatus, type Offer } from "./order.ts";
import type { Settings } from "./options.ts";
import { orderIdOf, readOrder, type OrderRequest, type PointRequest } from "./request.ts";
import { courierView, deliveryView, orderView, type Frame } from "./view.ts";

/** Minor units for each kilogram. */
const perKilogram = 10;
const largestPage = 50;
const uncommitted: readonly DeliveryStatus[] = ["planned", "active"];
const beforePickup: readonly DeliveryStatus[] = [
  ...uncommitted,
  "courier_assigned",
  "courier_departed",
  "courier_at_pickup",
];

/** The operations on orders, after authentication. */
export class Desk {
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #numbers: Rng;
  readonly #events: Events;
  readonly #fleet: Fleet;
  readonly #frame: Frame;
  readonly #orders = new Map<number, BorzoOrder>();
  #number = 100_000;

  constructor(world: World, market: Market, settings: Settings, rng: Rng) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#rng = rng;
    this.#numbers = rng.fork("numbers");
    this.#frame = { settings, zone: market.zone };
    this.#events = new Events(world, this.#frame);
    this.#fleet = new Fleet(world, market, rng);
  }

  setFaults(plan: FaultPlan): void {
    this.#fleet.setFaults(plan);
    this.#events.postman.setFaults(plan);
  }

  truth(): readonly DeliveryTruth[] {
    return [...this.#orders.values()].map((order) => order.truth());
  }

  /** Keeps nothing: no id, no end. */
  async calculate(body: JsonObject): Promise<WireResponse> {
    const order = await this.#read(body, 0);
    return order.ok ? this.#show(order.value, true) : order.refusal;
  }

  async create(body: JsonObject): Promise<WireResponse> {
    const read = await this.#read(body, (this.#number += 1 + this.#numbers.below(9)));
    if (!read.ok) return read.refusal;
    const order = read.value;
    this.#orders.set(order.id, order);
    this.#events.order(order, "created");
    this.#events.delivery(order, "created");
    this.#world.after(this.#settings.moderation_s * 1000, () => this.#publish(order));
    return this.#show(order);
  }

  cancel(body: JsonObject): WireResponse {
    const order = this.#orders.get(orderIdOf(body["order_id"]) ?? 0);
    if (!order) return invalid(this.#settings.refusalStatus, new Map([["order_id", "invalid_value"]]));
    const { state } = order.delivery;
    const late = this.#settings.lateCancel === "charged" ? beforePickup : uncommitted;
    if (!late.includes(state)) return refusal(this.#settings.refusalStatus, "order_cannot_be_canceled");
    this.#fleet.recall(String(order.id));
    order.cancel("client");
    if (!uncommitted.includes(state)) order.delivery.charge("cancellation", minor(this.#market.price.base));
    this.#events.delivery(order, "changed");
    this.#events.order(order, "changed");
    return this.#show(order);
  }

  /** By one or more ids, or by status; newest first. */
  orders(query: URLSearchParams): WireResponse {
    const found = this.#find(query);
    const orders = found.map((order) => orderView(order, this.#frame));
    return json(200, { is_successful: true, orders, orders_count: orders.length });
  }

  deliveries(query: URLSearchParams): WireResponse {
    const deliveries = this.#find(query).map((order) => deliveryView(order, this.#frame));
    return json(200, { is_successful: true, deliveries, deliveries_count: deliveries.length });
  }

  courier(query: URLSearchParams): WireResponse {
    const order = this.#orders.get(orderIdOf(query.get("order_id")) ?? 0);
    if (!order) return invalid(this.#settings.refusalStatus, new Map([["order_id", "invalid_value"]]));
    const courier = order.status.state === "active" ? courierView(order, this.#frame) : null;
    return json(200, { is_successful: true, courier });
  }

  #find(query: URLSearchParams): readonly BorzoOrder[] {
    const ids = [...query.getAll("order_id"), ...query.getAll("order_id[]")].map(orderIdOf);
    const [status, client] = [query.get("status"), query.get("client_order_id")];
    const offset = orderIdOf(query.get("offset") ?? 0) ?? 0;
    const count = Math.min(largestPage, orderIdOf(query.get("count") ?? 10) ?? 10);
    const all = [...this.#orders.values()].toReversed();
    const wanted = all.filter(
      (order) =>
        (ids.length === 0 || ids.includes(order.id)) &&
        (status === null || order.status.state === status) &&
        (client === null || order.request.dropoff.clientOrderId === client),
    );
    return wanted.slice(offset, offset + count);
  }

  async #read(body: JsonObject, id: number): Promise<Result<BorzoOrder, WireResponse>> {
    const reading = new Reading(body);
    const request = readOrder(reading, this.#world.clock.now());
    const offer = request && (await this.#offer(request, reading.problems));
    if (request === null || offer === null) return refuse(invalid(this.#settings.refusalStatus, reading.problems));
    const { currency } = this.#market;
    const { returns } = this.#settings;
    return ok(new BorzoOrder({ id, deliveryId: id * 7, request, offer, currency, clock: this.#world.clock, returns }));
  }

  /** Null when a point cannot be served; `problems` tells which. */
  async #offer(request: OrderRequest, problems: Map<string, string>): Promise<Offer | null> {
    const [pickup, dropoff] = [request.pickup, request.dropoff].map((point, i) => this.#place(point, i, problems));
    if (!pickup || !dropoff) return null;
    const drive = await this.#world.drive(pickup, dropoff).catch(() => null);
    const { longest_m, supply, dwell } = this.#market;
    if (drive === null || drive.meters > longest_m) {
      problems.set("points[1].address", "address_out_of_range");
      return null;
    }
    const now = this.#world.clock.now();
    const ready = instant(Math.max(now, request.pickup.start ?? now));
    const { base, distance } = priceOf(this.#market, drive.meters, ready);
    const pickupEta = instant(Math.max(ready, now + Math.round((supply.assign_s + supply.reach_m / 8) * 1000)));
    const dropoffEta = instant(pickupEta + Math.round((dwell.pickup_s + drive.seconds + dwell.dropoff_s) * 1000));
    const weightFee = minor(request.weight_kg * perKilogram);
    return {
      pickup,
      dropoff,
      meters: drive.meters,
      price: minor(base + distance),
      weightFee,
      ready,
      pickupEta,
      dropoffEta,
    };
  }

  #place({ given, address }: PointRequest, index: number, problems: Map<string, string>): Point | null {
    const point = given ?? this.#world.locate(address);
    if (point !== null && covers(this.#market.coverage, point)) return point;
    problems.set(`points[${index}].address`, point === null ? "address_not_found" : "address_out_of_range");
    return null;
  }

  /** After moderation couriers see it; in the test environment none takes it. */
  #publish(order: BorzoOrder): void {
    if (order.status.over) return;
    order.status.become("available");
    this.#events.order(order, "changed");
    order.delivery.become("active");
    this.#events.delivery(order, "changed");
    if (this.#settings.environment === "test") return;
    const { returns, positionEvery_s } = this.#settings;
    const life = new Life(order, this.#events, this.#rng.fork(`life of ${order.id}`), returns);
    const { pickup, dropoff, ready } = order.offer;
    this.#fleet.send(String(order.id), { pickup, dropoff: () => dropoff, ready, positionEvery_s }, life);
  }

  #show(order: BorzoOrder, calculated = false): WireResponse {
    return json(200, { is_successful: true, order: orderView(order, this.#frame, calculated), warnings: [] });
  }
}
