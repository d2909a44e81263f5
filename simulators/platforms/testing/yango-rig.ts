import type { ExamplePlace, FaultPlan } from "../wire.ts";
import { yangoDelivery, type YangoDeliveryOptions } from "../yango-delivery/index.ts";
import { calm, call, millbrook } from "./millbrook.ts";
import type { Scene } from "./scene.ts";
import { virtualWorld } from "./virtual-world.ts";

export const callbackUrl = "http://merchant.test/hooks/yango?shop=1";

const { pickup, dropoff } = millbrook;

export const point = (point_id: number, type: string, { address, name, phone, latitude, longitude }: ExamplePlace) => ({
  point_id,
  visit_order: point_id,
  type,
  contact: { name, phone },
  address: { fullname: address, coordinates: [longitude, latitude] },
});

const claimBody = {
  items: [
    {
      title: "Bread",
      quantity: 1,
      cost_value: "9.50",
      cost_currency: "USD",
      pickup_point: 1,
      droppof_point: 2,
      weight: 0.8,
    },
  ],
  route_points: [point(1, "source", pickup), { ...point(2, "destination", dropoff), external_order_id: "A-1" }],
};

/** A simulator in a virtual world, with a caller who has the token. */
export async function yangoRig(
  options: Partial<YangoDeliveryOptions> = {},
  seed: number | string = 1,
  faults: FaultPlan = {},
) {
  const world = virtualWorld(seed);
  const simulator = yangoDelivery(world, { market: calm, examples: millbrook, callbackUrl, ...options });
  simulator.setFaults(faults);
  const headers = { authorization: `Bearer ${simulator.credentials["token"]}`, "accept-language": "en" };
  const ask = (method: string, path: string, body?: unknown) =>
    world.until(call(simulator, method, `/b2b/cargo/integration/v2/${path}`, body, headers));
  const claim = (requestId: string, body: object = {}) =>
    ask("POST", `claims/create?request_id=${requestId}`, { ...claimBody, ...body });
  const info = (id: string) => ask("POST", `claims/info?claim_id=${id}`);
  return {
    world,
    simulator,
    ask,
    claim,
    info,
    accept: (id: string, version = 1) => ask("POST", `claims/accept?claim_id=${id}`, { version }),
    cancel: (id: string, cancel_state: string, version = 1) =>
      ask("POST", `claims/cancel?claim_id=${id}`, { version, cancel_state }),
    /** Created and accepted; its id. */
    book: async (requestId: string, body: object = {}): Promise<string> => {
      const { id } = (await claim(requestId, { ...body, auto_accept: true })).body;
      await world.pass(4);
      return id;
    },
  };
}

export const yangoScene: Scene = {
  name: "Yango Delivery",
  refusesRepeats: true,
  isReturn: () => false,
  open: async (market, seed, faults) => {
    const { world, simulator, claim, cancel } = await yangoRig({ market }, seed, faults);
    return {
      world,
      simulator,
      book: (requestId, backHome = false) => claim(requestId, { auto_accept: true, optional_return: !backHome }),
      cancelLast: async () => {
        const { id = "none" } = simulator.truth().at(-1) ?? {};
        await cancel(id, "free");
        await cancel(id, "paid");
      },
    };
  },
};
