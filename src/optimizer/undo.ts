import { rebuild, type Routes } from "./routes.ts";

/** What routes were before the current step, copied at their first touch, so that a rejected step costs what it touched. */
export interface Undo {
  stops: Int32Array;
  width: number;
  readonly length: Int32Array;
  readonly cost: Float64Array;
  readonly version: Int32Array;
  /** Vehicles touched in this step. */
  readonly touched: Int32Array;
  readonly touchedIn: Int32Array;
  count: number;
  step: number;
}

export const newUndo = (vehicles: number): Undo => ({
  stops: new Int32Array(0),
  width: 0,
  length: new Int32Array(vehicles),
  cost: new Float64Array(vehicles),
  version: new Int32Array(vehicles),
  touched: new Int32Array(vehicles),
  touchedIn: new Int32Array(vehicles),
  count: 0,
  step: 0,
});

/** Forgets the last step: from here on there is no way back behind it. */
export function beginStep(undo: Undo): void {
  undo.step++;
  undo.count = 0;
}

/** Call before the first change of route `v` in a step. */
export function touch(undo: Undo, routes: Routes, v: number): void {
  if (undo.touchedIn[v] === undo.step) return;
  if (undo.width < routes.width) widen(undo, routes.width);
  undo.touchedIn[v] = undo.step;
  undo.touched[undo.count++] = v;
  undo.length[v] = routes.length[v]!;
  undo.cost[v] = routes.cost[v]!;
  undo.version[v] = routes.version[v]!;
  copy(routes.stops, v * routes.width, undo.stops, v * undo.width, routes.length[v]!);
}

function widen(undo: Undo, width: number): void {
  const { stops } = undo;
  const old = undo.width;
  undo.stops = new Int32Array(width * undo.length.length);
  undo.width = width;
  for (let k = 0; k < undo.count; k++) {
    const v = undo.touched[k]!;
    copy(stops, v * old, undo.stops, v * width, undo.length[v]!);
  }
}

/** By hand: routes are short, and a call into the engine costs more than the copy. */
function copy(source: Int32Array, from: number, target: Int32Array, to: number, count: number): void {
  for (let k = 0; k < count; k++) target[to + k] = source[from + k]!;
}

/** By how much the touched routes have become dearer. */
export function changeOfCost(undo: Undo, routes: Routes): number {
  let change = 0;
  for (let k = 0; k < undo.count; k++) {
    const v = undo.touched[k]!;
    change += routes.cost[v]! - undo.cost[v]!;
  }
  return change;
}

/** Takes the step back, versions included. The caller gives back what it had counted as left out. */
export function takeBack(undo: Undo, routes: Routes): void {
  for (let k = 0; k < undo.count; k++) {
    const v = undo.touched[k]!;
    for (let slot = v * routes.width, end = slot + routes.length[v]!; slot < end; slot++)
      routes.routeOf[routes.stops[slot]!] = -1;
  }
  for (let k = 0; k < undo.count; k++) {
    const v = undo.touched[k]!;
    copy(undo.stops, v * undo.width, routes.stops, v * routes.width, undo.length[v]!);
    routes.length[v] = undo.length[v]!;
    rebuild(routes, v, undo.version[v]);
  }
}
