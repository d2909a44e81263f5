import { readFile as readText, writeFile } from "node:fs/promises";
import { parseArgs, usage, type SolveRequest } from "./args.ts";
import { asGeoJson, asSvg } from "./draw.ts";
import { faultLine, type Fault, type Read } from "./fault.ts";
import { readFile } from "./formats.ts";
import type { Figures, Search, TravelFor } from "./ports.ts";
import { reportOf, text } from "./report.ts";
import type { Outcome, Task } from "./task.ts";
import { round } from "./why.ts";

/** Where the command reads and writes, and who searches; a test passes its own. */
export interface SolveIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Whether standard error is read by a person, who sees one line that changes. */
  readonly isWatched: boolean;
  /** Rejects when the file cannot be read. */
  readonly readFile: (path: string) => Promise<string>;
  readonly writeFile: (path: string, text: string) => Promise<void>;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
  readonly search: Search;
  readonly travelFor: TravelFor;
  /** Aborted when whoever asked has had enough. */
  readonly enough?: AbortSignal;
}

/** The terminal and the disk. */
export const terminal: Omit<SolveIo, "search" | "travelFor"> = {
  stdout: (words) => process.stdout.write(words),
  stderr: (words) => process.stderr.write(words),
  isWatched: process.stderr.isTTY,
  readFile: (path) => readText(path, "utf8"),
  writeFile: (path, words) => writeFile(path, words),
  now: () => performance.now(),
};

/**
 * `milepool solve FILE …`: `args` are those behind `solve`. Answers the exit code: 0 done, 1 the file could not be read,
 * written or understood, 2 wrong use. With `--json` there is one document on standard output either way.
 */
export async function solveCommand(args: readonly string[], io: SolveIo): Promise<number> {
  const request = parseArgs(args);
  if (request === null) {
    io.stdout(usage);
    return 0;
  }
  if (typeof request === "string") {
    io.stderr(`${request}\n\n${usage}`);
    return 2;
  }
  const begun = io.now();
  const content = await attempt(io.readFile(request.file), request.file, "name a file that can be read");
  const task = content.ok ? await readFile(content.value, request.format, io.travelFor) : content;
  if (!task.ok) return refuse(request, task.faults, io);
  for (const remark of task.value.remarks) io.stderr(`${remark}\n`);
  return await answer(request, task.value, io.now() - begun, io);
}

async function answer(request: SolveRequest, task: Task, loading_ms: number, io: SolveIo): Promise<number> {
  const begun = io.now();
  const { seconds, iterations, seed, threads } = request;
  const { problem, start } = task;
  const tell = progress(task, begun, io);
  const solution =
    task.given ??
    (await io.search(
      {
        problem,
        objective: request.objective ?? task.objective,
        seed,
        threads,
        budget: iterations === null ? { seconds } : { iterations },
        ...(start ? { start } : {}),
      },
      tell.best,
      io.enough,
    ));
  tell.done();
  const outcome: Outcome = { solution, loading_ms, solving_ms: io.now() - begun };
  const report = reportOf(task, solution, outcome.solving_ms);
  const document = `${JSON.stringify((await task.answer?.(outcome)) ?? report)}\n`;
  const files: readonly (readonly [path: string | null, content: string | null])[] = [
    [request.out, task.out?.(report) ?? document],
    [request.svg, request.svg === null ? null : asSvg(task, solution)],
    [request.geojson, request.geojson === null ? null : asGeoJson(task, solution)],
  ];
  for (const [path, content] of files) {
    if (path === null) continue;
    if (content === null) return refuse(request, [nowhere(path)], io);
    const saved = await attempt(io.writeFile(path, content), path, "name a file that can be written");
    if (!saved.ok) return refuse(request, saved.faults, io);
  }
  io.stdout(request.json ? document : text(report));
  return 0;
}

const nowhere = (path: string): Fault => ({
  path,
  what: "the problem does not say where on the map its places are",
  mend: "give every place its coordinates, or leave the drawing out",
});

/** What is told while it searches: the best so far, on one line that changes where somebody watches. */
function progress(task: Task, begun: number, io: SolveIo): { best(best: Figures): void; done(): void } {
  let width = 0;
  const own = (value: number): string => round(value / task.unit);
  return {
    best({ vehicles, meters, cost, unassigned, iterations }) {
      const line =
        `${((io.now() - begun) / 1000).toFixed(1)} s  ${vehicles} vehicles  distance ${own(meters)}  cost ${own(cost)}` +
        `  ${unassigned} left out  ${iterations} iterations`;
      io.stderr(io.isWatched ? `\r${line.padEnd(width)}` : `${line}\n`);
      width = line.length;
    },
    done() {
      if (io.isWatched && width > 0) io.stderr("\n");
    },
  };
}

async function attempt<Value>(work: Promise<Value>, path: string, mend: string): Promise<Read<Value>> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    return { ok: false, faults: [{ path, what: error instanceof Error ? error.message : String(error), mend }] };
  }
}

function refuse(request: SolveRequest, faults: readonly Fault[], io: SolveIo): number {
  if (request.json) io.stdout(`${JSON.stringify({ faults })}\n`);
  for (const fault of faults) io.stderr(`${faultLine(fault)}\n`);
  return 1;
}
