import { existsSync } from "node:fs";
import { mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../../adapters/postgres/index.ts";
import { sentenceOf } from "../run.ts";
import { requirePort } from "../house.ts";
import { readSettings } from "../settings.ts";
import { asJson, out, readArgs } from "./words.ts";

const help = `milepool doctor [--json]

Looks whether everything that Milepool needs is there: Node, the disk, the port, an embedded PostgreSQL that starts, the built console.

example: ./milepool doctor --json`;

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

export async function doctorCommand(args: readonly string[]): Promise<number> {
  const read = readArgs(args, {}, help);
  if (typeof read === "number") return read;
  const findings = [node(), await home(), await port(), await database(), built()];
  if ((read.values as { json?: boolean }).json) asJson({ ok: findings.every(({ ok }) => ok), findings });
  else for (const { what, ok, detail } of findings) out(`${ok ? "ok  " : "BAD "} ${what.padEnd(20)}${detail}`);
  return findings.every(({ ok }) => ok) ? 0 : 1;
}

function node(): Finding {
  const major = Number(process.versions.node.split(".")[0]);
  return {
    what: "Node",
    ok: major >= 24,
    detail: `${process.versions.node}${major >= 24 ? "" : ", 24 or newer is needed"}`,
  };
}

const leastFree_mb = 500;

async function home(): Promise<Finding> {
  try {
    const folder = readSettings(process.env).home;
    const { bavail, bsize } = await statfs(folder);
    const free_mb = Math.floor((bavail * bsize) / 1e6);
    const ok = free_mb >= leastFree_mb;
    return {
      what: "MILEPOOL_HOME",
      ok,
      detail: `${folder}, ${free_mb} MB free${ok ? "" : `: at least ${leastFree_mb} are wanted`}`,
    };
  } catch (error) {
    return { what: "MILEPOOL_HOME", ok: false, detail: sentenceOf(error) ?? String(error) };
  }
}

async function port(): Promise<Finding> {
  const { host, port: wanted } = readSettings(process.env);
  try {
    await requirePort(host, wanted);
    return { what: "PORT", ok: true, detail: `${host}:${wanted} is free` };
  } catch (error) {
    if (await isMilepool(host, wanted))
      return { what: "PORT", ok: true, detail: `Milepool itself listens on ${host}:${wanted}` };
    return { what: "PORT", ok: false, detail: sentenceOf(error) ?? String(error) };
  }
}

/** Whether a network of ours answers there, by what it says of its interface. */
async function isMilepool(host: string, at: number): Promise<boolean> {
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host.includes(":") ? `[${host}]` : host;
  try {
    const answer = await fetch(`http://${name}:${at}/openapi.json`, { signal: AbortSignal.timeout(3000) });
    const { info } = (await answer.json()) as { info?: { title?: string } };
    return info?.title === "Milepool";
  } catch {
    return false;
  }
}

async function database(): Promise<Finding> {
  if (process.env["DATABASE_URL"])
    return { what: "PostgreSQL", ok: true, detail: "DATABASE_URL is set; the embedded one is not needed" };
  const folder = await mkdtemp(join(tmpdir(), "milepool-doctor-"));
  try {
    const server = await startEmbedded({ home: folder, durable: false });
    await server.stop();
    return { what: "PostgreSQL", ok: true, detail: "the embedded one starts and stops" };
  } catch (error) {
    return { what: "PostgreSQL", ok: false, detail: sentenceOf(error) ?? String(error) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function built(): Finding {
  const ok = existsSync(join(import.meta.dirname, "../../../console/dist/index.html"));
  return { what: "console", ok, detail: ok ? "built" : "not built yet: npm start builds it" };
}
