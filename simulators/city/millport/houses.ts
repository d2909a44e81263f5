import type { Rng } from "../../../src/kernel/rng.ts";
import { isExpress, rank, type StreetGraph } from "./graph.ts";
import type { Block } from "./blocks.ts";
import { add, apart, between, dot, inside, left, minus, NearIndex, norm, times, unit, type Vec } from "./plane.ts";
import type { Corridor } from "./corridor.ts";
import { kindOf, lineOf, type Street } from "./streets.ts";
import type { Quarter, Terrain } from "./terrain.ts";

export interface House {
  readonly street: Street;
  readonly number: number;
  /** The front door. */
  readonly door: Vec;
  /** Four corners, anticlockwise. */
  readonly corners: readonly Vec[];
  readonly middle: Vec;
  readonly quarter: Quarter;
  /** Households behind the door; 0 in sheds. */
  readonly flats: number;
}

/** People in a household. */
export const perFlat = 2.3;

/** How plots look in a quarter, metres: frontage, gap between neighbours, widest house, depth, distance from the kerb. */
interface Plot {
  readonly front: readonly [number, number];
  readonly gap: number;
  readonly widest: number;
  readonly depth: readonly [number, number];
  readonly setback: number;
  readonly flats: readonly [number, number];
}

const plots: Record<Quarter, Plot> = {
  "old town": { front: [9, 17], gap: 0, widest: 30, depth: [10, 16], setback: 0.2, flats: [1, 3.2] },
  inner: { front: [16, 34], gap: 0.2, widest: 40, depth: [11, 16], setback: 1.5, flats: [1, 4.6] },
  suburb: { front: [19, 34], gap: 8, widest: 20, depth: [8, 12], setback: 5, flats: [0.6, 1.6] },
  harbour: { front: [60, 90], gap: 16, widest: 80, depth: [26, 46], setback: 10, flats: [0, 0] },
  country: { front: [60, 160], gap: 40, widest: 15, depth: [9, 14], setback: 12, flats: [1, 2] },
};

/** Blocks that nobody lives in. */
const empty = new Set<Block["use"]>(["park", "square", "school", "hospital", "cemetery", "allotments", "sports"]);
/** Blocks with houses along their rim at most. */
const fields = new Set<Block["use"]>(["farmland", "meadow", "orchard", "none"]);

/** What stands before the first house. */
export interface Town {
  readonly graph: StreetGraph;
  readonly terrain: Terrain;
  readonly streets: readonly Street[];
  readonly names: readonly (string | null)[];
  readonly blocks: readonly Block[];
  readonly tracks: Corridor;
  /** How many people are to live there. */
  readonly population: number;
}

export interface Built {
  readonly houses: readonly House[];
  /** Corners of the buildings without an address of their own. */
  readonly backland: readonly (readonly Vec[])[];
}

/** Odd numbers on the left, even on the right, rising away from the market square, going on where a street of the same name begins anew; no house in the water or in another's garden. */
export function buildHouses(rng: Rng, town: Town): Built {
  const { graph, streets, names } = town;
  const site = new Site(town);
  const houses: House[] = [];
  const last = new Map<string, number>();
  for (const street of streets) {
    if (isExpress(kindOf(street)) || rank(kindOf(street)) > rank("pedestrian")) continue;
    const line = lineOf(graph, street);
    if (norm(line[0]!) > norm(line[line.length - 1]!)) line.reverse();
    const name = names[street.number] ?? null;
    if (name === null) continue;
    const from = last.get(name) ?? 0;
    const ends = ([1, -1] as const).map((side) => lineUp(rng, site, street, line, side, from, houses));
    last.set(name, Math.max(...ends));
  }
  houses.sort((a, b) => a.street.number - b.street.number || a.number - b.number);
  return {
    houses: movePeopleIn(rng.fork("people"), houses, town.population),
    backland: fillBackland(rng.fork("backland"), site, town.blocks),
  };
}

/** Houses have more or fewer storeys until about as many people live in town as were asked for; one household stays in each. */
function movePeopleIn(rng: Rng, houses: readonly House[], population: number): House[] {
  const flats = houses.reduce((sum, house) => sum + house.flats, 0);
  const share = population / perFlat / Math.max(1, flats);
  return houses.map((house) =>
    house.flats === 0 ? house : { ...house, flats: Math.max(1, Math.floor(house.flats * share + rng.next())) },
  );
}

/** Halls, garages and blocks of flats behind the houses, in blocks with room left; their addresses are their front houses'. */
function fillBackland(rng: Rng, site: Site, blocks: readonly Block[]): (readonly Vec[])[] {
  const found: (readonly Vec[])[] = [];
  for (const { ring, area, use } of blocks) {
    if (empty.has(use) || fields.has(use) || area < 6000 || area > 150_000) continue;
    const [low, high] = boxOf(ring);
    const along = unit(minus(ring[1]!, ring[0]!));
    const step = use === "industrial" ? 46 : 33;
    for (let x = low[0]; x < high[0]; x += step)
      for (let y = low[1]; y < high[1]; y += step) {
        const middle: Vec = [x + rng.between(0, 12), y + rng.between(0, 12)];
        if (rng.next() < 0.45 || !inside(ring, middle)) continue;
        const [w, d] = [times(along, rng.between(4, 14)), times(left(along), rng.between(3.5, 8))];
        const corners = [
          add(add(middle, w), d),
          add(minus(middle, w), d),
          minus(minus(middle, w), d),
          minus(add(middle, w), d),
        ];
        if (site.isFarBack(corners) && site.take(corners, middle)) found.push(corners);
      }
  }
  return found;
}

/** Builds along one side; returns the even number behind the last one given. */
function lineUp(
  rng: Rng,
  site: Site,
  street: Street,
  line: readonly Vec[],
  side: 1 | -1,
  from: number,
  houses: House[],
): number {
  let number = from + (side === 1 ? 1 : 2);
  let ahead = 8;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const far = apart(a, b);
    const along = unit(minus(b, a));
    const out = times(left(along), side);
    while (ahead < far) {
      const plot = plots[site.terrain.quarter(add(a, times(along, ahead)))];
      const front = rng.between(...plot.front);
      const house = place(rng, site, {
        street,
        number,
        kerb: add(a, times(along, ahead + front / 2)),
        along,
        out,
        front,
      });
      if (house !== null) houses.push(house);
      if (house !== null || rng.next() < 0.5) number += 2;
      ahead += house === null ? Math.min(front, 8) : front;
    }
    ahead = Math.max(1, ahead - far);
  }
  return number - (side === 1 ? 1 : 2);
}

interface Spot {
  readonly street: Street;
  readonly number: number;
  readonly kerb: Vec;
  readonly along: Vec;
  readonly out: Vec;
  readonly front: number;
}

/** Where the plot is narrow the house is smaller: these shares of width and depth are tried in turn. */
const shrinking = [
  [1, 1],
  [0.94, 0.7],
  [0.7, 0.6],
] as const;

function place(rng: Rng, site: Site, spot: Spot): House | null {
  const quarter = site.terrain.quarter(spot.kerb);
  const plot = plots[quarter];
  const halfRoad = rank(kindOf(spot.street)) <= rank("secondary") ? 9 : 5.6;
  const near = halfRoad + plot.setback + (quarter === "suburb" ? rng.between(0, 3) : 0);
  const depth = rng.between(...plot.depth);
  const width = Math.min(plot.widest, spot.front - plot.gap);
  const door = add(spot.kerb, times(spot.out, near));
  for (const [wide, deep] of shrinking) {
    const [w, d] = [times(spot.along, (wide * width) / 2), times(spot.out, deep * depth)];
    const corners = [add(door, w), minus(door, w), add(minus(door, w), d), add(add(door, w), d)];
    const middle = add(door, times(spot.out, (deep * depth) / 2));
    if (!site.take(corners, middle)) continue;
    const flats = Math.round(rng.between(plot.flats[0], plot.flats[1]));
    return { street: spot.street, number: spot.number, door, corners, middle, quarter, flats };
  }
  return null;
}

/** Where something may still be built. */
class Site {
  readonly terrain: Terrain;
  readonly #graph: StreetGraph;
  readonly #tracks: Corridor;
  readonly #built = new NearIndex<readonly Vec[]>(40);
  readonly #greens = new NearIndex<readonly Vec[]>(200);

  constructor({ graph, terrain, blocks, tracks }: Town) {
    this.#graph = graph;
    this.#tracks = tracks;
    this.terrain = terrain;
    for (const block of blocks) if (empty.has(block.use)) this.#greens.addBox(...boxOf(block.ring), block.ring);
  }

  /** Whether no street passes within 24 metres. */
  isFarBack(corners: readonly Vec[]): boolean {
    return !this.#graph.touches(corners, boxOf(corners), 24);
  }

  take(corners: readonly Vec[], middle: Vec): boolean {
    if (corners.some((p) => this.terrain.dry(p) < 12 || this.#tracks.holds(p))) return false;
    const [low, high] = boxOf(corners);
    let free = true;
    this.#built.visit(low, high, 0, (other) => void (free &&= !overlap(corners, other)));
    if (!free) return false;
    const points = [...corners, middle, ...corners.map((p, i) => between(p, corners[(i + 1) % 4]!, 0.5))];
    if (this.#graph.touches(points, [low, high], 5.5)) return false;
    this.#greens.visit(middle, middle, 0, (ring) => void (free &&= !inside(ring, middle)));
    if (free) this.#built.addBox(low, high, corners);
    return free;
  }
}

function boxOf(ring: readonly Vec[]): [Vec, Vec] {
  const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
  return [
    [Math.min(...xs), Math.min(...ys)],
    [Math.max(...xs), Math.max(...ys)],
  ];
}

/** Whether two rectangles share ground, half a metre of touching walls left out (separating axes). */
function overlap(a: readonly Vec[], b: readonly Vec[]): boolean {
  for (const ring of [a, b])
    for (let i = 0; i < 2; i++) {
      const axis = left(unit(minus(ring[i + 1]!, ring[i]!)));
      const [pa, pb] = [a.map((p) => dot(p, axis)), b.map((p) => dot(p, axis))];
      if (Math.max(...pa) < Math.min(...pb) + 0.5 || Math.max(...pb) < Math.min(...pa) + 0.5) return false;
    }
  return true;
}
