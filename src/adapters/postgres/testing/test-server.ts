import { rmSync } from "node:fs";
import { Client, type PoolConfig } from "pg";
import { startEmbedded, type EmbeddedServer } from "../embedded.ts";
import { testHome } from "./test-home.ts";
import { migrate, readMigrations } from "../migrate.ts";

/** A server of a test file's own, with a migrated template from which each test clones its database. */
export class TestServer {
  readonly #home: string;
  readonly #server: EmbeddedServer;
  #clones = 0;

  private constructor(home: string, server: EmbeddedServer) {
    this.#home = home;
    this.#server = server;
  }

  static async start(): Promise<TestServer> {
    const home = testHome();
    const server = new TestServer(home, await startEmbedded({ home, durable: false }));
    await server.#run("postgres", (client) => client.query("create database template"));
    await server.#run("template", (client) => migrate(client, readMigrations()));
    return server;
  }

  /** Where a fresh database is: a copy of the migrated template, or an empty one. */
  async fresh(template: "template" | "template1" = "template"): Promise<PoolConfig> {
    const database = `test_${++this.#clones}`;
    await this.#run("postgres", (client) => client.query(`create database ${database} template ${template}`));
    return this.at(database);
  }

  at(database: string): PoolConfig {
    const { host, port, user } = this.#server;
    return { host, port, user, database };
  }

  async #run(database: string, work: (client: Client) => Promise<unknown>): Promise<void> {
    const client = new Client(this.at(database));
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    rmSync(this.#home, { recursive: true, force: true });
  }
}
