import type { Contact, Place, SealedRecord, Table } from "../../domain/index.ts";
import type { SubjectId } from "../../kernel/id.ts";
import type { Point } from "../../kernel/point.ts";
import { centreOf } from "../memory/views.ts";
import type { Queryable } from "./database.ts";
import { recordsOf } from "./postgres-vault.ts";
import { subjectsOf, type Locate } from "./row-tables.ts";

/** Opens a sealed record; OpenedRecords keeps the last ones at hand. */
export type OpenRecord = (record: SealedRecord) => unknown;

/** So many records are fetched at a time: a load of all living orders must not hold all ciphertexts at once. */
const batchSize = 5000;

/** The points of the rows' places, from the vault; who was forgotten is in the middle of the cell. */
export async function locator(
  on: Queryable,
  open: OpenRecord,
  table: Table,
  bodies: readonly object[],
): Promise<Locate> {
  return locatorOf(on, open, new Set(bodies.flatMap((body) => subjectsOf(table, body))));
}

/** The same for the places of these subjects, each opened once. */
export async function locatorOf(on: Queryable, open: OpenRecord, of: ReadonlySet<SubjectId>): Promise<Locate> {
  const subjects = [...of];
  const points = new Map<SubjectId, Point>();
  for (let from = 0; from < subjects.length; from += batchSize) {
    for (const record of await recordsOf(on, subjects.slice(from, from + batchSize), "contact")) {
      points.set(record.subject, (open(record) as Contact).point);
    }
  }
  return ({ subject, cell, zone, jurisdiction }): Place => ({
    subject,
    point: points.get(subject) ?? centreOf(cell),
    cell,
    zone,
    jurisdiction,
  });
}
