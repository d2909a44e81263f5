import type { Instance } from "./instance.ts";

/**
 * Duty in constant time: the least that the part of a route up to each stop takes, and the part from it on, kept beside the
 * stops so that two parts and what is put between them are joined without a walk.
 *
 * Source: Vidal, Crainic, Gendreau & Prins, "A hybrid genetic algorithm with adaptive diversity management for a large
 * class of vehicle routing problems with time-windows", Computers & Operations Research 40(1), 2013, section 4.5. Ours
 * join what is in time already, so nothing is warped.
 */
export interface Spans {
  /** Least seconds from setting off to having served each stop, and the latest setting off that allows it. */
  dutyTo: Float64Array;
  leavesBy: Float64Array;
  /** Least seconds from beginning each stop to the end, and the earliest beginning that allows it. In slot `length`: the end. */
  dutyFrom: Float64Array;
  beginsAt: Float64Array;
}

interface Spanned extends Spans {
  readonly instance: Instance;
  readonly width: number;
  readonly length: Int32Array;
  readonly stops: Int32Array;
  readonly drive: Float64Array;
  readonly cost: Float64Array;
  readonly broken: Float64Array;
}

export const newSpans = (slots: number): Spans => ({
  dutyTo: new Float64Array(slots),
  leavesBy: new Float64Array(slots),
  dutyFrom: new Float64Array(slots),
  beginsAt: new Float64Array(slots),
});

/** The part of a route that is joined stop by stop; used again, so that nothing is allocated. */
export interface Span {
  duty: number;
  leavesBy: number;
}

/** Lets `span` go on to `node`, `way` seconds off, and serve it. */
export function goOnTo(span: Span, { opens, closes, service }: Instance, node: number, way: number): void {
  const arrives = span.duty + way;
  const wait = Math.max(0, opens[node]! - arrives - span.leavesBy);
  span.leavesBy = Math.min(span.leavesBy, closes[node]! - arrives);
  span.duty = arrives + wait + service[node]!;
}

const scratch: Span = { duty: 0, leavesBy: 0 };

/** Recomputes what is kept for route `v`, adds its duty to the route's cost, and says what is too much. */
export function measureSpans(routes: Spanned, v: number): void {
  const { instance, width, stops, drive, dutyTo, leavesBy } = routes;
  const base = v * width;
  const end = base + routes.length[v]!;
  scratch.duty = 0;
  scratch.leavesBy = instance.leavesBy[v]!;
  for (let slot = base; slot < end; slot++) {
    goOnTo(scratch, instance, stops[slot]!, drive[slot]!);
    dutyTo[slot] = scratch.duty;
    leavesBy[slot] = scratch.leavesBy;
  }
  backward(routes, base, end);
  const duty = dutyOf(routes, v);
  routes.cost[v]! += dutyCost(instance, v, duty);
  routes.broken[v] = Math.max(0, duty - instance.dutyLongest[v]!);
}

function backward({ instance, stops, drive, dutyFrom, beginsAt }: Spanned, base: number, end: number): void {
  const { opens, closes, service } = instance;
  let duty = 0;
  let begin = -Infinity;
  dutyFrom[end] = duty;
  beginsAt[end] = begin;
  for (let slot = end - 1; slot >= base; slot--) {
    const node = stops[slot]!;
    const next = service[node]! + drive[slot + 1]!;
    const wait = Math.max(0, begin - next - closes[node]!);
    begin = Math.max(begin - next, opens[node]!) - wait;
    duty += next + wait;
    dutyFrom[slot] = duty;
    beginsAt[slot] = begin;
  }
}

/** Seconds of duty in route `v` as it is. */
export function dutyOf({ width, length, drive, dutyTo }: Spanned, v: number): number {
  const end = v * width + length[v]!;
  return length[v] === 0 ? 0 : dutyTo[end - 1]! + drive[end]!;
}

/** What so many seconds of duty cost vehicle `v`. */
export const dutyCost = ({ dutyPrice, overtimeAfter, overtimePrice }: Instance, v: number, duty: number): number =>
  duty * dutyPrice[v]! + (duty > overtimeAfter[v]! ? (duty - overtimeAfter[v]!) * overtimePrice[v]! : 0);
