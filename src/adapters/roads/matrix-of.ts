import { type TravelMatrix, unreachable } from "../../domain/ports.ts";
import type { RoadSnap } from "../../roads/index.ts";
import { matrixRows } from "./matrix-rows.ts";
import type { Metric, SnapAnswer } from "./metric.ts";
import type { MatrixRows } from "./road-jobs.ts";
import type { RoadWorkers } from "./road-workers.ts";

/**
 * Cells from which on worker threads share the rows. They do not remember what was found around a point, so that a
 * thousand squared is answered sooner here: in a tenth of a second.
 */
const large = 1_500_000;

interface Placed {
  readonly at: number;
  readonly snap: RoadSnap;
}

/** All rows are of one metric. What could not be snapped is unreachable. */
export async function matrixOf(
  metric: Metric,
  sources: readonly SnapAnswer[],
  targets: readonly SnapAnswer[],
  workers: RoadWorkers,
): Promise<TravelMatrix> {
  const [from, to] = [placed(sources), placed(targets)];
  const size = sources.length * targets.length;
  const [seconds, meters] = [new Uint32Array(size).fill(unreachable), new Uint32Array(size).fill(unreachable)];
  const write = (rows: readonly Placed[], found: MatrixRows): void => {
    const columns = to.map(({ at }) => at);
    rows.forEach(({ at: row }, i) => {
      const [first, cell] = [i * to.length, row * targets.length];
      const [times, lengths] = [found.seconds, found.meters].map((all) => all.subarray(first, first + to.length));
      scatter(times!, columns, seconds.subarray(cell, cell + targets.length));
      scatter(lengths!, columns, meters.subarray(cell, cell + targets.length));
    });
  };
  const isLarge = from.length * to.length >= large && metric.hierarchy !== null;
  if (isLarge) {
    const shares = split(from, workers.size);
    const found = await Promise.all(shares.map((rows) => askWorker(metric, rows, to, workers)));
    shares.forEach((rows, i) => write(rows, found[i]!));
  } else write(from, matrixRows(metric.roads, snapsOf(from), snapsOf(to)));
  return { sources: sources.length, targets: targets.length, seconds, meters, source: "roads" };
}

function scatter(from: Uint32Array, columns: readonly number[], row: Uint32Array): void {
  if (columns.length === row.length) row.set(from);
  else columns.forEach((column, i) => void (row[column] = from[i]!));
}

const placed = (answers: readonly SnapAnswer[]): Placed[] =>
  answers.flatMap((answer, at) => (answer.ok ? [{ at, snap: answer.value }] : []));

const snapsOf = (all: readonly Placed[]): RoadSnap[] => all.map(({ snap }) => snap);

function split<Item>(items: readonly Item[], parts: number): (readonly Item[])[] {
  const size = Math.ceil(items.length / parts);
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** Whom no worker answers, because all were closed, answers itself. */
async function askWorker(
  { name, roads, hierarchy }: Metric,
  rows: readonly Placed[],
  to: readonly Placed[],
  workers: RoadWorkers,
): Promise<MatrixRows> {
  const [from, ends] = [snapsOf(rows), snapsOf(to)];
  const graph = { ...roads.graph, names: [] };
  const job = { kind: "matrix", metric: name, graph, hierarchy: hierarchy!, from, to: ends } as const;
  return (await workers.run(job)) ?? matrixRows(roads, from, ends);
}
