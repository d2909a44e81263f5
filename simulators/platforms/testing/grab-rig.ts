import { grabExpress, type GrabExpressOptions } from "../grab-express/index.ts";
import type { ExamplePlace, FaultPlan } from "../wire.ts";
import { calm, call, millbrook } from "./millbrook.ts";
import type { Scene } from "./scene.ts";
import { virtualWorld } from "./virtual-world.ts";

export const hook = { url: "http://merchant.test/hooks/grab", authorization: "secret-of-the-test" };

const { pickup, dropoff } = millbrook;

const stop = ({ address, latitude, longitude }: ExamplePlace) => ({ address, coordinates: { latitude, longitude } });
const person = ({ name, phone }: ExamplePlace) => ({ firstName: name, phone: phone.slice(1), smsEnabled: false });

export const parcel = {
  name: "Bread",
  description: "two loaves",
  quantity: 1,
  dimensions: { height: 10, width: 20, depth: 30, weight: 800 },
};
const quoteBody = { packages: [parcel], origin: stop(pickup), destination: stop(dropoff) };
const createBody = {
  ...quoteBody,
  merchantOrderID: "A-1",
  serviceType: "INSTANT",
  sender: person(pickup),
  recipient: person(dropoff),
};

/** A simulator in a virtual world, with a caller who has a token. */
export async function grabRig(
  options: Partial<GrabExpressOptions> = {},
  seed: number | string = 1,
  faults: FaultPlan = {},
) {
  const world = virtualWorld(seed);
  const simulator = grabExpress(world, { market: calm, examples: millbrook, webhook: hook, ...options });
  const { client_id, client_secret } = simulator.credentials;
  const scope = "grab_express.partner_deliveries";
  const plea = { client_id, client_secret, grant_type: "client_credentials", scope };
  const token = (body: object = {}) =>
    call(simulator, "POST", "/grabid/v1/oauth2/token", { ...plea, ...body }, { "content-type": "application/json" });
  const { access_token } = (await token()).body;
  simulator.setFaults(faults);
  const base = `/grab-express${options.environment === "sandbox" ? "-sandbox" : ""}/v1`;
  const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/json" };
  const ask = (method: string, path: string, body?: unknown) =>
    world.until(call(simulator, method, base + path, body, headers));
  return {
    world,
    simulator,
    token,
    ask,
    quote: (body: object = {}) => ask("POST", "/deliveries/quotes", { ...quoteBody, ...body }),
    create: (body: object = {}) => ask("POST", "/deliveries", { ...createBody, ...body }),
    get: (id: string) => ask("GET", `/deliveries/${id}`),
    cancel: (id: string) => ask("DELETE", `/deliveries/${id}`),
  };
}

export const grabScene: Scene = {
  name: "GrabExpress",
  refusesRepeats: false,
  isReturn: () => false,
  open: async (market, seed, faults) => {
    const { world, simulator, create, cancel } = await grabRig({ market }, seed, faults);
    return {
      world,
      simulator,
      book: (merchantOrderID) => create({ merchantOrderID }),
      cancelLast: () => cancel(simulator.truth().at(-1)?.id ?? "none"),
    };
  },
};
