import type { Rng } from "../../../src/kernel/rng.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import type { FaultPlan, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { json, type JsonObject } from "../shared/json.ts";
import type { Market } from "../shared/market.ts";
import { uuid } from "../shared/random-text.ts";
import { Reading } from "../shared/reading.ts";
import { Ride } from "../shared/ride.ts";
import { StrikeList } from "../shared/strikes.ts";
import { cancelRefusal, updateRefusal } from "./change.ts";
import { DoordashDelivery } from "./delivery.ts";
import { duplicate, invalid, invalidField, no, unknownDelivery, unserviceable } from "./errors.ts";
import { Events } from "./events.ts";
import { idPattern, readFields, withPin } from "./fields.ts";
import { Life } from "./life.ts";
import type { Settings } from "./options.ts";
import { Pricing, type Offer } from "./pricing.ts";
import type { Stores } from "./stores.ts";
import { deliveryView } from "./view.ts";

/** How long a sandbox delivery lives untouched. */
const sandboxLife_ms = 3_600_000;

interface Request {
  readonly id: string;
  readonly fields: JsonObject;
  readonly offer: Offer;
}

/** The operations on quotes and deliveries, after authentication. */
export class Desk {
  readonly deliveries = new Map<string, DoordashDelivery>();
  readonly lives = new Map<string, Life>();
  readonly events: Events;
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #chance: Rng;
  readonly #pricing: Pricing;
  readonly #rides = new Map<string, Ride>();
  #faults: StrikeList<NonNullable<FaultPlan["couriers"]>[number]>;

  constructor(world: World, market: Market, settings: Settings, rng: Rng, stores: Stores) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#rng = rng;
    this.#chance = rng.fork("quotes");
    this.#pricing = new Pricing(world, market, settings, stores);
    this.events = new Events(world, settings);
    this.#faults = new StrikeList([], rng);
  }

  setFaults(plan: FaultPlan): void {
    this.#faults = new StrikeList(plan.couriers ?? [], this.#rng.fork("courier faults"));
    this.events.postman.setFaults(plan);
  }

  quote(body: JsonObject): Promise<WireResponse> {
    return this.#open(body, "quote");
  }

  create(body: JsonObject): Promise<WireResponse> {
    return this.#open(body, "created");
  }

  accept(id: string, body: JsonObject): WireResponse {
    const delivery = this.deliveries.get(id);
    if (!delivery) return unknownDelivery(id);
    if (delivery.status !== "quote") return duplicate(id);
    const reading = new Reading(body);
    const fields = { ...delivery.fields, ...readFields(reading) };
    if (fields["dropoff_phone_number"] === undefined && !reading.problems.has("dropoff_phone_number"))
      reading.wrong("dropoff_phone_number", "is required, here or in the quote");
    if (reading.problems.size > 0) return invalid(reading.problems);
    if (this.#world.clock.now() > delivery.created + this.#settings.quoteLife_s * 1000)
      return invalidField("external_delivery_id", "the quote has expired");
    delivery.fields = withPin(fields, this.#chance);
    delivery.become("created");
    this.#begin(delivery);
    return this.#show(delivery);
  }

  get(id: string): WireResponse {
    const delivery = this.deliveries.get(id);
    return delivery ? this.#show(delivery) : unknownDelivery(id);
  }

  async update(id: string, body: JsonObject): Promise<WireResponse> {
    const delivery = this.deliveries.get(id);
    if (!delivery) return unknownDelivery(id);
    const reading = new Reading(body);
    const changes = readFields(reading);
    if (reading.has("dropoff_options")) reading.wrong("dropoff_options", "cannot be updated");
    if (reading.problems.size > 0) return invalid(reading.problems);
    const moved = ["pickup_address", "dropoff_address", "pickup_external_store_id"].some((name) => name in changes);
    const before = updateRefusal(delivery, moved);
    if (before) return before;
    const fields = { ...delivery.fields, ...changes };
    const offer = moved ? await this.#price(fields) : ok({ fields, offer: delivery.offer });
    if (!offer.ok) return offer.refusal;
    const meanwhile = updateRefusal(delivery, moved);
    if (meanwhile) return meanwhile;
    Object.assign(delivery, offer.value);
    delivery.touch();
    if (moved) this.#begin(delivery);
    return this.#show(delivery);
  }

  cancel(id: string, body: JsonObject): WireResponse {
    const delivery = this.deliveries.get(id);
    if (!delivery) return unknownDelivery(id);
    const reading = new Reading(body);
    reading.text("reason_code");
    reading.flag("should_create_return_delivery");
    if (reading.problems.size > 0) return invalid(reading.problems);
    const refused = cancelRefusal(delivery, this.#settings.cancelUntil);
    if (refused) return refused;
    this.end(delivery);
    return this.#show(delivery);
  }

  /** Cancels as its creator; the courier is called back. */
  end(delivery: DoordashDelivery): void {
    this.#rides.get(delivery.id)?.stop();
    delivery.cancel("cancelled_by_creator");
    this.events.tell("DELIVERY_CANCELLED", delivery);
  }

  async serviceability(body: JsonObject): Promise<WireResponse> {
    const reading = new Reading(body);
    reading.text("dropoff_address", { required: true });
    const fields = readFields(reading);
    if (reading.problems.size > 0) return invalid(reading.problems);
    const priced = await this.#price(fields);
    if (priced.ok) return json(200, { is_serviceable: true, reasons_not_serviceable: [] });
    if (priced.refusal.status !== 422) return priced.refusal;
    const { reason } = JSON.parse(new TextDecoder().decode(priced.refusal.body)) as { reason: string };
    return json(200, { is_serviceable: false, reasons_not_serviceable: [reason] });
  }

  async #open(body: JsonObject, status: "quote" | "created"): Promise<WireResponse> {
    const request = await this.#read(body, status);
    // From here to the end nothing waits, so two requests with one id cannot both pass.
    const fingerprint = canonical(body);
    const known = this.deliveries.get(String(body["external_delivery_id"]));
    if (known) {
      const same = this.#settings.replay === "same-data" && known.fingerprint === fingerprint;
      return same && (known.status === "quote") === (status === "quote") ? this.#show(known) : duplicate(known.id);
    }
    if (!request.ok) return request.refusal;
    if (this.#chance.next() < this.#market.supply.busyShare) return unserviceable("delivery_address_not_in_coverage");
    const delivery = this.#birth(request.value, status, fingerprint);
    this.deliveries.set(delivery.id, delivery);
    if (status === "created") this.#begin(delivery);
    return this.#show(delivery);
  }

  async #read(body: JsonObject, status: "quote" | "created"): Promise<Result<Request, WireResponse>> {
    const reading = new Reading(body);
    const otherwise = "may hold letters, digits and - . _ ~ only";
    const id = reading.text("external_delivery_id", { required: true, pattern: idPattern, otherwise });
    reading.text("dropoff_address", { required: true });
    if (status === "created") reading.text("dropoff_phone_number", { required: true });
    const fields = readFields(reading);
    if (id === null || reading.problems.size > 0) return no(invalid(reading.problems));
    const priced = await this.#price(fields);
    return priced.ok ? ok({ id, ...priced.value }) : priced;
  }

  async #price(given: JsonObject): Promise<Result<Omit<Request, "id">, WireResponse>> {
    const fields = this.#pricing.withStore(given);
    if (!fields.ok) return fields;
    const offer = await this.#pricing.offer(fields.value);
    return offer.ok ? ok({ fields: fields.value, offer: offer.value }) : offer;
  }

  #birth({ id, fields, offer }: Request, status: "quote" | "created", fingerprint: string): DoordashDelivery {
    return new DoordashDelivery({
      id,
      supportReference: uuid(this.#chance),
      status,
      fields: status === "created" ? withPin(fields, this.#chance) : fields,
      fingerprint,
      offer,
      currency: this.#market.currency,
      returnShare: this.#settings.returnShare,
      clock: this.#world.clock,
    });
  }

  /** Sends couriers out; again when the addresses moved before anybody was found. */
  #begin(delivery: DoordashDelivery): void {
    const again = this.#rides.get(delivery.id);
    again?.stop();
    const life = new Life(delivery, this.events, this.#settings, this.#rng.fork(`life of ${delivery.id}`));
    this.lives.set(delivery.id, life);
    if (this.#settings.environment === "sandbox") {
      this.#world.after(sandboxLife_ms, () => void (delivery.over || this.end(delivery)));
      return;
    }
    const fault = this.#faults.draw()?.fault ?? null;
    delivery.silent = fault === "silent";
    const { pickup, dropoff, ready } = delivery.offer;
    const plan = { pickup, dropoff: () => dropoff, ready, positionEvery_s: this.#settings.positionEvery_s, fault };
    const ride = new Ride(this.#world, this.#market, this.#rng.fork(`ride of ${delivery.id}`), plan, life);
    this.#rides.set(delivery.id, ride);
    ride.start();
  }

  #show(delivery: DoordashDelivery): WireResponse {
    return json(200, deliveryView(delivery, this.#settings));
  }
}

/** The same text for the same data, whatever the order of its fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
