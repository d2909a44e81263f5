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
  type Sealed,
  type Shift,
} from "../../domain/index.ts";
import { invariant } from "../../kernel/invariant.ts";
import type { CourierId, LegId, OrderId, ParticipantId } from "../../kernel/id.ts";
import { instant, type Instant } from "../../kernel/quantity.ts";
import { falls, fromCursor, toCursor } from "../memory/cursor.ts";
import {
  standingAsSeenBy,
  decisionAsSeenBy,
  isListed,
  isWhole,
  legAsSeenBy,
  orderAsSeenBy,
  participantAsSeenBy,
} from "../memory/views.ts";
import { Conditions } from "./conditions.ts";
import { rows, type Queryable } from "./database.ts";
import { Gathered } from "./gathered.ts";
import { recordedColumns, sealedColumns, toRecorded, toSealed, type EventRow, type SealedRow } from "./event-rows.ts";
import { ordersSortedBy, ordersWhere } from "./order-conditions.ts";
import { locator, type OpenRecord } from "./places.ts";
import { wholeLeg, wholeOrder } from "./row-tables.ts";

type Paged = { readonly cursor?: string; readonly limit: number };

/** Every read of the PostgreSQL store: the scope is a condition of the query, so that what it does not see is never fetched. */
export class PostgresReads implements Reads {
  readonly #on: Queryable;
  readonly #open: OpenRecord;
  /** Asked for every order that comes in, so they share their queries. */
  readonly #answers: Gathered<readonly [ParticipantId, string], KeptAnswer | null>;
  readonly #holders: Gathered<readonly [ParticipantId, string], OrderId | null>;

  constructor(on: Queryable, open: OpenRecord) {
    this.#on = on;
    this.#open = open;
    this.#answers = new Gathered((asked) => this.#pairs(asked, answersOf, toKeptAnswer));
    this.#holders = new Gathered((asked) => this.#pairs(asked, holdersOf, ({ id }: { readonly id: OrderId }) => id));
  }

  async orders(scope: Scope, query: OrderQuery): Promise<Page<Order>> {
    const { sort = "-placed" } = query;
    const where = ordersWhere(scope, query);
    const page = await this.#page<Order>("orders", sort, ordersSortedBy(scope, sort, where), where, query);
    return { ...page, rows: await this.#ordersFor(scope, page.rows) };
  }

  async countOrders(scope: Scope, filter: OrderFilter): Promise<Readonly<Record<OrderState, number>>> {
    const where = ordersWhere(scope, filter);
    const sql = `select state, count(*) as count from orders ${where.where()} group by state`;
    const found = await rows<{ state: OrderState; count: number }>(this.#on, sql, where.values);
    const counts = Object.fromEntries(orderStates.map((state) => [state, 0])) as Record<OrderState, number>;
    for (const { state, count } of found) counts[state] = count;
    return counts;
  }

  async order(scope: Scope, id: OrderId): Promise<Order | null> {
    const where = new Conditions().when(id, (value) => `id = ${value}`).ofSeenOrders(scope, "shipper", "orders.id");
    const [order] = await this.#ordersFor(scope, await this.#bodies<Order>("orders", where));
    return order ?? null;
  }

  async standings(scope: Scope, orders: readonly OrderId[]): Promise<ReadonlyMap<OrderId, Standing>> {
    const where = new Conditions()
      .when(orders, (value) => `order_id = any(${value}::text[])`)
      .ofSeenLegs(scope, "shipper", "legs.id");
    const sql = `select distinct on (order_id) body from legs ${where.where()} order by order_id, id collate "C" desc`;
    const newest = await rows<{ body: Leg }>(this.#on, sql, where.values);
    return new Map(newest.map(({ body }) => [body.order, standingAsSeenBy(scope, body)]));
  }

  async legs(scope: Scope, order: OrderId): Promise<readonly Leg[]> {
    return this.#legsFor(scope, await this.#legsSeen(scope, [order]));
  }

  async leg(scope: Scope, id: LegId): Promise<Leg | null> {
    const where = new Conditions().when(id, (value) => `id = ${value}`).ofSeenLegs(scope, "shipper", "legs.id");
    const [leg] = await this.#legsFor(scope, await this.#bodies<Leg>("legs", where));
    return leg ?? null;
  }

  async attempts(scope: Scope, order: OrderId): Promise<readonly Attempt[]> {
    const where = new Conditions()
      .when(order, (value) => `attempts.order_id = ${value}`)
      .ofSeenLegs(scope, "legs.shipper", "legs.id");
    const sql = `select attempts.body from attempts join legs on legs.id = leg_id ${where.where()} order by at, attempts.id collate "C"`;
    return (await rows<{ body: Attempt }>(this.#on, sql, where.values)).map(({ body }) => body);
  }

  async decisions(scope: Scope, query: Paged & { readonly order?: OrderId }): Promise<Page<Decision>> {
    const where = new Conditions()
      .when(query.order, (value) => `order_id = ${value}`)
      .ofSeenOrders(scope, "owner", "decisions.order_id");
    const page = await this.#page<Decision>("decisions", "-at", "at", where, query);
    const seen = (row: Decision): Decision =>
      isWhole(scope, row.owner) ? row : decisionAsSeenBy(scope.viewer as ParticipantId, row);
    return { ...page, rows: page.rows.map(seen) };
  }

  async postings(scope: Scope, order: OrderId): Promise<readonly Posting[]> {
    const where = new Conditions().when(order, (value) => `order_id = ${value}`).ownedBy(scope, "participant");
    return this.#bodies<Posting>("postings", where);
  }

  async outcomes(scope: Scope, from: Instant | null, until: Instant | null): Promise<readonly Outcome[]> {
    const where = new Conditions()
      .ownedBy(scope, "shipper")
      .when(from, (value) => `placed_at >= ${value}`)
      .when(until, (value) => `placed_at <= ${value}`);
    return this.#bodies<Outcome>("outcomes", where, "placed_at, ");
  }

  async timeline(scope: Scope, order: OrderId): Promise<readonly Recorded[]> {
    const where = new Conditions()
      .when(order, (value) => `order_id = ${value}`)
      .ofSeenOrders(scope, "owner", "events.order_id");
    if (scope.viewer !== "network") {
      const viewer = where.value(scope.viewer);
      where.add(`(owner = ${viewer} or reader = ${viewer})`);
    }
    const sql = `select ${recordedColumns} from events ${where.where()} order by sequence`;
    return (await rows<EventRow>(this.#on, sql, where.values)).map(toRecorded);
  }

  async feed({ viewer }: Scope, after: number, limit: number): Promise<readonly { position: number; event: Sealed }[]> {
    const part = (position: string, who: string): string =>
      `(select ${sealedColumns}, ${position} as place from events where ${who} ${position} > $1 order by ${position} limit $2)`;
    const sql =
      viewer === "network"
        ? part("position", "")
        : `${part("owner_position", "owner = $3 and")} union all ${part("reader_position", "reader = $3 and")} order by place limit $2`;
    const values = viewer === "network" ? [after, limit] : [after, limit, viewer];
    const found = await rows<SealedRow & { place: number }>(this.#on, sql, values);
    return found.map((row) => ({ position: row.place, event: toSealed(row) }));
  }

  async participants(scope: Scope): Promise<readonly Participant[]> {
    const all = await this.#bodies<Participant>("participants", new Conditions());
    const shippers = new Set(
      (
        await rows<{ shipper: string }>(
          this.#on,
          "select distinct shipper from orders where id in (select order_id from leg_holders where carrier = $1)",
          [scope.viewer],
        )
      ).map(({ shipper }) => shipper),
    );
    return all
      .filter((row) => isWhole(scope, row.id) || isListed(row) || shippers.has(row.id))
      .map((row) => participantAsSeenBy(scope, row));
  }

  async couriers(scope: Scope): Promise<readonly Courier[]> {
    return this.#bodies<Courier>("couriers", new Conditions().ownedBy(scope, "carrier"));
  }

  async shifts(scope: Scope, from: Instant, until: Instant): Promise<readonly Shift[]> {
    const where = new Conditions()
      .ownedBy(scope, "carrier")
      .when(from, (value) => `ends_at >= ${value}`)
      .when(until, (value) => `starts_at <= ${value}`);
    return this.#bodies<Shift>("shifts", where, "starts_at, ");
  }

  async trail(scope: Scope, courier: CourierId, from: Instant, until: Instant): Promise<readonly Position[]> {
    const where = new Conditions()
      .when(courier, (value) => `courier = ${value}`)
      .when(from, (value) => `at >= ${value}`)
      .when(until, (value) => `at <= ${value}`)
      .ownedBy(scope, "carrier");
    const found = await rows<PositionRow>(
      this.#on,
      `select * from positions ${where.where()} order by at`,
      where.values,
    );
    return found.map(toPosition);
  }

  answer(participant: ParticipantId, key: string): Promise<KeptAnswer | null> {
    return this.#answers.get([participant, key]);
  }

  holderOf(shipper: ParticipantId, reference: string): Promise<OrderId | null> {
    return this.#holders.get([shipper, reference]);
  }

  /** One value or none for each pair, in their order; `sql` says by `number` which pair a row belongs to. */
  async #pairs<Row extends object, Value>(
    asked: readonly (readonly [ParticipantId, string])[],
    sql: string,
    toValue: (row: Row) => Value,
  ): Promise<readonly (Value | null)[]> {
    const values = [asked.map(([participant]) => participant), asked.map(([, text]) => text)];
    const found = await rows<Row & { readonly number: number }>(this.#on, sql, values);
    const byNumber = new Map(found.map((row) => [row.number, row]));
    return asked.map((_, i) => {
      const row = byNumber.get(i + 1);
      return row === undefined ? null : toValue(row);
    });
  }

  async requests(scope: Scope, state: Request["state"]): Promise<readonly Request[]> {
    const where = new Conditions().when(state, (value) => `state = ${value}`).ownedBy(scope, "owner");
    return this.#bodies<Request>("requests", where);
  }

  async #bodies<Row>(table: string, where: Conditions, before = ""): Promise<Row[]> {
    const sql = `select body from ${table} ${where.where()} order by ${before}id collate "C"`;
    return (await rows<{ body: Row }>(this.#on, sql, where.values)).map(({ body }) => body);
  }

  /** Up or down by `key`, then by id. */
  async #page<Row>(
    table: string,
    sort: string,
    key: string,
    where: Conditions,
    { cursor, limit }: Paged,
  ): Promise<Page<Row>> {
    invariant(limit >= 1 && limit <= 1000, "a page has 1 to 1,000 rows");
    const [past, way] = falls(sort) ? ["<", "desc"] : [">", "asc"];
    if (cursor !== undefined) {
      const mark = fromCursor(sort, cursor);
      where.add(`(${key}, id collate "C") ${past} (${where.value(mark.at)}, ${where.value(mark.id)})`);
    }
    const sql = `select id, ${key} as at, body from ${table} ${where.where()}
      order by ${key} ${way}, id collate "C" ${way} limit ${where.value(limit + 1)}`;
    const found = await rows<{ id: string; at: number; body: Row }>(this.#on, sql, where.values);
    const page = found.slice(0, limit);
    return { rows: page.map(({ body }) => body), next: found.length > limit ? toCursor(sort, page.at(-1)!) : null };
  }

  async #legsSeen(scope: Scope, orders: readonly OrderId[]): Promise<Leg[]> {
    const where = new Conditions()
      .when(orders, (value) => `order_id = any(${value}::text[])`)
      .ofSeenLegs(scope, "shipper", "legs.id");
    return this.#bodies<Leg>("legs", where);
  }

  async #legsFor(scope: Scope, bodies: readonly Leg[]): Promise<Leg[]> {
    const locate = await locator(this.#on, this.#open, "leg", bodies);
    return bodies.map((body) => {
      const leg = wholeLeg(body, locate);
      return isWhole(scope, leg.shipper) ? leg : legAsSeenBy(scope.viewer as ParticipantId, leg);
    });
  }

  async #ordersFor(scope: Scope, bodies: readonly Order[]): Promise<Order[]> {
    const locate = await locator(this.#on, this.#open, "order", bodies);
    const others = bodies.filter(({ shipper }) => !isWhole(scope, shipper)).map(({ id }) => id);
    const legs = Map.groupBy(others.length === 0 ? [] : await this.#legsSeen(scope, others), ({ order }) => order);
    return bodies.map((body) => {
      const order = wholeOrder(body, locate);
      if (isWhole(scope, order.shipper)) return order;
      return orderAsSeenBy(scope.viewer as ParticipantId, order, legs.get(order.id) ?? []);
    });
  }
}

/** Two arrays of text as numbered rows: 1, 2, 3 … */
const numbered = "unnest($1::text[], $2::text[]) with ordinality as asked (participant, text, number)";
const answersOf = `select number, kept_answers.* from ${numbered}
  join kept_answers on kept_answers.participant = asked.participant and kept_answers.key = asked.text`;
const holdersOf = `select number, orders.id from ${numbered}
  join orders on orders.shipper = asked.participant and orders.reference = asked.text and orders.state <> 'cancelled'`;

interface PositionRow {
  readonly courier: CourierId;
  readonly carrier: ParticipantId;
  readonly at: number;
  readonly longitude: number;
  readonly latitude: number;
  readonly received_at: number;
}

const toPosition = ({ courier, carrier, at, longitude, latitude, received_at }: PositionRow): Position => ({
  courier,
  carrier,
  point: [longitude, latitude],
  at: instant(at),
  receivedAt: instant(received_at),
});

interface KeptAnswerRow {
  readonly participant: ParticipantId;
  readonly key: string;
  readonly request_hash: string;
  readonly status: number;
  readonly body: string;
  readonly at: number;
}

const toKeptAnswer = ({ participant, key, request_hash, status, body, at }: KeptAnswerRow): KeptAnswer => ({
  participant,
  key,
  requestHash: request_hash,
  status,
  body,
  at: instant(at),
});
