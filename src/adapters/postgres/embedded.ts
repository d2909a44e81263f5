import { spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  truncateSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { findBinaries, type Binaries } from "./binaries.ts";
import { clusterFolder, type ClusterFolder } from "./cluster-folder.ts";
import { EmbeddedPostgresError, embeddedError } from "./embedded-error.ts";
import { clearStale, isAlive, postmasterOf, within } from "./postmaster.ts";
import { serverRunner, type Runner } from "./runner.ts";

/** A PostgreSQL server of our own, reached through a socket that only its user may open. */
export interface EmbeddedServer {
  /** For `pg`: the folder of the socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** It was running already: a process that was killed has left it. */
  readonly adopted: boolean;
  /**
   * Begins it anew when it has ended by itself, as it does when the disk is too full for its log: what was committed is recovered.
   * Does nothing while it runs. Throws EmbeddedPostgresError when it ends again.
   */
  revive(): Promise<void>;
  /** Fast shutdown: running transactions are rolled back, everything committed is on the disk. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** `MILEPOOL_HOME`: the cluster is in its `pg` folder. */
  readonly home: string;
  /** False for tests: nothing is synced to the disk. */
  readonly durable?: boolean;
}

const port = 5432;
const user = "postgres";
const startLimit_ms = 60_000;
const stopLimit_ms = 15_000;

/**
 * Starts the embedded server, or adopts the one that runs on this folder. It outlives us when we
 * are killed, and is adopted by the next. Throws EmbeddedPostgresError.
 */
export async function startEmbedded({ home, durable = true }: EmbeddedOptions): Promise<EmbeddedServer> {
  const runner = serverRunner();
  const binaries = findBinaries(runner);
  const folder = clusterFolder(home, runner);
  if (!existsSync(join(folder.data, "PG_VERSION"))) createCluster(binaries, folder, runner, durable);
  checkVersion(binaries, folder);

  const adopted = await adopt(folder);
  if (adopted === null) await launch(binaries, folder, runner, durable);
  const revive = async (): Promise<void> => {
    if (postmasterOf(folder.data) === null) await launch(binaries, folder, runner, durable);
  };
  return { host: adopted ?? folder.sockets, port, user, adopted: adopted !== null, revive, stop: () => stop(folder) };
}

/** The cluster is made beside its place and moved there whole, so that a kill leaves no half of one. */
function createCluster({ bin }: Binaries, { data }: ClusterFolder, runner: Runner, durable: boolean): void {
  const draft = `${data}.new`;
  rmSync(draft, { recursive: true, force: true });
  const flags = ["-D", draft, "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"];
  const made = spawnSync(join(bin, "initdb"), durable ? flags : [...flags, "--no-sync"], {
    ...runner,
    cwd: "/",
    env: { LC_ALL: "C" },
    encoding: "utf8",
  });
  if (made.status !== 0)
    throw embeddedError("Making the store", `${made.stdout}${made.stderr}${made.error?.message ?? ""}`);
  rmSync(data, { recursive: true, force: true });
  renameSync(draft, data);
}

function checkVersion({ major }: Binaries, { data }: ClusterFolder): void {
  const written = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (written !== major) {
    throw new EmbeddedPostgresError(
      `The store was written by PostgreSQL ${written}, and this program brings ${major}.`,
    );
  }
}

/**
 * The socket folder of a server that runs on this data and answers. One that is shutting down, or was killed a moment ago and
 * still has its number, is waited for.
 */
async function adopt({ data }: ClusterFolder): Promise<string | null> {
  for (const end = Date.now() + startLimit_ms; Date.now() < end; await wait(20)) {
    const running = postmasterOf(data);
    if (running === null) return null;
    if (running.status === "ready" && (await answers(running.sockets))) return running.sockets;
  }
  throw new EmbeddedPostgresError("The store's server is running, but neither ready nor gone after a minute.");
}

async function answers(host: string): Promise<boolean> {
  const client = new Client({ host, port, user, database: "postgres", connectionTimeoutMillis: 5000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function launch(binaries: Binaries, folder: ClusterFolder, runner: Runner, durable: boolean): Promise<void> {
  for (const end = Date.now() + 10_000; ;) {
    clearStale(folder.data);
    const printed = await launchOnce(binaries, folder, runner, durable);
    if (printed === null) return;
    // The processes of a killed server hold its memory until they notice, a moment later.
    if (!/shared memory block|lock file/i.test(printed) || Date.now() > end)
      throw embeddedError("Starting the store", printed);
  }
}

/** Null when the server is ready, else what it said before it ended. */
async function launchOnce(
  { bin }: Binaries,
  folder: ClusterFolder,
  runner: Runner,
  durable: boolean,
): Promise<string | null> {
  const log = openLog(folder.log, runner);
  const from = fstatSync(log).size;
  // Detached: Ctrl+C reaches the whole process group, and we still have to write before the server may go. Not piped: it must not
  // lose its log when we are killed.
  const child = spawn(join(bin, "postgres"), ["-D", folder.data, "-k", folder.sockets, ...settings(durable)], {
    ...runner,
    cwd: "/",
    env: { LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", log, log],
    detached: true,
  });
  let failed: string | null = null;
  child.on("error", (error) => (failed = error.message));
  child.unref();
  const isOver = (): boolean => failed !== null || child.exitCode !== null || child.signalCode !== null;
  const settled = await within(startLimit_ms, () => isOver() || postmasterOf(folder.data)?.status === "ready");
  const printed = `${tail(log, from)}${failed ?? ""}`;
  closeSync(log);
  if (!settled) child.kill("SIGQUIT");
  if (!settled) return `FATAL: not ready after a minute\n`;
  return isOver() ? printed : null;
}

function settings(durable: boolean): string[] {
  const values = {
    listen_addresses: "",
    port,
    unix_socket_permissions: "0700",
    max_connections: 60,
    shared_buffers: "64MB",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    ...(durable ? {} : { fsync: "off", full_page_writes: "off", synchronous_commit: "off" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

const logLimit = 10_000_000;

function openLog(path: string, runner: Runner): number {
  const log = openSync(path, "a+", 0o600);
  if (runner !== null) chownSync(path, runner.uid, runner.gid);
  if (fstatSync(log).size > logLimit) truncateSync(path);
  return log;
}

function tail(log: number, from: number): string {
  const bytes = Buffer.alloc(Math.min(20_000, Math.max(0, fstatSync(log).size - from)));
  readSync(log, bytes, 0, bytes.length, from);
  return bytes.toString();
}

async function stop({ data }: ClusterFolder): Promise<void> {
  const running = postmasterOf(data);
  if (running === null) return;
  signal(running.pid, "SIGINT");
  if (await within(stopLimit_ms, () => !isAlive(running.pid))) return;
  signal(running.pid, "SIGQUIT");
  await within(stopLimit_ms, () => !isAlive(running.pid));
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
