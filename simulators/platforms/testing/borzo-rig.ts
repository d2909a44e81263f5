import { borzo, type BorzoOptions } from "../borzo/index.ts";
import type { ExamplePlace, FaultPlan } from "../wire.ts";
import { calm, call, millbrook } from "./millbrook.ts";
import type { Scene } from "./scene.ts";
import { virtualWorld } from "./virtual-world.ts";

export const hook = { url: "http://merchant.test/hooks/borzo", secret: "callback-secret" };

const { pickup, dropoff } = millbrook;

export const point = ({ address, name, phone, latitude, longitude }: ExamplePlace, client_order_id?: string) => ({
  address,
  contact_person: { name, phone },
  latitude: String(latitude),
  longitude,
  client_order_id,
});

/** A simulator in a virtual world, with a caller who has the token. */
export async function borzoRig(options: Partial<BorzoOptions> = {}, seed: number | string = 1, faults: FaultPlan = {}) {
  const world = virtualWorld(seed);
  const simulator = borzo(world, { market: calm, examples: millbrook, callback: hook, ...options });
  simulator.setFaults(faults);
  const headers = { "x-dv-auth-token": simulator.credentials["token"] ?? "", "content-type": "application/json" };
  const ask = (method: string, path: string, body?: unknown, version = "1.8") =>
    world.until(call(simulator, method, `/api/business/${version}${path}`, body, headers));
  const orderBody = { matter: "Bread", total_weight_kg: 2, points: [point(pickup), point(dropoff, "A-1")] };
  return {
    world,
    simulator,
    ask,
    quote: (body: object = {}) => ask("POST", "/calculate-order", { ...orderBody, ...body }),
    create: (body: object = {}) => ask("POST", "/create-order", { ...orderBody, ...body }),
    get: async (id: number) => (await ask("GET", `/orders?order_id=${id}`)).body.orders[0],
    cancel: (order_id: number) => ask("POST", "/cancel-order", { order_id }),
  };
}

export const borzoScene: Scene = {
  name: "Borzo",
  refusesRepeats: false,
  isReturn: () => false,
  open: async (market, seed, faults) => {
    const { world, simulator, create, cancel } = await borzoRig({ market, lateCancel: "charged" }, seed, faults);
    return {
      world,
      simulator,
      book: (reference) => create({ points: [point(pickup), point(dropoff, reference)] }),
      cancelLast: () => cancel(Number(simulator.truth().at(-1)?.id ?? 0)),
    };
  },
};
