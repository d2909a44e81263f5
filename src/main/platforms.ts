import {
  ConnectionDropped,
  doordashDrive,
  uberDirect,
  type Examples,
  type PlatformSimulator,
  type World,
} from "../../simulators/platforms/index.ts";
import { placeAt } from "../../simulators/city/courier.ts";
import { doordashDriveConnector, uberDirectConnector } from "../adapters/connectors/index.ts";
import type { PlatformConnector, Transport, WireAnswer } from "../journey/dispatch/ports.ts";
import type { ParticipantId } from "../kernel/id.ts";
import type { Point } from "../kernel/point.ts";
import { instant } from "../kernel/quantity.ts";
import { outage } from "../kernel/result.ts";
import type { Rng } from "../kernel/rng.ts";
import type { LoadedCity } from "./city.ts";
import type { Populace } from "./populace.ts";
import type { Scheduler } from "./scheduler.ts";

export type Platform = PlatformSimulator["platform"];

export interface PlatformParts {
  readonly loaded: LoadedCity;
  readonly populace: Populace;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  /** How a platform's webhook reaches us. */
  readonly post: World["post"];
  /** How our requests reach the platforms, and under which base URLs. */
  readonly reach: (simulators: readonly PlatformSimulator[]) => Promise<Reach>;
}

export interface Reach {
  readonly transport: Transport;
  readonly baseUrl: (platform: Platform) => string;
  readonly close: () => Promise<void>;
}

export interface Linked {
  readonly connectors: ReadonlyMap<ParticipantId, PlatformConnector>;
  readonly simulators: readonly PlatformSimulator[];
  readonly close: () => Promise<void>;
}

/** Where the platforms post their webhooks: answered by whoever `post` leads to. */
export const hookUrl = (publicUrl: string, platform: Platform): string => `${publicUrl}/hooks/${platform}`;

/** Credentials of the simulated platforms: secrets of a made-up world, the same in every demo. */
const secrets = {
  uber: {
    client_id: "demo-client",
    client_secret: "demo-client-secret",
    customer_id: "cus_demo",
    signingKey: "demo-webhook-key",
  },
  doordash: {
    developer_id: "11111111-1111-4111-8111-111111111111",
    key_id: "22222222-2222-4222-8222-222222222222",
    signing_secret: "ZGVtby1zaWduaW5nLXNlY3JldC1vZi0zMi1ieXRlcyE",
    authorization: "Bearer demo-webhook-token",
  },
} as const;

/** Raises both platforms in the city and links them as any other platform would be linked: over their own protocols. */
export async function linkPlatforms(parts: PlatformParts, publicUrl: string): Promise<Linked> {
  const uber = uberDirect(worldOf("uber", parts), {
    market: marketOf(parts),
    examples: examplesOf(parts),
    credentials: secrets.uber,
    webhooks: [{ url: hookUrl(publicUrl, "uber-direct"), signingKey: secrets.uber.signingKey }],
    rateLimit: null,
  });
  const doordash = doordashDrive(worldOf("doordash", parts), {
    market: marketOf(parts),
    examples: examplesOf(parts),
    credentials: secrets.doordash,
    webhook: { url: hookUrl(publicUrl, "doordash-drive"), authorization: secrets.doordash.authorization },
    rateLimit: null,
  });
  const simulators = [uber, doordash];
  const reach = await parts.reach(simulators);
  return { connectors: connectorsTo(reach, parts), simulators, close: reach.close };
}

function connectorsTo(
  { transport, baseUrl }: Reach,
  { populace, scheduler, rng }: PlatformParts,
): Linked["connectors"] {
  const common = (platform: Platform) => ({
    transport,
    clock: scheduler,
    rng: rng.fork(`${platform} connector`),
    wait: (ms: number) => new Promise<void>((resolve) => scheduler.at(instant(scheduler.now() + ms), resolve)),
  });
  const [uberId, doordashId] = populace.cast.platforms.map(({ id }) => id);
  const {
    client_id: clientId,
    client_secret: clientSecret,
    customer_id: customerId,
    signingKey: webhookKey,
  } = secrets.uber;
  const {
    developer_id: developerId,
    key_id: keyId,
    signing_secret: signingSecret,
    authorization: webhookAuth,
  } = secrets.doordash;
  return new Map<ParticipantId, PlatformConnector>([
    [
      uberId!,
      uberDirectConnector({
        ...common("uber-direct"),
        baseUrl: `${baseUrl("uber-direct")}/v1`,
        tokenUrl: `${baseUrl("uber-direct")}/oauth/v2/token`,
        credentials: { clientId, clientSecret, customerId, webhookKey },
        settings: { fallbackPhone: "+351200000000" },
      }),
    ],
    [
      doordashId!,
      doordashDriveConnector({
        ...common("doordash-drive"),
        baseUrl: baseUrl("doordash-drive"),
        credentials: { developerId, keyId, signingSecret, webhookAuth },
        settings: { fallbackPhone: "+351200000000" },
      }),
    ],
  ]);
}

const marketOf = ({ loaded }: PlatformParts) => {
  const [west, south, east, north] = loaded.city.bounds;
  return { coverage: { west, south, east, north }, currency: loaded.city.currency, zone: loaded.city.zone };
};

function worldOf(name: string, { scheduler, rng, loaded, post }: PlatformParts): World {
  return {
    clock: scheduler,
    rng: rng.fork(name),
    after: (wait_ms, act) => void scheduler.at(instant(scheduler.now() + Math.max(0, Math.ceil(wait_ms))), act),
    drive: async (from, to) => {
      const way = await loaded.travel.route(from, to, "car", scheduler.now());
      if (!way.ok) throw new Error(`no road from ${String(from)} to ${String(to)}`);
      const { duration, distance } = way.value;
      return { seconds: duration, meters: distance, at: (passed) => placeAt(way.value, passed) };
    },
    locate: (address) => loaded.places.find(address, 1)[0]?.point ?? null,
    post,
  };
}

/** A shop and a home of the city, for newcomers who want to send something at once. */
function examplesOf({ populace, loaded }: PlatformParts): Examples {
  const { shops, homes, depots } = populace.places;
  const [shop, home] = [shops[0] ?? depots[0]!, homes[0]!];
  const place = (label: string, street: string, [longitude, latitude]: Point) => ({
    name: label,
    phone: "+351200000001",
    address: `${street}, ${loaded.city.name}`,
    street,
    city: loaded.city.name,
    postcode: "1000",
    country: loaded.city.jurisdiction.slice(0, 2),
    latitude,
    longitude,
  });
  return {
    pickup: place(shop.name, shop.address ?? shop.name, shop.point),
    dropoff: place("Ada Ashford", `${home.street} ${home.houseNumber ?? ""}`.trim(), home.point),
  };
}

/**
 * The platforms in this very process: a request is handed over as it would stand on the wire, and its answer comes back after a latency
 * of virtual time drawn from the seed.
 */
export const inProcess =
  (scheduler: Scheduler, rng: Rng) =>
  (simulators: readonly PlatformSimulator[]): Promise<Reach> => {
    const byPlatform = new Map(simulators.map((simulator) => [simulator.platform as string, simulator]));
    const transport: Transport = {
      send: ({ method, url, headers, body, timeout_ms }) => {
        const { hostname, pathname, search } = new URL(url);
        const simulator = byPlatform.get(hostname.split(".")[0]!);
        if (!simulator) return Promise.resolve(outage(`no platform at ${hostname}`, true));
        const answer = simulator.handle({
          method,
          path: pathname + search,
          headers: lowerCase(headers),
          body: body ?? new Uint8Array(),
        });
        return delayed(answer, rng.between(40, 400), timeout_ms, scheduler);
      },
    };
    return Promise.resolve({
      transport,
      baseUrl: (platform) => `http://${platform}.invalid`,
      close: () => Promise.resolve(),
    });
  };

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** The answer after `latency_ms`, or an outage at the timeout; virtual time waits for the handling itself and for nothing else. */
function delayed(answer: Promise<WireAnswer>, latency_ms: number, timeout_ms: number, scheduler: Scheduler) {
  return new Promise<WireAnswer | ReturnType<typeof outage>>((resolve) => {
    const end = scheduler.at(instant(scheduler.now() + timeout_ms), () => resolve(outage("no answer in time", true)));
    const arrive = (value: WireAnswer | ReturnType<typeof outage>): void => {
      end();
      scheduler.at(instant(scheduler.now() + Math.round(latency_ms)), () => resolve(value));
    };
    answer.then(arrive, (error: unknown) =>
      arrive(outage(error instanceof ConnectionDropped ? "connection lost" : String(error), true)),
    );
  });
}
