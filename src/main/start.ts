import { randomInt } from "node:crypto";
import { join } from "node:path";
import { Client } from "pg";
import type { EmbeddedServer } from "../adapters/postgres/index.ts";
import { httpTransport, platformKinds } from "../adapters/connectors/index.ts";
import { operatorId, type Participant } from "../domain/index.ts";
import { seeded, type Rng } from "../kernel/rng.ts";
import { cityChoice, loadCity } from "./city.ts";
import { openCellar, openDoors, requirePort, type Say } from "./house.ts";
import { longestBatch_ms } from "./engine.ts";
import { openNetwork, type NetworkParts, type RunningNetwork } from "./network.ts";
import { openOutside, outsideChoice } from "./outside.ts";
import { Links } from "./platform-links.ts";
import { openRoadMap } from "./road-map.ts";
import { opening } from "./run.ts";
import { folder, readSettings } from "./settings.ts";
import { wallScheduler } from "./scheduler.ts";
import { underway } from "./underway.ts";

/** The exchange itself, which every network has from its first minute. */
const operator = (zone: string, currency: string): Participant => ({
  id: operatorId,
  name: "Milepool Exchange",
  roles: ["operator"],
  zone,
  currency,
  carriage: null,
});

/** A network that runs, and how to end it. */
export interface Started {
  readonly network: RunningNetwork;
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * `./milepool start`: the wall's clock, no simulators, nobody's orders but yours. Platforms are linked while it runs, by who has accounts
 * there; `connectors` are linked from the beginning.
 */
export const startNetwork = (
  env: NodeJS.ProcessEnv,
  say: Say,
  connectors: NetworkParts["connectors"] = new Map(),
): Promise<Started> => opening((opened) => start(env, say, connectors, opened));

async function start(
  env: NodeJS.ProcessEnv,
  say: Say,
  connectors: NetworkParts["connectors"],
  opened: AsyncDisposableStack,
): Promise<Started> {
  const settings = readSettings(env);
  await requirePort(settings.host, settings.port);
  const home = folder(join(settings.home, "network"));
  const log = (what: string, error: unknown): void =>
    say(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const loaded = await loadCity(cityChoice(env, settings.home, ["foot", "car"]));
  opened.defer(() => loaded.travel.close());
  const cellar = await openCellar(home, settings.databaseUrl, "milepool", present, (error) => log("store", error));
  opened.defer(() => cellar.close());
  const scheduler = wallScheduler();
  const outside = await openOutside(outsideChoice(env), loaded, scheduler, log, cellar.store.registry);
  opened.defer(() => outside.close());
  const inUse = new Map(connectors);
  const links = await Links.open({
    reads: cellar.store.reads,
    registry: cellar.store.registry,
    secrets: cellar.secrets,
    kinds: platformKinds,
    connector: { transport: httpTransport(), clock: scheduler, rng: systemChance },
    connectors: inUse,
    underway: (carrier) => underway(network, carrier),
  });
  const network = await openNetwork({
    store: cellar.store,
    vault: cellar.vault,
    scheduler,
    rng: systemChance,
    city: loaded.city,
    travel: outside.travel,
    roadReports: outside.roadReports,
    roadMap: openRoadMap(loaded, scheduler),
    geocoder: outside.geocoder,
    places: loaded.places,
    connectors: inUse,
    clockControl: null,
    demo: false,
    longestBatch_ms,
    log,
  });
  cellar.take();
  opened.defer(() => network.stop());
  await network.introduce([operator(loaded.city.zone, loaded.city.currency)]);
  const doors = await openDoors(network, cellar, settings, say, links);
  opened.defer(() => doors.close());
  return { network, url: doors.url, stop: () => opened.disposeAsync() };
}

const systemChance: Rng = { ...seeded(randomInt(2 ** 47)), below: (bound) => randomInt(bound) };

/** Makes the database when the cluster is new. */
async function present({ host, port, user }: EmbeddedServer): Promise<void> {
  const client = new Client({ host, port, user, database: "postgres" });
  await client.connect();
  const { rowCount } = await client.query("select 1 from pg_database where datname = 'milepool'");
  if (rowCount === 0) await client.query("create database milepool");
  await client.end();
}
