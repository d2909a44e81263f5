import { unreachable, type Profile, type Travel, type TravelSource } from "../../domain/index.ts";
import type { Point } from "../../kernel/point.ts";
import type { Instant } from "../../kernel/quantity.ts";
import type { Matrix } from "../../optimizer/index.ts";
import { parkedFor, walkOn, type Parked } from "./parking.ts";
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
 * The places of the running plan with all travel between them, from door to door: who parks walks at both ends (PL11). So that a new leg asks the roads for two rows and two columns and not for
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

  /** For each group, seconds from `from` to the point of it that is reached first; Infinity where none is. */
  async soonest(from: Point, groups: readonly Group[], departure: Instant): Promise<readonly number[]> {
    const soonest = groups.map(() => Infinity);
    for (const profile of new Set(groups.map((group) => group.profile))) {
      const ends = groups.flatMap((group, index) =>
        group.profile === profile ? group.points.map((point) => ({ index, at: this.#roadAt(point, profile) })) : [],
      );
      const points = ends.map(({ at }) => at);
      const origin = this.#roadAt(from, profile);
      const found = await this.#travel.nearest(origin, points, points.length, profile, departure);
      for (const { target, duration } of found.ok ? found.value : []) {
        const { index } = ends[target]!;
        soonest[index] = Math.min(soonest[index]!, duration);
      }
    }
    return soonest;
  }

  #roadAt(door: Point, profile: Profile): Point {
    return this.parkedAt(door, profile)?.point ?? door;
  }

  /** Where a courier leaves the vehicle for a place; null for who rides up to the door. */
  parkedAt(door: Point, profile: Profile): Parked | null {
    const slot = this.#known(door);
    const grid = this.#grids.get(profile);
    return slot === undefined || !grid ? parkedFor(this.#travel, door, profile) : this.#parked(grid, slot, profile);
  }

  #parked(grid: Grid, slot: number, profile: Profile): Parked | null {
    return (grid.parked[slot] ??= parkedFor(this.#travel, this.#points[slot]!, profile));
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
    const [rows, columns] = [lacking, others].map((list) => list.map((slot) => this.#end(grid, slot, profile))) as [
      End[],
      End[],
    ];
    this.#source = await this.#ask(rows, columns, { grid, profile, departure });
    await this.#ask(columns, rows, { grid, profile, departure });
  }

  #end(grid: Grid, slot: number, profile: Profile): End {
    return { slot, door: this.#points[slot]!, parked: this.#parked(grid, slot, profile) };
  }

  async #ask(
    rows: readonly End[],
    columns: readonly End[],
    { grid, profile, departure }: Question,
  ): Promise<TravelSource> {
    const points = (ends: readonly End[]): readonly Point[] => ends.map(({ door, parked }) => parked?.point ?? door);
    const ways = await this.#travel.matrix(points(rows), points(columns), profile, departure);
    rows.forEach((from, i) =>
      columns.forEach((to, j) => {
        const at = i * columns.length + j;
        grid.set(from.slot, to.slot, ...doorToDoor(from, to, ways.seconds[at]!, ways.meters[at]!));
      }),
    );
    return ways.source;
  }
}

/** A place as one profile comes to it. */
interface End {
  readonly slot: number;
  readonly door: Point;
  readonly parked: Parked | null;
}

/** A way between two places to park with the walks at its ends, or on foot where that is quicker; only what is driven has a length. */
function doorToDoor(from: End, to: End, driven_s: number, driven_m: number): [seconds: number, meters: number] {
  if (from.slot === to.slot) return [0, 0];
  if (from.parked === null || to.parked === null || driven_s === unreachable) return [driven_s, driven_m];
  const onFoot = walkOn(from.parked, to.door, to.parked);
  const leaving = from.parked.walk;
  return onFoot < driven_s + to.parked.walk ? [leaving + onFoot, 0] : [leaving + driven_s + to.parked.walk, driven_m];
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
  /** By slot, where the vehicle is left; undefined: not looked up yet. */
  readonly parked: (Parked | null | undefined)[] = [];
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
    if (state === this.#state) return;
    this.#asked.fill(0);
    this.parked.length = 0;
    this.#state = state;
  }

  /** The same in a larger square. */
  grown(size: number): Grid {
    const grid = new Grid(size);
    grid.#state = this.#state;
    grid.parked.push(...this.parked);
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
    this.parked[slot] = undefined;
    for (let other = 0; other < this.size; other++) {
      this.#asked[slot * this.size + other] = 0;
      this.#asked[other * this.size + slot] = 0;
    }
  }

  set(from: number, to: number, seconds: number, meters: number): void {
    const cell = from * this.size + to;
    this.seconds[cell] = seconds;
    this.meters[cell] = meters;
    this.#asked[cell] = 1;
  }
}
