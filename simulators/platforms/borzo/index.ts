import { behind } from "../shared/front.ts";
import { json, readObject } from "../shared/json.ts";
import { cityHours, marketOf } from "../shared/market.ts";
import { hex } from "../shared/random-text.ts";
import { RateLimiter } from "../shared/rate-limit.ts";
import type { Route, RoutePattern } from "../shared/routes.ts";
import { same } from "../shared/tokens.ts";
import type { PlatformSimulator, WireRequest, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { Desk } from "./desk.ts";
import { broken, limited, refusal } from "./errors.ts";
import { borzoPrices, settingsOf, type BorzoOptions } from "./options.ts";

export type { BorzoOptions } from "./options.ts";

type Operation = "ping" | "quote" | "create" | "cancel" | "list" | "courier" | "deliveries";

const patterns: readonly RoutePattern<Operation>[] = [
  ["GET", /^\/api\/business\/(?<version>[\d.]+)\/?$/, "ping"],
  ["POST", /^\/api\/business\/(?<version>[\d.]+)\/calculate-order$/, "quote"],
  ["POST", /^\/api\/business\/(?<version>[\d.]+)\/create-order$/, "create"],
  ["POST", /^\/api\/business\/(?<version>[\d.]+)\/cancel-order$/, "cancel"],
  ["GET", /^\/api\/business\/(?<version>[\d.]+)\/orders$/, "list"],
  ["GET", /^\/api\/business\/(?<version>[\d.]+)\/courier$/, "courier"],
  ["GET", /^\/api\/business\/(?<version>[\d.]+)\/deliveries$/, "deliveries"],
];

/**
 * Borzo's Business API as a machine on loopback. README.md says what is certain and what is not.
 * Faults name the operations ping, quote, create, cancel, list, courier, deliveries.
 */
export function borzo(world: World, options: BorzoOptions): PlatformSimulator {
  const settings = settingsOf(options);
  const rng = world.rng.fork("borzo");
  const { token } = options.credentials ?? { token: hex(rng.fork("account"), 40).toUpperCase() };
  const market = marketOf(options.market, { ...borzoPrices, surgeByHour: cityHours });
  const desk = new Desk(world, market, settings, rng);
  const limiter = new RateLimiter(settings.rateLimit, world.clock);

  /** Who asks, and may they? The refusal, or null. */
  const refused = (request: WireRequest, version: string): WireResponse | null => {
    if (!settings.versions.includes(version)) return refusal(404, "invalid_api_version");
    const given = request.headers["x-dv-auth-token"];
    if (given === undefined) return refusal(401, "required_auth_token");
    if (!same(given, token)) return refusal(401, "invalid_auth_token");
    return limiter.take() ? null : limited(60);
  };

  const answer = async (request: WireRequest, { operation, parts }: Route<Operation>): Promise<WireResponse> => {
    const no = refused(request, parts["version"] ?? "");
    if (no) return no;
    if (operation === "ping") return json(200, { is_successful: true });
    const { searchParams } = new URL(request.path, "http://localhost");
    if (operation === "list") return desk.orders(searchParams);
    if (operation === "courier") return desk.courier(searchParams);
    if (operation === "deliveries") return desk.deliveries(searchParams);
    const body = readObject(request.body);
    if (body === null) return refusal(400, "invalid_parameters");
    if (operation === "quote") return await desk.calculate(body);
    return operation === "create" ? await desk.create(body) : desk.cancel(body);
  };

  return behind(world, {
    platform: "borzo",
    credentials: { token, ...(settings.callback && { callback_secret: settings.callback.secret }) },
    examples: options.examples,
    patterns,
    words: { limited, broken },
    nowhere: refusal(404, "unknown_method"),
    answer: async (request, route, standing) =>
      standing === "active" ? await answer(request, route) : refusal(403, "unapproved_contract"),
    truth: () => desk.truth(),
    setFaults: (plan) => desk.setFaults(plan),
  });
}
