import { greatCircle } from "../../kernel/point.ts";
import type { CourierId, OrderId } from "../../kernel/id.ts";
import type { Batch, Position, Table, Tables } from "../../domain/index.ts";
import { Draft } from "./draft.ts";
import { byId, indexesOf, keyIn, type IndexName, type Row, type RowOf } from "./indexes.ts";
import { Layer, type Droppable } from "./layer.ts";

export { Draft } from "./draft.ts";

/** Written and never read back by the journey: they go to the store alone. */
const writtenOnly: ReadonlySet<Table> = new Set(["attempt", "decision", "posting", "outcome"]);

/** The rows under one key; `sorted` is made when somebody asks. */
interface Bucket {
  readonly rows: Map<string, Row>;
  sorted: readonly Row[] | null;
}

const nothing: readonly never[] = [];

/**
 * The living part of the network, in memory: what a step reads and, through a draft, changes. Every lookup is a hash away,
 * because dispatch asks hundreds of thousands of times a day.
 */
export class HotState extends Layer {
  readonly #tables = new Map<Table, Map<string, Row>>();
  readonly #indexes = new Map<IndexName, Map<string, Bucket>>();
  readonly #positions = new Map<CourierId, Position>();
  readonly #driven = new Map<CourierId, number>();
  #writes = 0;

  /** Takes up the rows of a `Snapshot`. */
  restore(rows: Batch["rows"]): void {
    for (const { table, row } of rows) this.put(table, row);
  }

  /** What one step reads and writes. */
  draft(): Draft {
    return new Draft(this);
  }

  get<T extends Table>(table: T, id: string): Tables[T] | undefined {
    return this.#tables.get(table)?.get(id) as Tables[T] | undefined;
  }

  /** All rows of a table, in the order of their ids: to wind up timers and requests after a start. */
  all<T extends Table>(table: T): readonly Tables[T][] {
    return [...(this.#tables.get(table)?.values() ?? [])].sort(byId) as unknown as readonly Tables[T][];
  }

  count(table: Table): number {
    return this.#tables.get(table)?.size ?? 0;
  }

  put<T extends Table>(table: T, row: Tables[T]): void {
    if (!writtenOnly.has(table)) this.#write(table, row.id, row);
  }

  drop(table: Droppable, id: string): void {
    this.#write(table, id, null);
  }

  #write(table: Table, id: string, row: Row | null): void {
    let rows = this.#tables.get(table);
    if (rows === undefined) this.#tables.set(table, (rows = new Map<string, Row>()));
    const before = rows.get(id);
    this.#writes++;
    if (row === null) rows.delete(id);
    else rows.set(id, row);
    for (const index of indexesOf.get(table) ?? []) {
      const from = before === undefined ? null : keyIn(index, before as Tables[Table]);
      const to = row === null ? null : keyIn(index, row as Tables[Table]);
      if (from !== null && from !== to) this.#leave(index, from, id);
      if (row !== null && to !== null) this.#enter(index, to, row);
    }
  }

  #enter(index: IndexName, key: string, row: Row): void {
    let buckets = this.#indexes.get(index);
    if (buckets === undefined) this.#indexes.set(index, (buckets = new Map<string, Bucket>()));
    let bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, (bucket = { rows: new Map<string, Row>(), sorted: null }));
    bucket.rows.set(row.id, row);
    bucket.sorted = null;
  }

  #leave(index: IndexName, key: string, id: string): void {
    const buckets = this.#indexes.get(index);
    const bucket = buckets?.get(key);
    if (buckets === undefined || bucket === undefined) return;
    bucket.rows.delete(id);
    bucket.sorted = null;
    if (bucket.rows.size === 0) buckets.delete(key);
  }

  find<I extends IndexName>(index: I, key: string): readonly RowOf<I>[] {
    const bucket = this.#indexes.get(index)?.get(key);
    if (bucket === undefined) return nothing;
    bucket.sorted ??= [...bucket.rows.values()].sort(byId);
    return bucket.sorted as readonly RowOf<I>[];
  }

  version(): number {
    return this.#writes;
  }

  /**
   * Lets go of a settled order with its legs, offers, rounds, requests and timers, and says which timers went with it. What is
   * still in the store of rounds and timers is cleared there by the next `load`.
   */
  retire(order: OrderId): readonly string[] {
    const timers = this.find("timersOf", order).map(({ id }) => id);
    for (const leg of this.legsOf(order)) {
      for (const offer of this.find("offersOf", leg.id)) this.#write("offer", offer.id, null);
      this.#write("round", leg.id, null);
      this.#write("leg", leg.id, null);
    }
    for (const request of this.find("requestsOf", order)) this.#write("request", request.id, null);
    for (const timer of timers) this.#write("timer", timer, null);
    this.#write("order", order, null);
    return timers;
  }

  position(courier: CourierId): Position | undefined {
    return this.#positions.get(courier);
  }

  odometer(courier: CourierId): number {
    return this.#driven.get(courier) ?? 0;
  }

  /** Takes a courier's newest position, outside every draft; one that is older than what is known is passed over (false). */
  setPosition(position: Position): boolean {
    const { courier } = position;
    const last = this.#positions.get(courier);
    if (last !== undefined && last.at > position.at) return false;
    if (last !== undefined) this.#driven.set(courier, this.odometer(courier) + greatCircle(last.point, position.point));
    this.#positions.set(courier, position);
    return true;
  }

  /** The newest position of every courier heard of since the start. */
  positions(): readonly Position[] {
    return [...this.#positions.values()];
  }
}
