import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** What the environment says, read once at the start (design: fixed names). */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly trustProxy: boolean;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly home: string;
  readonly databaseUrl: string | null;
  readonly seed: number;
  readonly adminPassword: string | null;
  /** The file that names the partners for X12 and EDIFACT; null: none. */
  readonly partners: string | null;
  /** The file that names mappings of others' JSON; null: none. */
  readonly mappings: string | null;
}

/** A setting or a place that does not do: one sentence for the person who starts the program. */
export class StartRefused extends Error {
  override readonly name = "StartRefused";
}

/** Throws StartRefused, naming the variable and how to mend it. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const port = whole(env, "PORT", 8080, 0, 65_535);
  const host = env["HOST"] ?? "127.0.0.1";
  const cert = env["MILEPOOL_TLS_CERT"];
  const key = env["MILEPOOL_TLS_KEY"];
  if ((cert === undefined) !== (key === undefined))
    throw new StartRefused("MILEPOOL_TLS_CERT and MILEPOOL_TLS_KEY belong together: set both, or none.");
  const scheme = cert ? "https" : "http";
  return {
    port,
    host,
    publicUrl: (
      address(env, "MILEPOOL_PUBLIC_URL", ["http", "https"], "https://milepool.example") ??
      `${scheme}://localhost:${port}`
    ).replace(/\/+$/, ""),
    trustProxy: env["MILEPOOL_TRUST_PROXY"] === "1" || env["MILEPOOL_TRUST_PROXY"] === "true",
    tls: cert && key ? { cert, key } : null,
    home: folder(env["MILEPOOL_HOME"] ?? resolve(import.meta.dirname, "../../.milepool")),
    databaseUrl: address(
      env,
      "DATABASE_URL",
      ["postgres", "postgresql"],
      "postgres://user:password@db.example:5432/milepool",
    ),
    seed: whole(env, "MILEPOOL_SEED", 1, 0, 2 ** 31),
    adminPassword: env["MILEPOOL_ADMIN_PASSWORD"] ?? null,
    partners: env["MILEPOOL_PARTNERS"] || null,
    mappings: env["MILEPOOL_MAPPINGS"] || null,
  };
}

function whole(env: NodeJS.ProcessEnv, name: string, otherwise: number, least: number, most: number): number {
  const text = env[name];
  if (text === undefined || text === "") return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new StartRefused(`${name} is "${text}": give a whole number from ${least} to ${most}.`);
  }
  return value;
}

/** An absolute address, or null when none is named. What was given is not repeated: a database's holds a password. */
function address(env: NodeJS.ProcessEnv, name: string, schemes: readonly string[], example: string): string | null {
  const text = env[name];
  if (text === undefined || text === "") return null;
  const hosted = text.replace("@/", "@localhost/"); // a database behind a socket has no host, and is none the worse for it
  if (!URL.canParse(hosted) || !schemes.includes(new URL(hosted).protocol.slice(0, -1)))
    throw new StartRefused(`${name} is no address that begins with ${schemes.join(":// or ")}://, such as ${example}.`);
  return text;
}

/** Makes the folder when it is missing. Throws StartRefused where that cannot be. */
export function folder(path: string): string {
  const whole = resolve(path);
  try {
    make(whole);
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    const why = reasons[code] ?? `the machine says ${code}`;
    throw new StartRefused(
      `The folder ${whole} cannot be made, because ${why}: free it, or name another one with MILEPOOL_HOME.`,
    );
  }
  return whole;
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EACCES: "it may not be written to",
  EPERM: "it may not be written to",
  EROFS: "the disk may only be read",
  EEXIST: "a file stands in its way",
  ENOTDIR: "a file stands in its way",
  ENOENT: "no folders can be made there",
};

/** A step at a time: Node's own recursion never ends where a parent is there and making the child answers ENOENT, as in /proc. */
function make(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(path);
  if (parent !== path) make(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another program may have made it in between.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
