import { behind } from "../shared/front.ts";
import { readObject } from "../shared/json.ts";
import { cityHours, marketOf, type Market } from "../shared/market.ts";
import { pictureOf } from "../shared/png.ts";
import { token } from "../shared/random-text.ts";
import { RateLimiter } from "../shared/rate-limit.ts";
import type { Route, RoutePattern } from "../shared/routes.ts";
import type { PlatformSimulator, WireRequest, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { Desk } from "./desk.ts";
import { broken, error, limited } from "./errors.ts";
import { settingsOf, stuartPrices, type StuartOptions } from "./options.ts";
import { TokenOffice } from "./tokens.ts";

export type { StuartOptions } from "./options.ts";

type Operation =
  | "token"
  | "quote"
  | "validate"
  | "eta"
  | "cpt"
  | "create"
  | "list"
  | "get"
  | "update"
  | "cancel"
  | "cancel-delivery"
  | "ready"
  | "ready-delivery"
  | "phone"
  | "address"
  | "picture";

const patterns: readonly RoutePattern<Operation>[] = [
  ["POST", /^\/oauth\/token$/, "token"],
  ["POST", /^\/v2\/jobs\/pricing$/, "quote"],
  ["POST", /^\/v2\/jobs\/validate$/, "validate"],
  ["POST", /^\/v2\/jobs\/eta$/, "eta"],
  ["POST", /^\/v2\/jobs\/cpt$/, "cpt"],
  ["POST", /^\/v2\/jobs$/, "create"],
  ["GET", /^\/v2\/jobs$/, "list"],
  ["GET", /^\/v2\/jobs\/(?<id>\d+)$/, "get"],
  ["PATCH", /^\/v2\/jobs\/(?<id>\d+)$/, "update"],
  ["POST", /^\/v2\/jobs\/(?<id>\d+)\/cancel$/, "cancel"],
  ["POST", /^\/v2\/deliveries\/(?<id>\d+)\/cancel$/, "cancel-delivery"],
  ["POST", /^\/v2\/jobs\/(?<id>\d+)\/order_ready$/, "ready"],
  ["POST", /^\/v2\/deliveries\/(?<id>\d+)\/order_ready$/, "ready-delivery"],
  ["GET", /^\/v2\/deliveries\/(?<id>\d+)\/phone_number$/, "phone"],
  ["POST", /^\/v2\/addresses\/validate$/, "address"],
  ["GET", /^\/(?:proofs|couriers)\/(?<id>[^/]+(?:\/[^/]+)?[.]png)$/, "picture"],
];

/** These take an empty body. */
const bodiless = new Set<Operation>(["get", "list", "phone", "cancel", "cancel-delivery", "ready", "ready-delivery"]);

/**
 * Stuart's on-demand API, version 2, as a machine on loopback. README.md says what is certain and what is not.
 * Faults name the operations token, quote, validate, eta, cpt, create, list, get, update, cancel, cancel-delivery, ready,
 * ready-delivery, phone, address.
 */
export function stuart(world: World, options: StuartOptions): PlatformSimulator {
  const settings = settingsOf(options);
  const rng = world.rng.fork("stuart");
  const account = rng.fork("account");
  const client = options.credentials ?? { client_id: token(account, 40), client_secret: token(account, 40) };
  const market = marketIn(options, settings.environment);
  const desk = new Desk(world, market, settings, rng);
  const tokens = new TokenOffice(world.clock, rng.fork("tokens"), settings.tokenLife_s, client);
  const limiter = new RateLimiter(settings.rateLimit, world.clock);

  const answer = async (request: WireRequest, { operation, parts }: Route<Operation>): Promise<WireResponse> => {
    if (operation === "token") return tokens.grant(request);
    if (operation === "picture") return picture(parts["id"] ?? "");
    const refused = tokens.refusal(request);
    if (refused) return refused;
    if (!limiter.take()) return limited(null);
    const body = readObject(request.body, bodiless.has(operation));
    if (body === null) return error("RECORD_INVALID", { body: ["is not a JSON object"] });
    return await handle(desk, operation, body, parts["id"] ?? "", request);
  };

  return behind(world, {
    platform: "stuart",
    credentials: {
      ...client,
      ...(settings.webhook?.authorization && { webhook_authorization: settings.webhook.authorization }),
    },
    examples: options.examples,
    patterns,
    words: { limited, broken },
    nowhere: error("NOT_FOUND"),
    answer: async (request, route, standing) => {
      const open = standing === "active" || route.operation === "token";
      return open ? await answer(request, route) : error("ACCESS_DENIED");
    },
    truth: () => desk.truth(),
    setFaults: (plan) => desk.setFaults(plan),
  });
}

/** Nothing happens to bots by chance. */
function marketIn({ market }: StuartOptions, environment: "production" | "sandbox"): Market {
  const whole = marketOf(market, { ...stuartPrices, surgeByHour: cityHours });
  if (environment === "production") return whole;
  const calm = { nobodyShare: 0, dropOutShare: 0, cancelShare: 0, undeliverableShare: 0 };
  return { ...whole, supply: { ...whole.supply, ...calm } };
}

async function handle(
  desk: Desk,
  operation: Exclude<Operation, "token" | "picture">,
  body: NonNullable<ReturnType<typeof readObject>>,
  id: string,
  { path }: WireRequest,
): Promise<WireResponse> {
  const acts: Record<typeof operation, () => WireResponse | Promise<WireResponse>> = {
    quote: () => desk.price(body),
    validate: () => desk.validate(body),
    eta: () => desk.eta(body, "pickup"),
    cpt: () => desk.eta(body, "dropoff"),
    create: () => desk.create(body),
    list: () => desk.list(new URL(path, "http://localhost").searchParams),
    get: () => desk.get(id),
    update: () => desk.update(id, body),
    cancel: () => desk.cancelJob(id, body),
    "cancel-delivery": () => desk.cancelDelivery(id, body),
    ready: () => desk.readyJob(id, body),
    "ready-delivery": () => desk.readyDelivery(id, body),
    phone: () => desk.phone(id),
    address: () => desk.validateAddress(body),
  };
  return await acts[operation]();
}

const picture = (name: string): WireResponse => ({
  status: 200,
  headers: { "content-type": "image/png" },
  body: pictureOf(name),
});
