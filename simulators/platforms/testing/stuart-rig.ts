import { stuart, type StuartOptions } from "../stuart/index.ts";
import type { ExamplePlace, FaultPlan } from "../wire.ts";
import { calm, call, millbrook } from "./millbrook.ts";
import type { Scene } from "./scene.ts";
import { virtualWorld } from "./virtual-world.ts";

export const hook = { url: "http://merchant.test/hooks/stuart", authorization: "Bearer key-of-the-test" };

const { pickup, dropoff } = millbrook;

const stop = ({ address, name, phone }: ExamplePlace) => ({
  address,
  contact: { firstname: name, phone, company: name },
  comment: "second floor",
});

/** `{job: …}` with one pickup and one dropoff; `drop` and `rest` replace what they name. */
export const jobBody = (drop: object = {}, rest: object = {}) => ({
  job: {
    pickups: [stop(pickup)],
    dropoffs: [{ ...stop(dropoff), package_type: "small", client_reference: "A-1", ...drop }],
    ...rest,
  },
});

/** A simulator in a virtual world, with a caller who has a token. */
export async function stuartRig(
  options: Partial<StuartOptions> = {},
  seed: number | string = 1,
  faults: FaultPlan = {},
) {
  const world = virtualWorld(seed);
  for (const place of [pickup, dropoff]) world.places.set(place.address, [place.longitude, place.latitude]);
  const simulator = stuart(world, { market: calm, examples: millbrook, webhook: hook, ...options });
  const { client_id = "", client_secret = "" } = simulator.credentials;
  const grant = await call(
    simulator,
    "POST",
    "/oauth/token",
    new URLSearchParams({ client_id, client_secret, grant_type: "client_credentials", scope: "api" }).toString(),
    { "content-type": "application/x-www-form-urlencoded" },
  );
  const headers = { authorization: `Bearer ${grant.body.access_token}`, "content-type": "application/json" };
  simulator.setFaults(faults);
  const ask = (method: string, path: string, body?: unknown) =>
    world.until(call(simulator, method, path, body, headers));
  return {
    world,
    simulator,
    headers,
    grant,
    ask,
    price: (drop?: object, rest?: object) => ask("POST", "/v2/jobs/pricing", jobBody(drop, rest)),
    create: (drop?: object, rest?: object) => ask("POST", "/v2/jobs", jobBody(drop, rest)),
    get: (id: number) => ask("GET", `/v2/jobs/${id}`),
    cancel: (id: number, body?: object) => ask("POST", `/v2/jobs/${id}/cancel`, body),
  };
}

export const stuartScene: Scene = {
  name: "Stuart",
  refusesRepeats: true,
  isReturn: (_, externalId) => externalId?.endsWith("-return") ?? false,
  open: async (market, seed, faults) => {
    const { world, simulator, create, cancel } = await stuartRig({ market }, seed, faults);
    return {
      world,
      simulator,
      book: (client_reference) => create({ client_reference }),
      cancelLast: () => cancel(Number(simulator.truth().at(-1)?.id ?? 0)),
    };
  },
};
