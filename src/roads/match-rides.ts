import { decimetersOf } from "./key.ts";
import type { Link } from "./match-chain.ts";
import type { Reach } from "./match-reach.ts";
import { fixed } from "./plane.ts";
import type { RoadGraph } from "./road-graph.ts";
import { pieceLengths } from "./snap.ts";

/** A part of an arc that was driven; both shares in driving direction. */
export interface Ride {
  readonly arc: number;
  readonly start: number;
  end: number;
}

/** What lies between the links of a matched way: `rideAt[i]` is the place of link i's ride. */
export interface Rides {
  readonly rides: readonly Ride[];
  readonly rideAt: readonly number[];
}

/** The way that the links stand for. It never runs back: a point that seems to is where the way had come to. */
export function ridesOf(reach: Reach, links: readonly Link[], meters: (from: number, to: number) => number): Rides {
  const [rides, rideAt] = [[] as Ride[], [] as number[]];
  links.forEach(({ point, spot: { arc, share }, kind }, i) => {
    const last = rides.at(-1);
    if (last === undefined) rides.push({ arc, start: share, end: share });
    else if (kind === "along") last.end = Math.max(last.end, share);
    else if (kind === "round") {
      const start = 1 - last.end;
      rides.push({ arc, start, end: Math.max(start, share) });
    } else if (kind === "way") {
      reach.run(last.arc, [arc], meters(links[i - 1]!.point, point));
      last.end = 1;
      for (const passed of reach.wayTo(arc)) rides.push({ arc: passed, start: 0, end: 1 });
      rides.at(-1)!.end = share;
    }
    rideAt.push(rides.length - 1);
  });
  return { rides, rideAt };
}

/** [longitude, latitude] in degrees along the rides, two points at least. */
export function shapeOf(graph: RoadGraph, rides: readonly Ride[]): (readonly [number, number])[] {
  const shape: (readonly [number, number])[] = [];
  const add = (lon: number, lat: number): void => {
    const last = shape.at(-1);
    if (last === undefined || last[0] !== lon || last[1] !== lat) shape.push([lon, lat]);
  };
  for (const ride of rides) for (const point of lineOf(graph, ride)) add(...point);
  return shape.length === 1 ? [shape[0]!, shape[0]!] : shape;
}

export const decimetersAlong = ({ arcKey }: RoadGraph, rides: readonly Ride[]): number =>
  Math.round(rides.reduce((sum, { arc, start, end }) => sum + decimetersOf(arcKey[arc]!) * (end - start), 0));

/** A ride's two ends and the points of its stretch between them, in driving direction. */
function lineOf({ coords, stretchStart, ...graph }: RoadGraph, { arc, start, end }: Ride): [number, number][] {
  const [stretch, against] = [graph.arcSide[arc]! >> 1, (graph.arcSide[arc]! & 1) === 1];
  const [low, high] = against ? [1 - end, 1 - start] : [start, end];
  const lengths = pieceLengths({ coords, stretchStart, ...graph }, stretch);
  const total = lengths.reduce((sum, length) => sum + length, 0) || 1;
  const at = (point: number, share: number): [number, number] => {
    const lon = coords[2 * point]! + (share === 0 ? 0 : (coords[2 * point + 2]! - coords[2 * point]!) * share);
    const lat = coords[2 * point + 1]! + (share === 0 ? 0 : (coords[2 * point + 3]! - coords[2 * point + 1]!) * share);
    return [lon / fixed, lat / fixed];
  };
  const line: [number, number][] = [];
  let from = 0;
  lengths.forEach((length, i) => {
    const to = i === lengths.length - 1 ? 1 : from + length / total;
    const within = (share: number): number => Math.min(1, Math.max(0, to === from ? 0 : (share - from) / (to - from)));
    const point = stretchStart[stretch]! + i;
    if (low <= to && high >= from) line.push(at(point, within(low)), at(point, within(high)));
    from = to;
  });
  return against ? line.reverse() : line;
}
