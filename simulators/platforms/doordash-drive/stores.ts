import { toIso } from "../../../src/kernel/quantity.ts";
import type { Clock } from "../../../src/kernel/clock.ts";
import type { WireResponse } from "../wire.ts";
import { json, type JsonObject } from "../shared/json.ts";
import { Reading } from "../shared/reading.ts";
import { duplicateOf, invalid, invalidField, unknownBusiness, unknownStore } from "./errors.ts";

interface Business {
  details: JsonObject;
  readonly stores: Map<string, JsonObject>;
}

const idPattern = /^[A-Za-z0-9_-]{3,64}$/;
const activation = [
  "initiated",
  "pending_external_activation",
  "pending_legal_agreement",
  "abandoned",
  "failed",
  "active",
  "inactive",
] as const;
const pageSize = 100;

/** The businesses and stores of one developer (`/developer/v1`): where a pickup can be named instead of spelt out. */
export class Stores {
  readonly #clock: Clock;
  readonly #isTest: boolean;
  readonly #businesses = new Map<string, Business>();

  constructor(clock: Clock, isTest: boolean) {
    this.#clock = clock;
    this.#isTest = isTest;
  }

  /** The store that a pickup names, or the 404 that says which half is unknown. */
  find(businessId: string, storeId: string): { readonly store: JsonObject } | { readonly refusal: WireResponse } {
    const business = this.#businesses.get(businessId);
    if (!business) return { refusal: unknownBusiness(businessId) };
    const store = business.stores.get(storeId);
    return store ? { store } : { refusal: unknownStore(businessId, storeId) };
  }

  createBusiness(body: JsonObject): WireResponse {
    const reading = new Reading(body);
    const id = reading.text("external_business_id", { required: true, pattern: idPattern });
    if (id === "default") reading.wrong("external_business_id", "default is reserved");
    reading.text("name", { required: true });
    const details = readBusiness(reading);
    if (id === null || reading.problems.size > 0) return invalid(reading.problems);
    if (this.#businesses.has(id)) return duplicateOf("business", id);
    const business = {
      details: this.#stamped({ external_business_id: id, activation_status: "active", ...details }),
      stores: new Map(),
    };
    this.#businesses.set(id, business);
    return json(200, business.details);
  }

  getBusiness(id: string): WireResponse {
    const business = this.#businesses.get(id);
    return business ? json(200, business.details) : unknownBusiness(id);
  }

  updateBusiness(id: string, body: JsonObject): WireResponse {
    const business = this.#businesses.get(id);
    if (!business) return unknownBusiness(id);
    const reading = new Reading(body);
    const changes = readBusiness(reading);
    if (reading.problems.size > 0) return invalid(reading.problems);
    business.details = { ...business.details, ...changes, last_updated_at: toIso(this.#clock.now()) };
    return json(200, business.details);
  }

  listBusinesses(query: URLSearchParams): WireResponse {
    const status = query.get("activationStatus");
    const all = [...this.#businesses.values()].map(({ details }) => details);
    return page(status === null ? all : all.filter((details) => details["activation_status"] === status), query);
  }

  createStore(businessId: string, body: JsonObject): WireResponse {
    const business = this.#businesses.get(businessId);
    if (!business) return unknownBusiness(businessId);
    const reading = new Reading(body);
    const id = reading.text("external_store_id", { required: true, pattern: idPattern });
    reading.text("name", { required: true });
    reading.text("address", { required: true });
    const details = readStore(reading);
    if (id === null || reading.problems.size > 0) return invalid(reading.problems);
    if (business.stores.has(id)) return duplicateOf("store", id);
    const store = this.#stamped({
      external_business_id: businessId,
      external_store_id: id,
      status: "active",
      ...details,
    });
    business.stores.set(id, store);
    return json(200, store);
  }

  getStore(businessId: string, id: string): WireResponse {
    const found = this.find(businessId, id);
    return "store" in found ? json(200, found.store) : found.refusal;
  }

  updateStore(businessId: string, id: string, body: JsonObject): WireResponse {
    const found = this.find(businessId, id);
    if ("refusal" in found) return found.refusal;
    const reading = new Reading(body);
    const changes = readStore(reading);
    if (reading.problems.size > 0) return invalid(reading.problems);
    const store = { ...found.store, ...changes, last_updated_at: toIso(this.#clock.now()) };
    this.#businesses.get(businessId)?.stores.set(id, store);
    return json(200, store);
  }

  listStores(businessId: string, query: URLSearchParams): WireResponse {
    const business = this.#businesses.get(businessId);
    return business ? page([...business.stores.values()], query) : unknownBusiness(businessId);
  }

  #stamped(details: JsonObject): JsonObject {
    const at = toIso(this.#clock.now());
    return { ...details, is_test: this.#isTest, created_at: at, last_updated_at: at };
  }
}

const given = (fields: Record<string, unknown>): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

const readBusiness = (reading: Reading): JsonObject =>
  given({
    name: reading.text("name"),
    description: reading.text("description", { max: 100 }),
    activation_status: reading.oneOf("activation_status", activation),
  });

const readStore = (reading: Reading): JsonObject =>
  given({
    name: reading.text("name"),
    address: reading.text("address"),
    phone_number: reading.text("phone_number", { pattern: /^\+[1-9]\d{6,14}$/ }),
    status: reading.oneOf("status", ["active", "inactive"] as const),
  });

function page(all: readonly JsonObject[], query: URLSearchParams): WireResponse {
  const token = query.get("continuationToken") ?? "0";
  if (!/^\d{1,9}$/.test(token)) return invalidField("continuationToken", "is not a continuation token");
  const start = Number(token);
  const result = all.slice(start, start + pageSize);
  const more = start + pageSize < all.length;
  return json(200, { result, continuation_token: more ? String(start + pageSize) : null, result_count: result.length });
}
