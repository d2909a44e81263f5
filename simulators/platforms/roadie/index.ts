import { behind } from "../shared/front.ts";
import { readObject, type JsonObject } from "../shared/json.ts";
import { cityHours, marketOf } from "../shared/market.ts";
import { token } from "../shared/random-text.ts";
import { RateLimiter } from "../shared/rate-limit.ts";
import type { Route, RoutePattern } from "../shared/routes.ts";
import { bearerOf, same } from "../shared/tokens.ts";
import type { PlatformSimulator, WireRequest, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { Desk } from "./desk.ts";
import { broken, forbidden, invalid, limited, notFound, unauthorized } from "./errors.ts";
import { roadiePrices, settingsOf, type RoadieOptions } from "./options.ts";

export type { RoadieOptions } from "./options.ts";

type Operation = "quote" | "create" | "list" | "get" | "update" | "cancel" | "tip" | "rate";

const patterns: readonly RoutePattern<Operation>[] = [
  ["POST", /^\/v1\/estimates$/, "quote"],
  ["POST", /^\/v1\/shipments$/, "create"],
  ["GET", /^\/v1\/shipments$/, "list"],
  ["GET", /^\/v1\/shipments\/(?<id>\d+)$/, "get"],
  ["PATCH", /^\/v1\/shipments\/(?<id>\d+)$/, "update"],
  ["DELETE", /^\/v1\/shipments\/(?<id>\d+)$/, "cancel"],
  ["POST", /^\/v1\/shipments\/(?<id>\d+)\/tips$/, "tip"],
  ["POST", /^\/v1\/shipments\/(?<id>\d+)\/ratings$/, "rate"],
];

/**
 * Roadie's delivery API, version 1, as a machine on loopback. README.md says what is certain and what is not.
 * Faults name the operations quote, create, list, get, update, cancel, tip, rate.
 */
export function roadie(world: World, options: RoadieOptions): PlatformSimulator {
  const settings = settingsOf(options);
  const rng = world.rng.fork("roadie");
  const { access_token } = options.credentials ?? { access_token: token(rng.fork("account"), 40) };
  const market = marketOf(options.market, { ...roadiePrices, surgeByHour: cityHours });
  const desk = new Desk(world, market, settings, rng);
  const limiter = new RateLimiter(settings.rateLimit, world.clock);

  const answer = async (request: WireRequest, { operation, parts }: Route<Operation>): Promise<WireResponse> => {
    if (!same(bearerOf(request) ?? "", access_token)) return unauthorized;
    if (!limiter.take()) return limited(limiter.reset_s());
    const body = readObject(request.body, request.method === "GET");
    if (body === null) return invalid(new Map([["body", "must be a JSON object"]]));
    return await handle(
      desk,
      operation,
      body,
      parts["id"] ?? "",
      new URL(request.path, "http://localhost").searchParams,
    );
  };

  return behind(world, {
    platform: "roadie",
    credentials: { access_token, ...(settings.webhook && { webhook_api_key: settings.webhook.apiKey }) },
    examples: options.examples,
    patterns,
    words: { limited, broken },
    nowhere: notFound,
    answer: async (request, route, standing) => (standing === "active" ? await answer(request, route) : forbidden),
    truth: () => desk.truth(),
    setFaults: (plan) => desk.setFaults(plan),
  });
}

async function handle(
  desk: Desk,
  operation: Operation,
  body: JsonObject,
  id: string,
  query: URLSearchParams,
): Promise<WireResponse> {
  const acts: Record<Operation, () => WireResponse | Promise<WireResponse>> = {
    quote: () => desk.estimate(body),
    create: () => desk.create(body),
    list: () => desk.list(query),
    get: () => desk.get(id),
    update: () => desk.update(id, body),
    cancel: () => desk.cancel(id, body),
    tip: () => desk.tip(id, body),
    rate: () => desk.rate(id, body),
  };
  return await acts[operation]();
}
