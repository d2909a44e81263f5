import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { Profile } from "../../domain/ports.ts";
import type { BuildOptions, Hierarchy, RoadGraph } from "../../roads/index.ts";
import { readPrepared, writePrepared } from "./prepared-file.ts";

/** Raise it whenever the arrays change their meaning or the rules of a profile change. */
const formatVersion = 10;

export interface Prepared {
  readonly graph: RoadGraph;
  readonly hierarchy: Hierarchy;
}

/** Where a profile of an extract is kept, built under these options; other versions lie beside it and are never read. */
export function keptPath(folder: string, contentHash: string, profile: Profile, options: BuildOptions): string {
  const content = contentHash.replace(/[^A-Za-z0-9]/g, "").slice(0, 64);
  const built = crc32(JSON.stringify(options)).toString(16);
  return join(folder, `${content}-${profile}-${built}.v${formatVersion}.roads`);
}

/** Null when there is no whole file of this version. */
export const keptRoads = (path: string): Prepared | null => readPrepared(path, formatVersion) as Prepared | null;

/** Whether it could be written: a full disk or a read-only folder costs time at the next start, nothing else. */
export function keepPrepared(path: string, prepared: Prepared): boolean {
  try {
    writePrepared(path, formatVersion, prepared);
    return true;
  } catch {
    return false;
  }
}
