import {
  ConnectionDropped,
  makers,
  type Examples,
  type PlatformSimulator,
  type World,
} from "../../simulators/platforms/index.ts";
import { placeAt } from "../../simulators/city/courier.ts";
import { Connection, credentialsFor, platformKinds } from "../adapters/connectors/index.ts";
import type { Participant } from "../domain/index.ts";
import type { PlatformConnector, Transport, WireAnswer } from "../journey/dispatch/ports.ts";
import type { ParticipantId } from "../kernel/id.ts";
import type { Point } from "../kernel/point.ts";
import { invariant } from "../kernel/invariant.ts";
import { instant } from "../kernel/quantity.ts";
import { outage } from "../kernel/result.ts";
import { seeded, type Rng } from "../kernel/rng.ts";
import type { LoadedCity } from "./city.ts";
import type { Populace } from "./populace.ts";
import { holding, type Scheduler } from "./scheduler.ts";

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
  readonly baseUrl: (platform: string) => string;
  readonly close: () => Promise<void>;
}

export interface Linked {
  readonly connectors: ReadonlyMap<ParticipantId, PlatformConnector>;
  readonly simulators: readonly PlatformSimulator[];
  readonly close: () => Promise<void>;
}

/** Where the platforms post their webhooks: answered by whoever `post` leads to. */
export const hookUrl = (publicUrl: string, platform: string): string => `${publicUrl}/hooks/${platform}`;

/** Credentials of the simulated platforms: secrets of a made-up world, the same in every demo. */
const secrets = seeded("the demo's platforms");
const fallbackPhone = "+351200000000";

/** Raises the city's platforms and links each as any other platform would be linked: over its own protocol. */
export async function linkPlatforms(parts: PlatformParts, publicUrl: string): Promise<Linked> {
  const links = parts.populace.cast.platforms.map((participant) => ({
    participant: participant.id,
    simulator: raise(protocolOf(participant), parts, publicUrl),
  }));
  const simulators = links.map(({ simulator }) => simulator);
  const reach = await parts.reach(simulators);
  const connectors = new Map(
    links.map(({ participant, simulator }) => [participant, connectorTo(simulator, reach, parts)]),
  );
  return { connectors, simulators, close: reach.close };
}

function protocolOf({ name, carriage }: Participant): string {
  invariant(carriage?.kind === "platform", `${name} is a platform`);
  return carriage.connector;
}

function raise(platform: string, parts: PlatformParts, publicUrl: string): PlatformSimulator {
  const maker = makers.find((one) => one.platform === platform);
  invariant(maker !== undefined, `there is a simulator of ${platform}`);
  return maker.make(worldOf(platform, parts), {
    market: marketOf(parts),
    examples: examplesOf(parts),
    sandbox: false,
    webhookUrl: hookUrl(publicUrl, platform),
    publicUrl: `https://${platform}.invalid`,
    limited: false,
    secrets: secrets.fork(platform),
  });
}

function connectorTo(
  { platform, credentials }: PlatformSimulator,
  { transport, baseUrl }: Reach,
  { scheduler, rng }: PlatformParts,
): PlatformConnector {
  const kind = platformKinds.find((one) => one.platform === platform);
  invariant(kind !== undefined, `there is a connector for ${platform}`);
  const wait = (ms: number) =>
    new Promise<void>((resolve) => scheduler.at(instant(scheduler.now() + ms), () => resolve()));
  return new Connection(
    kind,
    { transport, clock: scheduler, rng: rng.fork(`${platform} connector`), wait },
    { credentials: credentialsFor(kind, credentials), baseUrl: baseUrl(platform), fallbackPhone },
  );
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
      const way = await holding(scheduler, loaded.travel.route(from, to, "car", scheduler.now()));
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
    const byPlatform = new Map(simulators.map((simulator) => [simulator.platform, simulator]));
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
