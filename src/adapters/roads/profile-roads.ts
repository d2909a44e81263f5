import type { Profile } from "../../domain/ports.ts";
import type { OsmData } from "../../kernel/osm.ts";
import {
  type BandOfYear,
  buildGraph,
  type BuildOptions,
  climbingSearch,
  dependsOnBand,
  dijkstra,
  graphUnder,
  type Hierarchy,
  openRoads,
  type RoadGraph,
} from "../../roads/index.ts";
import { BoundedMap } from "./bounded-map.ts";
import { keptPath, keptRoads } from "./kept-roads.ts";
import { type Metric, metricOf } from "./metric.ts";
import { type State, usualState } from "./outlook.ts";
import type { RoadWorkers } from "./road-workers.ts";
import { shared } from "./shared-arrays.ts";

/** Where prepared roads may be kept between runs. */
export interface PreparedStore {
  /** Null: nothing is kept. */
  readonly folder: string | null;
  /** Names the extract; another extract has another hash. */
  readonly contentHash: string;
  /** What the extract does not say, and roads are built by. */
  readonly options: BuildOptions;
}

/**
 * How far a profile's preparation is: `cache` was read from disk; `contracting` answers by the plain search for now;
 * `built` was made in this run and kept, `unkept` made but not written; `plain` will stay with the plain search,
 * because contracting failed.
 */
export type Preparation = "cache" | "contracting" | "built" | "unkept" | "plain";

/** Bands of hours whose keys are held at a time: some 20 MB each in a city like Porto. */
const heldBands = 6;

/** Other states than the usual one and that of now, which who departs later will find, that are held at a time. */
const heldLater = 2;

/** The roads of a profile in some state, by bands of hours; each is made when it is first asked for. */
interface Book {
  readonly state: State;
  /** Without a band: traffic flows freely. */
  readonly free: Metric;
  readonly bands: BoundedMap<string, { readonly when: BandOfYear; readonly metric: Promise<Metric> }>;
}

/**
 * The roads of one profile. They answer at once, with the same times all along: slowly by Dijkstra until the hierarchy
 * stands (or at once fast, when it was kept), so that a first start need not wait for it.
 */
export class ProfileRoads {
  readonly graph: RoadGraph;
  /** Whether the hour is of any matter to it. */
  readonly dependsOnBand: boolean;
  preparation: Preparation;
  readonly #workers: RoadWorkers;
  readonly #ready: Promise<void>;
  #hierarchy: Hierarchy | null;
  /** As the roads usually are, and as they are now: the same one while nothing is reported. */
  #usual: Book;
  #now: Book;
  #later = new BoundedMap<string, Promise<Book>>(heldLater);

  constructor(data: OsmData, profile: Profile, store: PreparedStore, state: State, workers: RoadWorkers) {
    const path = store.folder === null ? null : keptPath(store.folder, store.contentHash, profile, store.options);
    const kept = path === null ? null : keptRoads(path);
    this.#workers = workers;
    this.#hierarchy = kept?.hierarchy ?? null;
    this.graph = kept?.graph ?? shared(buildGraph(data, profile, store.options));
    this.dependsOnBand = dependsOnBand(this.graph);
    this.#usual = this.#now = bookOf(usualState, this.#open(this.graph, this.#hierarchy));
    if (state.name !== usualState.name) this.#now = bookOf(state, this.#plain(null, state));
    this.preparation = kept === null ? "contracting" : "cache";
    this.#ready = kept === null ? this.#contract(path) : this.#hasten();
  }

  /** The roads as they are now, traffic flowing freely. */
  get now(): Metric {
    return this.#now.free;
  }

  /** Resolves when nothing will become faster any more. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /** The roads in a band of hours and some state. */
  async metricAt(when: BandOfYear | null, state: State): Promise<Metric> {
    const book = this.#known(state) ?? (await this.#later.take(state.name, () => this.#bookIn(state, [])));
    if (when === null || !this.dependsOnBand) return book.free;
    const make = () => ({ when, metric: this.#make(when, book.state) });
    return book.bands.take(`${when.band} ${when.month}`, make).metric;
  }

  /** Makes all that was asked for lately in a new state; what comes back puts it in force, all at once. */
  async prepare(state: State): Promise<() => void> {
    const bands = [...this.#now.bands.values()].map(({ when }) => when);
    const book = this.#known(state) ?? (await this.#bookIn(state, bands));
    return () => void (this.#now = book);
  }

  #known(state: State): Book | null {
    return [this.#now, this.#usual].find((book) => book.state.name === state.name) ?? null;
  }

  async #bookIn(state: State, bands: readonly BandOfYear[]): Promise<Book> {
    const [free, ...metrics] = await Promise.all([null, ...bands].map((when) => this.#make(when, state)));
    const book = bookOf(state, free!);
    bands.forEach((when, i) =>
      book.bands.take(`${when.band} ${when.month}`, () => ({ when, metric: Promise.resolve(metrics[i]!) })),
    );
    return book;
  }

  async #make(when: BandOfYear | null, state: State): Promise<Metric> {
    const { graph } = this;
    const hierarchy = this.#hierarchy;
    if (hierarchy === null) return this.#plain(when, state);
    const lean = { ...graph, names: [] };
    const { conditions } = state;
    const keys = await this.#workers.run({ kind: "metric", graph: lean, skeleton: hierarchy, when, conditions });
    if (keys === null) return this.#plain(when, state);
    return this.#open({ ...graph, ...keys.graph }, { ...hierarchy, ...keys.hierarchy });
  }

  #plain(when: BandOfYear | null, { conditions }: State): Metric {
    return this.#open(graphUnder(this.graph, when, conditions), null);
  }

  #open(graph: RoadGraph, hierarchy: Hierarchy | null): Metric {
    return metricOf(openRoads(graph, hierarchy === null ? dijkstra(graph) : climbingSearch(hierarchy)), hierarchy);
  }

  async #contract(path: string | null): Promise<void> {
    const done = await this.#workers.run({ kind: "contract", graph: this.graph, path });
    if (done === null) {
      this.preparation = "plain";
      return;
    }
    this.#hierarchy = done.hierarchy;
    await this.#hasten();
    this.preparation = done.kept ? "built" : "unkept";
  }

  /** What the plain search answered so far, the hierarchy answers from now on: the same, sooner. */
  async #hasten(): Promise<void> {
    const before = this.#now;
    const wasUsual = before === this.#usual;
    this.#later = new BoundedMap(heldLater);
    if (this.#usual.free.hierarchy === null) this.#usual = bookOf(usualState, this.#open(this.graph, this.#hierarchy));
    if (wasUsual) this.#now = this.#usual;
    else {
      const bands = [...before.bands.values()].map(({ when }) => when);
      const book = await this.#bookIn(before.state, bands);
      if (this.#now === before) this.#now = book;
    }
  }
}

const bookOf = (state: State, free: Metric): Book => ({
  state,
  free,
  bands: new BoundedMap(heldBands),
});
