import { readFileSync, realpathSync, rmSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { join } from "node:path";

/** What a running server says of itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly sockets: string;
  readonly status: string;
}

/** The server that the data folder's pid file names and that is alive; null when there is none. */
export function postmasterOf(data: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid) || !isPostgres(pid, data)) return null;
  return { pid, sockets: lines[4]?.trim() ?? "", status: lines[7]?.trim() ?? "" };
}

/** Removes a pid file that names nobody, or a process that only happens to have the number now. */
export function clearStale(data: string): void {
  if (postmasterOf(data) === null) rmSync(join(data, "postmaster.pid"), { force: true });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Ended, and its parent has not looked yet: where Node is the first process of a container, nobody else will. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** On systems without /proc the pid file is believed; a connection settles it. */
function isPostgres(pid: number, data: string): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    const folder = words[words.indexOf("-D") + 1] ?? "";
    return words[0]?.endsWith("postgres") === true && realpathSync(folder) === realpathSync(data);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" && process.platform !== "linux";
  }
}

/** True when `done` came true within the time. */
export async function within(limit_ms: number, done: () => boolean): Promise<boolean> {
  for (const end = Date.now() + limit_ms; ; await wait(5)) {
    if (done()) return true;
    if (Date.now() >= end) return false;
  }
}
