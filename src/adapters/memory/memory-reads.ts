import {
  orderStates,
  type Attempt,
  type Standing,
  type Courier,
  type Decision,
  type KeptAnswer,
  type Leg,
  type Order,
  type OrderFilter,
  type OrderQuery,
  type OrderSort,
  type OrderState,
  type Outcome,
  type Page,
  type Participant,
  type Position,
  type Posting,
  type Reads,
  type Recorded,
  type Request,
  type Scope,
  type Shift,
} from "../../domain/index.ts";
import { invariant } from "../../kernel/invariant.ts";
import type { CourierId, LegId, OrderId, ParticipantId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/quantity.ts";
import { falls, fromCursor, toCursor, unknownAt, type Mark } from "./cursor.ts";
import { byId, pair } from "./indexes.ts";
import type { Fed, MemoryTables } from "./memory-tables.ts";
import {
  standingAsSeenBy,
  coarse,
  decisionAsSeenBy,
  isListed,
  isWhole,
  legAsSeenBy,
  orderAsSeenBy,
  participantAsSeenBy,
} from "./views.ts";

/** Every read of the memory store, each on somebody's behalf. */
export class MemoryReads implements Reads {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async orders(scope: Scope, query: OrderQuery): Promise<Page<Order>> {
    const { sort = "-placed" } = query;
    const unknown = falls(sort) ? unknownAt.down : unknownAt.up;
    const rows = this.#matching(scope, query).map((order) => ({
      at: this.#sortedBy(scope, order, sort) ?? unknown,
      id: order.id,
      row: order,
    }));
    const page = pageOf(rows, sort, query);
    return { ...page, rows: page.rows.map((order) => this.#orderFor(scope, order)) };
  }

  #sortedBy(scope: Scope, { id, placedAt, closedAt, dropoffWindow }: Order, sort: OrderSort): Instant | null {
    switch (sort) {
      case "placed":
      case "-placed":
        return placedAt;
      case "window":
      case "-window":
        return dropoffWindow.latest ?? dropoffWindow.earliest;
      case "estimate":
      case "-estimate":
        return closedAt ?? this.#standing(scope, id)?.estimate?.dropoff ?? null;
    }
  }

  async countOrders(scope: Scope, filter: OrderFilter): Promise<Readonly<Record<OrderState, number>>> {
    const counts = Object.fromEntries(orderStates.map((state) => [state, 0])) as Record<OrderState, number>;
    for (const { state } of this.#matching(scope, filter)) counts[state]++;
    return counts;
  }

  #matching(scope: Scope, filter: OrderFilter): Order[] {
    const { states, text, reference, shipper, carrier, importedBy, placedFrom, placedUntil } = filter;
    return [...this.#tables.rows.order.values()].filter((order) => {
      const whole = isWhole(scope, order.shipper);
      return (
        (states === undefined || states.includes(order.state)) &&
        (text === undefined ||
          order.id.startsWith(text) ||
          order.id.slice(-6) === text.toLowerCase() ||
          (whole && order.reference?.startsWith(text) === true)) &&
        (reference === undefined || (whole && order.reference === reference)) &&
        (shipper === undefined || order.shipper === shipper) &&
        (importedBy === undefined || (whole && order.importedBy === importedBy)) &&
        (placedFrom === undefined || order.placedAt >= placedFrom) &&
        (placedUntil === undefined || order.placedAt <= placedUntil) &&
        this.#seesOrder(scope, order) &&
        (carrier === undefined || this.#isCarriedBy(scope, order, carrier))
      );
    });
  }

  #isCarriedBy(scope: Scope, { id }: Order, carrier: ParticipantId): boolean {
    return this.#legsSeen(scope, id).some((leg) => standingAsSeenBy(scope, leg).assignment?.carrier === carrier);
  }

  async standings(scope: Scope, orders: readonly OrderId[]): Promise<ReadonlyMap<OrderId, Standing>> {
    return new Map(orders.flatMap((id) => this.#standing(scope, id) ?? []).map((one) => [one.order, one]));
  }

  #standing(scope: Scope, order: OrderId): Standing | null {
    const newest = this.#legsSeen(scope, order).at(-1);
    return newest === undefined ? null : standingAsSeenBy(scope, newest);
  }

  async order(scope: Scope, id: OrderId): Promise<Order | null> {
    const order = this.#visible(scope, id);
    return order === null ? null : this.#orderFor(scope, order);
  }

  async legs(scope: Scope, order: OrderId): Promise<readonly Leg[]> {
    return this.#legsSeen(scope, order).map((leg) => this.#legFor(scope, leg));
  }

  async leg(scope: Scope, id: LegId): Promise<Leg | null> {
    const leg = this.#tables.rows.leg.get(id);
    return leg === undefined || !this.#seesLeg(scope, leg) ? null : this.#legFor(scope, leg);
  }

  async attempts(scope: Scope, order: OrderId): Promise<readonly Attempt[]> {
    const legs = new Set(this.#legsSeen(scope, order).map(({ id }) => id));
    const rows = [...this.#tables.rows.attempt.values()].filter((attempt) => legs.has(attempt.leg));
    return rows.sort((a, b) => a.at - b.at || byId(a, b));
  }

  async decisions(scope: Scope, query: { order?: OrderId; cursor?: string; limit: number }): Promise<Page<Decision>> {
    const rows = [...this.#tables.rows.decision.values()]
      .filter((decision) => (query.order ?? decision.order) === decision.order && this.#seesDecision(scope, decision))
      .map((decision) => ({ at: decision.at, id: decision.id, row: decision }));
    const page = pageOf(rows, "-at", query);
    return {
      ...page,
      rows: page.rows.map((row) =>
        isWhole(scope, row.owner) ? row : decisionAsSeenBy(scope.viewer as ParticipantId, row),
      ),
    };
  }

  async postings(scope: Scope, order: OrderId): Promise<readonly Posting[]> {
    const rows = [...this.#tables.rows.posting.values()];
    return rows.filter((row) => row.order === order && isWhole(scope, row.participant)).sort(byId);
  }

  async outcomes(scope: Scope, from: Instant | null, until: Instant | null): Promise<readonly Outcome[]> {
    const rows = [...this.#tables.rows.outcome.values()].filter(
      ({ shipper, placedAt }) =>
        isWhole(scope, shipper) && (from === null || placedAt >= from) && (until === null || placedAt <= until),
    );
    return rows.sort((a, b) => a.placedAt - b.placedAt || byId(a, b));
  }

  async timeline(scope: Scope, id: OrderId): Promise<readonly Recorded[]> {
    const order = this.#visible(scope, id);
    if (order === null) return [];
    const kept = this.#tables.timelines.get(id) ?? [];
    const seen = isWhole(scope, order.shipper) ? kept : kept.filter(({ reader }) => reader === scope.viewer);
    return seen.map(({ recorded }) => recorded);
  }

  async feed(scope: Scope, after: number, limit: number): Promise<readonly Fed[]> {
    return (this.#tables.feeds.get(scope.viewer) ?? []).slice(after, after + limit);
  }

  async participants(scope: Scope): Promise<readonly Participant[]> {
    const rows = [...this.#tables.rows.participant.values()].sort(byId);
    const shippers = this.#carriedFor(scope);
    return rows
      .filter((row) => isWhole(scope, row.id) || isListed(row) || shippers.has(row.id))
      .map((row) => participantAsSeenBy(scope, row));
  }

  /** The shippers whose orders the viewer carries, or carried. */
  #carriedFor(scope: Scope): ReadonlySet<ParticipantId> {
    const shippers = new Set<ParticipantId>();
    if (scope.viewer === "network") return shippers;
    for (const [leg, holders] of this.#tables.holders) {
      const shipper = holders.has(scope.viewer) ? this.#tables.rows.leg.get(leg)?.shipper : undefined;
      if (shipper !== undefined) shippers.add(shipper);
    }
    return shippers;
  }

  async couriers(scope: Scope): Promise<readonly Courier[]> {
    const rows = [...this.#tables.rows.courier.values()];
    return rows.filter(({ carrier }) => isWhole(scope, carrier)).sort(byId);
  }

  async shifts(scope: Scope, from: Instant, until: Instant): Promise<readonly Shift[]> {
    const rows = [...this.#tables.rows.shift.values()].filter(
      (shift) => isWhole(scope, shift.carrier) && shift.startsAt <= until && shift.endsAt >= from,
    );
    return rows.sort((a, b) => a.startsAt - b.startsAt || byId(a, b));
  }

  async trail(scope: Scope, courier: CourierId, from: Instant, until: Instant): Promise<readonly Position[]> {
    const rows = this.#tables.positions.get(courier) ?? [];
    return rows.filter(({ carrier, at }) => isWhole(scope, carrier) && at >= from && at <= until);
  }

  async holderOf(shipper: ParticipantId, reference: string): Promise<OrderId | null> {
    return this.#tables.references.get(pair(shipper, reference)) ?? null;
  }

  async answer(participant: ParticipantId, key: string): Promise<KeptAnswer | null> {
    return this.#tables.answers.get(pair(participant, key)) ?? null;
  }

  async requests(scope: Scope, state: Request["state"]): Promise<readonly Request[]> {
    const rows = [...this.#tables.rows.request.values()];
    return rows.filter((row) => row.state === state && isWhole(scope, row.owner)).sort(byId);
  }

  #visible(scope: Scope, id: OrderId): Order | null {
    const order = this.#tables.rows.order.get(id);
    return order === undefined || !this.#seesOrder(scope, order) ? null : order;
  }

  #seesOrder(scope: Scope, { id, shipper }: Order): boolean {
    return isWhole(scope, shipper) || this.#legsOf(id).some((leg) => this.#holds(scope, leg.id));
  }

  #seesLeg(scope: Scope, { id, shipper }: Leg): boolean {
    return isWhole(scope, shipper) || this.#holds(scope, id);
  }

  #seesDecision(scope: Scope, { owner, order }: Decision): boolean {
    return isWhole(scope, owner) || this.#legsOf(order).some((leg) => this.#holds(scope, leg.id));
  }

  #holds(scope: Scope, leg: LegId): boolean {
    return this.#tables.holders.get(leg)?.has(scope.viewer as ParticipantId) === true;
  }

  #legsOf(order: OrderId): Leg[] {
    const ids = this.#tables.legsByOrder.get(order) ?? [];
    return [...ids].map((id) => this.#tables.rows.leg.get(id)!).sort(byId);
  }

  #legsSeen(scope: Scope, order: OrderId): Leg[] {
    return this.#legsOf(order).filter((leg) => this.#seesLeg(scope, leg));
  }

  #legFor(scope: Scope, row: Leg): Leg {
    const leg = { ...row, from: this.#tables.known(row.from, coarse), to: this.#tables.known(row.to, coarse) };
    return isWhole(scope, leg.shipper) ? leg : legAsSeenBy(scope.viewer as ParticipantId, leg);
  }

  #orderFor(scope: Scope, row: Order): Order {
    const order = {
      ...row,
      pickup: this.#tables.known(row.pickup, coarse),
      dropoff: this.#tables.known(row.dropoff, coarse),
    };
    if (isWhole(scope, order.shipper)) return order;
    return orderAsSeenBy(scope.viewer as ParticipantId, order, this.#legsSeen(scope, row.id));
  }
}

interface Line<Row> extends Mark {
  readonly row: Row;
}

/** The lines behind the cursor, sorted up or down by `at` and then by id. */
function pageOf<Row>(
  lines: readonly Line<Row>[],
  sort: string,
  { cursor, limit }: { cursor?: string; limit: number },
): Page<Row> {
  invariant(limit >= 1 && limit <= 1000, "a page has 1 to 1,000 rows");
  const mark = cursor === undefined ? null : fromCursor(sort, cursor);
  const way = falls(sort) ? -1 : 1;
  const compare = (a: Mark, b: Mark): number => way * (a.at - b.at || byId(a, b));
  const rest = lines.filter((line) => mark === null || compare(mark, line) < 0).sort(compare);
  const page = rest.slice(0, limit);
  return { rows: page.map(({ row }) => row), next: rest.length > limit ? toCursor(sort, page.at(-1)!) : null };
}
