import { fromIso, instant } from "../../../src/kernel/quantity.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { majorOf } from "../shared/amounts.ts";
import { Fleet } from "../shared/fleet.ts";
import { json, type JsonObject } from "../shared/json.ts";
import type { Market } from "../shared/market.ts";
import { Reading } from "../shared/reading.ts";
import type { DeliveryTruth, FaultPlan, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { cancellationFee, readReason, updated } from "./change.ts";
import { error, invalid, no } from "./errors.ts";
import { Events } from "./events.ts";
import { StuartJob } from "./job.ts";
import { Life } from "./life.ts";
import { listOf } from "./list.ts";
import { Offers, type Offer } from "./offer.ts";
import type { Settings } from "./options.ts";
import { readJob, readStop, type JobRequest } from "./request.ts";
import { jobView, type Frame } from "./view.ts";

/** Couriers are looked for from so long before the pickup. */
const lead_ms = 900_000;
/** Between the answer to a create and the search. */
const pause_ms = 1000;

/** The operations on jobs, after authentication. */
export class Desk {
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #numbers: Rng;
  readonly #offers: Offers;
  readonly #events: Events;
  readonly #fleet: Fleet;
  readonly #frame: Frame;
  readonly #jobs = new Map<number, StuartJob>();
  #number: number;

  constructor(world: World, market: Market, settings: Settings, rng: Rng) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#rng = rng;
    this.#numbers = rng.fork("numbers");
    this.#number = 100_000 + this.#numbers.below(100_000);
    this.#offers = new Offers(world, market, settings);
    this.#frame = { settings, zone: market.zone };
    this.#events = new Events(world, this.#frame);
    this.#fleet = new Fleet(world, market, rng);
  }

  setFaults(plan: FaultPlan): void {
    this.#fleet.setFaults(plan);
    this.#events.postman.setFaults(plan);
  }

  truth(): readonly DeliveryTruth[] {
    return [...this.#jobs.values()].map((job) => job.truth());
  }

  async price(body: JsonObject): Promise<WireResponse> {
    const asked = await this.#ask(body);
    if (!asked.ok) return asked.refusal;
    const { price } = asked.value.offer;
    const amount_with_tax = majorOf(this.#withTax(price), this.#market.currency);
    return json(200, {
      amount: majorOf(price, this.#market.currency),
      amount_with_tax,
      currency: this.#market.currency,
    });
  }

  async validate(body: JsonObject): Promise<WireResponse> {
    const asked = await this.#ask(body);
    return asked.ok ? json(200, { valid: true }) : asked.refusal;
  }

  /** Seconds until somebody is at the pickup, or at the dropoff. */
  async eta(body: JsonObject, end: "pickup" | "dropoff"): Promise<WireResponse> {
    const asked = await this.#ask(body);
    if (!asked.ok) return asked.refusal;
    const { pickupEta, dropoffEta } = asked.value.offer;
    const at = end === "pickup" ? pickupEta : dropoffEta;
    return json(200, { eta: Math.ceil((at - this.#world.clock.now()) / 1000) });
  }

  async create(body: JsonObject): Promise<WireResponse> {
    const asked = await this.#ask(body);
    if (!asked.ok) return asked.refusal;
    // From here to the end nothing waits, so two requests with one reference cannot both pass.
    const { request, offer } = asked.value;
    if (this.#taken(request.clientReference)) return duplicate;
    const job = this.#open(request, offer, null);
    this.#events.created(job);
    const search_ms = Math.max(pause_ms, offer.ready - lead_ms - this.#world.clock.now());
    this.#world.after(search_ms, () => this.#search(job));
    return json(201, jobView(job, this.#frame));
  }

  get(id: string): WireResponse {
    const job = this.#jobs.get(Number(id));
    return job ? json(200, jobView(job, this.#frame)) : error("NOT_FOUND");
  }

  list(query: URLSearchParams): WireResponse {
    const page = listOf([...this.#jobs.values()], query, this.#world.clock.now());
    return page.ok
      ? json(
          200,
          page.value.map((job) => jobView(job, this.#frame)),
        )
      : page.refusal;
  }

  update(id: string, body: JsonObject): WireResponse {
    const job = this.#jobs.get(Number(id));
    if (!job) return error("NOT_FOUND");
    const request = updated(job, body);
    if (!request.ok) return request.refusal;
    const { clientReference } = request.value;
    if (clientReference !== job.request.clientReference && this.#taken(clientReference)) return duplicate;
    job.request = request.value;
    return json(200, jobView(job, this.#frame));
  }

  cancelJob(id: string, body: JsonObject): WireResponse {
    return this.#cancel(this.#jobs.get(Number(id)), body);
  }

  cancelDelivery(id: string, body: JsonObject): WireResponse {
    return this.#cancel(this.#byDelivery(id), body);
  }

  /** The parcels are ready, or will be then: couriers are told, and nothing else changes. */
  orderReady(job: StuartJob | undefined, body: JsonObject): WireResponse {
    if (!job) return error("NOT_FOUND");
    const reading = new Reading(body);
    const at = reading.text("order_ready_at");
    if (at !== null && fromIso(at) === null) reading.wrong("order_ready_at", "is not a time");
    return reading.problems.size > 0 ? invalid(reading.problems).refusal : json(200, {});
  }

  readyJob(id: string, body: JsonObject): WireResponse {
    return this.orderReady(this.#jobs.get(Number(id)), body);
  }

  readyDelivery(id: string, body: JsonObject): WireResponse {
    return this.orderReady(this.#byDelivery(id), body);
  }

  phone(id: string): WireResponse {
    const job = this.#byDelivery(id);
    return job?.driver ? json(200, { phone_number: job.driver.phone }) : error("NOT_FOUND");
  }

  validateAddress(body: JsonObject): WireResponse {
    const reading = new Reading(body);
    reading.oneOf("type", ["picking", "delivering"] as const);
    const stop = readStop(new Reading({ ...body, contact: { phone: body["phone"] ?? null } }, reading.problems));
    if (reading.problems.size > 0) return invalid(reading.problems).refusal;
    const place = this.#offers.place("address", stop);
    return place.ok ? json(200, { success: true }) : place.refusal;
  }

  #cancel(job: StuartJob | undefined, body: JsonObject): WireResponse {
    if (!job) return error("NOT_FOUND");
    const reason = readReason(body);
    if (!reason.ok) return reason.refusal;
    const fee = cancellationFee(job, this.#market, this.#settings, this.#world.clock.now());
    if (fee === null) return error("JOB_CANNOT_BE_CANCELED");
    this.#fleet.recall(job.id);
    const { key, comment } = reason.value;
    job.end("canceled", { canceled_by: "client", reason_key: key, comment });
    job.delivery.charge("cancellation", fee);
    this.#events.updated(job, true);
    return json(200, jobView(job, this.#frame));
  }

  async #ask(body: JsonObject): Promise<Result<{ readonly request: JobRequest; readonly offer: Offer }, WireResponse>> {
    const request = readJob(body);
    if (!request.ok) return request;
    const offer = await this.#offers.of(request.value);
    return offer.ok ? ok({ request: request.value, offer: offer.value }) : offer;
  }

  #open(request: JobRequest, offer: Offer, original: StuartJob | null): StuartJob {
    const { clock } = this.#world;
    const next = (): number => (this.#number += 1 + this.#numbers.below(9));
    const ids = { job: next(), delivery: next(), pickup: next(), dropoff: next() };
    const start = offer.ready - lead_ms > clock.now() ? "scheduled" : "new";
    const job = new StuartJob({ ids, request, offer, currency: this.#market.currency, clock, start, original });
    this.#jobs.set(ids.job, job);
    return job;
  }

  #search(job: StuartJob): void {
    if (job.over) return;
    job.status.become("searching");
    this.#events.updated(job, true);
    const { pickup, dropoff, ready } = job.offer;
    const openReturn = (of: StuartJob): StuartJob | null =>
      this.#settings.returns === "job" ? this.#wayBack(of) : null;
    const life = new Life(job, this.#events, this.#rng.fork(`life of ${job.id}`), openReturn);
    const { positionEvery_s } = this.#settings;
    this.#fleet.send(job.id, { pickup, dropoff: () => dropoff, ready, positionEvery_s }, life);
  }

  /** As support opens it by hand: from the recipient to the sender, at the price of the way there. */
  #wayBack(of: StuartJob): StuartJob {
    const { request, offer } = of;
    const clientReference = request.clientReference === null ? null : `${request.clientReference}-return`;
    const now = this.#world.clock.now();
    const back = { ...request, pickup: request.dropoff, dropoff: request.pickup, pickupAt: null, clientReference };
    const etas = { ready: now, pickupEta: now, dropoffEta: instant(now + offer.dropoffEta - offer.pickupEta) };
    return this.#open(back, { ...offer, ...etas, pickup: offer.dropoff, dropoff: offer.pickup }, of);
  }

  #taken(reference: string | null): boolean {
    if (reference === null) return false;
    return [...this.#jobs.values()].some(
      (job) => job.request.clientReference === reference && (this.#settings.references === "always" || !job.over),
    );
  }

  #byDelivery(id: string): StuartJob | undefined {
    return [...this.#jobs.values()].find(({ ids }) => ids.delivery === Number(id));
  }

  #withTax(price: Offer["price"]): Offer["price"] {
    return (price + Math.round(price * this.#settings.taxShare)) as Offer["price"];
  }
}

const duplicate = no("RECORD_INVALID", { "job.dropoffs.client_reference": ["has already been taken"] }).refusal;
