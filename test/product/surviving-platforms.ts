import { doordashDrive, serve, uberDirect, type PlatformSimulator } from "../../simulators/platforms/index.ts";
import { millportCurrency, millportZone } from "../../simulators/city/millport/index.ts";
import { greatCircle, onTheWay, type Point } from "../../src/kernel/point.ts";
import { instant } from "../../src/kernel/quantity.ts";
import { seeded } from "../../src/kernel/rng.ts";

/** Secrets of a made-up world, known to both sides of the wire. */
export const credentials = {
  uber: { client_id: "test", client_secret: "test-secret", customer_id: "cus_test", signingKey: "test-webhook-key" },
  doordash: {
    developer_id: "11111111-1111-4111-8111-111111111111",
    key_id: "22222222-2222-4222-8222-222222222222",
    signing_secret: Buffer.from("a signing secret of 32 bytes, ok").toString("base64url"),
    authorization: "Bearer test-webhook-token",
  },
} as const;

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
  readonly url: string;
  readonly simulators: readonly PlatformSimulator[];
  close(): Promise<void>;
}

/** Both platforms over Millport, in the caller's process: they go on while networks are killed, and know what they were asked. */
export async function survivingPlatforms(
  network: string,
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
  const shared = { market, examples: { pickup: place, dropoff: place }, rateLimit: null };
  const { signingKey, ...uber } = credentials.uber;
  const { authorization, ...doordash } = credentials.doordash;
  const simulators = [
    uberDirect(world, {
      ...shared,
      credentials: uber,
      webhooks: [{ url: `${network}/hooks/uber-direct`, signingKey }],
    }),
    doordashDrive(world, {
      ...shared,
      credentials: doordash,
      webhook: { url: `${network}/hooks/doordash-drive`, authorization },
    }),
  ];
  // A booking whose answer is lost is what tempts to book twice.
  const lost = { kind: "dropped", done: true } as const;
  for (const simulator of rough ? simulators : [])
    simulator.setFaults({
      requests: ["create", "accept"].map((operation) => ({ operation, share: 0.15, fault: lost })),
    });
  const served = await serve(simulators, 0);
  return { url: `http://127.0.0.1:${served.port}`, simulators, close: () => served.close() };
}
