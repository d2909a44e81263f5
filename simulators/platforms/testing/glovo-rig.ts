import { glovo, type GlovoOptions } from "../glovo/index.ts";
import type { FaultPlan } from "../wire.ts";
import { calm, call, millbrook } from "./millbrook.ts";
import type { Scene } from "./scene.ts";
import { virtualWorld } from "./virtual-world.ts";

export const webhookUrl = "http://merchant.test/hooks/glovo";

const { pickup, dropoff } = millbrook;
const at = { latitude: dropoff.latitude, longitude: dropoff.longitude };

const detailsBody = {
  contact: { name: dropoff.name, phone: dropoff.phone },
  packageDetails: { contentType: "FOOD", description: "Bread", parcelValue: 9.5, weight: 0.8 },
  packageId: "A-1",
};

/** A simulator in a virtual world, with a caller who has a token. */
export async function glovoRig(options: Partial<GlovoOptions> = {}, seed: number | string = 1, faults: FaultPlan = {}) {
  const world = virtualWorld(seed);
  for (const place of [pickup, dropoff]) world.places.set(place.address, [place.longitude, place.latitude]);
  const simulator = glovo(world, { market: calm, examples: millbrook, webhookUrl, tokenLife_s: 1e6, ...options });
  const { client_id, client_secret, address_book_id } = simulator.credentials;
  const plea = { grantType: "client_credentials", clientId: Number(client_id), clientSecret: client_secret };
  const token = (body: object = {}) => call(simulator, "POST", "/oauth/token", { ...plea, ...body }, {});
  const { accessToken } = (await token()).body;
  simulator.setFaults(faults);
  const headers = { authorization: `Bearer ${accessToken}` };
  const ask = (method: string, path: string, body?: unknown) =>
    world.until(call(simulator, method, `/v2/laas${path}`, body, headers));
  const quoteBody = {
    pickupDetails: { addressBook: { id: address_book_id } },
    deliveryAddress: { rawAddress: dropoff.address, coordinates: at, details: "second floor" },
  };
  const directBody = {
    ...detailsBody,
    address: { rawAddress: dropoff.address, coordinates: at },
    pickupDetails: { address: pickup.address, pickupPhone: pickup.phone },
  };
  return {
    world,
    simulator,
    token,
    ask,
    quote: (body: object = {}) => ask("POST", "/quotes", { ...quoteBody, ...body }),
    confirm: (quoteId: string, body: object = {}) =>
      ask("POST", `/quotes/${quoteId}/parcels`, { ...detailsBody, ...body }),
    create: (body: object = {}) => ask("POST", "/parcels", { ...directBody, ...body }),
    parcel: (id: number, rest = "") => ask("GET", `/parcels/${id}${rest}`),
    cancel: (id: number) => ask("POST", `/parcels/${id}/cancel`),
  };
}

export const glovoScene: Scene = {
  name: "Glovo",
  refusesRepeats: false,
  isReturn: () => false,
  open: async (market, seed, faults) => {
    const { world, simulator, create, cancel } = await glovoRig({ market }, seed, faults);
    return {
      world,
      simulator,
      book: (packageId) => create({ packageId }),
      cancelLast: () => cancel(Number(simulator.truth().at(-1)?.id ?? 0)),
    };
  },
};
