import { unreachable } from "../../domain/ports.ts";
import { decimetersOf, millisecondsOf, type Roads, type RoadSnap } from "../../roads/index.ts";
import type { MatrixRows } from "./road-jobs.ts";

/** Rows searched at a time: their keys take twice the room of the answer. */
const atOnce = 1000;

/** A matrix in whole seconds and metres, halves rounded up. */
export function matrixRows(roads: Roads, from: readonly RoadSnap[], to: readonly RoadSnap[]): MatrixRows {
  const size = from.length * to.length;
  const [seconds, meters] = [new Uint32Array(size), new Uint32Array(size)];
  for (let row = 0; row < from.length; row += atOnce)
    round(roads.matrix(from.slice(row, row + atOnce), to), seconds, meters, row * to.length);
  return { seconds, meters };
}

/** Sixteen million times in a large matrix: whole numbers, no calls of Math.round. */
function round(keys: Float64Array, seconds: Uint32Array, meters: Uint32Array, first: number): void {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    seconds[first + i] = key === Infinity ? unreachable : (millisecondsOf(key) + 500) / 1000;
    meters[first + i] = key === Infinity ? unreachable : (decimetersOf(key) + 5) / 10;
  }
}
