// npm run bench:gateway: a round of quotes over ten platforms of which one hangs, and webhooks verified, mapped and stored.
import { createServer, type ServerResponse } from "node:http";
import { makers } from "../simulators/platforms/index.ts";
import { calm, millbrook } from "../simulators/platforms/testing/millbrook.ts";
import { virtualWorld, type VirtualWorld } from "../simulators/platforms/testing/virtual-world.ts";
import {
  Connection,
  credentialsFor,
  httpTransport,
  platformKinds,
  type PlatformKind,
} from "../src/adapters/connectors/index.ts";
import { errand, ownChoice } from "../src/adapters/connectors/shared/testing.ts";
import type { Request } from "../src/domain/index.ts";
import type { PlatformConnector, RawWebhook } from "../src/journey/dispatch/ports.ts";
import type { ParticipantId } from "../src/kernel/id.ts";
import { after, instant, seconds, toIso, type Instant } from "../src/kernel/quantity.ts";
import { outage } from "../src/kernel/result.ts";
import { seeded } from "../src/kernel/rng.ts";
import { LabourMarket } from "../src/main/labour-market.ts";
import { PriceHistory } from "../src/main/price-history.ts";
import { QuoteRounds } from "../src/main/quote-rounds.ts";
import { wallScheduler } from "../src/main/scheduler.ts";
import { SeenMessages } from "../src/main/seen-messages.ts";
import { at, LittleWorld } from "../src/main/testing/little-world.ts";
import { machine } from "./program.ts";

const rounds = 200;
const apart_ms = 50;
const deadline = seconds(1);
const webhookSeconds = 2;

/** What Uber Direct answers to a request for a quote. */
const quoteNow = () => ({
  kind: "delivery_quote",
  id: "dqt_1",
  created: toIso(instant(Date.now())),
  expires: toIso(instant(Date.now() + 900_000)),
  fee: 700,
  currency: "usd",
  currency_type: "USD",
  duration: 40,
  pickup_duration: 15,
  dropoff_eta: toIso(instant(Date.now() + 2_400_000)),
});

console.log(`bench:gateway, ${machine()}`);
await quoteRounds("bare connectors", false);
await quoteRounds("connections with a guard", true);
for (const kind of platformKinds) await webhooks(kind);
await applied();

/** Ten platforms that speak Uber Direct on loopback, behind one port: `/n` answers after its own 50 to 400 ms, the last never. */
async function quoteRounds(what: string, guarded: boolean): Promise<void> {
  const platforms = 10;
  const rng = seeded("ten platforms");
  const server = createServer((request, response) => {
    request.resume();
    const nth = Number(request.url!.split("/")[1]);
    if (request.url!.includes("/oauth/")) return answer(response, { access_token: "t", expires_in: 86_400 });
    if (nth < platforms - 1) setTimeout(() => answer(response, quoteNow()), rng.between(50, 400));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as { port: number };
  const kind = platformKinds.find(({ platform }) => platform === "uber-direct")!;
  const scheduler = wallScheduler();
  const parts = { transport: httpTransport(), clock: scheduler, rng: seeded("bench") };
  const carriers = Array.from({ length: platforms }, (_, nth): ParticipantId => `participant_${nth}`);
  const connectors = new Map(
    carriers.map((carrier, nth): readonly [ParticipantId, PlatformConnector] => {
      const baseUrl = `http://127.0.0.1:${port}/${nth}`;
      const account = { credentials: credentialsFor(kind, {}), baseUrl, fallbackPhone: "+12025550100" };
      return [carrier, guarded ? new Connection(kind, parts, account) : kind.connect(parts, account)];
    }),
  );
  const quotes = new QuoteRounds({
    scheduler,
    rng: seeded("rounds"),
    connectors,
    prices: new PriceHistory(),
    market: new LabourMarket(),
    trust: () => ({ standing: "full", doubt: 0, why: null }),
    ask: (carrier, call) => call(connectors.get(carrier)!).catch(() => outage("broken", true)),
  });
  const job = errand();
  const round = async (nth: number) => {
    const began = performance.now();
    const due = after(scheduler.now(), deadline);
    const request = { leg: job.leg.id, carriers, round: 1, deadline: due, key: `leg_${nth}-1` } as unknown as Request;
    const told = await quotes.answers(request, { ...job, key: `leg_${nth}-1` }, null);
    return { ms: performance.now() - began, priced: told.filter(({ kind: of }) => of === "quote").length };
  };
  await round(-1);
  const running: ReturnType<typeof round>[] = [];
  for (let nth = 0; nth < rounds; nth++) {
    running.push(round(nth));
    await new Promise((resolve) => setTimeout(resolve, apart_ms));
  }
  const told = await Promise.all(running);
  const ms = told.map((one) => one.ms).toSorted((a, b) => a - b);
  const share = (of: number): string => ms[Math.min(ms.length - 1, Math.ceil(ms.length * of) - 1)]!.toFixed(0);
  const fewest = Math.min(...told.map(({ priced }) => priced));
  console.log(
    `quote round, ${what}: ${rounds} rounds, one each ${apart_ms} ms, deadline ${deadline * 1000} ms: p50 ${share(0.5)}, p99 ${share(0.99)}, longest ${share(1)} ms; ` +
      `at least ${fewest} quotes of ${platforms - 1}`,
  );
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
}

function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

/** A platform's own webhooks of a whole delivery, over and over: signature, parsing, mapping, and whether it was heard before. One thread. */
async function webhooks(kind: PlatformKind): Promise<void> {
  const maker = makers.find(({ platform }) => platform === kind.platform);
  if (!maker) return;
  const world = virtualWorld(1);
  for (const { address, longitude, latitude } of Object.values(millbrook))
    world.places.set(address, [longitude, latitude]);
  const { letters, connector, replayAt } = await deliver(kind, maker, world);
  if (letters.length === 0) return console.log(`webhooks, ${kind.name}: none`);
  const seen = new SeenMessages();
  let [count, taken] = [0, 0];
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  while (performance.now() - began < webhookSeconds * 1000) {
    for (const { at: posted, letter } of letters) {
      replayAt(posted);
      const told = connector.receive(letter);
      if (!told.ok) return console.log(`webhooks, ${kind.name}: not believed (${told.refusal.code})`);
      for (const { message } of told.value) if (seen.isNew(message)) taken++;
      count++;
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  const rate = Math.round(count / ((user + system) / 1e6));
  const size = Math.round(letters.reduce((sum, { letter }) => sum + letter.body.length, 0) / letters.length);
  console.log(
    `webhooks, ${kind.name}: ${rate} a second of one core verified, mapped and sorted out; ${size} bytes each, ${taken} messages`,
  );
}

async function deliver(kind: PlatformKind, { platform, make }: (typeof makers)[number], world: VirtualWorld) {
  const simulator = make(world, {
    market: calm,
    examples: millbrook,
    sandbox: false,
    webhookUrl: `http://us.test/hooks/${platform}`,
    publicUrl: `http://${platform}.test`,
    limited: false,
    secrets: seeded(platform),
  });
  const send: Parameters<PlatformKind["connect"]>[0]["transport"]["send"] = ({ method, url, headers, body }) => {
    const { pathname, search } = new URL(url);
    return simulator.handle({ method, path: pathname + search, headers, body: body ?? new Uint8Array() });
  };
  const account = {
    credentials: credentialsFor(kind, { ...ownChoice, ...simulator.credentials }),
    baseUrl: `http://${platform}.test`,
    fallbackPhone: "+12025550100",
  };
  let replay: Instant | null = null;
  const clock = { now: () => replay ?? world.clock.now() };
  const wait = (ms: number): Promise<void> => new Promise((resolve) => world.after(ms, resolve));
  const connector = kind.connect({ transport: { send }, clock, rng: seeded("bench"), wait }, account);
  const contact = ({ name, phone, address, longitude, latitude }: typeof millbrook.pickup) =>
    ({ name, phone, email: null, address, notes: null, point: [longitude, latitude] }) as const;
  const plain = errand({ pickup: contact(millbrook.pickup), dropoff: contact(millbrook.dropoff) });
  const inUs = { ...plain.leg.from, jurisdiction: "US" };
  const now = world.clock.now();
  const window = { earliest: null, latest: after(now, seconds(7200)) };
  const job = { ...plain, leg: { ...plain.leg, from: inUs, to: inUs, readyAt: now, dropoffWindow: window } };
  const quote = await world.until(connector.quote(job));
  if (!("ok" in quote) || !quote.ok) throw new Error(JSON.stringify(quote));
  await world.until(connector.book(job, quote.value));
  await world.pass(3600);
  const letters = world.posted.map(({ at: posted, request: { headers, body } }) => ({
    at: posted,
    letter: { headers, body } satisfies RawWebhook,
  }));
  // What is old is not believed: each is heard at the time at which it was posted.
  return { letters, connector, replayAt: (posted: Instant) => void (replay = posted) };
}

/** Webhooks through the door of a network, each a new word on one of 200 deliveries, until it is stored; the store is in memory. */
async function applied(): Promise<void> {
  const world = await LittleWorld.open();
  const orders = 200;
  for (let nth = 0; nth < orders; nth++) await world.order({ dropoffWindow: { earliest: null, latest: at(600) } });
  await world.until(1);
  const states = ["en_route_to_pickup", "at_pickup", "picked_up", "en_route_to_dropoff", "at_dropoff"] as const;
  const references = [...world.gig.standing.values()].map(({ reference }) => reference);
  const began = performance.now();
  for (const state of states)
    await Promise.all(references.map((reference) => world.hear(world.gig, world.gig.say(reference, { state }))));
  const count = references.length * states.length;
  const rate = Math.round(count / ((performance.now() - began) / 1000));
  console.log(
    `webhooks applied as events, store in memory: ${rate} a second (${count} on ${references.length} deliveries)`,
  );
}
