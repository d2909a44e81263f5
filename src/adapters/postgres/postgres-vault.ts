import {
  legStates,
  legIsOver,
  type Opening,
  type OpeningQuery,
  type Scope,
  type SealedRecord,
  type VaultStore,
  type WrittenOpening,
} from "../../domain/index.ts";
import type { ParticipantId, SubjectId } from "../../kernel/id.ts";
import { instant } from "../../kernel/quantity.ts";
import { rows, type Queryable } from "./database.ts";

interface SealedRecordRow {
  readonly subject: SubjectId;
  readonly kind: SealedRecord["kind"];
  readonly owner: ParticipantId;
  readonly wrapped_key: Buffer;
  readonly ciphertext: Buffer;
  readonly created_at: number;
}

const toSealedRecord = (row: SealedRecordRow): SealedRecord => ({
  subject: row.subject,
  owner: row.owner,
  kind: row.kind,
  wrappedKey: row.wrapped_key,
  ciphertext: row.ciphertext,
  createdAt: instant(row.created_at),
});

const overStates = legStates.filter(legIsOver);

/** The records of these subjects, whoever owns them; a forgotten one has none. */
export async function recordsOf(
  on: Queryable,
  subjects: readonly SubjectId[],
  kind: SealedRecord["kind"],
): Promise<readonly SealedRecord[]> {
  const found = await rows<SealedRecordRow>(
    on,
    "select * from sealed_records where subject = any($1::text[]) and kind = $2 and wrapped_key is not null",
    [subjects, kind],
  );
  return found.map(toSealedRecord);
}

/** Any record, to try a key on; null when there is none. */
export async function sampleRecord(on: Queryable): Promise<SealedRecord | null> {
  const [row] = await rows<SealedRecordRow>(on, "select * from sealed_records where wrapped_key is not null limit 1");
  return row === undefined ? null : toSealedRecord(row);
}

/** Sealed records: the owner's, and a recipient's for who carries to or from there now. */
export class PostgresVault implements VaultStore {
  readonly #on: Queryable;

  constructor(on: Queryable) {
    this.#on = on;
  }

  async sealed({ viewer }: Scope, subjects: readonly SubjectId[]): Promise<readonly SealedRecord[]> {
    const found = await rows<SealedRecordRow>(
      this.#on,
      `select * from sealed_records as record
       where subject = any($1::text[]) and wrapped_key is not null and ($2 = 'network' or owner = $2 or kind = 'contact' and exists (
         select from legs where (from_subject = record.subject or to_subject = record.subject) and carrier = $2 and not state = any($3::text[])))`,
      [subjects, viewer, overStates],
    );
    return found.map(toSealedRecord);
  }

  async forget({ viewer }: Scope, subject: SubjectId): Promise<boolean> {
    const { rowCount } = await this.#on.query(
      `update sealed_records set wrapped_key = null, ciphertext = null
       where subject = $1 and wrapped_key is not null and ($2 = 'network' or not exists (
         select from sealed_records as other where other.subject = $1 and other.owner <> $2))`,
      [subject, viewer],
    );
    return (rowCount ?? 0) > 0;
  }

  async recordOpenings(openings: readonly Opening[]): Promise<void> {
    await this.#on.query(
      `insert into openings (at, actor, viewer, purpose, kind, subject, owner)
       select at, "by", viewer, purpose, kind, subject, owner from jsonb_to_recordset($1::jsonb) as
         (at bigint, "by" text, viewer text, purpose text, kind text, subject text, owner text)`,
      [JSON.stringify(openings)],
    );
  }

  async openings({ viewer }: Scope, { subjects, before, limit }: OpeningQuery): Promise<readonly WrittenOpening[]> {
    const found = await rows<OpeningRow>(
      this.#on,
      `select * from openings where ($1 = 'network' or owner = $1) and ($2::text[] is null or subject = any($2))
         and ($3::bigint is null or number < $3) order by number desc limit $4`,
      [viewer, subjects ?? null, before ?? null, limit],
    );
    return found.map(({ actor, at, ...opening }) => ({ ...opening, at: instant(at), by: actor }));
  }
}

type OpeningRow = Omit<WrittenOpening, "at" | "by"> & { readonly at: number; readonly actor: string };
