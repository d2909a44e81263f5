import { Pool, types, type PoolClient, type PoolConfig, type QueryResultRow } from "pg";
import { embeddedError } from "./embedded-error.ts";

/** `bigint` as a number: instants and counts stay far below 2^53. */
const int8 = 20;
const parsers: PoolConfig["types"] = {
  getTypeParser: (oid: number, format) => (oid === int8 ? Number : types.getTypeParser(oid, format)),
};

/** A statement that takes this long has gone wrong, milliseconds. */
const statementLimit_ms = 30_000;
const connectLimit_ms = 10_000;

/** The pool of connections. A connection that breaks while idle is replaced, and `broken` is told. */
export function openPool(config: PoolConfig, broken: (error: Error) => void): Pool {
  const pool = new Pool({
    max: 12,
    statement_timeout: statementLimit_ms,
    idle_in_transaction_session_timeout: statementLimit_ms,
    connectionTimeoutMillis: connectLimit_ms,
    application_name: "milepool",
    ...config,
    types: parsers,
  });
  // While the pool ends, the server may be faster than a connection's farewell.
  pool.on("error", (error) => void (pool.ending || broken(error)));
  return pool;
}

/** Something that runs statements: the pool, or one connection inside a transaction. */
export interface Queryable {
  query<Row extends QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: Row[]; readonly rowCount: number | null }>;
}

export async function rows<Row extends QueryResultRow>(
  on: Queryable,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return (await on.query<Row>(text, [...values])).rows;
}

/** Runs `work` in one transaction: all of it, or nothing. */
export async function inTransaction<Value>(pool: Pool, work: (client: PoolClient) => Promise<Value>): Promise<Value> {
  const client = await pool.connect();
  let lost: Error | undefined;
  const noted = (error: Error): void => void (lost = error);
  client.on("error", noted);
  try {
    await client.query("begin");
    const value = await work(client);
    await client.query("commit");
    return value;
  } catch (error) {
    // A connection that cannot even roll back is not given back to the pool.
    await client.query("rollback").catch((cause: Error) => (lost = cause));
    throw error;
  } finally {
    client.off("error", noted);
    client.release(lost);
  }
}

/** In one sentence, why a server does not take connections. */
export const unreachable = (where: string, error: Error): Error =>
  embeddedError(`Opening the store at ${where}`, `FATAL: ${error.message}`);
