import { behind } from "../shared/front.ts";
import { readObject, type JsonObject } from "../shared/json.ts";
import { cityHours, marketOf } from "../shared/market.ts";
import { hex, token } from "../shared/random-text.ts";
import { RateLimiter } from "../shared/rate-limit.ts";
import type { Route, RoutePattern } from "../shared/routes.ts";
import { bearerOf, same } from "../shared/tokens.ts";
import type { PlatformSimulator, WireRequest, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { Desk } from "./desk.ts";
import { broken, error, limited } from "./errors.ts";
import { Hooks, usualRetry } from "./hooks.ts";
import { settingsOf, woltPrices, type WoltDriveOptions } from "./options.ts";

export type { WoltDriveOptions } from "./options.ts";

type Operation =
  | "promise"
  | "create"
  | "get"
  | "fee"
  | "create-venueless"
  | "cancel"
  | "handshake"
  | "create-webhook"
  | "list-webhooks"
  | "get-webhook"
  | "update-webhook"
  | "delete-webhook";

const patterns: readonly RoutePattern<Operation>[] = [
  ["POST", /^\/v1\/venues\/(?<venue>[^/]+)\/shipment-promises$/, "promise"],
  ["POST", /^\/v1\/venues\/(?<venue>[^/]+)\/deliveries$/, "create"],
  ["GET", /^\/v1\/venues\/(?<venue>[^/]+)\/deliveries\/(?<id>[^/]+)$/, "get"],
  ["POST", /^\/merchants\/(?<merchant>[^/]+)\/delivery-fee$/, "fee"],
  ["POST", /^\/merchants\/(?<merchant>[^/]+)\/delivery-order$/, "create-venueless"],
  ["PATCH", /^\/order\/(?<id>[^/]+)\/status\/cancel$/, "cancel"],
  ["GET", /^\/order\/(?<id>[^/]+)\/handshake-delivery$/, "handshake"],
  ["POST", /^\/v1\/merchants\/(?<merchant>[^/]+)\/webhooks$/, "create-webhook"],
  ["GET", /^\/v1\/merchants\/(?<merchant>[^/]+)\/webhooks$/, "list-webhooks"],
  ["GET", /^\/v1\/merchants\/(?<merchant>[^/]+)\/webhooks\/(?<id>[^/]+)$/, "get-webhook"],
  ["PATCH", /^\/v1\/merchants\/(?<merchant>[^/]+)\/webhooks\/(?<id>[^/]+)$/, "update-webhook"],
  ["DELETE", /^\/v1\/merchants\/(?<merchant>[^/]+)\/webhooks\/(?<id>[^/]+)$/, "delete-webhook"],
];

const bodiless = new Set<Operation>(["get", "handshake", "list-webhooks", "get-webhook", "delete-webhook"]);

/**
 * Wolt Drive, with a venue and without, as a machine on loopback. README.md says what is certain and what is not.
 * Faults name the operations promise, create, get, fee, create-venueless, cancel, handshake, and those on webhooks.
 */
export function woltDrive(world: World, options: WoltDriveOptions): PlatformSimulator {
  const settings = settingsOf(options);
  const rng = world.rng.fork("wolt-drive");
  const account = rng.fork("account");
  const {
    token: key,
    merchant_id,
    venue_id,
  } = options.credentials ?? {
    token: token(account, 64),
    merchant_id: hex(account, 24),
    venue_id: hex(account, 24),
  };
  const market = marketOf(options.market, { ...woltPrices, surgeByHour: cityHours });
  const { pickup: home } = options.examples;
  const place = { point: [home.longitude, home.latitude] as const, address: home.address };
  const hooks = new Hooks(rng.fork("hooks"), options.webhook ? { ...options.webhook, retry: usualRetry } : null);
  const desk = new Desk(world, market, settings, rng, hooks, { id: venue_id, place });
  const limiter = new RateLimiter(settings.rateLimit, world.clock);

  const answer = async (request: WireRequest, { operation, parts }: Route<Operation>): Promise<WireResponse> => {
    if (!same(bearerOf(request) ?? "", key)) return error("UNAUTHORIZED");
    if (!limiter.take()) return limited(5);
    const { venue = venue_id, merchant = merchant_id, id = "" } = parts;
    if (venue !== venue_id || merchant !== merchant_id) return error("VENUE_NOT_FOUND");
    const body = readObject(request.body, bodiless.has(operation));
    if (body === null) return error("INVALID_PAYLOAD", "the body is not a JSON object");
    return await handle(desk, hooks, operation, body, id);
  };

  return behind(world, {
    platform: "wolt-drive",
    credentials: {
      token: key,
      merchant_id,
      venue_id,
      ...(options.webhook && { webhook_client_secret: options.webhook.clientSecret }),
    },
    examples: options.examples,
    patterns,
    words: { limited, broken },
    nowhere: error("NOT_FOUND"),
    answer: async (request, route, standing) =>
      standing === "active" ? await answer(request, route) : error("CORPORATE_PAYMENT_METHOD_NOT_FOUND"),
    truth: () => desk.truth(),
    setFaults: (plan) => desk.setFaults(plan),
  });
}

async function handle(
  desk: Desk,
  hooks: Hooks,
  operation: Operation,
  body: JsonObject,
  id: string,
): Promise<WireResponse> {
  const acts: Record<Operation, () => WireResponse | Promise<WireResponse>> = {
    promise: () => desk.promise(body),
    create: () => desk.create(body),
    get: () => desk.get(id),
    fee: () => desk.fee(body),
    "create-venueless": () => desk.createFree(body),
    cancel: () => desk.cancel(id, body),
    handshake: () => desk.handshake(id),
    "create-webhook": () => hooks.create(body),
    "list-webhooks": () => hooks.list(),
    "get-webhook": () => hooks.get(id),
    "update-webhook": () => hooks.update(id, body),
    "delete-webhook": () => hooks.remove(id),
  };
  return await acts[operation]();
}
