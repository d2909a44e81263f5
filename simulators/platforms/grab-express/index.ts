import type { Rng } from "../../../src/kernel/rng.ts";
import { behind } from "../shared/front.ts";
import { json, readObject, type JsonObject } from "../shared/json.ts";
import { cityHours, marketOf } from "../shared/market.ts";
import { token } from "../shared/random-text.ts";
import { RateLimiter } from "../shared/rate-limit.ts";
import type { Route, RoutePattern } from "../shared/routes.ts";
import { bearerOf, jwtOf, same, TokenBook } from "../shared/tokens.ts";
import type { PlatformSimulator, WireRequest, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { Desk } from "./desk.ts";
import { bad, broken, forbidden, limited, notFound, unauthorized } from "./errors.ts";
import { grabPrices, longestWay_m, settingsOf, type GrabExpressOptions } from "./options.ts";
import { advance } from "./sandbox.ts";

export type { GrabExpressOptions } from "./options.ts";

/** The simulator, and the hands of the person at the developer console: in the sandbox nothing moves without them. */
export interface GrabExpressSimulator extends PlatformSimulator {
  /** One step on; false when the id is unknown or there is no next step. */
  advance(deliveryID: string): boolean;
}

type Operation = "token" | "quote" | "create" | "get" | "cancel" | "cancel-order";

const scope = "grab_express.partner_deliveries";

const patternsOf = (environment: "production" | "sandbox"): readonly RoutePattern<Operation>[] => {
  const base = `/grab-express${environment === "sandbox" ? "-sandbox" : ""}/v1`;
  return [
    ["POST", /^\/grabid\/v1\/oauth2\/token$/, "token"],
    ["POST", new RegExp(`^${base}/deliveries/quotes$`), "quote"],
    ["POST", new RegExp(`^${base}/deliveries$`), "create"],
    ["GET", new RegExp(`^${base}/deliveries/(?<id>[^/]+)$`), "get"],
    ["DELETE", new RegExp(`^${base}/deliveries/(?<id>[^/]+)$`), "cancel"],
    ["DELETE", new RegExp(`^${base}/merchant/deliveries/(?<id>[^/]+)$`), "cancel-order"],
  ];
};

/**
 * GrabExpress's partner API as a machine on loopback. README.md says what is certain and what is not.
 * Faults name the operations token, quote, create, get, cancel, cancel-order.
 */
export function grabExpress(world: World, options: GrabExpressOptions): GrabExpressSimulator {
  const settings = settingsOf(options);
  const rng = world.rng.fork("grab-express");
  const account = rng.fork("account");
  const client = options.credentials ?? { client_id: token(account, 32), client_secret: token(account, 40) };
  const market = marketOf({ longest_m: longestWay_m, ...options.market }, { ...grabPrices, surgeByHour: cityHours });
  const desk = new Desk(world, market, settings, rng);
  const book = new TokenBook(world.clock);
  const grant = granter(world, client, book, settings.tokenLife_s, rng.fork("tokens"));
  const limiters = limitersOf(world, settings.environment, settings.limited);

  const answer = async (request: WireRequest, { operation, parts }: Route<Operation>): Promise<WireResponse> => {
    if (operation === "token") return grant(readObject(request.body));
    if (book.standing(bearerOf(request)) !== "alive") return unauthorized;
    const limiter = limiters[operation];
    if (!limiter.take()) return limited(limiter.reset_s());
    const body = readObject(request.body, operation !== "quote" && operation !== "create");
    if (body === null) return bad("Invalid parameters", "the body is not a JSON object");
    const id = parts["id"] ?? "";
    if (operation === "quote") return await desk.quote(body);
    if (operation === "create") return await desk.create(body);
    if (operation === "get") return desk.get(id);
    return operation === "cancel" ? desk.cancel(id) : desk.cancelOrder(id);
  };

  const simulator = behind(world, {
    platform: "grab-express",
    credentials: {
      ...client,
      ...(settings.webhook && { webhook_authorization: settings.webhook.authorization }),
    },
    examples: options.examples,
    patterns: patternsOf(settings.environment),
    words: { limited, broken },
    nowhere: notFound,
    answer: async (request, route, standing) => {
      const open = standing === "active" || route.operation === "token";
      return open ? await answer(request, route) : forbidden;
    },
    truth: () => desk.truth(),
    setFaults: (plan) => desk.setFaults(plan),
  });
  return {
    ...simulator,
    advance: (id) => {
      const [delivery, life] = [desk.deliveries.get(id), desk.lives.get(id)];
      return delivery !== undefined && life !== undefined && advance(delivery, life);
    },
  };
}

/** `POST /grabid/v1/oauth2/token`, in JSON. */
const granter =
  (
    { clock }: World,
    client: { readonly client_id: string; readonly client_secret: string },
    book: TokenBook,
    life_s: number,
    rng: Rng,
  ) =>
  (plea: JsonObject | null): WireResponse => {
    const known = same(String(plea?.["client_id"]), client.client_id);
    if (!same(String(plea?.["client_secret"]), client.client_secret) || !known)
      return json(401, { error: "invalid_client" });
    if (plea?.["grant_type"] !== "client_credentials") return json(400, { error: "unsupported_grant_type" });
    if (plea["scope"] !== scope) return json(400, { error: "invalid_scope" });
    const iat = Math.floor(clock.now() / 1000);
    const claims = { aud: client.client_id, iat, exp: iat + life_s, scp: scope, jti: token(rng, 32) };
    const access_token = jwtOf(claims, client.client_secret);
    book.enter(access_token, life_s);
    return json(200, { access_token, token_type: "Bearer", expires_in: life_s });
  };

/** Requests a second: quotes 300, the others 33; in the sandbox 5 each. */
function limitersOf(
  { clock }: World,
  environment: "production" | "sandbox",
  isLimited: boolean,
): Record<Exclude<Operation, "token">, RateLimiter> {
  const limiter = (production: number): RateLimiter =>
    new RateLimiter(isLimited ? { requests: environment === "sandbox" ? 5 : production, per_s: 1 } : null, clock);
  const cancel = limiter(33);
  return { quote: limiter(300), create: limiter(33), get: limiter(33), cancel, "cancel-order": cancel };
}
