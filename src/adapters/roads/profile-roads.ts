import type { Profile } from "../../domain/ports.ts";
import type { OsmData } from "../../kernel/osm.ts";
import { buildGraph, climbingSearch, dijkstra, openRoads, type Roads } from "../../roads/index.ts";
import type { Contractor } from "./contractor.ts";
import { keptPath, keptRoads } from "./kept-roads.ts";

/** Where prepared roads may be kept between runs. */
export interface PreparedStore {
  /** Null: nothing is kept. */
  readonly folder: string | null;
  /** Names the extract; another extract has another hash. */
  readonly contentHash: string;
}

/**
 * How far a profile's preparation is: `cache` was read from disk; `contracting` answers by the plain search for now;
 * `built` was made in this run and kept, `unkept` made but not written; `plain` will stay with the plain search,
 * because contracting failed.
 */
export type Preparation = "cache" | "contracting" | "built" | "unkept" | "plain";

/**
 * The roads of one profile. They answer at once, with the same times all along: slowly by Dijkstra until the hierarchy
 * stands (or at once fast, when it was kept), so that a first start need not wait for it.
 */
export class ProfileRoads {
  roads: Roads;
  preparation: Preparation;
  readonly #ready: Promise<void>;

  constructor(data: OsmData, profile: Profile, store: PreparedStore, contractor: Contractor) {
    const path = store.folder === null ? null : keptPath(store.folder, store.contentHash, profile);
    const kept = path === null ? null : keptRoads(path);
    const graph = kept?.graph ?? buildGraph(data, profile);
    this.roads = openRoads(graph, kept === null ? dijkstra(graph) : climbingSearch(kept.hierarchy));
    this.preparation = kept === null ? "contracting" : "cache";
    this.#ready = kept === null ? this.#contract(contractor, path) : Promise.resolve();
  }

  /** Resolves when nothing will become faster any more. */
  ready(): Promise<void> {
    return this.#ready;
  }

  async #contract(contractor: Contractor, path: string | null): Promise<void> {
    const { graph } = this.roads;
    const done = await contractor.contract(graph, path);
    if (done === null) this.preparation = "plain";
    else {
      this.roads = openRoads(graph, climbingSearch(done.hierarchy));
      this.preparation = done.kept ? "built" : "unkept";
    }
  }
}
