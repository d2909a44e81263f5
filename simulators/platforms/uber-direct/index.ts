import { json, readObject, type JsonObject } from "../shared/json.ts";
import { Gate } from "../shared/gate.ts";
import { cityHours, marketOf } from "../shared/market.ts";
import { pictureOf } from "../shared/png.ts";
import { token, uuid } from "../shared/random-text.ts";
import { RateLimiter } from "../shared/rate-limit.ts";
import { routeOf, type Route, type RoutePattern } from "../shared/routes.ts";
import type { FaultPlan, PlatformSimulator, WireRequest, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { Desk } from "./desk.ts";
import { errorResponse, internalError, unauthorized } from "./errors.ts";
import { settingsOf, uberPrices, type UberDirectOptions } from "./options.ts";
import { TokenOffice } from "./tokens.ts";

export type { UberDirectOptions } from "./options.ts";

type Operation = "token" | "quote" | "create" | "list" | "get" | "update" | "cancel" | "proof" | "picture";

const patterns: readonly RoutePattern<Operation>[] = [
  ["POST", /^\/oauth\/v2\/token$/, "token"],
  ["GET", /^\/proofs\/(?<id>[^/]+\/[^/]+[.]png)$/, "picture"],
  ["POST", /^\/v1\/customers\/(?<customer>[^/]+)\/delivery_quotes$/, "quote"],
  ["POST", /^\/v1\/customers\/(?<customer>[^/]+)\/deliveries$/, "create"],
  ["GET", /^\/v1\/customers\/(?<customer>[^/]+)\/deliveries$/, "list"],
  ["GET", /^\/v1\/customers\/(?<customer>[^/]+)\/deliveries\/(?<id>[^/]+)$/, "get"],
  ["POST", /^\/v1\/customers\/(?<customer>[^/]+)\/deliveries\/(?<id>[^/]+)$/, "update"],
  ["POST", /^\/v1\/customers\/(?<customer>[^/]+)\/deliveries\/(?<id>[^/]+)\/cancel$/, "cancel"],
  ["POST", /^\/v1\/customers\/(?<customer>[^/]+)\/deliveries\/(?<id>[^/]+)\/proof-of-delivery$/, "proof"],
];

/**
 * Uber Direct (the `customers/{customer_id}` API) as a machine on loopback. README.md says what is certain and what is not.
 * Faults name these operations: token, quote, create, list, get, update, cancel, proof.
 */
export function uberDirect(world: World, options: UberDirectOptions): PlatformSimulator {
  const settings = settingsOf(options);
  const rng = world.rng.fork("uber-direct");
  const account = rng.fork("account");
  const client = options.credentials ?? {
    client_id: token(account, 32),
    client_secret: token(account, 40),
    customer_id: uuid(account),
  };
  const market = marketOf(options.market, { ...uberPrices, surgeByHour: cityHours });
  const desk = new Desk(world, market, settings, rng, client.customer_id);
  const tokens = new TokenOffice(world.clock, rng.fork("tokens"), settings.tokenLife_s, {
    id: client.client_id,
    secret: client.client_secret,
  });
  const limiter = new RateLimiter(settings.rateLimit, world.clock);
  const gate = new Gate(world, {
    limited: (retryAfter_s) => errorResponse("customer_limited", undefined, { "retry-after": String(retryAfter_s) }),
    broken: internalError,
  });
  let standing: NonNullable<FaultPlan["account"]> = "active";

  /** Who asks, and may they? The refusal, or null. */
  const refusal = (request: WireRequest, customer: string): WireResponse | null => {
    if (!tokens.admits(request, "eats.deliveries")) return unauthorized;
    if (!limiter.take()) return errorResponse("customer_limited");
    if (customer !== client.customer_id) return errorResponse("customer_not_found");
    if (standing === "suspended") return errorResponse("customer_suspended");
    return standing === "blocked" ? errorResponse("customer_blocked") : null;
  };

  const answer = async (request: WireRequest, { operation, parts }: Route<Operation>): Promise<WireResponse> => {
    const { customer = "", id = "" } = parts;
    if (operation === "token") return tokens.grant(request);
    if (operation === "picture") return picture(id);
    const refused = refusal(request, customer);
    if (refused) return refused;
    if (operation === "get") return desk.get(id);
    if (operation === "list") return desk.list(new URL(request.path, "http://localhost").searchParams);
    const body = readObject(request.body, operation === "cancel");
    if (body === null) return errorResponse("invalid_params", { body: "The request body is not a JSON object." });
    return await change(desk, operation, id, body);
  };

  return {
    platform: "uber-direct",
    credentials: {
      UBER_DIRECT_CLIENT_ID: client.client_id,
      UBER_DIRECT_CLIENT_SECRET: client.client_secret,
      UBER_DIRECT_CUSTOMER_ID: client.customer_id,
      ...client,
      ...(settings.webhooks[0] && { webhook_signing_key: settings.webhooks[0].signingKey }),
    },
    examples: options.examples,
    handle: async (request) => {
      const route = routeOf(patterns, request);
      if (route === null) return json(404, { code: "not_found", message: "There is nothing here.", kind: "error" });
      return await gate.pass(route.operation, () => answer(request, route));
    },
    truth: () => [...desk.deliveries.values()].map((delivery) => delivery.truth()),
    setFaults: (plan) => {
      standing = plan.account ?? "active";
      gate.setFaults(plan);
      desk.setFaults(plan);
    },
  };
}

async function change(desk: Desk, operation: Operation, id: string, body: JsonObject): Promise<WireResponse> {
  if (operation === "quote") return await desk.quote(body);
  if (operation === "create") return await desk.create(body);
  if (operation === "update") return desk.update(id, body);
  return operation === "cancel" ? desk.cancel(id, body) : desk.proof(id, body);
}

const picture = (name: string): WireResponse => ({
  status: 200,
  headers: { "content-type": "image/png" },
  body: pictureOf(name),
});
