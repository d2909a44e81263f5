import { unreachable, type Profile, type Travel, type TravelSource } from "../../domain/index.ts";
import type { Point } from "../../kernel/point.ts";
import type { Instant } from "../../kernel/quantity.ts";
import type { Matrix } from "../../optimizer/index.ts";
import { Shipments } from "./shipments.ts";

/** The places of one route, and how its courier travels. */
export interface Group {
  readonly profile: Profile;
  readonly points: readonly Point[];
}

export interface Entered {
  readonly at: (point: Point) => number;
  readonly matrix: (profile: Profile) => Matrix;
  /** Whether the times come from roads, or only from great circles. */
  readonly source: TravelSource;
}

/**
 * The places of the running plan with all travel between them, so that a new leg asks the roads for two rows and two columns and not for
 * everything again. A cache: what is not asked for any more is forgotten, and so is everything when the roads change or another
 * hour's traffic begins; nothing is lost with it.
 */
export class PlaceBook {
  /** What the plan has made of its legs so far. */
  readonly shipments = new Shipments();
  readonly #travel: Travel;
  #capacity: number;
  /** By the point itself, which rows hand on as it is: spares the text that names it. */
  readonly #slots = new WeakMap<Point, number>();
  readonly #index = new Map<string, number>();
  readonly #points: Point[] = [];
  readonly #used: number[] = [];
  readonly #grids = new Map<Profile, Grid>();
  #tick = 0;

  constructor(travel: Travel, capacity = 1024) {
    this.#travel = travel;
    this.#capacity = capacity;
  }

  /**
   * Enters the places of each group, and `shared` ones that belong to every group, for journeys that depart at `departure`. When this
   * resolves the matrices are complete within each group for its profile; between groups they need not be, because no route goes from
   * one to the other.
   */
  async enter(groups: readonly Group[], shared: readonly Point[], departure: Instant): Promise<Entered> {
    this.#tick++;
    const common = [...new Set(shared.map((point) => this.#slot(point)))];
    const slots = groups.map(({ points }) => [...new Set(points.map((point) => this.#slot(point)))]);
    for (const profile of new Set(groups.map((group) => group.profile))) {
      const own = slots.filter((_, index) => groups[index]!.profile === profile);
      const grid = this.#grid(profile);
      // All of a grid is of one state of the roads, whatever changes while they are asked.
      for (let state = ""; state !== this.#travel.stateAt(profile, departure);) {
        state = this.#travel.stateAt(profile, departure);
        grid.enter(state);
        const question = { grid, profile, departure };
        await this.#complete(question, common, [...new Set([...common, ...own.flat()])]);
        for (const group of own) await this.#complete(question, group, group);
      }
    }
    return {
      at: (point) => this.#known(point)!,
      matrix: (profile) => this.#grids.get(profile)!,
      source: this.#source,
    };
  }

  #grid(profile: Profile): Grid {
    let grid = this.#grids.get(profile);
    if (!grid) this.#grids.set(profile, (grid = new Grid(this.#capacity)));
    return grid;
  }

  #known(point: Point): number | undefined {
    const slot = this.#slots.get(point);
    const there = slot === undefined ? undefined : this.#points[slot];
    if (there !== undefined && there[0] === point[0] && there[1] === point[1]) return slot;
    const found = this.#index.get(String(point));
    if (found !== undefined) this.#slots.set(point, found);
    return found;
  }

  #slot(point: Point): number {
    const known = this.#known(point);
    const slot = known ?? this.#free();
    if (known === undefined) {
      this.#index.set(String(point), slot);
      this.#points[slot] = point;
      for (const grid of this.#grids.values()) grid.clear(slot);
    }
    this.#used[slot] = this.#tick;
    return slot;
  }

  /** A slot never used, else the one that was not asked for the longest, else a quarter more room: a square costs by the square. */
  #free(): number {
    if (this.#points.length < this.#capacity) return this.#points.length;
    let oldest = 0;
    for (let slot = 1; slot < this.#used.length; slot++) if (this.#used[slot]! < this.#used[oldest]!) oldest = slot;
    if (this.#used[oldest] === this.#tick) {
      this.#capacity = Math.ceil(this.#capacity * 1.25);
      for (const [profile, grid] of this.#grids) this.#grids.set(profile, grid.grown(this.#capacity));
      return this.#points.length;
    }
    this.#index.delete(String(this.#points[oldest]));
    return oldest;
  }

  #source: TravelSource = "roads";

  /** Asks for whatever is missing from `some` to `all` and back. */
  async #complete(
    { grid, profile, departure }: Question,
    some: readonly number[],
    all: readonly number[],
  ): Promise<void> {
    const lacking = some.filter((slot) => all.some((other) => !grid.has(slot, other) || !grid.has(other, slot)));
    if (lacking.length === 0) return;
    const others = all.filter((slot) => lacking.some((one) => !grid.has(slot, one) || !grid.has(one, slot)));
    const points = (list: readonly number[]): readonly Point[] => list.map((slot) => this.#points[slot]!);
    const out = await this.#travel.matrix(points(lacking), points(others), profile, departure);
    grid.fill(lacking, others, out.seconds, out.meters);
    this.#source = out.source;
    const back = await this.#travel.matrix(points(others), points(lacking), profile, departure);
    grid.fill(others, lacking, back.seconds, back.meters);
  }
}

interface Question {
  readonly grid: Grid;
  readonly profile: Profile;
  readonly departure: Instant;
}

/** One profile's square; a pair that was never asked for is `unreachable`, and known to be unknown by `has`. */
class Grid implements Matrix {
  readonly size: number;
  readonly seconds: Uint32Array;
  readonly meters: Uint32Array;
  readonly #asked: Uint8Array;
  /** Of the roads, which all answers are of (see `Travel.stateAt`). */
  #state = "";

  constructor(size: number) {
    this.size = size;
    this.seconds = new Uint32Array(size * size).fill(unreachable);
    this.meters = new Uint32Array(size * size).fill(unreachable);
    this.#asked = new Uint8Array(size * size);
  }

  /** Forgets what was answered in another state. */
  enter(state: string): void {
    if (state !== this.#state) this.#asked.fill(0);
    this.#state = state;
  }

  /** The same in a larger square. */
  grown(size: number): Grid {
    const grid = new Grid(size);
    grid.#state = this.#state;
    for (let row = 0; row < this.size; row++) {
      const [from, to] = [row * this.size, (row + 1) * this.size];
      grid.seconds.set(this.seconds.subarray(from, to), row * size);
      grid.meters.set(this.meters.subarray(from, to), row * size);
      grid.#asked.set(this.#asked.subarray(from, to), row * size);
    }
    return grid;
  }

  has(from: number, to: number): boolean {
    return this.#asked[from * this.size + to] === 1;
  }

  clear(slot: number): void {
    for (let other = 0; other < this.size; other++) {
      this.#asked[slot * this.size + other] = 0;
      this.#asked[other * this.size + slot] = 0;
    }
  }

  fill(rows: readonly number[], columns: readonly number[], seconds: Uint32Array, meters: Uint32Array): void {
    rows.forEach((row, i) => {
      columns.forEach((column, j) => {
        const cell = row * this.size + column;
        this.seconds[cell] = seconds[i * columns.length + j]!;
        this.meters[cell] = meters[i * columns.length + j]!;
        this.#asked[cell] = 1;
      });
    });
  }
}
