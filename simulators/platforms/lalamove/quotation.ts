import type { Clock } from "../../../src/kernel/clock.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { fromIso, instant, minor, type Instant, type Minor } from "../../../src/kernel/quantity.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import { covers, priceOf, type Market } from "../shared/market.ts";
import type { JsonObject } from "../shared/json.ts";
import { Reading } from "../shared/reading.ts";
import type { WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { services, speaks, specialRequests } from "./catalogue.ts";
import { invalid, no, pointerTo } from "./errors.ts";

export interface Stop {
  readonly id: string;
  readonly point: Point;
  /** As they came, text and all: an edit must repeat those of the pickup. */
  readonly coordinates: { readonly lat: string; readonly lng: string };
  readonly address: string;
}

export interface Price {
  readonly base: Minor;
  readonly extraMileage: Minor;
  readonly specialRequests: Minor;
  /** Without priority fee. */
  readonly total: Minor;
}

export interface Quotation {
  readonly id: string;
  readonly market: string;
  readonly serviceType: string;
  readonly language: string;
  readonly specialRequests: readonly string[];
  readonly isRouteOptimized: boolean;
  readonly item: unknown;
  readonly scheduleAt: Instant | null;
  readonly expiresAt: Instant;
  readonly pickup: Stop;
  readonly dropoff: Stop;
  readonly meters: number;
  readonly price: Price;
}

type StopText = Omit<Stop, "id">;
const farthest_ms = 30 * 86_400_000;
const degrees = /^-?\d{1,3}(\.\d{1,15})?$/;

/** Prices journeys of two stops: the first is the pickup. */
export class Quotations {
  readonly #world: World;
  readonly #market: Market;
  readonly #life_s: number;
  readonly #nextId: () => string;

  constructor(world: World, market: Market, life_s: number, nextId: () => string) {
    this.#world = world;
    this.#market = market;
    this.#life_s = life_s;
    this.#nextId = nextId;
  }

  async open(data: JsonObject, market: string): Promise<Result<Quotation, WireResponse>> {
    const reading = new Reading(data);
    const serviceType = reading.text("serviceType", { required: true }) ?? "";
    const language = reading.text("language", { required: true }) ?? "";
    const scheduled = reading.text("scheduleAt");
    const wishes = readWishes(reading);
    const stops = readStops(reading);
    if (language !== "" && !speaks(market, language))
      reading.wrong("language", "language is not spoken in this market");
    if (reading.problems.size > 0) return invalid(reading.problems);
    if (!stops.ok) return stops;
    const service = services[serviceType];
    if (!service) return no("ERR_INVALID_SERVICE_TYPE", "/data/serviceType");
    if (wishes.some((wish) => !(wish in specialRequests)))
      return no("ERR_INVALID_SPECIAL_REQUEST", "/data/specialRequests");
    const scheduleAt = scheduled === null ? null : scheduleOf(scheduled, this.#world.clock);
    if (scheduled !== null && scheduleAt === null) return no("ERR_INVALID_SCHEDULE_TIME", "/data/scheduleAt");
    const [pickup, dropoff] = stops.value;
    const way = await this.way(pickup.point, dropoff.point);
    if (!way.ok) return way;
    return ok({
      id: this.#nextId(),
      ...{ market, serviceType, language, scheduleAt, specialRequests: wishes, item: data["item"] },
      isRouteOptimized: data["isRouteOptimized"] === true,
      expiresAt: instant(this.#world.clock.now() + this.#life_s * 1000),
      pickup: { ...pickup, id: this.#nextId() },
      dropoff: { ...dropoff, id: this.#nextId() },
      meters: way.value,
      price: this.price(way.value, serviceType, wishes, scheduleAt),
    });
  }

  /** Metres by road between two places that are served. */
  async way(pickup: Point, dropoff: Point): Promise<Result<number, WireResponse>> {
    for (const [i, point] of [pickup, dropoff].entries())
      if (!covers(this.#market.coverage, point)) return no("ERR_OUT_OF_SERVICE_AREA", pointerTo(`stops[${i}]`));
    const drive = await this.#world.drive(pickup, dropoff).catch(() => null);
    return drive === null || drive.meters > this.#market.longest_m ? no("ERR_OUT_OF_SERVICE_AREA") : ok(drive.meters);
  }

  price(meters: number, serviceType: string, wishes: readonly string[], at: Instant | null): Price {
    const { base, distance } = priceOf(this.#market, meters, at ?? this.#world.clock.now());
    const factor = services[serviceType]?.factor ?? 1;
    const [first, extraMileage] = [minor(Math.round(base * factor)), minor(Math.round(distance * factor))];
    const extra = minor(wishes.reduce((sum, wish) => sum + (specialRequests[wish] ?? 0), 0));
    return { base: first, extraMileage, specialRequests: extra, total: minor(first + extraMileage + extra) };
  }
}

/** Times of theirs may read `14:30.00Z`, and so may ours. */
function scheduleOf(text: string, clock: Clock): Instant | null {
  const at = fromIso(text.replace(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})\.(\d{2}Z)$/, "$1:$2"));
  const now = clock.now();
  return at !== null && at >= now && at <= now + farthest_ms ? at : null;
}

function readWishes(reading: Reading): readonly string[] {
  const wishes = reading.body["specialRequests"] ?? [];
  if (Array.isArray(wishes) && wishes.every((wish) => typeof wish === "string")) return wishes;
  reading.wrong("specialRequests", "specialRequests must be a list of names");
  return [];
}

function readStops(reading: Reading): Result<readonly [StopText, StopText], WireResponse> {
  const stops = reading.list("stops", { required: true }).map(readStop);
  const [pickup, dropoff] = stops;
  if (pickup === undefined || dropoff === undefined) return no("ERR_INSUFFICIENT_STOPS", "/data/stops");
  return stops.length > 2 ? no("ERR_TOO_MANY_STOPS", "/data/stops") : ok([pickup, dropoff]);
}

/** Coordinates are text; a number is refused. */
export function readStop(stop: Reading): StopText {
  const at =
    stop.object("coordinates") ??
    (stop.has("coordinates") ? null : stop.wrong("coordinates", "coordinates is required"));
  const rules = { required: true, pattern: degrees, otherwise: "must be degrees as text" };
  const [lat, lng] = [at?.text("lat", rules) ?? "", at?.text("lng", rules) ?? ""];
  const point: Point = [Number(lng), Number(lat)];
  if (Math.abs(point[0]) > 180 || Math.abs(point[1]) > 90) stop.wrong("coordinates", "must lie on the globe");
  return { point, coordinates: { lat, lng }, address: stop.text("address", { required: true }) ?? "" };
}
