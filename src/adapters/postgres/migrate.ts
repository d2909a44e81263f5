import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Client, ClientBase } from "pg";

/** The store was written by a newer version of the program; `message` says so in one sentence. */
export class StoreTooNew extends Error {
  override readonly name = "StoreTooNew";
}

/** One step of the schema: `0001-store.sql` is version 1. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

const ourFolder = fileURLToPath(new URL("migrations", import.meta.url));

/** The migrations in our folder and in those of other adapters that keep tables here, in the order of their numbers. */
export function readMigrations(others: readonly string[] = []): readonly Migration[] {
  const migrations = [ourFolder, ...others].flatMap(migrationsIn).sort((a, b) => a.version - b.version);
  const twice = migrations.find(({ version }, index) => migrations[index + 1]?.version === version);
  if (twice !== undefined) throw new Error(`two migrations have the number ${twice.version}`);
  return migrations;
}

const migrationsIn = (folder: string): Migration[] =>
  readdirSync(folder)
    .filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file))
    .map((file) => ({
      version: Number(file.slice(0, 4)),
      name: basename(file, ".sql"),
      sql: readFileSync(join(folder, file), "utf8"),
    }));

/** Any number: it only has to be the same in every process. */
const migrationLock = 7_209_001;

/** Applies what is missing, each migration in a transaction of its own, one process at a time. Returns what was applied. */
export async function migrate(
  client: Client | ClientBase,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  await client.query("select pg_advisory_lock($1)", [migrationLock]);
  try {
    await client.query(
      "create table if not exists schema_version (version integer primary key, name text not null, applied_at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ version: number; name: string }>("select version, name from schema_version");
    refuseNewer(rows, migrations);
    const done = new Set(rows.map(({ version }) => version));
    const missing = migrations.filter(({ version }) => !done.has(version));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [migrationLock]);
  }
}

function refuseNewer(applied: readonly { version: number; name: string }[], migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ version }) => version));
  const unknown = applied.find(({ version }) => !known.has(version));
  if (unknown !== undefined) {
    throw new StoreTooNew(
      `The store was written by a newer version of Milepool (it has ${unknown.name}, which this one does not know): start that version.`,
    );
  }
}

async function apply(client: ClientBase, { version, name, sql }: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query("insert into schema_version (version, name) values ($1, $2)", [version, name]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}
