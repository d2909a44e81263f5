import { behind } from "../shared/front.ts";
import { json, readObject, type JsonObject } from "../shared/json.ts";
import { cityHours, marketOf } from "../shared/market.ts";
import { digits, token, uuid } from "../shared/random-text.ts";
import { RateLimiter } from "../shared/rate-limit.ts";
import type { Route, RoutePattern } from "../shared/routes.ts";
import { bearerOf, same, TokenBook } from "../shared/tokens.ts";
import type { PlatformSimulator, WireRequest, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { Desk } from "./desk.ts";
import { broken, error, limited, notFound, unauthorized } from "./errors.ts";
import { glovoPrices, settingsOf, type GlovoOptions } from "./options.ts";

export type { GlovoOptions } from "./options.ts";

type Operation =
  | "token"
  | "quote"
  | "confirm"
  | "create"
  | "validate"
  | "get"
  | "status"
  | "position"
  | "contact"
  | "cancel"
  | "simulate";

const patterns: readonly RoutePattern<Operation>[] = [
  ["POST", /^\/oauth\/token$/, "token"],
  ["POST", /^\/v2\/laas\/quotes$/, "quote"],
  ["POST", /^\/v2\/laas\/quotes\/(?<id>[^/]+)\/parcels$/, "confirm"],
  ["POST", /^\/v2\/laas\/parcels$/, "create"],
  ["POST", /^\/v2\/laas\/parcels\/validation$/, "validate"],
  ["GET", /^\/v2\/laas\/parcels\/(?<id>\d+)$/, "get"],
  ["GET", /^\/v2\/laas\/parcels\/(?<id>\d+)\/status$/, "status"],
  ["GET", /^\/v2\/laas\/parcels\/(?<id>\d+)\/courier-position$/, "position"],
  ["GET", /^\/v2\/laas\/parcels\/(?<id>\d+)\/courier-contact$/, "contact"],
  ["POST", /^\/v2\/laas\/parcels\/(?<id>\d+)\/cancel$/, "cancel"],
  ["POST", /^\/v2\/laas\/parcels\/(?<id>\d+)\/simulate\/successful-attempt$/, "simulate"],
];

const bodiless = new Set<Operation>(["get", "status", "position", "contact", "cancel", "simulate"]);

/**
 * Glovo On-Demand (LaaS), version 2, as a machine on loopback. README.md says what is certain and what is not.
 * Faults name the operations token, quote, confirm, create, validate, get, status, position, contact, cancel, simulate.
 */
export function glovo(world: World, options: GlovoOptions): PlatformSimulator {
  const settings = settingsOf(options);
  const rng = world.rng.fork("glovo");
  const account = rng.fork("account");
  const client = options.credentials ?? {
    client_id: digits(account, 15),
    client_secret: token(account, 32),
    address_book_id: uuid(account),
  };
  const market = marketOf(options.market, { ...glovoPrices, surgeByHour: cityHours });
  const { longitude, latitude } = options.examples.pickup;
  const desk = new Desk(world, market, settings, rng, { id: client.address_book_id, point: [longitude, latitude] });
  const book = new TokenBook(world.clock);
  const tokens = rng.fork("tokens");
  const limiter = new RateLimiter(settings.rateLimit, world.clock);

  /** `POST /oauth/token`, in camel case; the id may come as a number. */
  const grant = (plea: JsonObject | null): WireResponse => {
    const known = same(String(plea?.["clientId"]), client.client_id);
    if (!same(String(plea?.["clientSecret"]), client.client_secret) || !known) return unauthorized;
    if (plea?.["grantType"] !== "client_credentials") return error(400, "grantType must be client_credentials");
    const accessToken = token(tokens, 64);
    book.enter(accessToken, settings.tokenLife_s);
    return json(200, { accessToken, tokenType: "bearer", expiresIn: settings.tokenLife_s });
  };

  const answer = async (request: WireRequest, { operation, parts }: Route<Operation>): Promise<WireResponse> => {
    if (operation === "token") return grant(readObject(request.body));
    if (book.standing(bearerOf(request)) !== "alive") return unauthorized;
    if (!limiter.take()) return limited(limiter.reset_s());
    const body = readObject(request.body, bodiless.has(operation));
    return body === null
      ? error(400, "the body is not a JSON object")
      : await handle(desk, operation, body, parts["id"] ?? "");
  };

  return behind(world, {
    platform: "glovo",
    credentials: { ...client },
    examples: options.examples,
    patterns,
    words: { limited, broken },
    nowhere: notFound,
    answer: async (request, route, standing) => {
      const open = standing === "active" || route.operation === "token";
      return open ? await answer(request, route) : error(403, "The account is not active");
    },
    truth: () => desk.truth(),
    setFaults: (plan) => desk.setFaults(plan),
  });
}

async function handle(
  desk: Desk,
  operation: Exclude<Operation, "token">,
  body: JsonObject,
  id: string,
): Promise<WireResponse> {
  const acts: Record<typeof operation, () => WireResponse | Promise<WireResponse>> = {
    quote: () => desk.quote(body),
    confirm: () => desk.confirm(id, body),
    create: () => desk.create(body),
    validate: () => desk.validate(body),
    get: () => desk.get(id),
    status: () => desk.status(id),
    position: () => desk.position(id),
    contact: () => desk.contact(id),
    cancel: () => desk.cancel(id),
    simulate: () => desk.simulate(id),
  };
  return await acts[operation]();
}
