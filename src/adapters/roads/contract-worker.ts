import { parentPort } from "node:worker_threads";
import { contract, type Hierarchy, type RoadGraph } from "../../roads/index.ts";
import { keepPrepared } from "./kept-roads.ts";

// Runs in a worker thread of its own (see contractor.ts): contracting a city takes seconds.

/** A graph to contract and, where it is to be kept, the file. */
export interface ContractJob {
  readonly job: number;
  readonly graph: RoadGraph;
  readonly path: string | null;
}

export interface ContractDone {
  readonly job: number;
  readonly hierarchy: Hierarchy;
  /** Whether graph and hierarchy now stand in the file. */
  readonly kept: boolean;
}

parentPort?.on("message", ({ job, graph, path }: ContractJob) => {
  const hierarchy = contract(graph);
  const kept = path !== null && keepPrepared(path, { graph, hierarchy });
  const done: ContractDone = { job, hierarchy, kept };
  parentPort?.postMessage(
    done,
    Object.values(hierarchy).map((array: Uint32Array<ArrayBuffer>) => array.buffer),
  );
});
