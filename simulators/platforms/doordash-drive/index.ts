import { Gate } from "../shared/gate.ts";
import { json, readObject, type JsonObject } from "../shared/json.ts";
import { cityHours, marketOf } from "../shared/market.ts";
import { pictureOf } from "../shared/png.ts";
import { uuid } from "../shared/random-text.ts";
import { RateLimiter } from "../shared/rate-limit.ts";
import { routeOf, type Route, type RoutePattern } from "../shared/routes.ts";
import type { FaultPlan, PlatformSimulator, WireRequest, WireResponse } from "../wire.ts";
import type { World } from "../world.ts";
import { Desk } from "./desk.ts";
import { fault, invalidField, limited, unauthenticated, unauthorized } from "./errors.ts";
import { faultOf, type AccessKey } from "./jwt.ts";
import { doordashPrices, settingsOf, type DoordashDriveOptions } from "./options.ts";
import { advance } from "./sandbox.ts";
import { Stores } from "./stores.ts";

export type { DoordashDriveOptions } from "./options.ts";

/** The simulator, and the hands of the person at the developer portal: in the sandbox nothing moves without them. */
export interface DoordashDriveSimulator extends PlatformSimulator {
  /** One step on; false when the id is unknown or there is no next step. */
  advance(externalDeliveryId: string): boolean;
}

type Operation =
  | "quote"
  | "accept"
  | "create"
  | "get"
  | "update"
  | "cancel"
  | "serviceability"
  | "create-business"
  | "list-businesses"
  | "get-business"
  | "update-business"
  | "create-store"
  | "list-stores"
  | "get-store"
  | "update-store"
  | "picture";

const patterns: readonly RoutePattern<Operation>[] = [
  ["POST", /^\/drive\/v2\/quotes$/, "quote"],
  ["POST", /^\/drive\/v2\/quotes\/(?<id>[^/]+)\/accept$/, "accept"],
  ["POST", /^\/drive\/v2\/deliveries$/, "create"],
  ["GET", /^\/drive\/v2\/deliveries\/(?<id>[^/]+)$/, "get"],
  ["PATCH", /^\/drive\/v2\/deliveries\/(?<id>[^/]+)$/, "update"],
  ["PUT", /^\/drive\/v2\/deliveries\/(?<id>[^/]+)\/cancel$/, "cancel"],
  ["POST", /^\/drive\/v2\/serviceability$/, "serviceability"],
  ["POST", /^\/developer\/v1\/businesses$/, "create-business"],
  ["GET", /^\/developer\/v1\/businesses$/, "list-businesses"],
  ["GET", /^\/developer\/v1\/businesses\/(?<id>[^/]+)$/, "get-business"],
  ["PATCH", /^\/developer\/v1\/businesses\/(?<id>[^/]+)$/, "update-business"],
  ["POST", /^\/developer\/v1\/businesses\/(?<id>[^/]+)\/stores$/, "create-store"],
  ["GET", /^\/developer\/v1\/businesses\/(?<id>[^/]+)\/stores$/, "list-stores"],
  ["GET", /^\/developer\/v1\/businesses\/(?<id>[^/]+)\/stores\/(?<store>[^/]+)$/, "get-store"],
  ["PATCH", /^\/developer\/v1\/businesses\/(?<id>[^/]+)\/stores\/(?<store>[^/]+)$/, "update-store"],
  ["GET", /^\/proofs\/(?<id>[^/]+\/[^/]+[.]png)$/, "picture"],
];

/**
 * DoorDash Drive v2 as a machine on loopback. README.md says what is certain and what is not.
 * Faults name these operations: quote, accept, create, get, update, cancel, serviceability, and those on businesses and stores.
 */
export function doordashDrive(world: World, options: DoordashDriveOptions): DoordashDriveSimulator {
  const settings = settingsOf(options);
  const rng = world.rng.fork("doordash-drive");
  const key: AccessKey = options.credentials ?? newKey(rng.fork("account"));
  const market = marketOf(options.market, { ...doordashPrices, surgeByHour: cityHours });
  const stores = new Stores(world.clock, settings.environment === "sandbox");
  const desk = new Desk(world, market, settings, rng, stores);
  const limiter = new RateLimiter(settings.rateLimit, world.clock);
  const gate = new Gate(world, { limited, broken: fault });
  let standing: NonNullable<FaultPlan["account"]> = "active";

  const handle = handlers(desk, stores);

  const answer = async (request: WireRequest, { operation, parts }: Route<Operation>): Promise<WireResponse> => {
    const { id = "", store = "" } = parts;
    if (operation === "picture") return picture(id);
    const wrong = faultOf(request.headers["authorization"], key, world.clock.now());
    if (wrong !== null) return unauthenticated(wrong);
    if (standing !== "active") return unauthorized;
    if (!limiter.take()) return limited(null);
    const bodiless = request.method === "GET" || operation === "cancel" || operation === "accept";
    const body = readObject(request.body, bodiless);
    if (body === null) return invalidField("body", "the request body is not a JSON object");
    return await handle[operation](body, { id, store }, new URL(request.path, "http://localhost").searchParams);
  };

  return {
    platform: "doordash-drive",
    credentials: { ...key, ...(settings.webhook && { webhook_authorization: settings.webhook.authorization }) },
    examples: options.examples,
    handle: async (request) => {
      const route = routeOf(patterns, request);
      if (route === null) return json(404, { code: "not_found", message: "There is nothing here" });
      return await gate.pass(route.operation, () => answer(request, route));
    },
    truth: () =>
      [...desk.deliveries.values()].filter(({ status }) => status !== "quote").map((delivery) => delivery.truth()),
    setFaults: (plan) => {
      standing = plan.account ?? "active";
      gate.setFaults(plan);
      desk.setFaults(plan);
    },
    advance: (id) => {
      const [delivery, life] = [desk.deliveries.get(id), desk.lives.get(id)];
      return delivery !== undefined && life !== undefined && advance(delivery, life, world.clock);
    },
  };
}

type Handler = (
  body: JsonObject,
  parts: { readonly id: string; readonly store: string },
  query: URLSearchParams,
) => WireResponse | Promise<WireResponse>;

/** What each operation does once the caller is known and the body is read. */
const handlers = (desk: Desk, stores: Stores): Record<Exclude<Operation, "picture">, Handler> => ({
  quote: (body) => desk.quote(body),
  accept: (body, { id }) => desk.accept(id, body),
  create: (body) => desk.create(body),
  get: (_, { id }) => desk.get(id),
  update: (body, { id }) => desk.update(id, body),
  cancel: (body, { id }) => desk.cancel(id, body),
  serviceability: (body) => desk.serviceability(body),
  "create-business": (body) => stores.createBusiness(body),
  "list-businesses": (_, __, query) => stores.listBusinesses(query),
  "get-business": (_, { id }) => stores.getBusiness(id),
  "update-business": (body, { id }) => stores.updateBusiness(id, body),
  "create-store": (body, { id }) => stores.createStore(id, body),
  "list-stores": (_, { id }, query) => stores.listStores(id, query),
  "get-store": (_, { id, store }) => stores.getStore(id, store),
  "update-store": (body, { id, store }) => stores.updateStore(id, store, body),
});

function newKey(rng: World["rng"]): AccessKey {
  const secret = Buffer.from(Array.from({ length: 32 }, () => rng.below(256))).toString("base64url");
  return { developer_id: uuid(rng), key_id: uuid(rng), signing_secret: secret };
}

const picture = (name: string): WireResponse => ({
  status: 200,
  headers: { "content-type": "image/png" },
  body: pictureOf(name),
});
