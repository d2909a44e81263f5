import assert from "node:assert/strict";
import { after as afterTests } from "node:test";
import { randomBytes } from "node:crypto";
import { openMemoryStore } from "../../src/adapters/memory/index.ts";
import { greatCircleTravel, type RoadTravel } from "../../src/adapters/roads/index.ts";
import { cipherWith, OpeningBook, openVault } from "../../src/adapters/vault/index.ts";
import { searchInThreads } from "../../src/adapters/optimizer/index.ts";
import { webhookPoster } from "../../src/adapters/webhooks/index.ts";
import { openMemoryAccounts } from "../../src/adapters/accounts/index.ts";
import type { PlatformConnector } from "../../src/journey/dispatch/ports.ts";
import type { Accounts, SecretBox } from "../../src/commons/governance/ports.ts";
import {
  permissions,
  type FoundPlace,
  type Geocoder,
  type Participant,
  type Permission,
  type Places,
  type Store,
  type Travel,
} from "../../src/domain/index.ts";
import { buildApi, deliveryOf } from "../../src/doors/api/index.ts";
import { runWebhooks, type RunningWebhooks } from "../../src/doors/feeds/index.ts";
import type { Mapping } from "../../src/doors/api/contract.ts";
import type { RunningEdi } from "../../src/doors/edi/index.ts";
import { SolveDesk } from "../../src/doors/solve/index.ts";
import { hashKey, newKeySecret } from "../../src/doors/api/who.ts";
import type { City } from "../../src/doors/network.ts";
import { newId, type ParticipantId } from "../../src/kernel/id.ts";
import { greatCircle } from "../../src/kernel/point.ts";
import { instant, meters } from "../../src/kernel/quantity.ts";
import { seeded } from "../../src/kernel/rng.ts";
import { outage, refuse } from "../../src/kernel/result.ts";
import { Links } from "../../src/main/platform-links.ts";
import { platformKinds } from "../../src/adapters/connectors/index.ts";
import { DemoTime } from "../../src/main/virtual-time.ts";
import { openNetwork, type NetworkParts, type RunningNetwork } from "../../src/main/network.ts";
import { nobodyOutside, openOutside } from "../../src/main/outside.ts";

/** Saturday 2026-11-21, 09:00 in Lisbon. */
export const nine = instant(Date.UTC(2026, 10, 21, 9));
export const iso = (minutes: number): string => new Date(nine + minutes * 60_000).toISOString();

const city: City = {
  name: "Testport",
  attribution: "made up",
  bounds: [-8.7, 41.1, -8.5, 41.2],
  centre: [-8.6, 41.15],
  zone: "Europe/Lisbon",
  jurisdiction: "PT",
  currency: "EUR",
  tile: () => null,
};

const streets = ["Harbour Street", "Mill Lane", "Old Road"];
const house = (row: number, number: number): FoundPlace => ({
  point: [-8.6 + number / 2000, 41.15 + row / 200],
  label: `${streets[row]} ${number}, Testport`,
  street: streets[row]!,
  houseNumber: String(number),
  city: "Testport",
  postcode: null,
  precision: "house",
  confidence: 1,
});

/** Three streets of a hundred houses; beside them the nearest house is far, but the nearest. */
const places: Places = {
  find(question) {
    const [, street = "", number = ""] = /^(.*?)\s+(\d+)/.exec(typeof question === "string" ? question : "") ?? [];
    const row = streets.indexOf(street);
    return row < 0 || Number(number) > 100 ? [] : [house(row, Number(number))];
  },
  at: ([longitude, latitude]) =>
    house(within((latitude - 41.15) * 200, 0, streets.length - 1), within((longitude + 8.6) * 2000, 1, 100)),
};
const within = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(value)));

/** As the crow flies, but with an edge: outside the city there is no road, and in its south-west corner the next one is far. */
const travel: Travel = {
  ...greatCircleTravel(),
  snap(point, profile) {
    const [west, south, east, north] = city.bounds;
    if (point[0] < west || point[0] > east || point[1] < south || point[1] > north)
      return refuse({ code: "POINT_OUTSIDE_CITY" });
    if (point[0] < west + 0.02 && point[1] < south + 0.02)
      return refuse({
        code: "POINT_FAR_FROM_ROAD",
        limit: meters(300),
        nearest: greatCircle(point, [west + 0.02, south + 0.02]),
      });
    return greatCircleTravel().snap(point, profile);
  },
  explainSnap(point, profile) {
    const met = travel.snap(point, profile);
    return met.ok ? greatCircleTravel().explainSnap(point, profile) : met;
  },
};

type Town = Pick<NetworkParts, "city" | "places" | "travel"> & Partial<Pick<RoadTravel, "apply">>;
const testport: Town = { city, places, travel };
/** Testport on other roads. */
export const townOf = (roads: RoadTravel): Town => ({
  city,
  places,
  travel: roads,
  apply: (conditions) => roads.apply(conditions),
});

const rng = seeded("api tests");
const participant = (
  name: string,
  roles: Participant["roles"],
  carriage: Participant["carriage"] = null,
): Participant => ({
  id: newId("participant", nine, rng),
  name,
  roles,
  zone: city.zone,
  currency: city.currency,
  carriage,
});

export interface Bench {
  readonly network: RunningNetwork;
  readonly app: Awaited<ReturnType<typeof buildApi>>;
  readonly accounts: Accounts;
  readonly bakery: Participant;
  readonly bookshop: Participant;
  readonly fleet: Participant;
  readonly partner: Participant;
  readonly logged: unknown[];
  /** A key of a participant or of the operator. */
  key(of: Participant | "network", may?: readonly Permission[]): Promise<string>;
  call(
    key: string | null,
    method: string,
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  // The tests read what they name; a wrong name shows as undefined.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** A real network over the memory store, with two shippers, an own fleet and a partner, behind the real door. */
export async function openBench(
  options: {
    readonly demo?: boolean;
    readonly requestsPerMinute?: number;
    readonly underway?: number;
    readonly geocoder?: Geocoder;
    readonly roadMap?: NonNullable<NetworkParts["roadMap"]>;
    /** Another town than Testport. */
    readonly town?: Town;
    readonly publicUrl?: string;
    /** Named mappings of others' JSON. */
    readonly mappings?: (parts: Pick<Bench, "bakery">) => ReadonlyMap<string, Mapping>;
    /** Opens the door for X12 and EDIFACT. */
    readonly edi?: (parts: Pick<Bench, "network" | "bakery" | "partner">) => Promise<RunningEdi>;
    readonly mostWaiting?: NonNullable<NetworkParts["mostWaiting"]>;
    /** What happens at the store instead of a commit. */
    readonly commit?: (write: Store["commit"]) => Store["commit"];
  } = {},
): Promise<Bench> {
  const done = (): Promise<void> => Promise.resolve();
  const { city, places, travel, apply = done } = options.town ?? testport;
  const store = openMemoryStore();
  const time = new DemoTime(nine, 1);
  const book = new OpeningBook(store.vault, time);
  const demo = options.demo ?? true;
  const logged: unknown[] = [];
  const connectors = new Map<ParticipantId, PlatformConnector>();
  const loaded = { travel: { ...greatCircleTravel(), ready: done, close: done, apply } };
  const { roadReports } = await openOutside(
    nobodyOutside,
    loaded,
    time,
    (what, error) => void logged.push([what, error]),
  );
  const commit = options.commit?.((batch) => store.commit(batch)) ?? store.commit.bind(store);
  const network = await openNetwork({
    store: { ...store, commit },
    ...(options.mostWaiting ? { mostWaiting: options.mostWaiting } : {}),
    vault: openVault({
      cipher: cipherWith(randomBytes(32)),
      store: store.vault,
      opened: (opened) => book.write(opened),
    }),
    scheduler: time,
    rng: seeded("network"),
    city,
    travel,
    roadReports,
    geocoder: options.geocoder,
    roadMap: options.roadMap,
    places,
    connectors,
    clockControl: demo ? time : null,
    demo,
    log: (what, error) => void logged.push([what, error]),
  });
  const operator = participant("Operator", ["operator"]);
  const bakery = participant("Bakery", ["shipper"]);
  const bookshop = participant("Bookshop", ["shipper"]);
  const fleet = participant("Own Fleet", ["carrier"], {
    kind: "own",
    cost: { perHour: 1500, perKilometer: 20, perMotorKilometer: 20 },
  });
  const partner = participant("Partner", ["carrier"], {
    kind: "partner",
    tariff: { base: 300, perKilometer: 90, minimum: 400, answerWithin: 60 },
  });
  await network.introduce([operator, bakery, bookshop, fleet, partner]);

  const accounts = openMemoryAccounts();
  const secrets: SecretBox = {
    seal: (secret) => Buffer.from(secret),
    open: (sealed) => Buffer.from(sealed).toString(),
  };
  const links = await Links.open({
    reads: store.reads,
    registry: store.registry,
    secrets,
    kinds: platformKinds,
    // Nobody is out there.
    connector: { transport: { send: async () => outage("no connection: ECONNREFUSED", false) }, clock: time, rng },
    connectors,
    underway: () => options.underway ?? 0,
  });
  const desk = new SolveDesk({
    search: searchInThreads,
    travelFor: async () => travel,
    threads: 2,
    log: (error) => void logged.push(error),
  });
  const edi = await options.edi?.({ network, bakery, partner });
  const app = await buildApi({
    network,
    ...(edi ? { edi } : {}),
    ...(options.mappings ? { mappings: options.mappings({ bakery }) } : {}),
    desk,
    accounts,
    secrets,
    links: demo ? null : links,
    consoleFolder: "/nowhere",
    publicUrl: options.publicUrl ?? "http://localhost:8080",
    trustProxy: false,
    version: "0.0.0-test",
    log: { error: (facts) => void logged.push(facts), info: () => undefined },
    poster: webhookPoster({ privateToo: true }),
    checkAnswers: true,
    ...(options.requestsPerMinute === undefined ? {} : { requestsPerMinute: options.requestsPerMinute }),
  });
  afterTests(async () => {
    await edi?.stop();
    await desk.close();
    await app.close();
    await network.stop();
    time.stop();
    await accounts.close();
  });

  const key = async (of: Participant | "network", may: readonly Permission[] = permissions): Promise<string> => {
    const secret = newKeySecret();
    const owner: ParticipantId | "network" = of === "network" ? of : of.id;
    await network.registry.saveKey(
      { viewer: owner, by: "test", may: permissions },
      {
        id: newId("key", nine, rng),
        participant: owner,
        name: "test",
        hash: hashKey(secret),
        may,
        createdAt: nine,
        revokedAt: null,
      },
    );
    return secret;
  };
  const call: Bench["call"] = async (bearer, method, url, body, headers = {}) => {
    const answer = await app.inject({
      method: method as "GET",
      url,
      headers: {
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : {
            payload: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
          }),
    });
    const json = String(answer.headers["content-type"]).includes("json");
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.payload,
      body: json && answer.payload !== "" ? JSON.parse(answer.payload) : null,
    };
  };
  return { network, app, accounts, bakery, bookshop, fleet, partner, logged, key, call };
}

/** An order that is taken as it is. */
export const order = (more: Record<string, unknown> = {}) => ({
  pickup: { name: "Corner Bakery", address: "Harbour Street 1" },
  dropoff: { name: "Ana Sousa", phone: "+351 900 000 001", address: "Mill Lane 7", notes: "third floor" },
  parcels: [{ weightGrams: 1200, volumeLiters: 6, contents: "bread" }],
  ...more,
});

/** The pump on a clock that the test moves. */
export function pump(bench: Bench): { readonly webhooks: RunningWebhooks; readonly clock: { now: number } } {
  const clock = { now: Date.now() };
  const webhooks = runWebhooks({
    network: bench.network,
    secrets: { seal: (secret) => Buffer.from(secret), open: (sealed) => Buffer.from(sealed).toString() },
    poster: webhookPoster({ privateToo: true }),
    source: "http://localhost:8080/v1",
    deliveryOf: (scope, order) => deliveryOf(bench, scope, order),
    now: () => instant(clock.now),
    random: () => 0.5,
    log: (what, error) => assert.fail(`${what}: ${String(error)}`),
  });
  afterTests(() => webhooks.stop());
  return { webhooks, clock };
}
