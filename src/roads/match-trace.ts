import { roadsWithin, meetStretch } from "./match-candidates.ts";
import { Chain, type Link } from "./match-chain.ts";
import { farthest, isGap, missCost, mostRoads, type Move, searchRadius } from "./match-model.ts";
import { Reach } from "./match-reach.ts";
import { decimetersAlong, type Ride, ridesOf, shapeOf } from "./match-rides.ts";
import type { Spot } from "./match-steps.ts";
import { lengthBetween, fixed } from "./plane.ts";
import type { RoadGraph } from "./road-graph.ts";
import type { RoadSnap } from "./snap.ts";

/** Positions in the order in which they were taken; the arrays are of one length. */
export interface RoadTrace {
  /** WGS 84 degrees. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** Milliseconds on any clock. */
  readonly at: Float64Array;
  /** Standard deviation of the error to the east as to the north, metres. */
  readonly deviation: Float64Array;
}

/** Why a point is on no road. */
export type MissReason =
  /** Not a number, or earlier than the point before. */
  | "broken"
  /** No road is near enough. */
  | "off_road"
  /** No drive through it explains the points around it. */
  | "outlier";

export type PointMatch =
  | { readonly snap: RoadSnap; readonly confidence: number; readonly part: number }
  | { readonly miss: MissReason };

/** Why the trace does not go on in one part. */
export type BreakReason =
  /** Too long without a position. */
  | "gap"
  /** Too far away from every road. */
  | "off_road"
  /** No way leads on within what was searched. */
  | "no_way";

/** A way without a break. */
export interface PartMatch {
  /** Places in the trace, both inside. */
  readonly first: number;
  readonly last: number;
  readonly shape: readonly (readonly [number, number])[];
  readonly decimeters: number;
  /** What ended the part before; null for the first. */
  readonly brokenBy: BreakReason | null;
}

export interface RoadMatch {
  /** One for each point of the trace. */
  readonly points: readonly PointMatch[];
  readonly parts: readonly PartMatch[];
}

/** Nearer than so many deviations to the last point that was looked at, a point says nothing new. */
const nothingNew = 2.5;
/** Metres away from all roads that break a trace. */
const longDetour = 200;

/** Opens map matching on one profile's roads: its memory is used again, one trace after the other. */
export function openMatcher(graph: RoadGraph): (trace: RoadTrace) => RoadMatch {
  const reach = new Reach(graph);
  return (trace) => new Matching(graph, reach, trace).match();
}

class Matching {
  readonly #graph: RoadGraph;
  readonly #reach: Reach;
  readonly #trace: RoadTrace;
  readonly #points: PointMatch[];
  readonly #parts: PartMatch[] = [];

  constructor(graph: RoadGraph, reach: Reach, trace: RoadTrace) {
    [this.#graph, this.#reach, this.#trace] = [graph, reach, trace];
    this.#points = Array.from(trace.lon, () => ({ miss: "outlier" }));
  }

  match(): RoadMatch {
    const near = this.#nearPoints();
    let [chain, brokenBy, off] = [this.#chain(), null as BreakReason | null, null as number | null];
    const next = (reason: BreakReason): void => {
      this.#finish(chain, near, brokenBy);
      [chain, brokenBy, off] = [this.#chain(), reason, null];
    };
    for (let at = 0; at < near.length; at++) {
      const { point } = near[at]!;
      const spots = this.#spots(point);
      const last = chain.last;
      if (last !== null && isGap(this.#move(last, point))) next("gap");
      if (spots.length === 0) {
        this.#points[point] = { miss: "off_road" };
        off ??= point;
        if (chain.last !== null && this.#move(off, point).crow > longDetour) next("off_road");
        continue;
      }
      off = null;
      chain.add(point, spots);
      if (!chain.isBroken) continue;
      const [lost] = chain.lost;
      at = near.findIndex((one) => one.point === lost) - 1;
      next("no_way");
    }
    this.#finish(chain, near, brokenBy);
    return { points: this.#points, parts: this.#parts };
  }

  #chain(): Chain {
    return new Chain(this.#graph, this.#reach, (from, to) => this.#move(from, to));
  }

  #move(from: number, to: number): Move {
    const { lon, lat, at, deviation } = this.#trace;
    const crow = lengthBetween(lon[from]! * fixed, lat[from]! * fixed, lon[to]! * fixed, lat[to]! * fixed);
    return { crow, seconds: (at[to]! - at[from]!) / 1000, deviation: Math.max(deviation[from]!, deviation[to]!) };
  }

  /** Points that say something new, each with those after it that do not. */
  #nearPoints(): { readonly point: number; readonly same: number[] }[] {
    const { lon, lat, at, deviation } = this.#trace;
    const near: { point: number; same: number[] }[] = [];
    let newest = -Infinity;
    for (let point = 0; point < lon.length; point++) {
      if (!Number.isFinite(lon[point]! + lat[point]!) || !(at[point]! >= newest)) {
        this.#points[point] = { miss: "broken" };
        continue;
      }
      newest = at[point]!;
      const last = near.at(-1);
      if (last !== undefined && this.#move(last.point, point).crow < nothingNew * deviation[point]!)
        last.same.push(point);
      else near.push({ point, same: [] });
    }
    return near;
  }

  #spots(point: number): Spot[] {
    const { lon, lat, deviation } = this.#trace;
    const off = deviation[point]!;
    const { stretchArcs } = this.#graph;
    return roadsWithin(this.#graph, lon[point]!, lat[point]!, searchRadius(off), mostRoads).flatMap((snap) =>
      [0, 1].flatMap((side): Spot[] => {
        const arc = stretchArcs[2 * snap.stretch + side]!;
        if (arc === -1) return [];
        return [{ snap, arc, share: side === 1 ? 1 - snap.share : snap.share, miss: missCost(snap.distance, off) }];
      }),
    );
  }

  #finish(chain: Chain, near: readonly { point: number; same: number[] }[], brokenBy: BreakReason | null): void {
    const links = chain.links();
    if (links.length === 0 || (links.length === 1 && near.length > 1)) return;
    const meters = (from: number, to: number): number => farthest(this.#move(from, to));
    const { rides, rideAt } = ridesOf(this.#reach, links, meters);
    const same = new Map(near.map((one) => [one.point, one.same]));
    let last = links[0]!.point;
    links.forEach((link, i) => {
      this.#keep(link.point, link, link.spot.snap);
      const around = rides.slice(rideAt[i], (rideAt[i + 1] ?? rides.length - 1) + 1);
      for (const point of same.get(link.point)!) this.#keep(point, link, this.#nearestOn(around, point));
      last = same.get(link.point)!.at(-1) ?? link.point;
    });
    const [shape, decimeters] = [shapeOf(this.#graph, rides), decimetersAlong(this.#graph, rides)];
    this.#parts.push({ first: links[0]!.point, last, shape, decimeters, brokenBy });
  }

  #keep(point: number, { confidence }: Link, snap: RoadSnap): void {
    this.#points[point] = { snap, confidence, part: this.#parts.length };
  }

  #nearestOn(rides: readonly Ride[], point: number): RoadSnap {
    const { lon, lat } = this.#trace;
    const snaps = rides.map(({ arc }) =>
      meetStretch(this.#graph, this.#graph.arcSide[arc]! >> 1, lon[point]!, lat[point]!),
    );
    return snaps.reduce((best, snap) => (snap.distance < best.distance ? snap : best));
  }
}
