import type { OsmData, OsmWay } from "../src/kernel/osm.ts";
import { greatCircle, type Point } from "../src/kernel/point.ts";

/** What makes one town's streets look unlike another's, for cars; lengths in metres, areas in hectares. */
export interface NetworkFigures {
  readonly junctions: number;
  readonly kilometres: number;
  /** Shares of all ends and junctions by how many streets meet: 1, 3, 4, more. */
  readonly degree: readonly [ends: number, three: number, four: number, more: number];
  /** From one junction to the next: 10th percentile, quartiles, 90th. */
  readonly stretch: Percentiles;
  /** What streets enclose: the same percentiles. */
  readonly block: Percentiles;
  /** Street length over the straight line between its ends: 1 where all streets are straight. */
  readonly circuity: number;
  /** Of all street length. */
  readonly oneWay: number;
  /** Of all street length, by class of road. */
  readonly classes: Readonly<Record<string, number>>;
}

export type Percentiles = readonly [p10: number, p25: number, p50: number, p75: number, p90: number];

/** Roads that make up a town's pattern: no service roads, whose share says how busy the mappers were. */
const streets = /^(motorway|trunk|primary|secondary|tertiary)(_link)?$|^(unclassified|residential|living_street)$/;

/**
 * The figures of urban morphology for an extract's car network.
 *
 * Source: Boeing, "OSMnx", Computers, Environment and Urban Systems 65 (2017): node degree, segment length, circuity and
 * dead ends; Louf and Barthelemy, "A typology of street patterns", J. R. Soc. Interface 11 (2014): block areas.
 */
export function networkFigures(data: OsmData): NetworkFigures {
  const ways = data.ways.filter(({ tags }) => streets.test(tags?.["highway"] ?? "") && tags?.["area"] !== "yes");
  const at = new Map<number, Point>(data.nodes.map(({ id, lon, lat }) => [id, [lon, lat]]));
  const arms = armsOf(ways, at);
  const stretches = stretchesOf(ways, at, arms);
  const lengths = stretches.map(({ length }) => length);
  const total = sum(lengths);
  const ends = [...arms.values()].map((next) => next.size).filter((degree) => degree !== 2 && degree > 0);
  const share = (fits: (degree: number) => boolean): number => ends.filter(fits).length / ends.length;
  const bent = stretches.filter(({ straight }) => straight > 1);
  return {
    junctions: ends.filter((degree) => degree > 2).length,
    kilometres: total / 1000,
    degree: [share((n) => n === 1), share((n) => n === 3), share((n) => n === 4), share((n) => n > 4)],
    stretch: percentiles(lengths),
    block: percentiles(blockAreas(arms, at)),
    circuity: sum(bent.map(({ length }) => length)) / sum(bent.map(({ straight }) => straight)),
    oneWay: sum(stretches.filter(({ oneWay }) => oneWay).map(({ length }) => length)) / total,
    classes: classShares(stretches, total),
  };
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

function percentiles(values: readonly number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return [at(0.1), at(0.25), at(0.5), at(0.75), at(0.9)];
}

type Arms = ReadonlyMap<number, ReadonlySet<number>>;

function armsOf(ways: readonly OsmWay[], at: ReadonlyMap<number, Point>): Arms {
  const arms = new Map<number, Set<number>>();
  const arm = (a: number, b: number): void => void (arms.get(a)?.add(b) ?? arms.set(a, new Set([b])));
  for (const { refs } of ways)
    for (let i = 1; i < refs.length; i++) {
      const [a, b] = [refs[i - 1]!, refs[i]!];
      if (a === b || !at.has(a) || !at.has(b)) continue;
      arm(a, b);
      arm(b, a);
    }
  return arms;
}

interface Stretch {
  readonly length: number;
  readonly straight: number;
  readonly oneWay: boolean;
  readonly highway: string;
}

/** Ways cut at every junction and end. */
function stretchesOf(ways: readonly OsmWay[], at: ReadonlyMap<number, Point>, arms: Arms): Stretch[] {
  const found: Stretch[] = [];
  for (const { refs, tags = {} } of ways) {
    const highway = tags["highway"]!;
    const oneWay = tags["oneway"] === "yes" || tags["oneway"] === "-1" || tags["junction"] === "roundabout";
    let [from, length] = [refs[0]!, 0];
    for (let i = 1; i < refs.length; i++) {
      const [a, b] = [at.get(refs[i - 1]!), at.get(refs[i]!)];
      if (a === undefined || b === undefined) continue;
      length += greatCircle(a, b);
      if (arms.get(refs[i]!)?.size === 2 && i < refs.length - 1) continue;
      const start = at.get(from);
      if (length > 0 && start !== undefined) found.push({ length, straight: greatCircle(start, b), oneWay, highway });
      [from, length] = [refs[i]!, 0];
    }
  }
  return found;
}

function classShares(stretches: readonly Stretch[], total: number): Record<string, number> {
  const shares: Record<string, number> = {};
  for (const { highway, length } of stretches) shares[highway] = (shares[highway] ?? 0) + length / total;
  return shares;
}

/** Hectares of every face of the street graph smaller than a square kilometre, walked with the next street clockwise. */
function blockAreas(arms: Arms, at: ReadonlyMap<number, Point>): number[] {
  const around = new Map<number, number[]>();
  for (const [node, next] of arms) around.set(node, byBearing(node, [...next], at));
  const areas: number[] = [];
  const seen = new Set<string>();
  for (const [start, ways] of around)
    for (const first of ways) {
      let [a, b, twice] = [start, first, 0];
      while (!seen.has(`${a} ${b}`)) {
        seen.add(`${a} ${b}`);
        twice += shoelace(at.get(start)!, at.get(a)!, at.get(b)!);
        const exits = around.get(b)!;
        [a, b] = [b, exits[(exits.indexOf(a) - 1 + exits.length) % exits.length]!];
      }
      const area = twice / 2 / 10_000;
      if (area > 0.01 && area < 100) areas.push(area);
    }
  return areas;
}

function byBearing(node: number, next: number[], at: ReadonlyMap<number, Point>): number[] {
  const [x, y] = at.get(node)!;
  const bearing = (other: number): number => Math.atan2(at.get(other)![1] - y, at.get(other)![0] - x);
  return next.sort((a, b) => bearing(a) - bearing(b));
}

/** Twice the area of the triangle, square metres, positive anticlockwise; all seen from `origin`, so that nothing is lost to size. */
function shoelace(origin: Point, a: Point, b: Point): number {
  const metres = 111_195;
  const shrink = Math.cos((origin[1] * Math.PI) / 180) * metres;
  const [ax, ay] = [(a[0] - origin[0]) * shrink, (a[1] - origin[1]) * metres];
  const [bx, by] = [(b[0] - origin[0]) * shrink, (b[1] - origin[1]) * metres];
  return ax * by - ay * bx;
}
