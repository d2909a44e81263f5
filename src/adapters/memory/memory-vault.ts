import { sees, type Scope, type SealedRecord, type VaultStore } from "../../domain/index.ts";
import type { ParticipantId, SubjectId } from "../../kernel/id.ts";
import type { MemoryTables } from "./memory-tables.ts";
import { isCarrying } from "./views.ts";

/** Sealed records in memory: the owner's, and a recipient's for who carries to or from there now. */
export class MemoryVault implements VaultStore {
  readonly #tables: MemoryTables;

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
}
