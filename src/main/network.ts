import { latLngToCell } from "h3-js";
import { HotState } from "../adapters/memory/hot-state.ts";
import type { Vault } from "../commons/governance/ports.ts";
import {
  isCommitted,
  operatorId,
  orderIsClosed,
  sees,
  type Geocoder,
  type Leg,
  type Participant,
  type Places,
  type Position,
  type Recorded,
  type Request,
  type Scope,
  type Store,
  type Travel,
} from "../domain/index.ts";
import type { City, ClockControl, Closed, LiveView, Network, RoadMap, RoadReports } from "../doors/network.ts";
import type { PlatformConnector } from "../journey/dispatch/ports.ts";
import { summarize } from "../journey/learn/index.ts";
import { PlaceBook } from "../journey/plan/index.ts";
import type { ParticipantId } from "../kernel/id.ts";
import type { Point } from "../kernel/point.ts";
import { after, seconds, type Instant } from "../kernel/quantity.ts";
import { refuse } from "../kernel/result.ts";
import type { Rng } from "../kernel/rng.ts";
import { connections, receiving } from "./connections.ts";
import { Effects } from "./effects.ts";
import { Engine } from "./engine.ts";
import { FactAges } from "./fact-ages.ts";
import { fleetDoors } from "./fleet-doors.ts";
import { journey } from "./journey.ts";
import { LabourMarket } from "./labour-market.ts";
import { orderDoors } from "./order-doors.ts";
import type { LiveRoads } from "./outside.ts";
import { Reconciliation } from "./reconciliation.ts";
import { Reports } from "./reports.ts";
import { retimeAll } from "./retime.ts";
import type { Scheduler } from "./scheduler.ts";
import { Sealing } from "./sealing.ts";
import { SyncAccuracy } from "./sync-accuracy.ts";

export interface NetworkParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly city: City;
  readonly travel: Travel;
  readonly places: Places;
  readonly geocoder?: Geocoder | undefined;
  /** Left out where no roads are loaded. */
  readonly roadMap?: RoadMap | undefined;
  /** Left out where nobody reports. */
  readonly roadReports?: LiveRoads;
  readonly connectors: ReadonlyMap<ParticipantId, PlatformConnector>;
  readonly clockControl: ClockControl | null;
  readonly demo: boolean;
  /** See `EngineParts`; a simulated day leaves it out. */
  readonly longestBatch_ms?: number;
  /** How much may wait before the door takes no more: commands that nobody has run, stored events that nobody has handled. */
  readonly mostWaiting?: typeof mostWaiting;
  /** Where what went wrong inside is told; nothing is swallowed. */
  readonly log: (what: string, error: unknown) => void;
}

/** A running network: the doors' face, and what only `main` may do with it. */
export interface RunningNetwork extends Network {
  readonly hot: HotState;
  readonly engine: Engine;
  /** Told of each committed batch: the simulated people look up then. */
  onCommitted(listener: (recorded: readonly Recorded[]) => void): void;
  /** Puts participants in the books who are not there yet. */
  introduce(participants: readonly Participant[]): Promise<void>;
  stop(): Promise<void>;
}

/** Some seconds of commands, whose callers hang on the line; some minutes of orders that are not decided, in memory meanwhile. */
const mostWaiting: { readonly commands: number; readonly inbox: number } = { commands: 1000, inbox: 50_000 };
/** When whoever was turned away may come again, seconds. */
const retryAfter_s = 5;

const nobodyReports: RoadReports = {
  take: async () => refuse({ code: "ROAD_REPORT_UNREADABLE", reason: "finds no roads that listen", at: "" }),
  sources: () => [],
};

/** H3 resolution of a place's cell: hexagons of about 0.7 km². */
const resolution = 8;
export const cellOf = ([longitude, latitude]: Point): string => latLngToCell(latitude, longitude, resolution);

/** Opens a network on a store: takes up what was alive, and runs. */
export async function openNetwork(parts: NetworkParts): Promise<RunningNetwork> {
  const { store, scheduler, rng, travel, vault, connectors, log } = parts;
  const hot = new HotState();
  const book = new PlaceBook(travel);
  const stages = journey({ travel, operator: operatorId, book });
  const engine = new Engine({
    store,
    hot,
    scheduler,
    rng,
    journey: stages,
    longestBatch_ms: parts.longestBatch_ms ?? null,
  });
  const ages = new FactAges(scheduler, (carrier) => connectors.get(carrier)?.serviceLevel);
  const accuracy = new SyncAccuracy();
  const market = new LabourMarket();
  const reports = new Reports({ engine, hot, scheduler, rng, vault, ages });
  const reconciliation = new Reconciliation({
    engine,
    hot,
    scheduler,
    rng: rng.fork("reconciliation"),
    reports,
    ages,
    accuracy,
    connectors,
    failed: log,
  });
  const hear = async (carrier: ParticipantId, report: Parameters<Reports["hear"]>[1]): Promise<void> =>
    void (await reports.hear(carrier, report));
  const trust = (carrier: ParticipantId) => ages.trust(carrier);
  const effects = new Effects({ engine, scheduler, rng, vault, connectors, hear, market, trust, failed: log });
  const sealing = new Sealing(store, scheduler, log);
  const samples = new Samples(store, scheduler, log);

  const listeners: ((recorded: readonly Recorded[]) => void)[] = [];
  engine.watch({
    committed: (recorded, requests) => {
      for (const request of requests) effects.perform(request);
      if (recorded.length > 0) sealing.soon(recorded.length);
      for (const listener of listeners) listener(recorded);
    },
    failed: log,
    lost: (error) => {
      log("the store was taken over by another process", error);
      process.exit(1);
    },
  });
  const open: readonly Request[] = await engine.restore();
  for (const request of open) effects.resume(request);
  sealing.soon(1);
  reconciliation.watch();
  parts.roadReports?.onChanged(() => retimeAll(engine, hot, book));

  const seenConnector = (scope: Scope, carrier: ParticipantId): PlatformConnector | undefined =>
    sees(scope, carrier) ? connectors.get(carrier) : undefined;
  const doors = { engine, hot, scheduler, rng, vault, cellOf, sample: (position: Position) => samples.add(position) };
  const { zone, jurisdiction, currency } = parts.city;
  const { places, geocoder } = parts;
  const intake = { places, geocoder, travel, vault, cellOf, city: { zone, jurisdiction, currency } };
  return {
    ...parts,
    roadReports: parts.roadReports ?? nobodyReports,
    clock: scheduler,
    cellOf,
    reads: store.reads,
    registry: store.registry,
    openings: (scope, query) => store.vault.openings(scope, query),
    orders: orderDoors({ ...doors, intake, reads: store.reads }),
    ...fleetDoors(doors),
    participants: { join: joining(engine) },
    insights: { summary: summarizing(parts, hot) },
    live: (scope) => live(scope, hot, scheduler, ages, book),
    route: (points, profile) => shapeThrough(points, travel, profile),
    connections: (scope) => connections(scope, hot, connectors, ages, accuracy, reconciliation),
    failures: (scope, carrier) => seenConnector(scope, carrier)?.failures?.() ?? null,
    reconcile: (scope, carrier) => (seenConnector(scope, carrier) ? reconciliation.now(carrier) : null),
    labour: (scope, question) => market.view(question, (carrier) => sees(scope, carrier), scheduler.now()),
    receive: receiving(hot, connectors, reports),
    onFeed: (listener) => sealing.listen(listener),
    ready: () => {
      const why = engine.failing();
      return { ok: why === null, why: why === null ? null : `nothing can be stored: ${why}` };
    },
    closed: () => closed(engine, parts.mostWaiting ?? mostWaiting),
    backlog: () => ({ ...engine.backlog(), unsealed: sealing.waiting }),
    hot,
    engine,
    onCommitted: (listener) => void listeners.push(listener),
    introduce: (participants) =>
      engine.do(({ state }) => {
        for (const participant of participants)
          if (!state.get("participant", participant.id)) state.put("participant", participant);
        return { value: undefined };
      }),
    stop: async () => {
      reconciliation.stop();
      effects.stop();
      await engine.stop();
      await samples.flush();
      await sealing.finish();
    },
  };
}

function closed(engine: Engine, most: typeof mostWaiting): Closed | null {
  if (engine.failing() !== null) return { code: "NOTHING_STORED", retryAfter_s };
  const { commands, inbox } = engine.backlog();
  if (commands < most.commands && inbox < most.inbox) return null;
  return { code: "TOO_MUCH_WAITS", waiting: commands + inbox, retryAfter_s };
}

const joining =
  (engine: Engine): Network["participants"]["join"] =>
  (_scope, participant) =>
    engine.do((step) => {
      const joined: Participant = { ...participant, id: step.id("participant") };
      step.state.put("participant", joined);
      return { value: joined };
    });

const summarizing =
  ({ store, city }: NetworkParts, hot: HotState): Network["insights"]["summary"] =>
  async (scope, from, until) => {
    const outcomes = await store.reads.outcomes(scope, from, until);
    const inSpan = (at: number): boolean => (from === null || at >= from) && (until === null || at <= until);
    const open = hot
      .all("order")
      .filter((order) => !orderIsClosed(order.state) && sees(scope, order.shipper) && inSpan(order.placedAt));
    return summarize(outcomes, open.length, city.currency);
  };

function live(scope: Scope, hot: HotState, scheduler: Scheduler, ages: FactAges, book: PlaceBook): LiveView {
  const couriers = hot.all("route").flatMap((route) => {
    if (!sees(scope, route.carrier)) return [];
    const shift = hot.must("shift", route.shift);
    const courier = hot.must("courier", shift.courier);
    const parking = route.stops.map(({ place }) => book.parkedAt(place.point, courier.vehicle.profile));
    return [{ courier, shift, position: hot.position(shift.courier) ?? null, route, parking }];
  });
  const legs = hot.all("leg").flatMap((leg) => {
    const seen = sees(scope, leg.shipper) || (leg.assignment !== null && sees(scope, leg.assignment.carrier));
    return seen ? [{ leg, order: hot.must("order", leg.order), carrierPosition: whereabouts(leg, hot, ages) }] : [];
  });
  return { now: scheduler.now(), couriers, legs };
}

/** Where a leg's courier was last seen, while it is on the way for it: the platform's word, or our own courier's position. */
function whereabouts(leg: Leg, hot: HotState, ages: FactAges): { readonly point: Point; readonly at: Instant } | null {
  const courier = isCommitted(leg.state) && leg.state !== "assigned" ? leg.assignment?.courier : null;
  return ages.place(leg.id) ?? (courier ? (hot.position(courier) ?? null) : null);
}

async function shapeThrough(
  points: readonly Point[],
  travel: Travel,
  profile: Parameters<Travel["route"]>[2],
): Promise<readonly Point[]> {
  const shape: Point[] = [];
  for (let i = 1; i < points.length; i++) {
    const way = await travel.route(points[i - 1]!, points[i]!, profile);
    shape.push(...(way.ok ? way.value.shape : [points[i - 1]!, points[i]!]));
  }
  return shape;
}

/** Positions on their way to storage: one a courier and half minute is kept, written every few seconds. */
class Samples {
  readonly #store: Store;
  readonly #scheduler: Scheduler;
  readonly #log: NetworkParts["log"];
  readonly #last = new Map<string, number>();
  #waiting: Position[] = [];

  constructor(store: Store, scheduler: Scheduler, log: NetworkParts["log"]) {
    this.#store = store;
    this.#scheduler = scheduler;
    this.#log = log;
  }

  add(position: Position): void {
    if (position.at - (this.#last.get(position.courier) ?? 0) < 30_000) return;
    this.#last.set(position.courier, position.at);
    if (this.#waiting.push(position) > 1) return;
    this.#scheduler.at(
      after(this.#scheduler.now(), seconds(5)),
      () => void this.flush().catch((error: unknown) => this.#log("positions", error)),
    );
  }

  async flush(): Promise<void> {
    const positions = this.#waiting;
    this.#waiting = [];
    if (positions.length > 0) await this.#store.savePositions(positions);
  }
}
