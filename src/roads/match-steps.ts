import { decimetersOf, type Key, keyOf, partOf } from "./key.ts";
import { backwards, driveCost, farthest, hopeless, mostFollowed, type Move, turnRoundCost } from "./match-model.ts";
import type { Reach } from "./match-reach.ts";
import type { RoadGraph } from "./road-graph.ts";
import type { RoadSnap } from "./snap.ts";

/** A point of the trace on an arc: one direction of a road that it may have been on. */
export interface Spot {
  readonly snap: RoadSnap;
  readonly arc: number;
  /** 0 to 1 in driving direction. */
  readonly share: number;
  /** How unlikely the point is, seen from here. */
  readonly miss: number;
}

/** How one gets from a spot to the next: along the arc, without moving, turning round on it, or by the roads between. */
export type StepKind = "along" | "stand" | "round" | "way";

export interface Step {
  readonly kind: StepKind;
  readonly cost: number;
}

/** Spots that a point of the trace may have been at. */
export interface Layer {
  /** Place in the trace. */
  readonly point: number;
  readonly spots: readonly Spot[];
  /** Of the best explanation that ends in each spot; `Infinity` where there is none. */
  readonly costs: Float64Array;
}

/** Visits the cheapest step from each likely spot of a layer to each spot of a later one. */
export function forEachStep(
  graph: RoadGraph,
  reach: Reach,
  from: Layer,
  to: Layer,
  move: Move,
  visit: (from: number, to: number, step: Step) => void,
): void {
  const goals = to.spots.map(({ arc }) => arc);
  for (const i of followed(from, move)) {
    const spot = from.spots[i]!;
    const left = restOf(graph, spot);
    reach.run(spot.arc, goals, farthest(move));
    to.spots.forEach((next, j) => {
      const key = left + reach.keyTo(next.arc) + upTo(graph, next);
      const way: Step = { kind: "way", cost: key < Infinity ? driveCost(key, move) : Infinity };
      const within = stepWithin(graph, spot, next, move);
      const step = within !== null && within.cost <= way.cost ? within : way;
      if (step.cost < Infinity) visit(i, j, step);
    });
  }
}

function followed({ costs }: Layer, move: Move): number[] {
  const order = [...costs.keys()].filter((i) => costs[i]! < Infinity).sort((a, b) => costs[a]! - costs[b]! || a - b);
  const least = order.length === 0 ? 0 : costs[order[0]!]!;
  return order.slice(0, mostFollowed(move)).filter((i) => costs[i]! <= least + hopeless);
}

/** The step that stays on the stretch; null where there is none. */
function stepWithin(graph: RoadGraph, from: Spot, to: Spot, move: Move): Step | null {
  if (from.snap.stretch !== to.snap.stretch) return null;
  const [start, end] = [upTo(graph, from), upTo(graph, to)];
  if (from.arc === to.arc) {
    if (end >= start) return { kind: "along", cost: driveCost(end - start, move) };
    if (decimetersOf(start - end) / 10 > backwards(move.deviation)) return null;
    return { kind: "stand", cost: driveCost(0, move) };
  }
  const apart = Math.abs(from.snap.share - to.snap.share) * decimetersOf(graph.arcKey[to.arc]!);
  return { kind: "round", cost: turnRoundCost + driveCost(keyOf(0, apart), move) };
}

const upTo = ({ arcKey }: RoadGraph, { arc, share }: Spot): Key => partOf(arcKey[arc]!, share);
const restOf = ({ arcKey }: RoadGraph, { arc, share }: Spot): Key => partOf(arcKey[arc]!, 1 - share);
