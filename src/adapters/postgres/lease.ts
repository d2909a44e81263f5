import type { Pool, PoolClient } from "pg";
import { setTimeout as wait } from "node:timers/promises";
import { rows } from "./database.ts";

/** Another process runs on this store; `message` says so in one sentence. */
export class StoreInUse extends Error {
  override readonly name = "StoreInUse";
}

/** Any number: it only has to be the same in every process. */
const aliveLock = 7_209_003;
/** A server needs a moment to notice that a killed process is gone. */
const patience_ms = 3000;

/**
 * Who may write. A lock of a connection says that its holder is alive, so that a second process is told at its start; the token
 * is what counts: it is checked by every commit, and a holder that was taken for dead writes nothing more.
 */
export class Lease {
  readonly #pool: Pool;
  readonly #takeOver: boolean;
  #holder: PoolClient | null = null;
  #token = 0;

  constructor(pool: Pool, takeOver: boolean) {
    this.#pool = pool;
    this.#takeOver = takeOver;
  }

  get token(): number {
    return this.#token;
  }

  /** Throws StoreInUse when another process lives and is not to be pushed aside. */
  async take(): Promise<void> {
    if (!this.#takeOver) await this.#claim();
    const [lease] = await rows<{ token: number }>(
      this.#pool,
      "update leases set token = token + 1 where name = 'journey' returning token",
    );
    this.#token = lease!.token;
  }

  async #claim(): Promise<void> {
    if (this.#holder !== null) return;
    const client = await this.#pool.connect();
    for (const end = Date.now() + patience_ms; ; await wait(50)) {
      const [answer] = await rows<{ mine: boolean }>(client, "select pg_try_advisory_lock($1) as mine", [aliveLock]);
      if (answer!.mine) break;
      if (Date.now() < end) continue;
      client.release();
      throw new StoreInUse("Another Milepool is running on this store: stop it first.");
    }
    this.#holder = client;
    client.on("error", () => this.#lost(client));
  }

  /** The connection broke: the token still guards the store, and the next load claims again. */
  #lost(client: PoolClient): void {
    if (this.#holder !== client) return;
    this.#holder = null;
    client.release(true);
  }

  async drop(): Promise<void> {
    const client = this.#holder;
    this.#holder = null;
    if (client === null) return;
    await client.query("select pg_advisory_unlock($1)", [aliveLock]).catch(() => {});
    client.release(true);
  }
}
