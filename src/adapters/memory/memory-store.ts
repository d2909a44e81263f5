import type { Batch, Leg, Order, Position, Route, Snapshot, Store, Table, Tables } from "../../domain/index.ts";
import type { OrderId } from "../../kernel/id.ts";
import { emptyChain, sealNext } from "./chain.ts";
import { byId } from "./indexes.ts";
import { MemoryReads } from "./memory-reads.ts";
import { MemoryRegistry } from "./memory-registry.ts";
import { MemoryTables, type Kept } from "./memory-tables.ts";
import { MemoryVault } from "./memory-vault.ts";
import { coarse } from "./views.ts";

/** The store in memory: the same answers as PostgreSQL's, gone with the process. Simulated days are kept in it. */
export function openMemoryStore(): Store {
  const tables = new MemoryTables();
  const taken = new WeakSet<Batch>();
  return {
    reads: new MemoryReads(tables),
    registry: new MemoryRegistry(),
    vault: new MemoryVault(tables),
    load: async () => load(tables),
    commit: async (batch: Batch) => {
      if (taken.has(batch) || isThere(tables, batch)) return;
      tables.check(batch);
      tables.apply(batch);
      taken.add(batch);
    },
    seal: async (limit) => seal(tables, limit),
    savePositions: async (positions) => positions.forEach((position) => savePosition(tables, position)),
    close: async () => {},
  };
}

/** A batch whose events are all stored is one that was committed before its answer was lost: it is done. */
const isThere = (tables: MemoryTables, { recorded }: Batch): boolean =>
  recorded.length > 0 && recorded.every(({ id }) => tables.eventIds.has(id));

function seal(tables: MemoryTables, limit: number): number {
  const batch = tables.unsealed.splice(0, limit);
  for (const kept of batch) chain(tables, kept);
  return batch.length;
}

function chain(tables: MemoryTables, { recorded, reader }: Kept): void {
  const { owner } = recorded;
  const sealed = sealNext(tables.heads.get(owner) ?? emptyChain, recorded);
  tables.heads.set(owner, { seq: sealed.seq, hash: sealed.hash });
  for (const viewer of ["network" as const, owner, reader]) {
    if (viewer === null) continue;
    const feed = tables.feeds.get(viewer) ?? [];
    feed.push({ position: feed.length + 1, event: sealed });
    tables.feeds.set(viewer, feed);
  }
}

function load(tables: MemoryTables): Snapshot {
  const living = tables.livingOrders();
  const rows: { table: Table; row: Tables[Table] }[] = [];
  const take = <T extends Table>(table: T, keep: (row: Tables[T]) => boolean, show = (row: Tables[T]) => row): void => {
    const found = [...tables.rows[table].values()].filter(keep).sort(byId);
    for (const row of found) rows.push({ table, row: show(row) });
  };
  const legs = new Set([...tables.rows.leg.values()].filter(({ order }) => living.has(order)).map(({ id }) => id));
  const shifts = new Set([...tables.rows.shift.values()].filter(({ state }) => state !== "over").map(({ id }) => id));

  take("participant", () => true);
  take("courier", () => true);
  take("shift", ({ id }) => shifts.has(id));
  take(
    "route",
    ({ shift }) => shifts.has(shift),
    (route) => knownRoute(tables, route),
  );
  take(
    "order",
    ({ id }) => living.has(id),
    (order) => knownOrder(tables, order),
  );
  take(
    "leg",
    ({ id }) => legs.has(id),
    (leg) => knownLeg(tables, leg),
  );
  take("offer", ({ leg }) => legs.has(leg));
  take("request", ({ order }) => living.has(order));
  take("round", ({ id }) => legs.has(id));
  take("timer", ({ event }) => living.has(event.order));

  const sequences = new Map<OrderId, number>([...living].map((id) => [id, tables.timelines.get(id)?.length ?? 0]));
  return { rows: rows as unknown as Snapshot["rows"], inbox: [...tables.inbox.values()], sequences };
}

const knownOrder = (tables: MemoryTables, order: Order): Order => ({
  ...order,
  pickup: tables.known(order.pickup, coarse),
  dropoff: tables.known(order.dropoff, coarse),
});

const knownLeg = (tables: MemoryTables, leg: Leg): Leg => ({
  ...leg,
  from: tables.known(leg.from, coarse),
  to: tables.known(leg.to, coarse),
});

const knownRoute = (tables: MemoryTables, route: Route): Route => ({
  ...route,
  stops: route.stops.map((stop) => ({ ...stop, place: tables.known(stop.place, coarse) })),
});

function savePosition(tables: MemoryTables, position: Position): void {
  const trail = tables.positions.get(position.courier) ?? [];
  tables.positions.set(position.courier, trail);
  const last = trail.at(-1);
  if (last === undefined || last.at < position.at) return void trail.push(position);
  if (trail.some(({ at }) => at === position.at)) return;
  trail.push(position);
  trail.sort((a, b) => a.at - b.at);
}
