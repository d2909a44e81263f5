import { uberDirect, type UberDirectOptions } from "../uber-direct/index.ts";
import type { FaultPlan } from "../wire.ts";
import { calm, call, millbrook } from "./millbrook.ts";
import type { Scene } from "./scene.ts";
import { virtualWorld } from "./virtual-world.ts";

export const hook = { url: "http://merchant.test/hooks/uber", signingKey: "whsec-of-the-test" };
const { pickup, dropoff } = millbrook;

const quoteBody = {
  pickup_address: JSON.stringify({
    street_address: [pickup.street],
    city: pickup.city,
    state: "",
    zip_code: pickup.postcode,
    country: "US",
  }),
  dropoff_address: JSON.stringify({
    street_address: [dropoff.street],
    city: dropoff.city,
    state: "",
    zip_code: dropoff.postcode,
    country: "US",
  }),
  pickup_latitude: pickup.latitude,
  pickup_longitude: pickup.longitude,
  dropoff_latitude: dropoff.latitude,
  dropoff_longitude: dropoff.longitude,
};

const createBody = {
  ...quoteBody,
  pickup_name: pickup.name,
  pickup_phone_number: pickup.phone,
  dropoff_name: dropoff.name,
  dropoff_phone_number: dropoff.phone,
  manifest_items: [{ name: "Bread", quantity: 2 }],
};

export const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

/** A simulator in a virtual world, with a caller who has a token. */
export async function uberRig(
  options: Partial<UberDirectOptions> = {},
  seed: number | string = 1,
  faults: FaultPlan = {},
) {
  const world = virtualWorld(seed);
  const uber = uberDirect(world, { market: calm, examples: millbrook, webhooks: [hook], ...options });
  const { client_id = "", client_secret = "", customer_id = "" } = uber.credentials;
  const grant = await call(
    uber,
    "POST",
    "/oauth/v2/token",
    form({ client_id, client_secret, grant_type: "client_credentials", scope: "direct.organizations eats.deliveries" }),
    { "content-type": "application/x-www-form-urlencoded" },
  );
  const headers = { authorization: `Bearer ${grant.body.access_token}`, "content-type": "application/json" };
  const base = `/v1/customers/${customer_id}`;
  uber.setFaults(faults);
  const ask = (method: string, path: string, body?: unknown) =>
    world.until(call(uber, method, base + path, body, headers));
  return {
    world,
    uber,
    headers,
    base,
    grant,
    ask,
    quote: (body: object = {}) => ask("POST", "/delivery_quotes", { ...quoteBody, ...body }),
    create: (body: object = {}) => ask("POST", "/deliveries", { ...createBody, ...body }),
  };
}

export const uberScene: Scene = {
  name: "Uber Direct",
  refusesRepeats: true,
  isReturn: (id) => id.startsWith("ret_"),
  open: async (market, seed, faults) => {
    const { world, uber, ask, create } = await uberRig({ market }, seed, faults);
    return {
      world,
      simulator: uber,
      book: (idempotency_key, backHome = false) =>
        create({ idempotency_key, undeliverable_action: backHome ? "return" : "discard" }),
      cancelLast: () => ask("POST", `/deliveries/${uber.truth().at(-1)?.id}/cancel`),
    };
  },
};
