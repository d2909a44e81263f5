import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** As whom the server runs: PostgreSQL refuses root, so root hands it to `nobody`; anyone else runs it as themselves (null). */
export type Runner = { readonly uid: number; readonly gid: number } | null;

export function serverRunner(): Runner {
  if (process.getuid?.() !== 0) return null;
  const line = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8"));
  return line === null ? { uid: 65_534, gid: 65_534 } : { uid: Number(line[1]), gid: Number(line[2]) };
}

/** Whether the runner may enter every folder on the way to `path`, and `path` itself. */
export function isReachable(path: string, runner: Runner): boolean {
  if (runner === null) return true;
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const enter = uid === runner.uid ? 0o100 : gid === runner.gid ? 0o010 : 0o001;
    if ((mode & enter) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
