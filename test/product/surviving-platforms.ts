import { makers, serve, type PlatformSimulator } from "../../simulators/platforms/index.ts";
import { millportCurrency, millportZone } from "../../simulators/city/millport/index.ts";
import { greatCircle, onTheWay, type Point } from "../../src/kernel/point.ts";
import { credentialsFor, platformKinds, type PlatformAccount } from "../../src/adapters/connectors/index.ts";
import { instant } from "../../src/kernel/quantity.ts";
import { seeded } from "../../src/kernel/rng.ts";

/** What is met out there. */
interface Weather {
  /** So many of a platform's seconds pass in one: a delivery is over before the test is. */
  readonly haste: number;
  /** Answers get lost, and couriers drop out or cancel. */
  readonly rough: boolean;
  /** What the platforms' own maps know of an address. */
  readonly locate: (address: string) => Point | null;
}
/** Metres per second, as the crow flies. */
const pace = 6;

const roughSupply = { busyShare: 0, nobodyShare: 0.02, dropOutShare: 0.05, cancelShare: 0.05, undeliverableShare: 0 };

export interface SurvivingPlatforms {
  readonly simulators: readonly PlatformSimulator[];
  /** What it takes to link each. */
  readonly accounts: Readonly<Record<string, PlatformAccount>>;
  close(): Promise<void>;
}

/** Platforms over Millport, in the caller's process: they go on while networks are killed, and know what they were asked. */
export async function survivingPlatforms(
  network: string,
  names: readonly string[],
  { haste, rough, locate }: Weather,
): Promise<SurvivingPlatforms> {
  const world = {
    clock: { now: () => instant(Date.now()) },
    rng: seeded("surviving platforms"),
    after: (wait_ms: number, act: () => void) => void setTimeout(act, wait_ms / haste).unref(),
    drive: async (from: Point, to: Point) => {
      const meters = greatCircle(from, to);
      const seconds = Math.max(1, Math.round(meters / pace));
      return { meters, seconds, at: (gone: number) => onTheWay(from, to, Math.min(1, Math.max(0, gone / seconds))) };
    },
    locate,
    post: async (
      url: string,
      { method, headers, body }: { method: string; headers: Readonly<Record<string, string>>; body: Uint8Array },
    ) => {
      try {
        const answer = await fetch(url, {
          method,
          headers,
          body: new Uint8Array(body),
          signal: AbortSignal.timeout(5000),
        });
        return { status: answer.status, headers: {}, body: new Uint8Array(await answer.arrayBuffer()) };
      } catch {
        return null;
      }
    },
  };
  const market = {
    coverage: { west: -180, south: -90, east: 180, north: 90 },
    currency: millportCurrency,
    zone: millportZone,
    supply: rough ? roughSupply : { ...roughSupply, nobodyShare: 0, dropOutShare: 0, cancelShare: 0 },
  };
  const place = {
    name: "",
    phone: "",
    address: "",
    street: "",
    city: "",
    postcode: "",
    country: "",
    latitude: 0,
    longitude: 0,
  };
  const secrets = seeded("secrets of the surviving platforms");
  const wanted = makers.filter(({ platform }) => names.includes(platform));
  const simulators = wanted.map(({ platform, make }) =>
    make(world, {
      market,
      examples: { pickup: place, dropoff: place },
      sandbox: false,
      webhookUrl: `${network}/hooks/${platform}`,
      publicUrl: `https://${platform}.invalid`,
      limited: false,
      secrets: secrets.fork(platform),
    }),
  );
  // A booking whose answer is lost is what tempts to book twice.
  const lost = { kind: "dropped", done: true } as const;
  for (const simulator of rough ? simulators : [])
    simulator.setFaults({
      requests: ["create", "accept"].map((operation) => ({ operation, share: 0.15, fault: lost })),
    });
  const served = await serve(simulators, 0);
  const account = ({ platform, credentials }: PlatformSimulator): PlatformAccount => ({
    credentials: credentialsFor(
      platformKinds.find((kind) => kind.platform === platform)!,
      credentials,
    ),
    baseUrl: `http://127.0.0.1:${served.port}/${platform}`,
    fallbackPhone: "+351200000000",
  });
  const accounts = Object.fromEntries(simulators.map((simulator) => [simulator.platform, account(simulator)]));
  return { simulators, accounts, close: () => served.close() };
}
