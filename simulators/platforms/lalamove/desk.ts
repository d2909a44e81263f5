import { minor } from "../../../src/kernel/quantity.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { minorOf } from "../shared/amounts.ts";
import { Fleet } from "../shared/fleet.ts";
import { json, type JsonObject } from "../shared/json.ts";
import type { Market } from "../shared/market.ts";
import { digits, token } from "../shared/random-text.ts";
import { Reading } from "../shared/reading.ts";
import { RateLimiter } from "../shared/rate-limit.ts";
import type { DeliveryTruth, FaultPlan, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { error, invalid, limited } from "./errors.ts";
import { Events } from "./events.ts";
import { Life } from "./life.ts";
import { LalamoveOrder } from "./order.ts";
import { readEdit, readOrder } from "./order-request.ts";
import type { Settings } from "./options.ts";
import { Quotations, type Quotation } from "./quotation.ts";
import type { KeyPair } from "./signature.ts";
import { driverView, orderStops, orderView, quotationView } from "./view.ts";

/** Orders older than this are shown no more. */
const oldest_ms = 60 * 86_400_000;
const changeReasons = ["DRIVER_LATE", "DRIVER_ASKED_CHANGE", "DRIVER_UNRESPONSIVE", "DRIVER_RUDE"] as const;

/** The operations on quotations and orders, after authentication. `data` is what stood below `data`. */
export class Desk {
  readonly events: Events;
  readonly orders = new Map<string, LalamoveOrder>();
  readonly lives = new Map<string, Life>();
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #numbers: Rng;
  readonly #quotations: Quotations;
  readonly #quoted = new Map<string, Quotation>();
  readonly #used = new Set<string>();
  readonly #fleet: Fleet;
  readonly #placements: RateLimiter;

  constructor(world: World, market: Market, settings: Settings, rng: Rng, keys: KeyPair, webhookUrl: string | null) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#rng = rng;
    this.#numbers = rng.fork("numbers");
    this.#quotations = new Quotations(world, market, settings.quoteLife_s, () => this.#number());
    this.#fleet = new Fleet(world, market, rng);
    this.#placements = new RateLimiter(settings.limited ? { requests: 2, per_s: 1 } : null, world.clock);
    this.events = new Events(world, settings, keys, rng.fork("events"), webhookUrl);
  }

  setFaults(plan: FaultPlan): void {
    this.#fleet.setFaults(plan);
    this.events.postman.setFaults(plan);
  }

  truth(): readonly DeliveryTruth[] {
    return [...this.orders.values()].map((order) => order.truth());
  }

  async quote(data: JsonObject, market: string): Promise<WireResponse> {
    const quotation = await this.#quotations.open(data, market);
    if (!quotation.ok) return quotation.refusal;
    this.#quoted.set(quotation.value.id, quotation.value);
    return json(201, { data: quotationView(quotation.value, this.#market.currency) });
  }

  getQuote(id: string): WireResponse {
    const quotation = this.#quoted.get(id);
    if (!quotation) return error("ERR_INVALID_QUOTATION_ID");
    return json(200, { data: quotationView(quotation, this.#market.currency) });
  }

  create(data: JsonObject): WireResponse {
    const id = new Reading(data).text("quotationId", { required: true }) ?? "";
    const quotation = this.#quoted.get(id);
    if (!quotation || this.#world.clock.now() > quotation.expiresAt || this.#used.has(id))
      return error("ERR_INVALID_QUOTATION_ID", "/data/quotationId");
    const request = readOrder(data, quotation);
    if (!request.ok) return request.refusal;
    if (!this.#placements.take()) return limited(1);
    if (this.#settings.quotationUse === "once") this.#used.add(id);
    const order = this.#open(quotation, request.value);
    this.events.created(order);
    this.#send(order);
    return json(201, { data: orderView(order) });
  }

  get(id: string): WireResponse {
    const order = this.orders.get(id);
    if (!order) return error("ERR_ORDER_NOT_FOUND");
    const tooOld = order.life.created < this.#world.clock.now() - oldest_ms;
    return tooOld ? error("ERR_FORBIDDEN") : json(200, { data: orderView(order) });
  }

  /** Only while somebody is on it. */
  driver(id: string, driverId: string): WireResponse {
    const order = this.orders.get(id);
    if (!order) return error("ERR_ORDER_NOT_FOUND");
    if (order.driver?.driverId !== driverId) return error("ERR_DRIVER_NOT_FOUND");
    return order.life.over ? error("ERR_FORBIDDEN") : json(200, { data: driverView(order, this.#settings.publicUrl) });
  }

  async edit(id: string, data: JsonObject): Promise<WireResponse> {
    const order = this.orders.get(id);
    if (!order) return error("ERR_ORDER_NOT_FOUND");
    const edit = readEdit(data, order);
    if (!edit.ok) return edit.refusal;
    const { quotation } = order;
    const way = await this.#quotations.way(quotation.pickup.point, edit.value.dropoff.point);
    if (!way.ok) return way.refusal;
    if (order.edited) return error("ERR_EDIT_TIMES");
    if (order.life.state !== "ON_GOING") return error("ERR_EDIT");
    const before = orderStops(order);
    Object.assign(order, edit.value, { meters: way.value, edited: true });
    order.price = this.#quotations.price(
      way.value,
      quotation.serviceType,
      quotation.specialRequests,
      quotation.scheduleAt,
    );
    this.events.edited(order, before);
    this.events.amount(order);
    return json(201, { data: orderView(order) });
  }

  cancel(id: string): WireResponse {
    const order = this.orders.get(id);
    if (!order) return error("ERR_ORDER_NOT_FOUND");
    const { state } = order.life;
    const matched = order.matchedAt ?? this.#world.clock.now();
    const soon = state === "ON_GOING" && this.#world.clock.now() < matched + this.#settings.cancel_s * 1000;
    if (state !== "ASSIGNING_DRIVER" && !soon) return error("ERR_CANCELLATION_FORBIDDEN");
    this.#end(order, null);
    return empty;
  }

  changeDriver(id: string, driverId: string, data: JsonObject): WireResponse {
    const order = this.orders.get(id);
    if (!order) return error("ERR_ORDER_NOT_FOUND");
    if (order.driver?.driverId !== driverId) return error("ERR_DRIVER_NOT_FOUND");
    const reading = new Reading(data);
    reading.oneOf("reason", changeReasons);
    if (reading.problems.size > 0) return invalid(reading.problems).refusal;
    const from = (order.matchedAt ?? 0) + this.#settings.changeDriver_s * 1000;
    if (order.life.state !== "ON_GOING" || this.#world.clock.now() < from) return error("ERR_CHANGE_DRIVER");
    this.lives.get(id)?.droppedOut();
    this.#send(order);
    return empty;
  }

  /** A new fee replaces the one before and must exceed it. */
  priorityFee(id: string, data: JsonObject): WireResponse {
    const order = this.orders.get(id);
    if (!order) return error("ERR_ORDER_NOT_FOUND");
    const text = data["priorityFee"];
    const isAmount = typeof text === "string" && /^\d{1,9}(\.\d{1,3})?$/.test(text);
    const amount = isAmount ? minorOf(Number(text), this.#market.currency) : null;
    if (amount === null) return error("ERR_INVALID_TIPS", "/data/priorityFee");
    if (order.life.state !== "ASSIGNING_DRIVER") return error("ERR_INVALID_ORDER_STATUS");
    if (amount <= order.priorityFee) return error("ERR_EXCEED_MIN_TIPS", "/data/priorityFee");
    if (amount > this.#settings.largestPriorityFee) return error("ERR_EXCEED_MAX_TIPS", "/data/priorityFee");
    order.priorityFee = minor(amount);
    this.events.amount(order);
    return json(200, { data: orderView(order) });
  }

  async register(data: JsonObject): Promise<WireResponse> {
    const url = new Reading(data).text("url") ?? "";
    if (!/^https?:\/\//.test(url) || !URL.canParse(url))
      return invalid(new Map([["url", "url must be http or https"]])).refusal;
    return (await this.events.register(url)) ? json(200, { data: { url } }) : error("ERR_INVALID_RESPONSE");
  }

  /** Support cancels the order and clones it: the new one has an id of its own. */
  replace(order: LalamoveOrder): LalamoveOrder {
    this.#end(order, "LALAMOVE_CUSTOMER_SUPPORT");
    const clone = this.#open(order.quotation, order.request);
    this.events.replaced(clone, order);
    this.#send(clone);
    return clone;
  }

  #end(order: LalamoveOrder, party: string | null): void {
    this.#fleet.recall(order.id);
    const previous = order.life.state;
    order.cancelParty = party;
    order.life.become("CANCELED");
    this.events.status(order, previous);
  }

  #open(quotation: Quotation, request: LalamoveOrder["request"]): LalamoveOrder {
    const order = new LalamoveOrder({
      id: this.#number(),
      quotation,
      request,
      currency: this.#market.currency,
      shareLink: `${this.#settings.publicUrl}/?${token(this.#numbers, 40)}`,
      clock: this.#world.clock,
    });
    this.orders.set(order.id, order);
    return order;
  }

  #send(order: LalamoveOrder): void {
    const { clock } = this.#world;
    const rng = this.#rng.fork(`life of ${order.id} at ${clock.now()}`);
    const life = new Life(order, this.events, clock, rng, this.#settings);
    this.lives.set(order.id, life);
    if (this.#settings.environment === "sandbox") return;
    const plan = {
      pickup: order.quotation.pickup.point,
      dropoff: () => order.dropoff.point,
      ready: order.quotation.scheduleAt ?? clock.now(),
      positionEvery_s: this.#settings.positionEvery_s,
    };
    this.#fleet.send(order.id, plan, life);
  }

  /** 19 digits, which no double holds. */
  #number(): string {
    return `19${digits(this.#numbers, 17)}`;
  }
}

const empty: WireResponse = { status: 204, headers: {}, body: new Uint8Array() };
