import { behind } from "../shared/front.ts";
import { isObject, json, readObject, type JsonObject } from "../shared/json.ts";
import { cityHours, marketOf } from "../shared/market.ts";
import { pictureOf } from "../shared/png.ts";
import { token } from "../shared/random-text.ts";
import type { Route } from "../shared/routes.ts";
import type { PlatformSimulator, WireRequest, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { citiesOf, isMarket } from "./catalogue.ts";
import { Desk } from "./desk.ts";
import { broken, error, limited } from "./errors.ts";
import { Limits } from "./limits.ts";
import { bodiless, patterns, type Operation } from "./operations.ts";
import { lalamovePrices, settingsOf, type LalamoveOptions } from "./options.ts";
import { advance } from "./sandbox.ts";
import { isSigned, type KeyPair } from "./signature.ts";

export type { LalamoveOptions } from "./options.ts";

/** The simulator, and the hands of the people at the partner portal and at support. */
export interface LalamoveSimulator extends PlatformSimulator {
  /** One step on; false when the id is unknown or there is no next step. In the sandbox nothing moves without it. */
  advance(orderId: string): boolean;
  /** Support cancels an order and clones it; the id of the clone, or null when there is no such order alive. */
  replace(orderId: string): string | null;
}

/**
 * Lalamove's delivery API, version 3, as a machine on loopback. README.md says what is certain and what is not.
 * Faults name the operations cities, quote, get-quote, create, get, edit, cancel, driver, change-driver, priority-fee, webhook.
 */
export function lalamove(world: World, options: LalamoveOptions): LalamoveSimulator {
  const settings = settingsOf(options);
  const rng = world.rng.fork("lalamove");
  const account = rng.fork("account");
  const kind = settings.environment === "sandbox" ? "test" : "prod";
  const keys: KeyPair = options.credentials ?? {
    public_key: `pk_${kind}_${token(account, 32)}`,
    secret: `sk_${kind}_${token(account, 64)}`,
  };
  const whole = marketOf(options.market, { ...lalamovePrices, surgeByHour: cityHours });
  const patience = { patience_s: options.market.supply?.patience_s ?? 7200 };
  const market = { ...whole, supply: { ...whole.supply, ...patience } };
  const desk = new Desk(world, market, settings, rng, keys, options.webhookUrl ?? null);
  const limits = new Limits(world.clock, settings.environment, settings.limited);

  const answer = async (request: WireRequest, { operation, parts }: Route<Operation>): Promise<WireResponse> => {
    if (operation === "picture") return picture(parts["id"] ?? "");
    const country = (request.headers["market"] ?? "").slice(0, 2);
    if (!isMarket(country)) return error("ERR_INVALID_MARKET");
    const wait_s = limits.refuses(operation);
    if (wait_s !== null) return limited(wait_s);
    const data = bodiless.has(operation) ? {} : dataOf(request.body);
    if (data === "no JSON") return error("ERR_INVALID_JSON");
    if (data === null)
      return json(422, { errors: [{ id: "ERR_MISSING_FIELD", message: "data is required", detail: "/data" }] });
    return await handle(desk, operation, data, parts, country);
  };

  const simulator = behind(world, {
    platform: "lalamove",
    credentials: { ...keys },
    examples: options.examples,
    patterns,
    words: { limited, broken },
    nowhere: error("ERR_NOT_FOUND"),
    answer: async (request, route, standing) => {
      if (route.operation !== "picture" && !isSigned(request, keys, world.clock.now(), settings.clockSkew_s))
        return error("ERR_UNAUTHORIZED");
      if (standing === "blocked") return error("ERR_FORBIDDEN");
      if (standing === "suspended" && route.operation === "create") return error("ERR_INSUFFICIENT_CREDIT");
      return limits.tell(route.operation, await answer(request, route));
    },
    truth: () => desk.truth(),
    setFaults: (plan) => desk.setFaults(plan),
  });
  return {
    ...simulator,
    advance: (id) => {
      const [order, life] = [desk.orders.get(id), desk.lives.get(id)];
      return order !== undefined && life !== undefined && advance(order, life);
    },
    replace: (id) => {
      const order = desk.orders.get(id);
      return order === undefined || order.life.over ? null : desk.replace(order).id;
    },
  };
}

/** What stands below `data`; null when nothing does. */
function dataOf(body: Uint8Array): JsonObject | "no JSON" | null {
  const whole = readObject(body);
  if (whole === null) return "no JSON";
  return isObject(whole["data"]) ? whole["data"] : null;
}

async function handle(
  desk: Desk,
  operation: Exclude<Operation, "picture">,
  data: JsonObject,
  { id = "", driver = "" }: Route<Operation>["parts"],
  country: string,
): Promise<WireResponse> {
  const acts: Record<typeof operation, () => WireResponse | Promise<WireResponse>> = {
    cities: () => json(200, { data: citiesOf(country) }),
    quote: () => desk.quote(data, country),
    "get-quote": () => desk.getQuote(id),
    create: () => desk.create(data),
    get: () => desk.get(id),
    edit: () => desk.edit(id, data),
    cancel: () => desk.cancel(id),
    driver: () => desk.driver(id, driver),
    "change-driver": () => desk.changeDriver(id, driver, data),
    "priority-fee": () => desk.priorityFee(id, data),
    webhook: () => desk.register(data),
  };
  return await acts[operation]();
}

const picture = (name: string): WireResponse => ({
  status: 200,
  headers: { "content-type": "image/png" },
  body: pictureOf(name),
});
