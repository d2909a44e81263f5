import { join } from "node:path";
import type { Profile } from "../../domain/ports.ts";
import type { OsmData } from "../../kernel/osm.ts";
import {
  buildGraph,
  climbingSearch,
  contract,
  type Hierarchy,
  openRoads,
  type RoadGraph,
  type Roads,
} from "../../roads/index.ts";
import { readPrepared, writePrepared } from "./prepared-file.ts";

/** Raise it whenever the prepared arrays change their meaning or the rules of a profile change. */
const formatVersion = 2;

/** Where prepared roads may be kept between runs. */
export interface PreparedStore {
  /** Null: nothing is kept. */
  readonly folder: string | null;
  /** Names the extract; another extract has another hash. */
  readonly contentHash: string;
}

interface Prepared {
  readonly graph: RoadGraph;
  readonly hierarchy: Hierarchy;
}

/** How the prepared data came to be: `cache` was read from disk, `built` made now and kept, `unkept` made now but not written. */
export type PreparedFrom = "cache" | "built" | "unkept";

/** Reads what was prepared for this extract and profile, or prepares and keeps it. A file that is broken or cannot be written costs time, nothing else. */
export function prepareRoads(
  data: OsmData,
  profile: Profile,
  store: PreparedStore,
): { roads: Roads; from: PreparedFrom } {
  const path = store.folder === null ? null : join(store.folder, fileName(store.contentHash, profile));
  const kept = path === null ? null : (readPrepared(path, formatVersion) as Prepared | null);
  if (kept !== null) return { roads: open(kept), from: "cache" };

  const graph = buildGraph(data, profile);
  const prepared = { graph, hierarchy: contract(graph) };
  return { roads: open(prepared), from: path !== null && keep(path, prepared) ? "built" : "unkept" };
}

const open = ({ graph, hierarchy }: Prepared): Roads => openRoads(graph, climbingSearch(hierarchy));

const fileName = (contentHash: string, profile: Profile): string =>
  `${contentHash.replace(/[^A-Za-z0-9]/g, "").slice(0, 64)}-${profile}.v${formatVersion}.roads`;

function keep(path: string, prepared: Prepared): boolean {
  try {
    writePrepared(path, formatVersion, prepared);
    return true;
  } catch {
    return false;
  }
}
