// Searches side by side for the optimizer's benches, and the prototypes to compare with.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { Objective, Problem, Solution } from "../src/optimizer/index.ts";
import { root } from "./program.ts";
import type { ThreadOrder } from "./optimizer-thread.ts";

export const baselines = process.env["BASELINES"] ?? join(root, "../shared/baselines");
export const benchmarks = join(process.env["MILEPOOL_TEST_DATA"] ?? join(root, "../shared/data"), "benchmarks");

export interface Settings {
  readonly seconds: number;
  readonly seeds: readonly number[];
  readonly threads: number;
  /** Names of instances, or numbers of orders; empty: all. */
  readonly only: readonly string[];
  /** Whether the prototype runs beside. */
  readonly peer: boolean;
}

/** What a search is asked for. */
export interface Task {
  readonly problem: Problem;
  readonly objective: Objective;
  readonly seed: number;
  readonly seconds: number;
  readonly threads: number;
}

/** `threads` searches with seeds of their own, exchanging their best; the best of all, with the iterations of all. */
export async function searched({ problem, objective, seed, seconds, threads }: Task): Promise<Solution> {
  const begun_ms = performance.timeOrigin + performance.now();
  const ports: MessagePort[][] = Array.from({ length: threads }, () => []);
  for (let a = 0; a < threads; a++) {
    for (let b = 0; b < a; b++) {
      const { port1, port2 } = new MessageChannel();
      ports[a]!.push(port1);
      ports[b]!.push(port2);
    }
  }
  const solutions = await Promise.all(
    ports.map((others, k) => {
      const order: ThreadOrder = { problem, objective, seed: seed * threads + k, begun_ms, seconds, others };
      return inThread(order);
    }),
  );
  const best = solutions.reduce((a, b) => (isBetter(b, a, objective) ? b : a));
  return { ...best, iterations: solutions.reduce((sum, s) => sum + s.iterations, 0) };
}

function inThread(order: ThreadOrder): Promise<Solution> {
  const url = new URL("./optimizer-thread.ts", import.meta.url);
  const worker = new Worker(url, { workerData: order, transferList: [...order.others] });
  return new Promise((resolve, reject) => {
    worker.on("message", (solution: Solution) => resolve(solution));
    worker.on("error", reject);
  });
}

function isBetter(a: Solution, b: Solution, objective: Objective): boolean {
  const rank = ({ unassigned, vehicles, meters, cost }: Solution): number[] =>
    objective === "cost" ? [cost.total] : [unassigned.length, objective === "vehicles" ? vehicles : 0, meters];
  const [x, y] = [rank(a), rank(b)];
  const at = x.findIndex((value, k) => value !== y[k]);
  return at >= 0 && x[at]! < y[at]!;
}

/** What one of the reference scripts prints, read as JSON; several at once, as many as there are threads. */
export function script(name: string, args: readonly (string | number)[]): Promise<Readonly<Record<string, number>>> {
  const child = spawn(process.execPath, [join(baselines, name), ...args.map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  return new Promise((resolve, reject) => {
    child.on("close", () => {
      try {
        resolve(JSON.parse(out) as Readonly<Record<string, number>>);
      } catch (error) {
        reject(error);
      }
    });
  });
}

export const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

/** `1.23 %`. */
export const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
