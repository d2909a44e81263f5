import { createHash } from "node:crypto";
import { openMemoryStore } from "../adapters/memory/index.ts";
import { balanced, journeyScope, type Sealed, type Store } from "../domain/index.ts";
import type { Summary } from "../journey/learn/index.ts";
import { after, hours, type Instant } from "../kernel/quantity.ts";
import { fromLocal } from "../kernel/local-time.ts";
import { seeded, type Rng } from "../kernel/rng.ts";
import type { Vault } from "../commons/governance/ports.ts";
import type { Connection } from "../doors/network.ts";
import { inProcess, linkPlatforms } from "./platforms.ts";
import type { LoadedCity } from "./city.ts";
import { openNetwork, type RunningNetwork } from "./network.ts";
import { Populace } from "./populace.ts";
import { VirtualTime } from "./virtual-time.ts";

/** The size of a simulated day. */
export interface Simulation {
  readonly seed: number;
  readonly hours: number;
  readonly orders: number;
  readonly couriers: number;
  readonly partnerVans: number;
  readonly platforms: boolean;
}

/** What a simulated day came to: the summary, and what an auditor asks first. */
export interface SimulationReport extends Summary {
  readonly seed: number;
  readonly hours: number;
  /** Orders that were placed and are neither settled nor open. */
  readonly lost: number;
  /** Legs that had two carriers at once. */
  readonly doubled: number;
  readonly ledgerBalanced: boolean;
  readonly eventLogSha256: string;
  /** What went wrong inside: broken invariants, failed commits. */
  readonly faults: number;
}

/** The founding day: a Tuesday in spring, nine o'clock in the city. */
export const startOfDay = (zone: string): Instant =>
  fromLocal({ year: 2027, month: 4, day: 13, hour: 9, minute: 0, second: 0 }, zone);

/** After the last order is placed the day goes on until the goods are home. */
const tail = hours(4);

export interface Simulated {
  readonly report: SimulationReport;
  /** The whole event log, in the order of its sealing. */
  readonly log: readonly Sealed[];
  /** How the platforms' connections fared. */
  readonly connections: readonly Connection[];
}

/** Plays a whole day under virtual time: the real journey, the connectors, the platforms' protocols, and nothing that waits. */
export async function simulate(
  simulation: Simulation,
  loaded: LoadedCity,
  openVault: (store: Store, rng: Rng) => Vault,
  log: (what: string, error: unknown) => void,
): Promise<Simulated> {
  const rng = seeded(simulation.seed);
  const from = startOfDay(loaded.city.zone);
  const time = new VirtualTime(from);
  const store = openMemoryStore();
  let faults = 0;
  const fault = (what: string, error: unknown): void => {
    faults++;
    log(what, error);
  };

  const populace = new Populace({ loaded, scheduler: time, rng: rng.fork("city"), log: fault });
  const linked = simulation.platforms
    ? await linkPlatforms(
        {
          loaded,
          populace,
          scheduler: time,
          rng: rng.fork("platforms"),
          post: async (url, { headers, body }) =>
            toWire(await network.receive(url.split("/hooks/")[1]!, headers, body)),
          reach: inProcess(time, rng.fork("latency")),
        },
        "http://milepool.invalid",
      )
    : null;
  const network: RunningNetwork = await openNetwork({
    store,
    vault: openVault(store, rng.fork("vault")),
    scheduler: time,
    rng: rng.fork("network"),
    city: loaded.city,
    travel: loaded.travel,
    places: loaded.places,
    connectors: linked?.connectors ?? new Map(),
    clockControl: null,
    demo: false,
    log: fault,
  });
  await populace.begin(network, { ...simulation, from });
  await time.run(after(from, hours(simulation.hours)));
  await time.run(after(from, hours(simulation.hours + tail / 3600)));
  await network.stop();

  const sealed = await wholeLog(store);
  const summary = await network.insights.summary(journeyScope, null, null);
  const ledgerBalanced = await booksBalance(store, sealed);
  return {
    report: { ...summary, ...audit(sealed, summary, simulation), ledgerBalanced, faults },
    log: sealed,
    connections: network.connections(journeyScope),
  };
}

/** What the door answers to a webhook. */
const toWire = (answer: Awaited<ReturnType<RunningNetwork["receive"]>>) => ({
  status: answer === null ? 404 : answer.ok ? 200 : 401,
  headers: {},
  body: new Uint8Array(),
});

async function wholeLog(store: Store): Promise<readonly Sealed[]> {
  const log: Sealed[] = [];
  for (let position = 0; ;) {
    const page = await store.reads.feed(journeyScope, position, 1000);
    log.push(...page.map(({ event }) => event));
    if (page.length < 1000) return log;
    position = page.at(-1)!.position;
  }
}

/** Every closed order is settled once, and its lines sum to zero. */
async function booksBalance({ reads }: Store, log: readonly Sealed[]): Promise<boolean> {
  const closed = log.flatMap(({ event }) => (event.type === "OrderClosed" ? [event.order] : []));
  const settled = new Map(
    log.flatMap(({ event }) => (event.type === "JourneySettled" ? [[event.order, event.postings]] : [])),
  );
  for (const order of closed) {
    const postings = await reads.postings(journeyScope, order);
    if (postings.length !== settled.get(order) || !balanced(postings)) return false;
  }
  return closed.length === settled.size;
}

/** A first look by ourselves; the independent auditor in `test/` reads only the log. */
function audit(log: readonly Sealed[], summary: Summary, { seed, hours: length }: Simulation) {
  const placed = log.filter(({ event }) => event.type === "OrderPlaced").length;
  return {
    seed,
    hours: length,
    lost: placed - summary.orders,
    doubled: doubled(log),
    eventLogSha256: createHash("sha256")
      .update(log.map(({ hash }) => hash).join("\n"))
      .digest("hex"),
  };
}

/** Assignments of a leg that still had a carrier. */
function doubled(log: readonly Sealed[]): number {
  const carried = new Set<string>();
  let count = 0;
  for (const { event } of log) {
    if (event.type === "LegAssigned") {
      if (carried.has(event.leg)) count++;
      carried.add(event.leg);
    }
    if (event.type === "LegOpened" || event.type === "LegCancelled") carried.delete(event.leg);
  }
  return count;
}
