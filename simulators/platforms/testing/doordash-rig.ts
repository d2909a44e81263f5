import { createHmac } from "node:crypto";
import { doordashDrive, type DoordashDriveOptions } from "../doordash-drive/index.ts";
import type { FaultPlan } from "../wire.ts";
import { calm, call, millbrook } from "./millbrook.ts";
import type { Scene } from "./scene.ts";
import { virtualWorld } from "./virtual-world.ts";

export const hook = { url: "http://merchant.test/hooks/doordash", authorization: "Basic bWlsbDpwb29s" };

const { pickup, dropoff } = millbrook;

const quoteBody = {
  external_delivery_id: "D-1",
  pickup_address: pickup.address,
  pickup_business_name: pickup.name,
  pickup_phone_number: pickup.phone,
  dropoff_address: dropoff.address,
  dropoff_phone_number: dropoff.phone,
  order_value: 1999,
};

interface Claims {
  readonly header?: object;
  readonly payload?: object;
  /** The bytes of the HMAC key; the decoded secret when left out. */
  readonly key?: Uint8Array;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A JWT as DoorDash's clients make it, or wrong in one point. */
export function jwt(
  credentials: Readonly<Record<string, string>>,
  now_ms: number,
  { header, payload, key }: Claims = {},
): string {
  const iat = Math.floor(now_ms / 1000);
  const head = part({ alg: "HS256", typ: "JWT", "dd-ver": "DD-JWT-V1", ...header });
  const claims = { aud: "doordash", iss: credentials["developer_id"], kid: credentials["key_id"], iat, exp: iat + 60 };
  const signed = `${head}.${part({ ...claims, ...payload })}`;
  const secret = key ?? Buffer.from(credentials["signing_secret"] ?? "", "base64url");
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

/** A simulator in a virtual world, with a caller who signs each request. */
export async function doordashRig(
  options: Partial<DoordashDriveOptions> = {},
  seed: number | string = 1,
  faults: FaultPlan = {},
) {
  const world = virtualWorld(seed);
  for (const place of [pickup, dropoff]) world.places.set(place.address, [place.longitude, place.latitude]);
  const doordash = doordashDrive(world, { market: calm, examples: millbrook, webhook: hook, ...options });
  doordash.setFaults(faults);
  const ask = (method: string, path: string, body?: unknown, claims: Claims = {}) => {
    const authorization = `Bearer ${jwt(doordash.credentials, world.clock.now(), claims)}`;
    return world.until(call(doordash, method, path, body, { authorization, "content-type": "application/json" }));
  };
  return {
    world,
    doordash,
    ask,
    quote: (body: object = {}) => ask("POST", "/drive/v2/quotes", { ...quoteBody, ...body }),
    accept: (id = "D-1", body?: object) => ask("POST", `/drive/v2/quotes/${id}/accept`, body),
    create: (body: object = {}) => ask("POST", "/drive/v2/deliveries", { ...quoteBody, ...body }),
    get: (id = "D-1") => ask("GET", `/drive/v2/deliveries/${id}`),
    update: (body: object, id = "D-1") => ask("PATCH", `/drive/v2/deliveries/${id}`, body),
    cancel: (id = "D-1", body?: object) => ask("PUT", `/drive/v2/deliveries/${id}/cancel`, body),
  };
}

export const doordashScene: Scene = {
  name: "DoorDash Drive",
  refusesRepeats: true,
  isReturn: () => false,
  open: async (market, seed, faults) => {
    const { world, doordash, create, cancel } = await doordashRig({ market }, seed, faults);
    return {
      world,
      simulator: doordash,
      book: (external_delivery_id, backHome = false) =>
        create({ external_delivery_id, action_if_undeliverable: backHome ? "return_to_pickup" : "dispose" }),
      cancelLast: () => cancel(doordash.truth().at(-1)?.externalId ?? "none"),
    };
  },
};
