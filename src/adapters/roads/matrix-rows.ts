import { unreachable } from "../../domain/ports.ts";
import { decimetersOf, millisecondsOf, type Roads, type RoadSnap } from "../../roads/index.ts";
import type { MatrixRows } from "./road-jobs.ts";

/** Rows searched at a time: their keys take twice the room of the answer. */
const atOnce = 1000;

/** A matrix in whole seconds and metres. */
export function matrixRows(roads: Roads, from: readonly RoadSnap[], to: readonly RoadSnap[]): MatrixRows {
  const size = from.length * to.length;
  const [seconds, meters] = [new Uint32Array(size), new Uint32Array(size)];
  for (let row = 0; row < from.length; row += atOnce) {
    const keys = roads.matrix(from.slice(row, row + atOnce), to);
    const first = row * to.length;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      seconds[first + i] = key === Infinity ? unreachable : Math.round(millisecondsOf(key) / 1000);
      meters[first + i] = key === Infinity ? unreachable : Math.round(decimetersOf(key) / 10);
    }
  }
  return { seconds, meters };
}
