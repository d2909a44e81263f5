import { createHmac, randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { availableParallelism } from "node:os";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { accountsMigrations, openAccounts } from "../adapters/accounts/index.ts";
import {
  openPostgresStore,
  startEmbedded,
  type EmbeddedServer,
  type PostgresStore,
} from "../adapters/postgres/index.ts";
import { searchInThreads } from "../adapters/optimizer/index.ts";
import { webhookPoster } from "../adapters/webhooks/index.ts";
import { OpeningBook, openVault } from "../adapters/vault/index.ts";
import type { SecretBox, Vault } from "../commons/governance/ports.ts";
import { buildApi, deliveryOf } from "../doors/api/index.ts";
import { SolveDesk } from "../doors/solve/index.ts";
import type { PlatformLinks } from "../doors/links.ts";
import { runWebhooks, type RunningWebhooks } from "../doors/feeds/index.ts";
import { instant } from "../kernel/quantity.ts";
import { openEdi } from "./edi.ts";
import { keepAlive } from "./keep-alive.ts";
import { readMappings } from "./mappings.ts";
import type { RunningNetwork } from "./network.ts";
import { StartRefused, type Settings } from "./settings.ts";
import { within } from "./ways.ts";

/** Where a running program tells people what it does: one line each, on standard error. */
export type Say = (line: string) => void;

/** The store with what hangs on it. */
export interface Cellar {
  readonly store: PostgresStore;
  readonly vault: Vault;
  readonly secrets: SecretBox;
  /** The same at every start, from the vault's key. */
  readonly sessionSecret: string;
  /** The store is ours: from now on closing ends a server that an earlier process has left, too. Before, it may be somebody else's. */
  take(): void;
  close(): Promise<void>;
}

/** Opens the embedded store in `home`, or the server at `databaseUrl`. `prepare` may make the database ready before it is opened. */
export async function openCellar(
  home: string,
  databaseUrl: string | null,
  database: string,
  prepare: (server: EmbeddedServer) => Promise<void>,
  broken: (error: Error) => void,
): Promise<Cellar> {
  const server = databaseUrl === null ? await startEmbedded({ home }) : null;
  if (server) await prepare(server);
  const keeper = server && keepAlive(server, broken);
  let ours = server?.adopted === false;
  const keyFile = join(home, "vault.key");
  const store = await openPostgresStore({
    database: server ? { host: server.host, port: server.port, user: server.user, database } : databaseUrl!,
    vault: { keyFile },
    migrations: [accountsMigrations],
    broken,
  });
  const secrets: SecretBox = {
    seal: (secret) => store.cipher.sealBytes("secret", Buffer.from(secret)),
    open: (sealed) => Buffer.from(store.cipher.openBytes("secret", sealed)).toString(),
  };
  // Who looks, looks by the clock on the wall, whatever the demo's clock shows.
  const book = new OpeningBook(store.vault, { now: () => instant(Date.now()) });
  return {
    store,
    vault: openVault({ cipher: store.cipher, store: store.vault, opened: (opened) => book.write(opened) }),
    secrets,
    sessionSecret: createHmac("sha256", readFileSync(keyFile)).update("sessions").digest("base64"),
    take: () => {
      ours = true;
    },
    close: async () => {
      await keeper?.stop();
      await store.close();
      if (ours) await server?.stop();
    },
  };
}

/** The doors, open. */
export interface Doors {
  readonly api: FastifyInstance;
  readonly webhooks: RunningWebhooks;
  readonly url: string;
  close(): Promise<void>;
}

const version = (
  JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as { version: string }
).version;

/** Builds the API over a network, lets people in, and listens. `before` is called when all is ready but nobody was let in yet. */
export async function openDoors(
  network: RunningNetwork,
  cellar: Cellar,
  settings: Settings,
  say: Say,
  links: PlatformLinks | null = null,
): Promise<Doors> {
  const { host, port, publicUrl, trustProxy } = settings;
  const accounts = await openAccounts({ pool: cellar.store.pool, secret: cellar.sessionSecret, baseUrl: publicUrl });
  // The demo lets its machine in without a password: its operator's is nobody's.
  const ofDemo = network.demo ? randomBytes(24).toString("base64url") : null;
  const admin = await accounts.firstAdmin(settings.adminPassword ?? ofDemo);
  const poster = webhookPoster({ privateToo: network.demo });
  const log = {
    error: (facts: object, text: string) => say(`${text} ${JSON.stringify(facts)}`),
    info: () => undefined,
  };
  const desk = new SolveDesk({
    search: searchInThreads,
    travelFor: async (points) => within(network, points),
    threads: Math.max(2, availableParallelism()),
    log: (error) => say(`a search failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  });
  const edi = await openEdi(network, settings, (what, error) => say(`${what}: ${String(error)}`));
  const api = await buildApi({
    network,
    desk,
    ...(edi ? { edi } : {}),
    mappings: readMappings(settings),
    accounts,
    secrets: cellar.secrets,
    links,
    poster,
    publicUrl,
    trustProxy,
    version,
    log,
    consoleFolder: join(import.meta.dirname, "../../console/dist"),
    ...(settings.tls ? { tls: readPems(settings.tls) } : {}),
  });
  // The port was free when we looked; somebody may have been quicker since.
  await api.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    throw portRefused(error, host, port);
  });
  const webhooks = runWebhooks({
    network,
    poster,
    secrets: cellar.secrets,
    source: `${publicUrl}/v1`,
    deliveryOf: (scope, order) => deliveryOf({ network }, scope, order),
    now: () => instant(Date.now()),
    random: Math.random,
    log: (what, error) => say(`${what}: ${String(error)}`),
  });
  if (admin && !network.demo) say(`First administrator: ${admin.email}, password ${admin.password}  (shown this once)`);
  return {
    api,
    webhooks,
    url: publicUrl,
    close: async () => {
      await webhooks.stop();
      await edi?.stop();
      await desk.close();
      await api.close();
    },
  };
}

/** Throws StartRefused when a file is not there or may not be read. */
function readPems({ cert, key }: NonNullable<Settings["tls"]>): { readonly cert: string; readonly key: string } {
  const read = (name: string, path: string): string => {
    try {
      return readFileSync(path, "utf8");
    } catch (error) {
      throw new StartRefused(
        `${name} names ${path}, which cannot be read (${String((error as NodeJS.ErrnoException).code)}): name a PEM file.`,
      );
    }
  };
  return { cert: read("MILEPOOL_TLS_CERT", cert), key: read("MILEPOOL_TLS_KEY", key) };
}

/** Refuses a busy port before anything else is started. */
export async function requirePort(host: string, port: number): Promise<void> {
  if (port === 0) return;
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => reject(portRefused(error, host, port)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

function portRefused({ code, message }: NodeJS.ErrnoException, host: string, port: number): StartRefused {
  if (code === "EADDRINUSE")
    return new StartRefused(
      `Port ${port} is in use: stop what listens there, or choose another one, e.g. PORT=${port + 1} npm start.`,
    );
  if (code === "EACCES")
    return new StartRefused(`Port ${port} may only be opened by root: choose one above 1023, e.g. PORT=8080.`);
  return new StartRefused(
    `Cannot listen on ${host}:${port}: ${message}. Set HOST and PORT to something this machine has.`,
  );
}
