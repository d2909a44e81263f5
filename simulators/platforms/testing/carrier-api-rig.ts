import { carrierApi, type CarrierApiOptions } from "../carrier-api/index.ts";
import type { ExamplePlace, FaultPlan } from "../wire.ts";
import { calm, call, millbrook } from "./millbrook.ts";
import type { Scene } from "./scene.ts";
import { virtualWorld } from "./virtual-world.ts";

const stop = ({ name, phone, address, longitude, latitude }: ExamplePlace) => ({
  name,
  phone,
  address,
  point: [longitude, latitude],
});

const wanted = {
  pickup: stop(millbrook.pickup),
  dropoff: stop(millbrook.dropoff),
  parcels: [{ weightGrams: 800, volumeLiters: 4 }],
};

/** A simulator in a virtual world, with a caller who has a key. */
function carrierApiRig(options: Partial<CarrierApiOptions> = {}, seed: number | string = 1, faults: FaultPlan = {}) {
  const world = virtualWorld(seed);
  const webhookUrl = "http://network.test/hooks/carrier-api";
  const simulator = carrierApi(world, { market: calm, examples: millbrook, webhookUrl, ...options });
  simulator.setFaults(faults);
  const key = simulator.credentials["key"] ?? "";
  const ask = (method: string, path: string, body?: unknown, headers = { authorization: `Bearer ${key}` }) =>
    world.until(call(simulator, method, path, body, headers));
  return { world, simulator, ask };
}

export const carrierApiScene: Scene = {
  name: "a fleet with the carrier API",
  refusesRepeats: true,
  isReturn: () => false,
  open: (market, seed, faults) => {
    const { world, simulator, ask } = carrierApiRig({ market }, seed, faults);
    return Promise.resolve({
      world,
      simulator,
      book: (externalId, backHome = true) =>
        ask("POST", "/deliveries", { ...wanted, externalId, ifUndeliverable: backHome ? "return" : "leave_safe" }),
      cancelLast: () => ask("POST", `/deliveries/${simulator.truth().at(-1)?.id ?? "none"}/cancel`, {}),
    });
  },
};
