import { roadie, type RoadieOptions } from "../roadie/index.ts";
import type { ExamplePlace, FaultPlan } from "../wire.ts";
import { calm, call, millbrook } from "./millbrook.ts";
import type { Scene } from "./scene.ts";
import { virtualWorld } from "./virtual-world.ts";

export const hook = { url: "http://merchant.test/hooks/roadie", apiKey: "key-of-the-test" };

const { pickup, dropoff } = millbrook;

const location = ({ name, phone, street, city, postcode, latitude, longitude }: ExamplePlace) => ({
  address: { street1: street, city, state: "MB", zip: postcode, latitude, longitude },
  contact: { name, phone: phone.slice(2) },
});

const estimateBody = {
  items: [{ length: 10, width: 8, height: 6, weight: 2.5, quantity: 1, value: 20 }],
  pickup_location: location(pickup),
  delivery_location: location(dropoff),
  pickup_after: "2026-11-21T09:00:00Z",
  deliver_between: { start: "2026-11-21T09:00:00Z", end: "2026-11-22T12:00:00Z" },
};
const options = { signature_required: true };

/** A simulator in a virtual world, with a caller who has the token. */
export async function roadieRig(given: Partial<RoadieOptions> = {}, seed: number | string = 1, faults: FaultPlan = {}) {
  const world = virtualWorld(seed);
  const simulator = roadie(world, { market: calm, examples: millbrook, webhook: hook, rateLimit: null, ...given });
  simulator.setFaults(faults);
  const headers = { authorization: `Bearer ${simulator.credentials["access_token"]}` };
  const ask = (method: string, path: string, body?: unknown) =>
    world.until(call(simulator, method, `/v1${path}`, body, headers));
  return {
    world,
    simulator,
    ask,
    quote: (body: object = {}) => ask("POST", "/estimates", { ...estimateBody, ...body }),
    create: (body: object = {}) =>
      ask("POST", "/shipments", { ...estimateBody, options, reference_id: "A-1", ...body }),
    get: (id: number) => ask("GET", `/shipments/${id}`),
    cancel: (id: number, body: object = { cancellation_code: "item_not_ready" }) =>
      ask("DELETE", `/shipments/${id}`, body),
  };
}

export const roadieScene: Scene = {
  name: "Roadie",
  refusesRepeats: true,
  isReturn: () => false,
  open: async (market, seed, faults) => {
    const { world, simulator, create, cancel } = await roadieRig({ market }, seed, faults);
    return {
      world,
      simulator,
      book: (key) => create({ reference_id: key, idempotency_key: key }),
      cancelLast: () => cancel(Number(simulator.truth().at(-1)?.id ?? 0)),
    };
  },
};
