import { invariant } from "../../kernel/invariant.ts";
import type { CourierId } from "../../kernel/id.ts";
import type { Batch, Position, Table, Tables } from "../../domain/index.ts";
import { byId, indexesOf, keyIn, type IndexName, type Row, type RowOf } from "./indexes.ts";
import { Layer, type Droppable } from "./layer.ts";

/** What a batch needs to know of a draft. */
export type Changes = Pick<Batch, "rows" | "drops">;

interface Found {
  readonly version: number;
  readonly rows: readonly Row[];
}

/**
 * What a step has changed so far, laid over what was there: reads see it, nobody else does. `merge()` hands it on to what it was
 * laid over; a draft that is not merged leaves no trace. While a child is open, its parent must not be written to.
 */
export class Draft extends Layer {
  readonly #below: Layer;
  /** By table: the rows put, and null for those dropped. */
  readonly #rows = new Map<Table, Map<string, Row | null>>();
  /** By index and key: the rows that came under the key, and null for those that left it. */
  readonly #moved = new Map<IndexName, Map<string, Map<string, Row | null>>>();
  readonly #found = new Map<string, Found>();
  #writes = 0;
  #merged = false;

  constructor(below: Layer) {
    super();
    this.#below = below;
  }

  /** A draft on top of this one. */
  child(): Draft {
    return new Draft(this);
  }

  /** Writes all changes to what this draft was laid over. Once. */
  merge(): void {
    invariant(!this.#merged, "a draft is merged once");
    this.#merged = true;
    for (const [table, rows] of this.#rows) {
      for (const [id, row] of rows) {
        if (row === null) this.#below.drop(table as Droppable, id);
        else this.#below.put(table, row as Tables[Table]);
      }
    }
  }

  /** The rows put and the rows dropped, as a batch takes them: each row once, as it is now. */
  changes(): Changes {
    const rows: { table: Table; row: Row }[] = [];
    const drops: { table: Droppable; id: string }[] = [];
    for (const [table, changed] of this.#rows) {
      for (const [id, row] of changed) {
        if (row === null) drops.push({ table: table as Droppable, id });
        else rows.push({ table, row });
      }
    }
    return { rows: rows as unknown as Batch["rows"], drops };
  }

  get<T extends Table>(table: T, id: string): Tables[T] | undefined {
    const row = this.#rows.get(table)?.get(id);
    if (row === undefined) return this.#below.get(table, id);
    return row === null ? undefined : (row as Tables[T]);
  }

  put<T extends Table>(table: T, row: Tables[T]): void {
    this.#write(table, row.id, row);
  }

  drop(table: Droppable, id: string): void {
    this.#write(table, id, null);
  }

  #write(table: Table, id: string, row: Row | null): void {
    invariant(!this.#merged, "a merged draft is not written to");
    const before = this.get(table, id);
    this.#writes++;
    entry(this.#rows, table).set(id, row);
    for (const index of indexesOf.get(table) ?? []) {
      const from = before === undefined ? null : keyIn(index, before);
      const to = row === null ? null : keyIn(index, row as Tables[Table]);
      if (from !== null && from !== to) entry(entry(this.#moved, index), from).set(id, null);
      if (to !== null) entry(entry(this.#moved, index), to).set(id, row);
    }
  }

  find<I extends IndexName>(index: I, key: string): readonly RowOf<I>[] {
    const moved = this.#moved.get(index)?.get(key);
    if (moved === undefined) return this.#below.find(index, key);
    const name = `${index} ${key}`;
    const version = this.version();
    let found = this.#found.get(name);
    if (found?.version !== version) {
      found = { version, rows: overlay(this.#below.find(index, key), moved) };
      this.#found.set(name, found);
    }
    return found.rows as readonly RowOf<I>[];
  }

  position(courier: CourierId): Position | undefined {
    return this.#below.position(courier);
  }
  odometer(courier: CourierId): number {
    return this.#below.odometer(courier);
  }
  version(): number {
    return this.#writes + this.#below.version();
  }
}

function overlay(below: readonly Row[], moved: ReadonlyMap<string, Row | null>): readonly Row[] {
  const rows = below.filter((row) => !moved.has(row.id));
  for (const row of moved.values()) if (row !== null) rows.push(row);
  return rows.sort(byId);
}

function entry<Key, SubKey, Value>(maps: Map<Key, Map<SubKey, Value>>, key: Key): Map<SubKey, Value> {
  let map = maps.get(key);
  if (map === undefined) maps.set(key, (map = new Map<SubKey, Value>()));
  return map;
}
