import { behind } from "../shared/front.ts";
import { readObject } from "../shared/json.ts";
import { cityHours, marketOf } from "../shared/market.ts";
import { token } from "../shared/random-text.ts";
import { RateLimiter } from "../shared/rate-limit.ts";
import type { Route } from "../shared/routes.ts";
import type { PlatformSimulator, WireRequest, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { Desk } from "./desk.ts";
import { Events } from "./events.ts";
import { patterns, type Operation } from "./operations.ts";
import { fleetPrices, settingsOf, type CarrierApiOptions } from "./options.ts";
import { broken, limited, problem } from "./problems.ts";

export type { CarrierApiOptions } from "./options.ts";

/**
 * A partner's fleet that has implemented Milepool's carrier API, as a machine on loopback.
 * Faults name the operations carrier, quote, create, find, get, change, cancel.
 */
export function carrierApi(world: World, options: CarrierApiOptions): PlatformSimulator {
  const settings = settingsOf(options);
  const rng = world.rng.fork("carrier-api");
  const account = rng.fork("account");
  const credentials = options.credentials ?? {
    key: `fleet_${token(account, 32)}`,
    webhook_secret: webhookSecret(account),
  };
  const market = marketOf(options.market, { ...fleetPrices, surgeByHour: cityHours });
  const hook = options.webhookUrl ?? null;
  const events = new Events(world, credentials.webhook_secret, hook, settings.publicUrl, rng.fork("events"));
  const desk = new Desk(world, market, settings, rng, events);
  const { callsPerMinute } = settings;
  const calls = new RateLimiter(callsPerMinute === null ? null : { requests: callsPerMinute, per_s: 60 }, world.clock);

  const act = async (request: WireRequest, { operation, parts }: Route<Operation>): Promise<WireResponse> => {
    const body = request.method === "GET" ? {} : readObject(request.body);
    if (body === null) return problem(400, "BAD_REQUEST", "The body is no JSON object.");
    const { id = "" } = parts;
    const acts: Record<Operation, () => WireResponse | Promise<WireResponse>> = {
      carrier: () => desk.facts(options.examples),
      quote: () => desk.quote(body),
      create: () => desk.create(body),
      find: () => desk.find(new URL(request.path, "http://fleet.test").searchParams.get("externalId") ?? ""),
      get: () => desk.get(id),
      change: () => desk.change(id, body),
      cancel: () => desk.cancel(id),
    };
    return await acts[operation]();
  };

  return behind(world, {
    platform: "carrier-api",
    credentials: { ...credentials },
    examples: options.examples,
    patterns,
    words: { limited, broken },
    nowhere: problem(404, "NOT_FOUND", "Nothing is here."),
    answer: async (request, route, standing) => {
      if (request.headers["authorization"] !== `Bearer ${credentials.key}`)
        return problem(401, "NOT_ALLOWED", "We have issued no such key.", { "www-authenticate": "Bearer" });
      const books = route.operation === "quote" || route.operation === "create";
      if (standing === "blocked" || (standing === "suspended" && books))
        return problem(403, "NOT_ALLOWED", "The account is closed.");
      return calls.take() ? await act(request, route) : limited(calls.reset_s());
    },
    truth: () => desk.truth(),
    setFaults: (plan) => desk.setFaults(plan),
  });
}

/** A secret as Standard Webhooks writes it. */
export const webhookSecret = (rng: Parameters<typeof token>[0]): string =>
  `whsec_${Buffer.from(token(rng, 32)).toString("base64")}`;
