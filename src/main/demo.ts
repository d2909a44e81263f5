import { randomInt } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { profiles } from "../../simulators/city/cast.ts";
import { serve } from "../../simulators/platforms/index.ts";
import type { EmbeddedServer } from "../adapters/postgres/index.ts";
import { httpTransport } from "../adapters/connectors/index.ts";
import type { ClockControl } from "../doors/network.ts";
import { seeded, type Rng } from "../kernel/rng.ts";
import { cityChoice, loadCity } from "./city.ts";
import { openCellar, openDoors, requirePort, type Say } from "./house.ts";
import { longestBatch_ms, NetworkStopping } from "./engine.ts";
import { openNetwork } from "./network.ts";
import { nobodyOutside, openOutside } from "./outside.ts";
import { linkPlatforms, type PlatformParts, type Reach } from "./platforms.ts";
import { Populace } from "./populace.ts";
import { openRoadMap } from "./road-map.ts";
import { opening, runUntilStopped } from "./run.ts";
import { folder, readSettings, StartRefused } from "./settings.ts";
import { startOfDay } from "./simulate.ts";
import { DemoTime } from "./virtual-time.ts";

/** The demo's day: its size, and how fast its clock runs at first. */
const day = { hours: 14, orders: 2200, couriers: 24, partnerVans: 5 } as const;
const firstSpeed = 30;

const say: Say = (line) => process.stderr.write(`${line}\n`);

/**
 * The living city of `npm start`: a store of its own that begins anew each time, a clock of its own, simulated people, and both platforms
 * over the loopback.
 */
export const startDemo = (env: NodeJS.ProcessEnv): Promise<() => Promise<void>> =>
  opening((opened) => inhabit(env, opened));

async function inhabit(env: NodeJS.ProcessEnv, opened: AsyncDisposableStack): Promise<() => Promise<void>> {
  const settings = readSettings(env);
  await requirePort(settings.host, settings.port);
  const home = folder(join(settings.home, "demo"));
  opened.defer(lock(home));
  if (settings.databaseUrl) say("The demo keeps its own store and leaves the one at DATABASE_URL alone.");

  say("Opening the city …");
  const loaded = await loadCity(cityChoice(env, settings.home, ["foot", "car", ...profiles]));
  opened.defer(() => loaded.travel.close());
  if (loaded.data.nodes.length === 0)
    throw new StartRefused("The demo plays in a city: leave MILEPOOL_CITY out, or name an .osm.pbf.");
  const cellar = await openCellar(home, null, "demo", anew, (error) => log("store", error));
  opened.defer(() => cellar.close());

  const time = new DemoTime(startOfDay(loaded.city.zone), firstSpeed);
  time.pause();
  const rng = seeded(settings.seed);
  const populace = new Populace({ loaded, scheduler: time, rng: rng.fork("city"), log });
  const platforms = await linkPlatforms(
    { loaded, populace, scheduler: time, rng: rng.fork("platforms"), post: postOverHttp, reach: overLoopback },
    `http://127.0.0.1:${settings.port}`,
  );
  opened.defer(() => platforms.close());
  const outside = await openOutside(nobodyOutside, loaded, time, log);
  opened.defer(() => outside.close());
  const network = await openNetwork({
    store: cellar.store,
    vault: cellar.vault,
    scheduler: time,
    rng: systemChance,
    city: loaded.city,
    travel: loaded.travel,
    roadReports: outside.roadReports,
    roadMap: openRoadMap(loaded, time),
    places: loaded.places,
    connectors: platforms.connectors,
    clockControl: controlOf(time),
    demo: true,
    longestBatch_ms,
    log,
  });
  cellar.take();
  opened.defer(() => network.stop());
  const doors = await openDoors(network, cellar, settings, say);
  opened.defer(() => doors.close());
  await populace.begin(network, { ...day, from: time.now() });
  opened.defer(() => time.stop());
  time.play(firstSpeed);
  say(`${loaded.city.name} is alive at ${doors.url}  (a demo: its day begins anew at every start; Ctrl+C ends it)`);
  return () => opened.disposeAsync();
}

/** The city's people hear that the network is stopping; that is no news. */
const log = (what: string, error: unknown): void => {
  if (error instanceof NetworkStopping) return;
  say(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
};

const controlOf = (time: DemoTime): ClockControl => ({
  state: () => time.state(),
  pause: () => time.pause(),
  play: (speed) => time.play(speed),
  step: (by) => time.step(by * 1000),
});

/** Ids must not repeat from one start to the next: browsers remember them. */
const systemChance: Rng = {
  ...seeded(randomInt(2 ** 47)),
  below: (bound) => randomInt(bound),
};

/** One demo at a time in one folder: a second would take the store from under the first. */
function lock(home: string): () => void {
  const file = join(home, "running");
  const other = Number(safely(() => readFileSync(file, "utf8")) ?? NaN);
  if (other && other !== process.pid && safely(() => process.kill(other, 0))) {
    throw new StartRefused(
      `A demo is running here already (process ${other}): open it in the browser, or stop it first.`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function safely<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** A database that begins empty. */
async function anew({ host, port, user }: EmbeddedServer): Promise<void> {
  const client = new Client({ host, port, user, database: "postgres" });
  await client.connect();
  await client.query("drop database if exists demo with (force)");
  await client.query("create database demo");
  await client.end();
}

/** The platforms' simulators behind real sockets. */
const overLoopback: PlatformParts["reach"] = async (simulators): Promise<Reach> => {
  const served = await serve(simulators, 0);
  return {
    transport: httpTransport(),
    baseUrl: (platform) => `http://127.0.0.1:${served.port}/${platform}`,
    close: () => served.close(),
  };
};

const patience_ms = 10_000;

const postOverHttp: PlatformParts["post"] = async (url, { headers, body }) => {
  try {
    const signal = AbortSignal.timeout(patience_ms);
    const answer = await fetch(url, { method: "POST", headers, body: new Uint8Array(body), signal });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: new Uint8Array(await answer.arrayBuffer()),
    };
  } catch {
    return null;
  }
};

if (import.meta.main) process.exitCode = await runUntilStopped(() => startDemo(process.env), say);
