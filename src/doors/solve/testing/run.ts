import assert from "node:assert/strict";
import { solve } from "../../../optimizer/index.ts";
import { solveCommand } from "../index.ts";
import type { Search } from "../ports.ts";
import { travelFor } from "./travel.ts";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly files: Map<string, string>;
}

/** Searches here and now: by iterations, as threads would, one after the other. */
const searchHere: Search = async ({ problem, objective, seed, budget, start }) => {
  assert.ok("iterations" in budget, "a test counts iterations");
  return solve(problem, { objective, seed, budget, ...(start ? { start } : {}) });
};

/** The command on files in memory. */
export async function run(args: string, ...inputs: (readonly [string, string])[]): Promise<Ran> {
  const files = new Map(inputs);
  const said = { stdout: "", stderr: "" };
  const code = await solveCommand(args.split(" ").filter(Boolean), {
    stdout: (text) => void (said.stdout += text),
    stderr: (text) => void (said.stderr += text),
    readFile: (path) => {
      const text = files.get(path);
      return text === undefined ? Promise.reject(new Error(`no file ${path}`)) : Promise.resolve(text);
    },
    writeFile: (path, text) =>
      path.startsWith("full/") ? Promise.reject(new Error("no room")) : Promise.resolve(void files.set(path, text)),
    isWatched: false,
    now: () => performance.now(),
    search: searchHere,
    travelFor,
  });
  return { code, ...said, files };
}
