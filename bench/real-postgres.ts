import { spawn, spawnSync } from "node:child_process";
import { chownSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { freePort } from "./program.ts";

/** A PostgreSQL server of the machine's own, on a data folder and a port of its own. */
export interface RealPostgres {
  readonly version: string;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

const debian = "/usr/lib/postgresql";

/** The programs of `PG_BIN`, else Debian's newest; null when there are none: `apt-get install postgresql-15`. */
function programs(): string | null {
  const { PG_BIN } = process.env;
  if (PG_BIN) return PG_BIN;
  try {
    const newest = readdirSync(debian)
      .map(Number)
      .filter(Number.isInteger)
      .toSorted((a, b) => b - a)[0];
    return newest === undefined ? null : join(debian, String(newest), "bin");
  } catch {
    return null;
  }
}

/** Starts it in `folder`, with the memory of the embedded one and every default of durability; null when it is not installed. */
export async function startRealPostgres(folder: string): Promise<RealPostgres | null> {
  const bin = programs();
  if (bin === null) return null;
  const data = join(folder, "data");
  mkdirSync(data);
  // The server refuses to run as root.
  const runner = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if ("uid" in runner) for (const path of [folder, data]) chownSync(path, 65_534, 65_534);
  const options = { ...runner, cwd: "/", env: { LC_ALL: "C", TZ: "UTC" } } as const;
  const made = spawnSync(join(bin, "initdb"), ["-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C"], {
    ...options,
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const settings = { port, unix_socket_directories: folder, shared_buffers: "64MB", jit: "off", max_connections: 60 };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(join(bin, "postgres"), ["-D", data, ...flags], { ...options, stdio: "ignore" });
  const client = await connected(port);
  await client.query("create database milepool");
  const { rows } = await client.query<{ server_version: string }>("show server_version");
  await client.end();
  return {
    version: rows[0]!.server_version,
    databaseUrl: `postgres://bench@127.0.0.1:${port}/milepool`,
    stop: () =>
      new Promise((resolve) => {
        server.once("exit", () => resolve());
        server.kill("SIGINT");
      }),
  };
}

async function connected(port: number): Promise<Client> {
  for (const end = Date.now() + 20_000; ;) {
    const client = new Client({ host: "127.0.0.1", port, user: "bench", database: "postgres" });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
