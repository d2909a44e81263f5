import { instant } from "../../../src/kernel/quantity.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { isObject } from "../shared/json.ts";
import type { Market } from "../shared/market.ts";
import { digits, hex, token } from "../shared/random-text.ts";
import type { Reading } from "../shared/reading.ts";
import { UberDelivery, type Birth } from "./delivery.ts";
import { invalid, no } from "./errors.ts";
import type { Settings } from "./options.ts";
import { readOrder, type OrderRequest } from "./order.ts";
import type { Offer, Quotes } from "./quotes.ts";
import { readRoboPlan, type RoboPlan } from "./robo-courier.ts";

/** A new delivery, and the timetable of Robo Courier when a test asked for one. */
export interface Created {
  readonly delivery: UberDelivery;
  readonly robo: RoboPlan | null;
}

/** Turns create requests into deliveries: validation, then repeats, then the quote. */
export class Creation {
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #quotes: Quotes;
  readonly #rng: Rng;
  readonly #byKey = new Map<string, { readonly id: string; readonly until: number }>();
  readonly #byReference = new Map<string, string>();

  constructor(world: World, market: Market, settings: Settings, quotes: Quotes, rng: Rng) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#quotes = quotes;
    this.#rng = rng;
  }

  async create(reading: Reading): Promise<Result<Created, WireResponse>> {
    const order = readOrder(reading);
    const robo = order && this.#readRobo(order, reading.problems);
    if (order === null || reading.problems.size > 0) return invalid(reading.problems);
    const offer = await this.#quotes.price(order.pickup.place, order.dropoff.place, order.windows);
    // From here to the end nothing waits, so two requests at once cannot both pass the checks.
    const twin = this.#twin(order);
    if (twin) return no("duplicate_delivery", { delivery_id: twin });
    if (!offer.ok) return offer;
    const priced = this.#redeem(order, offer.value);
    if (!priced.ok) return priced;
    const delivery = new UberDelivery(this.#birth(order, priced.value), this.#world.clock);
    this.#remember(order, delivery.id);
    return ok({ delivery, robo });
  }

  /** The way back: from the recipient to the sender, priced like the way there. */
  openReturn(original: UberDelivery): UberDelivery {
    const { birth } = original;
    const eta = instant(this.#world.clock.now() + Math.max(0, birth.dropoffEta - birth.pickupEta));
    const order: OrderRequest = { ...birth.order, tip: 0, quoteId: null, idempotencyKey: null };
    const ids = this.#ids("ret");
    return new UberDelivery(
      { ...birth, ...ids, order, quoteId: null, pincode: null, dropoffEta: eta, original },
      this.#world.clock,
    );
  }

  #readRobo(order: OrderRequest, problems: Map<string, string>): RoboPlan | null {
    if (order.testSpecifications === null) return null;
    return readRoboPlan(order.testSpecifications, order.windows, this.#world.clock.now(), problems);
  }

  /** The delivery that this request repeats: by key for an hour, else by reference pair for good. */
  #twin({ idempotencyKey, externalId, manifestReference }: OrderRequest): string | null {
    if (idempotencyKey !== null) {
      const known = this.#byKey.get(idempotencyKey);
      return known && this.#world.clock.now() < known.until ? known.id : null;
    }
    return this.#byReference.get(JSON.stringify([externalId, manifestReference])) ?? null;
  }

  #remember({ idempotencyKey, externalId, manifestReference }: OrderRequest, id: string): void {
    const until = this.#world.clock.now() + this.#settings.idempotencyLife_s * 1000;
    if (idempotencyKey !== null) this.#byKey.set(idempotencyKey, { id, until });
    if (externalId !== null && manifestReference !== null)
      this.#byReference.set(JSON.stringify([externalId, manifestReference]), id);
  }

  /** The quoted price when a quote is named, else today's; a new price may meet a lack of couriers. */
  #redeem(order: OrderRequest, offer: Offer): Result<Offer, WireResponse> {
    if (order.quoteId === null)
      return this.#rng.next() < this.#market.supply.busyShare
        ? no("address_undeliverable_limited_couriers")
        : ok(offer);
    const quote = this.#quotes.check(order.quoteId, offer.pickup, offer.dropoff, order.storeId);
    if (!quote.ok) return quote;
    quote.value.used = true;
    return ok({ ...offer, fee: quote.value.fee, dropoffDeadline: quote.value.dropoffDeadline });
  }

  #birth(order: OrderRequest, offer: Offer): Birth {
    const pincode = order.dropoff.verification["pincode"];
    const wantsPin = isObject(pincode) && pincode["enabled"] === true;
    return {
      ...this.#ids("del"),
      ...offer,
      order,
      quoteId: order.quoteId,
      currency: this.#market.currency,
      pincode: wantsPin ? digits(this.#rng, 4) : null,
      original: null,
    };
  }

  #ids(kind: "del" | "ret") {
    const uuid = hex(this.#rng, 32);
    return {
      id: `${kind}_${token(this.#rng, 22)}`,
      uuid,
      batchId: `bat_${token(this.#rng, 22)}`,
      routeId: hex(this.#rng, 32),
      proofBase: `${this.#settings.publicUrl}/proofs/${uuid}`,
    };
  }
}
