import type { Constraint } from "./answers.ts";
import { kinds } from "./compile-nodes.ts";
import { opening, shipmentOf, tolerance, type Instance } from "./instance.ts";
import type { Cost, Matrix } from "./types.ts";

/**
 * A constraint or a cost: looks on while a route is walked, adds to `walk.cost` what it charges and to `walk.broken` what
 * is too much. One file each in `terms/`; the search knows none of them.
 */
export interface Term {
  /** The line of the bill that it charges to, and the name of what it finds broken. */
  readonly line: keyof Cost | null;
  readonly constraint: Constraint | null;
  /** The dimension of load that it looks at, where it is one of several. */
  readonly dimension?: number;
  /**
   * `plain`: the search in constant time knows it already. `spans`: so it does, by `spans.ts`, where each stop has one
   * window, lateness has no price and nothing is frozen; elsewhere it judges. `judges`: whatever it says, that search's
   * bounds stay true, so only what is left is walked. `bends`: it changes when things happen, and routes are searched by
   * walking alone.
   */
  readonly scope: "plain" | "spans" | "judges" | "bends";
  /** Before the first stop. */
  begin?(walk: Walk): void;
  /** At each stop, and on arrival at the end (`walk.node` is -1). May prolong the stop by `walk.departs`. */
  visit?(walk: Walk): void;
  /** After the end. */
  end?(walk: Walk): void;
}

/** One walk along one route: what the terms see. Made once and used again, so that nothing is allocated. */
export interface Walk {
  readonly instance: Instance;
  /** By vehicle. */
  readonly terms: readonly (readonly Term[])[];
  /** What is walked, set by the caller: the vehicle and its stops. */
  v: number;
  nodes: Int32Array;
  length: number;

  // the stop
  k: number;
  node: number;
  /** Whether the search chose it: frozen stops are nobody's choice. */
  chosen: boolean;
  /** Places the way led from and to; -1 where there is none. */
  from: number;
  here: number;
  matrix: Matrix;
  way: number;
  meters: number;
  arrival: number;
  begins: number;
  departs: number;
  /** Seconds that are waited here for nothing; and after the last window. */
  idle: number;
  late: number;
  /** On board after the stop, and on the way to it, by dimension. */
  readonly load: Float64Array;
  readonly carried: Float64Array;

  // so far
  seconds: number;
  distance: number;
  calls: number;
  /** Seconds of the next way that were driven while a break was waited for. */
  ahead: number;
  idleSoFar: number;
  /** How much later the vehicle could have set off, as far as windows go. */
  slack: number;
  cost: number;
  broken: number;
  /** When it set off. */
  begin: number;
}

export const newWalk = (instance: Instance, terms: readonly (readonly Term[])[]): Walk => ({
  instance,
  terms,
  v: 0,
  nodes: new Int32Array(64),
  length: 0,
  k: 0,
  node: -1,
  chosen: false,
  from: -1,
  here: -1,
  matrix: instance.problem.matrices[0] ?? { size: 0, seconds: new Float64Array(0), meters: new Float64Array(0) },
  way: 0,
  meters: 0,
  arrival: 0,
  begins: 0,
  departs: 0,
  idle: 0,
  late: 0,
  load: new Float64Array(instance.dimensions),
  carried: new Float64Array(instance.dimensions),
  seconds: 0,
  distance: 0,
  calls: 0,
  ahead: 0,
  idleSoFar: 0,
  slack: Infinity,
  cost: 0,
  broken: 0,
  begin: 0,
});

/** Looks over the walk's shoulder, stop by stop and term by term, and keeps it going when something is broken. */
export interface Observer {
  stop?(walk: Walk): void;
  term?(term: Term, charged: number, broken: number, walk: Walk): void;
}

/**
 * Walks the route of `walk` and answers what it costs. Without an observer it ends with Infinity as soon as something is
 * broken or `limit` is reached; `walk.k` is then the stop where that was.
 */
export function walkRoute(walk: Walk, limit = Infinity, observer: Observer | null = null): number {
  let begin = walk.instance.leaves[walk.v]!;
  if (walk.length > 0 && leavesLate(walk)) {
    pass(walk, begin, Infinity, rehearsal);
    const { earliest, leaveBy = Infinity } = walk.instance.problem.vehicles[walk.v]!.shift;
    begin += Math.max(0, Math.min(walk.slack, walk.idleSoFar, leaveBy - earliest));
  }
  return pass(walk, begin, limit, observer);
}

/** Nobody looks, and yet the walk goes on to the end. */
const rehearsal: Observer = {};

/** Whether the vehicle sets off as late as it can; see `Vehicle.duty`. */
function leavesLate({ instance, v }: Walk): boolean {
  const { duty, slices } = instance.problem.vehicles[v]!;
  return duty !== undefined && (slices === undefined || slices.length === 0);
}

function pass(walk: Walk, begin: number, limit: number, observer: Observer | null): number {
  const { instance, v, length } = walk;
  const terms = walk.terms[v]!;
  const frozen = instance.frozen[v]!;
  set(walk, begin);
  if (length === 0) return 0;
  if (observer === null) for (let n = 0; n < terms.length; n++) terms[n]!.begin?.(walk);
  else watch(walk, terms, "begin", observer);
  for (walk.k = 0; walk.k <= length; walk.k++) {
    walk.node = walk.k < length ? walk.nodes[walk.k]! : -1;
    walk.chosen = walk.k >= frozen;
    if (walk.node >= 0 && instance.kind[walk.node] === kinds.rest) rest(walk);
    else arrive(walk);
    if (observer === null) {
      for (let n = 0; n < terms.length; n++) terms[n]!.visit?.(walk);
      if (walk.broken > tolerance || walk.cost >= limit) return Infinity;
    } else {
      watch(walk, terms, "visit", observer);
      observer.stop?.(walk);
    }
  }
  walk.k = length;
  if (observer === null) for (let n = 0; n < terms.length; n++) terms[n]!.end?.(walk);
  else watch(walk, terms, "end", observer);
  if (observer === null && (walk.broken > tolerance || walk.cost >= limit)) return Infinity;
  return walk.cost;
}

function set(walk: Walk, begin: number): void {
  const { instance, v } = walk;
  const { dimensions, aboard, anyDepot } = instance;
  walk.begin = begin;
  walk.departs = begin;
  walk.here = instance.from[v]!;
  walk.seconds = 0;
  walk.distance = 0;
  walk.calls = 0;
  walk.ahead = 0;
  walk.idleSoFar = 0;
  walk.slack = Infinity;
  walk.cost = 0;
  walk.broken = 0;
  for (let d = 0; d < dimensions; d++) walk.load[d] = aboard[v * dimensions + d]!;
  if (anyDepot) loadTrip(walk, 0);
}

function watch(walk: Walk, terms: readonly Term[], moment: "begin" | "visit" | "end", observer: Observer): void {
  for (const term of terms) {
    const { cost, broken } = walk;
    term[moment]?.(walk);
    if (walk.cost !== cost || walk.broken !== broken)
      observer.term?.(term, walk.cost - cost, walk.broken - broken, walk);
  }
}

/** A break is taken where the vehicle is; what can be driven before it opens is driven. */
function rest(walk: Walk): void {
  const { instance, node } = walk;
  walk.from = walk.here;
  walk.way = 0;
  walk.meters = 0;
  walk.arrival = walk.departs;
  walk.begins = opening(instance, node, walk.arrival);
  walk.late = Math.max(0, walk.begins - instance.closes[node]!);
  walk.slack = Math.min(walk.slack, Math.max(0, closing(instance, node, walk.begins) - walk.arrival + walk.idleSoFar));
  walk.ahead += walk.begins - walk.arrival;
  walk.idle = 0;
  walk.departs = walk.begins + instance.service[node]!;
  walk.carried.set(walk.load);
}

function arrive(walk: Walk): void {
  const { instance, v, node } = walk;
  const { locations, due } = instance;
  const there = node < 0 ? instance.to[v]! : instance.place[node]!;
  const leaves = walk.departs;
  walk.from = walk.here;
  walk.here = there;
  walk.matrix = matrixAt(instance, v, leaves);
  const reached = walk.from >= 0 && there >= 0;
  walk.way = reached ? walk.matrix.seconds[walk.from * locations + there]! : 0;
  walk.meters = reached ? walk.matrix.meters[walk.from * locations + there]! : 0;
  walk.seconds += walk.way;
  walk.distance += walk.meters;
  walk.arrival = leaves + (walk.way > walk.ahead ? walk.way - walk.ahead : 0);
  const unused = walk.ahead > walk.way ? walk.ahead - walk.way : 0;
  walk.ahead = 0;
  walk.begins = node < 0 ? walk.arrival : opening(instance, node, walk.arrival);
  const closes = node < 0 ? instance.returns[v]! : instance.closes[node]!;
  walk.late = node >= 0 && walk.begins > closes ? walk.begins - closes : 0;
  let last = node < 0 ? closes : closing(instance, node, walk.begins);
  if (node >= 0 && due[node]! < last) last = Math.max(due[node]!, walk.begins);
  walk.slack = Math.min(walk.slack, Math.max(0, last - walk.arrival + unused + walk.idleSoFar));
  walk.idle = unused + walk.begins - walk.arrival;
  walk.idleSoFar += walk.idle;
  walk.departs = walk.begins + (node < 0 ? 0 : instance.service[node]!);
  takeLoad(walk);
}

/** The closing of the window that one who begins at `t` uses. */
function closing({ windowFrom, windowCloses, closes }: Instance, node: number, t: number): number {
  for (let w = windowFrom[node]!; w < windowFrom[node + 1]!; w++) if (t <= windowCloses[w]!) return windowCloses[w]!;
  return closes[node]!;
}

function matrixAt({ problem }: Instance, v: number, t: number): Matrix {
  const { matrix, slices } = problem.vehicles[v]!;
  let chosen = matrix;
  if (slices !== undefined) for (const slice of slices) if (slice.from <= t) chosen = slice.matrix;
  return problem.matrices[chosen]!;
}

function takeLoad(walk: Walk): void {
  const { instance, node, load, carried } = walk;
  for (let d = 0; d < load.length; d++) carried[d] = load[d]!;
  if (node < 0) return;
  if (node < instance.calls) {
    walk.calls++;
    const amounts = shipmentOf(node) * load.length;
    const sign = (node & 1) === 0 ? 1 : -1;
    for (let d = 0; d < load.length; d++) load[d]! += sign * instance.load[amounts + d]!;
    const { collects } = instance;
    if (collects !== null && sign < 0) for (let d = 0; d < load.length; d++) load[d]! += collects[amounts + d]!;
  } else if (instance.kind[node] === kinds.reload && instance.anyDepot) {
    unloadTrip(walk);
    loadTrip(walk, walk.k + 1);
  }
}

/** Goods from the depot for the stops from `first` to the next reload come on board. */
function loadTrip({ instance, nodes, length, load }: Walk, first: number): void {
  const { calls, kind, depot } = instance;
  for (let k = first; k < length; k++) {
    const node = nodes[k]!;
    if (node >= calls) {
      if (kind[node] === kinds.reload) return;
      continue;
    }
    if (depot[shipmentOf(node)] !== 1) continue;
    for (let d = 0; d < load.length; d++) load[d]! += instance.load[shipmentOf(node) * load.length + d]!;
  }
}

/** Goods for the depot that came on board in the trip that ends here leave. */
function unloadTrip({ instance, nodes, k, load }: Walk): void {
  const { calls, kind, depot, collects } = instance;
  for (let back = k - 1; back >= 0; back--) {
    const node = nodes[back]!;
    if (node >= calls) {
      if (kind[node] === kinds.reload) return;
      continue;
    }
    const leaving = depot[shipmentOf(node)] === -1 ? instance.load : (node & 1) === 1 ? collects : null;
    if (leaving === null) continue;
    for (let d = 0; d < load.length; d++) load[d]! -= leaving[shipmentOf(node) * load.length + d]!;
  }
}
