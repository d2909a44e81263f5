import { createHmac } from "node:crypto";
import { lalamove, type LalamoveOptions } from "../lalamove/index.ts";
import type { ExamplePlace, FaultPlan } from "../wire.ts";
import { calm, call, millbrook } from "./millbrook.ts";
import type { Scene } from "./scene.ts";
import { virtualWorld } from "./virtual-world.ts";

export const hookUrl = "http://merchant.test/hooks/lalamove";

const { pickup, dropoff } = millbrook;

export const stop = ({ address, latitude, longitude }: ExamplePlace, lat = latitude) => ({
  address,
  coordinates: { lat: String(lat), lng: String(longitude) },
});

const quoteBody = { serviceType: "MOTORCYCLE", language: "en_SG", stops: [stop(pickup), stop(dropoff)] };

/** What may differ from a request that is signed as it should be. */
interface Oddity {
  readonly timestamp?: number;
  readonly secret?: string;
  readonly market?: string;
}

/** A simulator in a virtual world, with a caller who signs each request. */
export async function lalamoveRig(
  options: Partial<LalamoveOptions> = {},
  seed: number | string = 1,
  faults: FaultPlan = {},
) {
  const world = virtualWorld(seed);
  const simulator = lalamove(world, { market: calm, examples: millbrook, webhookUrl: hookUrl, ...options });
  const { public_key = "", secret: key = "" } = simulator.credentials;
  simulator.setFaults(faults);
  const ask = (method: string, path: string, data?: unknown, odd: Oddity = {}) => {
    const body = data === undefined ? "" : typeof data === "string" ? data : `{"data": ${JSON.stringify(data)}}`;
    const { timestamp = world.clock.now(), secret = key, market = "SG" } = odd;
    const text = `${timestamp}\r\n${method}\r\n${path}\r\n\r\n${body}`;
    const signature = createHmac("sha256", secret).update(text).digest("hex");
    const headers = { authorization: `hmac ${public_key}:${timestamp}:${signature}`, market };
    return world.until(call(simulator, method, path, body === "" ? undefined : body, headers));
  };
  const quote = (data: object = {}) => ask("POST", "/v3/quotations", { ...quoteBody, ...data });
  const create = async (data: object = {}, quotation: object = {}) => {
    const quoted = await quote(quotation);
    if (quoted.status !== 201) return quoted;
    const [from, to] = quoted.body.data.stops;
    const request = {
      quotationId: quoted.body.data.quotationId,
      sender: { stopId: from.stopId, name: pickup.name, phone: pickup.phone },
      recipients: [{ stopId: to.stopId, name: dropoff.name, phone: dropoff.phone, remarks: "ring twice" }],
      isPODEnabled: true,
      metadata: { reference: "A-1" },
    };
    return await ask("POST", "/v3/orders", { ...request, ...data });
  };
  return {
    world,
    simulator,
    ask,
    quote,
    create,
    get: (id: string) => ask("GET", `/v3/orders/${id}`),
    cancel: (id: string) => ask("DELETE", `/v3/orders/${id}`),
  };
}

export const lalamoveScene: Scene = {
  name: "Lalamove",
  refusesRepeats: false,
  isReturn: () => false,
  open: async (market, seed, faults) => {
    const { world, simulator, create, cancel } = await lalamoveRig({ market }, seed, faults);
    return {
      world,
      simulator,
      book: (reference) => create({ metadata: { reference } }),
      cancelLast: () => cancel(simulator.truth().at(-1)?.id ?? "none"),
    };
  },
};
