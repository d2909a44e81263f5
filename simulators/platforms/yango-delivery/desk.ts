import type { Point } from "../../../src/kernel/point.ts";
import { instant, minor } from "../../../src/kernel/quantity.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { majorText } from "../shared/amounts.ts";
import { Fleet } from "../shared/fleet.ts";
import { json, type JsonObject } from "../shared/json.ts";
import { covers, priceOf, type Market } from "../shared/market.ts";
import { hex } from "../shared/random-text.ts";
import { Reading } from "../shared/reading.ts";
import type { DeliveryTruth, FaultPlan, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { YangoClaim, type Offer, type Status } from "./claim.ts";
import { error, invalid } from "./errors.ts";
import { Feed } from "./feed.ts";
import { Life } from "./life.ts";
import type { Settings } from "./options.ts";
import { readClaim, type RoutePoint } from "./request.ts";
import { claimView } from "./view.ts";

const phone = /^\+[1-9]\d{6,14}$/;
const largestPage = 1000;
const editable: readonly Status[] = ["ready_for_approval", "estimating_failed"];

type Refused = { readonly code: "address_not_found" | "estimating.cant_construct_route"; readonly message: string };

/** The operations on claims, after authentication. */
export class Desk {
  readonly #world: World;
  readonly #market: Market;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #numbers: Rng;
  readonly #feed: Feed;
  readonly #fleet: Fleet;
  readonly #claims = new Map<string, YangoClaim>();
  readonly #byRequest = new Map<string, YangoClaim>();

  constructor(world: World, market: Market, settings: Settings, rng: Rng) {
    this.#world = world;
    this.#market = market;
    this.#settings = settings;
    this.#rng = rng;
    this.#numbers = rng.fork("numbers");
    this.#feed = new Feed(world, settings);
    this.#fleet = new Fleet(world, market, rng);
  }

  setFaults(plan: FaultPlan): void {
    this.#fleet.setFaults(plan);
    this.#feed.postman.setFaults(plan);
  }

  /** What was accepted; a claim that was only priced is no delivery. */
  truth(): readonly DeliveryTruth[] {
    return [...this.#claims.values()].filter(({ booked }) => booked).map((claim) => claim.truth());
  }

  async price(body: JsonObject): Promise<WireResponse> {
    const reading = new Reading(body);
    const points = reading.list("route_points", { required: true }).map(({ body: point }) => point["coordinates"]);
    const [from, to] = points.map((given) => (isPoint(given) ? given : null));
    if (!from || !to) reading.wrong("route_points", "two points with coordinates are required");
    if (!from || !to || reading.problems.size > 0) return invalid(reading.problems);
    const offer = await this.#offer(from, to);
    if ("code" in offer) return error(offer.code, offer.message);
    const { currency } = this.#market;
    return json(200, {
      price: majorText(offer.price, currency),
      currency_rules: { code: currency, sign: currency, template: "$VALUE$ $SIGN$" },
      distance_meters: offer.meters,
      eta: Math.ceil(offer.seconds / 60),
      zone_id: "millport",
    });
  }

  /** The same `request_id` is the same claim, whatever else is said. */
  create(requestId: string, body: JsonObject): WireResponse {
    if (!/^.{1,128}$/.test(requestId)) return error("bad_request", "request_id of 1 to 128 characters is required");
    const known = this.#byRequest.get(requestId);
    if (known) return this.#show(known);
    const request = this.#read(body);
    if ("status" in request) return request;
    const { currency } = this.#market;
    const { clock } = this.#world;
    const { returnShare } = this.#settings;
    const claim = new YangoClaim({ id: hex(this.#numbers, 32), request, currency, clock, returnShare });
    this.#claims.set(claim.id, claim);
    this.#byRequest.set(requestId, claim);
    this.#feed.changed(claim);
    this.#estimate(claim);
    return this.#show(claim);
  }

  edit(id: string, version: number, body: JsonObject): WireResponse {
    const claim = this.#claims.get(id);
    if (!claim) return error("not_found");
    if (version !== claim.version) return error("old_version");
    if (!editable.includes(claim.life.state)) return error("inappropriate_status");
    const request = this.#read(body);
    if ("status" in request) return request;
    Object.assign(claim, { request, offer: null, errors: [], version: claim.version + 1 });
    this.#estimate(claim);
    return this.#show(claim);
  }

  info(id: string): WireResponse {
    const claim = this.#claims.get(id);
    return claim ? this.#show(claim) : error("not_found");
  }

  accept(id: string, body: JsonObject): WireResponse {
    const claim = this.#claims.get(id);
    if (!claim) return error("not_found");
    if (body["version"] !== claim.version) return error("old_version");
    if (claim.life.state === "failed" && claim.validUntil !== null) return error("offer_expired");
    if (claim.life.state !== "ready_for_approval") return error("inappropriate_status");
    this.#accept(claim);
    return json(200, { id, status: claim.life.state, version: claim.version, skip_client_notify: false });
  }

  cancelInfo(id: string): WireResponse {
    const claim = this.#claims.get(id);
    if (!claim) return error("not_found");
    const { currency } = this.#market;
    const price = majorText(minor(claim.cancelState === "paid" ? this.#market.price.base : 0), currency);
    return json(200, { cancel_state: claim.cancelState, price, price_with_vat: price, currency });
  }

  cancel(id: string, body: JsonObject): WireResponse {
    const claim = this.#claims.get(id);
    if (!claim) return error("not_found");
    if (body["version"] !== claim.version) return error("old_version");
    const { cancelState } = claim;
    if (cancelState === "unavailable") return error("inappropriate_status");
    const asked = body["cancel_state"];
    if (asked !== cancelState) return error(asked === "free" ? "free_cancel_is_unavailable" : "state_mismatch");
    this.#fleet.recall(id);
    claim.become(cancelState === "paid" ? "cancelled_with_payment" : "cancelled");
    if (cancelState === "paid") claim.life.charge("cancellation", minor(this.#market.price.base));
    this.#feed.changed(claim);
    return json(200, { id, status: claim.life.state, version: claim.version });
  }

  search(body: JsonObject): WireResponse {
    const reading = new Reading(body);
    const offset = reading.whole("offset", { min: 0 }) ?? 0;
    const limit = reading.whole("limit", { min: 1, max: largestPage }) ?? largestPage;
    const [id, status, external] = ["claim_id", "status", "external_order_id"].map((name) => reading.text(name));
    if (reading.problems.size > 0) return invalid(reading.problems);
    const now = this.#world.clock.now();
    const found = [...this.#claims.values()].filter(
      (claim) =>
        (id === null || claim.id === id) &&
        (status === null || claim.life.state === status) &&
        (external === null || claim.request.destination.externalId === external),
    );
    return json(200, { claims: found.slice(offset, offset + limit).map((claim) => claimView(claim, now)) });
  }

  journal(body: JsonObject): WireResponse {
    const cursor = new Reading(body).text("cursor");
    const page = this.#feed.since(cursor);
    return page === null ? error("bad_request", "cursor is unknown") : json(200, page);
  }

  position(id: string): WireResponse {
    const claim = this.#claims.get(id);
    if (!claim?.performer || !claim.location) return error("not_found");
    if (claim.life.over) return error("inappropriate_status");
    const { point, at } = claim.location;
    const timestamp = Math.floor(at / 1000);
    return json(200, { position: { lat: point[1], lon: point[0], timestamp, accuracy: 10, speed: 5, direction: 0 } });
  }

  links(id: string): WireResponse {
    const claim = this.#claims.get(id);
    if (!claim) return error("not_found");
    const { source, destination } = claim.request;
    const link = `${this.#settings.publicUrl}/route/${id}`;
    return json(200, {
      route_points: [source, destination].map((point) => ({ id: point.id, type: point.type, sharing_link: link })),
    });
  }

  phone(body: JsonObject): WireResponse {
    const claim = this.#claims.get(String(body["claim_id"]));
    return claim?.performer
      ? json(200, { phone: claim.performer.phone, ext: "007", ttl_seconds: 600 })
      : error("not_found");
  }

  #read(body: JsonObject) {
    const reading = new Reading(body);
    const request = readClaim(reading);
    if (request === null) return invalid(reading.problems);
    const bad = [request.source, request.destination].find((point) => !phone.test(point.phone));
    return bad ? error("invalid_point_phone", `point ${bad.id}`) : request;
  }

  /** Works out the price, in its own time; then the claim waits to be accepted, or accepts itself. */
  #estimate(claim: YangoClaim): void {
    claim.become("estimating");
    this.#feed.changed(claim);
    const { version, request } = claim;
    this.#world.after(this.#settings.estimation_s * 1000, () => {
      void this.#offer(this.#pointOf(request.source), this.#pointOf(request.destination)).then((offer) => {
        if (claim.life.state === "estimating" && claim.version === version) this.#estimated(claim, offer);
      });
    });
  }

  #estimated(claim: YangoClaim, offer: Offer | Refused): void {
    const failed = "code" in offer;
    if (failed) claim.errors = [offer];
    else claim.offer = offer;
    claim.become(failed ? "estimating_failed" : "ready_for_approval");
    this.#feed.changed(claim);
    if (failed) return;
    if (claim.request.autoAccept) return this.#accept(claim);
    const { version } = claim;
    claim.validUntil = instant(this.#world.clock.now() + this.#settings.offerLife_s * 1000);
    this.#world.after(this.#settings.offerLife_s * 1000 + 1, () => {
      if (claim.life.state !== "ready_for_approval" || claim.version !== version) return;
      claim.become("failed");
      this.#feed.changed(claim);
    });
  }

  #accept(claim: YangoClaim): void {
    const { clock } = this.#world;
    const life = new Life(claim, this.#feed, this.#world, this.#settings, this.#rng.fork(`life of ${claim.id}`));
    life.become("accepted");
    life.become("performer_lookup");
    if (claim.offer === null) return;
    const { source, destination, seconds } = claim.offer;
    const due = claim.request.due === null ? 0 : claim.request.due - Math.round(seconds * 1000);
    const ready = instant(Math.max(clock.now(), due));
    const { positionEvery_s } = this.#settings;
    this.#fleet.send(claim.id, { pickup: source, dropoff: () => destination, ready, positionEvery_s }, life);
  }

  async #offer(source: Point | null, destination: Point | null): Promise<Offer | Refused> {
    if (source === null || destination === null) return { code: "address_not_found", message: "address not found" };
    const { coverage, longest_m } = this.#market;
    const served = covers(coverage, source) && covers(coverage, destination);
    const drive = served ? await this.#world.drive(source, destination).catch(() => null) : null;
    if (drive === null || drive.meters > longest_m)
      return { code: "estimating.cant_construct_route", message: "no route is served there" };
    const { base, distance } = priceOf(this.#market, drive.meters, this.#world.clock.now());
    return { source, destination, meters: drive.meters, seconds: drive.seconds, price: minor(base + distance) };
  }

  #pointOf({ given, address }: RoutePoint): Point | null {
    return given ?? this.#world.locate(address);
  }

  #show(claim: YangoClaim): WireResponse {
    return json(200, claimView(claim, this.#world.clock.now()));
  }
}

const isPoint = (value: unknown): value is Point =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "number");
