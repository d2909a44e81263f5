import { behind } from "../shared/front.ts";
import { readObject, type JsonObject } from "../shared/json.ts";
import { cityHours, marketOf } from "../shared/market.ts";
import { token as randomToken } from "../shared/random-text.ts";
import { RateLimiter } from "../shared/rate-limit.ts";
import type { Route, RoutePattern } from "../shared/routes.ts";
import { bearerOf, same } from "../shared/tokens.ts";
import type { PlatformSimulator, WireRequest, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { Desk } from "./desk.ts";
import { broken, error, limited } from "./errors.ts";
import { settingsOf, yangoPrices, type YangoDeliveryOptions } from "./options.ts";

export type { YangoDeliveryOptions } from "./options.ts";

type Operation =
  | "quote"
  | "create"
  | "edit"
  | "get"
  | "accept"
  | "cancel-info"
  | "cancel"
  | "list"
  | "journal"
  | "position"
  | "links"
  | "phone";

const prefix = "^/b2b/cargo/integration/v[12]/";
const at = (verb: string, path: string, operation: Operation) =>
  [verb, new RegExp(`${prefix}${path}$`), operation] as const;

const patterns: readonly RoutePattern<Operation>[] = [
  at("POST", "check-price", "quote"),
  at("POST", "claims/create", "create"),
  at("POST", "claims/edit", "edit"),
  at("POST", "claims/info", "get"),
  at("POST", "claims/accept", "accept"),
  at("POST", "claims/cancel-info", "cancel-info"),
  at("POST", "claims/cancel", "cancel"),
  at("POST", "claims/search", "list"),
  at("POST", "claims/journal", "journal"),
  at("GET", "claims/performer-position", "position"),
  at("GET", "claims/tracking-links", "links"),
  at("POST", "driver-voiceforwarding", "phone"),
];

/** These take an empty body. */
const bodiless = new Set<Operation>(["get", "cancel-info", "position", "links", "list", "journal"]);

/**
 * Yango Delivery's claims API (Yandex Delivery's, under its other name) as a machine on loopback. README.md says what is certain and what
 * is not. Faults name the operations quote, create, edit, get, accept, cancel-info, cancel, list, journal, position, links, phone.
 */
export function yangoDelivery(world: World, options: YangoDeliveryOptions): PlatformSimulator {
  const settings = settingsOf(options);
  const rng = world.rng.fork("yango-delivery");
  const { token } = options.credentials ?? { token: `y0_${randomToken(rng.fork("account"), 55)}` };
  const market = marketOf(options.market, { ...yangoPrices, surgeByHour: cityHours });
  const desk = new Desk(world, market, settings, rng);
  const limiter = new RateLimiter(settings.rateLimit, world.clock);

  const answer = async (request: WireRequest, { operation }: Route<Operation>): Promise<WireResponse> => {
    if (!same(bearerOf(request) ?? "", token)) return error("unauthorized", "Access denied");
    if (!limiter.take()) return limited(limiter.reset_s());
    if (request.headers["accept-language"] === undefined) return error("bad_request", "Accept-Language is required");
    const body = readObject(request.body, bodiless.has(operation));
    if (body === null) return error("bad_request", "the body is not a JSON object");
    return await handle(desk, operation, body, new URL(request.path, "http://localhost").searchParams);
  };

  return behind(world, {
    platform: "yango-delivery",
    credentials: { token },
    examples: options.examples,
    patterns,
    words: { limited, broken },
    nowhere: error("not_found"),
    answer: async (request, route, standing) =>
      standing === "active" ? await answer(request, route) : error("forbidden", "The contract is not active"),
    truth: () => desk.truth(),
    setFaults: (plan) => desk.setFaults(plan),
  });
}

async function handle(
  desk: Desk,
  operation: Operation,
  body: JsonObject,
  query: URLSearchParams,
): Promise<WireResponse> {
  const id = query.get("claim_id") ?? "";
  const acts: Record<Operation, () => WireResponse | Promise<WireResponse>> = {
    quote: () => desk.price(body),
    create: () => desk.create(query.get("request_id") ?? "", body),
    edit: () => desk.edit(id, Number(query.get("version")), body),
    get: () => desk.info(id),
    accept: () => desk.accept(id, body),
    "cancel-info": () => desk.cancelInfo(id),
    cancel: () => desk.cancel(id, body),
    list: () => desk.search(body),
    journal: () => desk.journal(body),
    position: () => desk.position(id),
    links: () => desk.links(id),
    phone: () => desk.phone(body),
  };
  return await acts[operation]();
}
