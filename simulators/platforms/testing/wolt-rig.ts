import { createHmac } from "node:crypto";
import type { ExamplePlace, FaultPlan } from "../wire.ts";
import { woltDrive, type WoltDriveOptions } from "../wolt-drive/index.ts";
import { bodyOf, calm, call, millbrook, type Loose } from "./millbrook.ts";
import type { Scene } from "./scene.ts";
import { virtualWorld } from "./virtual-world.ts";

export const hook = { url: "http://merchant.test/hooks/wolt", clientSecret: "c2VjcmV0-of-the-test" };

const { pickup, dropoff } = millbrook;
const support = { url: "https://shop.test", email: "help@shop.test", phone_number: "+12025550100" };

const promiseBody = {
  street: dropoff.street,
  city: dropoff.city,
  post_code: dropoff.postcode,
  lat: dropoff.latitude,
  lon: dropoff.longitude,
  min_preparation_time_minutes: 0,
};

const end = ({ address, name, phone }: ExamplePlace) => ({
  location: { formatted_address: address },
  contact_details: { name, phone_number: phone, send_tracking_link_sms: false },
  comment: "second floor",
});

/** The claims of an event; null unless it was signed with `secret` as plain bytes. */
export function claimsOf(body: Uint8Array, secret = hook.clientSecret): Loose {
  const [head = "", claims = "", signature] = bodyOf({ body } as Loose).token.split(".");
  const wanted = createHmac("sha256", secret).update(`${head}.${claims}`).digest("base64url");
  return signature === wanted ? JSON.parse(Buffer.from(claims, "base64url").toString()) : null;
}

/** A simulator in a virtual world, with a caller who has the key. */
export async function woltRig(
  options: Partial<WoltDriveOptions> = {},
  seed: number | string = 1,
  faults: FaultPlan = {},
) {
  const world = virtualWorld(seed);
  for (const place of [pickup, dropoff]) world.places.set(place.address, [place.longitude, place.latitude]);
  const simulator = woltDrive(world, { market: calm, examples: millbrook, webhook: hook, ...options });
  simulator.setFaults(faults);
  const { token, merchant_id = "", venue_id = "" } = simulator.credentials;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const ask = (method: string, path: string, body?: unknown) =>
    world.until(call(simulator, method, path, body, headers));
  const venue = `/v1/venues/${venue_id}`;
  const promise = (body: object = {}) => ask("POST", `${venue}/shipment-promises`, { ...promiseBody, ...body });
  const create = async (body: object = {}, quote: object = {}) => {
    const promised = await promise(quote);
    if (promised.status !== 201) return promised;
    return await ask("POST", `${venue}/deliveries`, {
      shipment_promise_id: promised.body.id,
      pickup: { options: { min_preparation_time_minutes: 0 } },
      dropoff: { location: { coordinates: promised.body.dropoff.location.coordinates }, comment: "ring twice" },
      price: promised.body.price,
      recipient: { name: dropoff.name, phone_number: dropoff.phone },
      parcels: [{ count: 1, description: "Bread", identifier: "P-1" }],
      customer_support: support,
      merchant_order_reference_id: "A-1",
      order_number: "A1",
      ...body,
    });
  };
  return {
    world,
    simulator,
    venue,
    merchant: `/merchants/${merchant_id}`,
    ask,
    promise,
    create,
    fee: (body: object = {}) =>
      ask("POST", `/merchants/${merchant_id}/delivery-fee`, { pickup: end(pickup), dropoff: end(dropoff), ...body }),
    createFree: (body: object = {}) =>
      ask("POST", `/merchants/${merchant_id}/delivery-order`, {
        pickup: end(pickup),
        dropoff: end(dropoff),
        customer_support: support,
        merchant_order_reference_id: "F-1",
        contents: [{ count: 1, description: "Bread", identifier: "P-1" }],
        ...body,
      }),
    cancel: (reference: string, body: object = { reason: "changed our mind" }) =>
      ask("PATCH", `/order/${reference}/status/cancel`, body),
  };
}

export const woltScene: Scene = {
  name: "Wolt Drive",
  refusesRepeats: true,
  isReturn: () => false,
  open: async (market, seed, faults) => {
    const { world, simulator, createFree, cancel } = await woltRig({ market }, seed, faults);
    return {
      world,
      simulator,
      book: (merchant_order_reference_id) => createFree({ merchant_order_reference_id }),
      cancelLast: () => cancel(simulator.truth().at(-1)?.id ?? "none"),
    };
  },
};
