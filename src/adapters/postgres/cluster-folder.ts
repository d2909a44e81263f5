import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readlinkSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { EmbeddedPostgresError } from "./embedded-error.ts";
import { isReachable, type Runner } from "./runner.ts";

/** A socket's path must fit into `sun_path`: 104 bytes on macOS, 108 on Linux, the name and a zero included. */
const socketFolderLimit = 103 - "/.s.PGSQL.5432.lock".length;

/** Where one cluster keeps its things. All of it belongs to whom the server runs as. */
export interface ClusterFolder {
  readonly data: string;
  readonly sockets: string;
  readonly log: string;
}

/** Makes `<home>/pg` and what is in it. Throws EmbeddedPostgresError where that is not permitted. */
export function clusterFolder(home: string, runner: Runner): ClusterFolder {
  try {
    const folder = ownFolder(resolve(home), runner);
    const sockets = join(folder, "run");
    const short =
      Buffer.byteLength(sockets) <= socketFolderLimit ? sockets : join(tmpdir(), `milepool-${markOf(folder)}`);
    made(short, runner);
    return { data: join(folder, "data"), sockets: short, log: join(folder, "server.log") };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOSPC"
        ? "the disk is full"
        : code === "EACCES" || code === "EPERM"
          ? "it is not permitted there"
          : message;
    throw new EmbeddedPostgresError(`The store in ${home} cannot be opened: ${why}.`);
  }
}

/** Below a folder that only root may enter, the server could not reach its data: it lies in /var/lib then, and `pg` is a link to it. */
function ownFolder(home: string, runner: Runner): string {
  mkdirSync(home, { recursive: true });
  const folder = join(home, "pg");
  const there = lstatSync(folder, { throwIfNoEntry: false });
  if (there?.isSymbolicLink()) return made(readlinkSync(folder), runner);
  if (there !== undefined || isReachable(home, runner)) return made(folder, runner);
  const elsewhere = made(`/var/lib/milepool-${markOf(folder)}`, runner);
  symlinkSync(elsewhere, folder);
  return elsewhere;
}

const markOf = (path: string): string => createHash("sha256").update(path).digest("hex").slice(0, 12);

function made(folder: string, runner: Runner): string {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const owner = lstatSync(folder).uid;
  const mine = runner?.uid ?? process.getuid?.() ?? owner;
  if (owner !== mine && runner === null) throw new Error(`${folder} belongs to another user`);
  if (runner !== null && owner !== runner.uid) chownSync(folder, runner.uid, runner.gid);
  chmodSync(folder, 0o700);
  return folder;
}
