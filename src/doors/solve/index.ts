import { readFile, writeFile } from "node:fs/promises";
import { parseArgs, usage, type SolveRequest } from "./args.ts";
import { faultLine, type Fault, type Read } from "./fault.ts";
import { readLiLim } from "./read-lilim.ts";
import { readProblem } from "./read-problem.ts";
import { reportOf, round, sintef, text } from "./report.ts";
import { epoch, searchInThreads, type Figures } from "./search.ts";
import type { Task } from "./task.ts";

/** Where the command reads and writes; a test passes its own. */
export interface SolveIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Rejects when the file cannot be read. */
  readonly readFile: (path: string) => Promise<string>;
  readonly writeFile: (path: string, text: string) => Promise<void>;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
}

const terminal: SolveIo = {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  readFile: (path) => readFile(path, "utf8"),
  writeFile: (path, text) => writeFile(path, text),
  now: () => performance.now(),
};

/**
 * `milepool solve FILE …`: `args` are those behind `solve`. Answers the exit code: 0 done, 1 the file could not be read,
 * written or understood, 2 wrong use. With `--json` there is one document on standard output either way.
 */
export async function solveCommand(args: readonly string[], io: SolveIo = terminal): Promise<number> {
  const request = parseArgs(args);
  if (request === null) {
    io.stdout(usage);
    return 0;
  }
  if (typeof request === "string") {
    io.stderr(`${request}\n\n${usage}`);
    return 2;
  }
  const content = await attempt(io.readFile(request.file), request.file, "name a file that can be read");
  const task = content.ok ? readTask(content.value) : content;
  return task.ok ? await answer(request, task.value, io) : refuse(request, task.faults, io);
}

/** JSON begins with a brace; anything else is taken for Li & Lim's table of numbers. */
function readTask(content: string): Read<Task> {
  const begins = content.trimStart()[0];
  return begins !== undefined && /[0-9]/.test(begins) ? readLiLim(content) : readProblem(content);
}

async function answer(request: SolveRequest, task: Task, io: SolveIo): Promise<number> {
  const begun = io.now();
  const { seconds, iterations, seed } = request;
  const objective = request.objective ?? task.objective;
  const order = { problem: task.problem, objective, seconds, iterations, seed, begun_ms: epoch() };
  const solution = await searchInThreads(order, request.threads, (best) => io.stderr(progress(io.now() - begun, best)));
  const report = reportOf(task, solution, io.now() - begun);
  const document = `${JSON.stringify(report)}\n`;
  if (request.out !== null) {
    const written = io.writeFile(request.out, task.form === "sintef" ? sintef(report) : document);
    const saved = await attempt(written, request.out, "name a file that can be written");
    if (!saved.ok) return refuse(request, saved.faults, io);
  }
  io.stdout(request.json ? document : text(report));
  return 0;
}

const progress = (elapsed_ms: number, { vehicles, meters, cost, unassigned, iterations }: Figures): string =>
  `${(elapsed_ms / 1000).toFixed(1)} s  ${vehicles} vehicles  distance ${round(meters)}  cost ${round(cost)}` +
  `  ${unassigned} left out  ${iterations} iterations\n`;

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
