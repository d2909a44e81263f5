import assert from "node:assert/strict";
import { check, solve, type Solution } from "../../../optimizer/index.ts";
import { readFile } from "../formats.ts";
import type { Task } from "../task.ts";
import { travelFor } from "./travel.ts";

/** A problem in any format, as text or as what its JSON says. */
export async function read(content: unknown): Promise<Task> {
  const task = await readFile(typeof content === "string" ? content : JSON.stringify(content), null, travelFor);
  assert.ok(task.ok, JSON.stringify(task));
  return task.value;
}

/** The paths of all that is wrong with it. */
export async function faultsOf(content: unknown): Promise<string[]> {
  const task = await readFile(typeof content === "string" ? content : JSON.stringify(content), null, travelFor);
  return task.ok ? [] : task.faults.map(({ path }) => path);
}

/** A solution that the checker has nothing against. */
export function solved({ problem, objective }: Task): Solution {
  const solution = solve(problem, { seed: 1, objective, budget: { iterations: 200 } });
  assert.deepEqual(check(problem, solution), []);
  return solution;
}

/** The answer in the form of the problem. */
// oxlint-disable-next-line typescript/no-explicit-any -- the tests read what they name; a wrong name shows as undefined
export async function answered(content: unknown): Promise<any> {
  const task = await read(content);
  return task.answer!({ solution: solved(task), loading_ms: 1, solving_ms: 2 });
}

/** Places on a street, `step` apart. */
export const street = (places: number, step: number): number[][] =>
  Array.from({ length: places }, (_, i) => Array.from({ length: places }, (_, j) => Math.abs(i - j) * step));
