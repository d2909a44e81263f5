import {
  sees,
  type Opening,
  type OpeningQuery,
  type Scope,
  type SealedRecord,
  type VaultStore,
  type WrittenOpening,
} from "../../domain/index.ts";
import type { ParticipantId, SubjectId } from "../../kernel/id.ts";
import type { MemoryTables } from "./memory-tables.ts";
import { isCarrying } from "./views.ts";

/** Sealed records in memory: the owner's, and a recipient's for who carries to or from there now. */
export class MemoryVault implements VaultStore {
  readonly #tables: MemoryTables;
  readonly #openings: WrittenOpening[] = [];

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async sealed(scope: Scope, subjects: readonly SubjectId[]): Promise<readonly SealedRecord[]> {
    const records = [...new Set(subjects)].flatMap((subject) => [
      ...(this.#tables.sealed.get(subject)?.values() ?? []),
    ]);
    return records.filter((record) => sees(scope, record.owner) || this.#carries(scope, record));
  }

  #carries({ viewer }: Scope, { subject, kind }: SealedRecord): boolean {
    const legs = kind === "contact" ? [...(this.#tables.legsBySubject.get(subject) ?? [])] : [];
    return legs.some((id) => isCarrying(viewer as ParticipantId, this.#tables.rows.leg.get(id)!));
  }

  async forget(scope: Scope, subject: SubjectId): Promise<boolean> {
    const records = [...(this.#tables.sealed.get(subject)?.values() ?? [])];
    if (records.length === 0 || !records.every(({ owner }) => sees(scope, owner))) return false;
    this.#tables.sealed.delete(subject);
    this.#tables.forgotten.add(subject);
    return true;
  }

  async recordOpenings(openings: readonly Opening[]): Promise<void> {
    for (const opening of openings) this.#openings.push({ ...opening, number: this.#openings.length + 1 });
  }

  async openings(scope: Scope, { subjects, before, limit }: OpeningQuery): Promise<readonly WrittenOpening[]> {
    const asked = ({ owner, subject, number }: WrittenOpening): boolean =>
      sees(scope, owner) && (subjects?.includes(subject) ?? true) && number < (before ?? Infinity);
    return this.#openings.filter(asked).reverse().slice(0, limit);
  }
}
