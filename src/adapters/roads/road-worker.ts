import { parentPort } from "node:worker_threads";
import { buildSkeleton, climbingSearch, Customiser, graphUnder, openRoads, type Roads } from "../../roads/index.ts";
import { BoundedMap } from "./bounded-map.ts";
import { keepPrepared } from "./kept-roads.ts";
import { matrixRows } from "./matrix-rows.ts";
import type { ContractJob, MatrixJob, MetricJob, RoadJob, RoadJobDone } from "./road-jobs.ts";
import { shared } from "./shared-arrays.ts";

// Runs in worker threads (see road-workers.ts): ordering a city takes seconds, a large matrix a second.

/** By profile, and by metric. Opening again takes some milliseconds. */
const customisers = new BoundedMap<string, Customiser>(2);
const opened = new BoundedMap<string, Roads>(2);

function contract({ graph, path }: ContractJob): RoadJobDone["contract"] {
  const hierarchy = shared(new Customiser(buildSkeleton(graph), graph).customise(graph.turnKey));
  return { hierarchy, kept: path !== null && keepPrepared(path, { graph, hierarchy }) };
}

function metric({ graph, skeleton, when, conditions }: MetricJob): RoadJobDone["metric"] {
  const { arcKey, turnKey, stretchArcs, stretchShut } = graphUnder(graph, when, conditions);
  const customiser = customisers.take(graph.profile, () => new Customiser(skeleton, graph));
  const { upKey, upVia, downKey, downVia } = customiser.customise(turnKey);
  return shared({
    graph: { arcKey, turnKey, stretchArcs, stretchShut },
    hierarchy: { upKey, upVia, downKey, downVia },
  });
}

function matrix({ metric: name, graph, hierarchy, from, to }: MatrixJob): RoadJobDone["matrix"] {
  return matrixRows(
    opened.take(name, () => openRoads(graph, climbingSearch(hierarchy))),
    from,
    to,
  );
}

parentPort?.on("message", ({ id, job }: { readonly id: number; readonly job: RoadJob }) => {
  if (job.kind === "contract") answer(id, contract(job), []);
  else if (job.kind === "metric") answer(id, metric(job), []);
  else {
    const done = matrix(job);
    answer(id, done, [done.seconds.buffer, done.meters.buffer]);
  }
});

function answer(id: number, done: RoadJobDone[RoadJob["kind"]], moved: ArrayBuffer[]): void {
  parentPort?.postMessage({ id, done }, moved);
}
