import {
  asideReasons,
  decimetersOf,
  millisecondsOf,
  type RoadClass,
  roadClasses,
  type RoadGraph,
} from "../../roads/index.ts";
import type { RoadClosedBecause } from "../../domain/ports.ts";
import type { Point } from "../../kernel/point.ts";
import type { Bounds } from "../osm/index.ts";

/** A piece of a street between two junctions, as somebody finds it who departs at some moment. */
interface SeenStreet {
  readonly line: readonly Point[];
  readonly name: string | null;
  readonly kind: RoadClass;
  /** Its OpenStreetMap way. */
  readonly way: number;
  /** km/h along the line as drawn and against it, waits left out; null where closed then. */
  readonly forward: number | null;
  readonly backward: number | null;
  /** What is left of the free-flow speed, in the slower direction; null where both are closed. */
  readonly share: number | null;
  /** The zone with rules of its own that it lies in. */
  readonly zone: string | null;
  /** Its own tags say something else at other hours. */
  readonly isTimed: boolean;
  /** Why it is closed in both directions; null where it is not. */
  readonly because: RoadClosedBecause | null;
}

/** A street that nobody with this profile may use, and why; what was never meant for it is left out. */
interface ClosedStreet {
  readonly line: readonly Point[];
  readonly name: string | null;
  readonly way: number;
  readonly because: RoadClosedBecause;
}

export interface StreetsSeen {
  readonly streets: readonly SeenStreet[];
  readonly closed: readonly ClosedStreet[];
  /** Streets within the bounds that are too many to show: the least important kinds. */
  readonly left: number;
}

/** The streets within some bounds, `most` at most: of whole kinds the most important first. `free` is as built. */
export function streetsIn(then: RoadGraph, free: RoadGraph, box: Bounds, most: number): StreetsSeen {
  const within = linesIn(then, box);
  const counts = new Uint32Array(roadClasses.length);
  for (const stretch of within) counts[then.stretchClass[stretch]!]!++;
  let [room, kinds] = [most, 0];
  for (; kinds < counts.length && counts[kinds]! <= room; kinds++) room -= counts[kinds]!;
  const shown = within.filter((stretch) => then.stretchClass[stretch]! < kinds);
  return {
    streets: shown.map((stretch) => streetOf(then, free, stretch)),
    closed: closedIn(free, box, most / 4),
    left: within.length - shown.length,
  };
}

type Lines = Pick<RoadGraph, "coords" | "stretchStart">;

/** Those whose own bounds touch the box. */
function linesIn({ coords, stretchStart }: Lines, [west, south, east, north]: Bounds): number[] {
  const found: number[] = [];
  for (let stretch = 0; stretch + 1 < stretchStart.length; stretch++) {
    let [left, right, below, above] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let at = 2 * stretchStart[stretch]!; at < 2 * stretchStart[stretch + 1]!; at += 2) {
      const [x, y] = [coords[at]!, coords[at + 1]!];
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < below) below = y;
      if (y > above) above = y;
    }
    if (right >= west * 1e7 && left <= east * 1e7 && above >= south * 1e7 && below <= north * 1e7) found.push(stretch);
  }
  return found;
}

/** To a tenth of a metre. */
function lineOf({ coords, stretchStart }: Lines, stretch: number): Point[] {
  const line: Point[] = [];
  for (let at = 2 * stretchStart[stretch]!; at < 2 * stretchStart[stretch + 1]!; at += 2)
    line.push([Math.round(coords[at]! / 10) / 1e6, Math.round(coords[at + 1]! / 10) / 1e6]);
  return line;
}

function streetOf(then: RoadGraph, free: RoadGraph, stretch: number): SeenStreet {
  const speed = (graph: RoadGraph, side: number): number | null =>
    speedOf(graph, graph.stretchArcs[2 * stretch + side]!);
  const [forward, backward] = [speed(then, 0), speed(then, 1)];
  const shares = [forward, backward].flatMap((now, side) => {
    const best = speed(free, side);
    return now === null || best === null ? [] : [now / best];
  });
  const zone = free.stretchZone[stretch]!;
  return {
    line: lineOf(free, stretch),
    name: free.names[free.stretchName[stretch]!] ?? null,
    kind: roadClasses[free.stretchClass[stretch]!]!,
    way: free.stretchWay[stretch]!,
    forward: forward === null ? null : Math.round(forward * 10) / 10,
    backward: backward === null ? null : Math.round(backward * 10) / 10,
    share: shares.length === 0 ? null : Math.round(Math.min(...shares) * 100) / 100,
    zone: zone === -1 ? null : (free.zones[zone]!.name ?? free.zones[zone]!.id),
    isTimed: free.stretchTimed[stretch] !== -1,
    because: forward !== null || backward !== null ? null : then.stretchShut[stretch] === 1 ? "closure" : "hour",
  };
}

/** km/h; null where nobody drives. */
function speedOf({ arcKey, arcWait }: RoadGraph, arc: number): number | null {
  if (arc === -1 || arcKey[arc] === Infinity) return null;
  const moving = millisecondsOf(arcKey[arc]!) - arcWait[arc]!;
  return (decimetersOf(arcKey[arc]!) * 360) / Math.max(1, moving);
}

function closedIn({ asides, names }: RoadGraph, box: Bounds, most: number): ClosedStreet[] {
  const meant = linesIn(asides, box).filter((at) => asideReasons[asides.reason[at]!] !== "kind");
  return meant.slice(0, most).map((at) => ({
    line: lineOf(asides, at),
    name: names[asides.name[at]!] ?? null,
    way: asides.way[at]!,
    because: asideReasons[asides.reason[at]!]!,
  }));
}
