import { formatNames } from "./formats.ts";
import type { Objective } from "../../optimizer/index.ts";

/** What the command line asks for. */
export interface SolveRequest {
  readonly file: string;
  /** Wall-clock budget; not asked when `iterations` is given. */
  readonly seconds: number;
  /** Fixed number of iterations, for an answer that is the same on any machine. */
  readonly iterations: number | null;
  readonly threads: number;
  readonly seed: number;
  /** Null: what the file's kind is compared by. */
  readonly objective: Objective | null;
  /** Null: what the content shows. */
  readonly format: string | null;
  readonly json: boolean;
  readonly out: string | null;
  readonly svg: string | null;
  readonly geojson: string | null;
}

export const usage = `milepool solve FILE [options]

Finds good routes for the problem in FILE: Milepool's own JSON, VROOM's or Google Route Optimization's, or an instance of
VRPLIB (CVRP, VRPTW, MDVRPTW), Solomon or Li & Lim. Ctrl+C ends the search with the best so far.

  --seconds S            how long to search (10)
  --iterations N         search exactly N iterations instead: the same answer on any machine
  --threads N            searches at once, which tell each other their best (1)
  --seed K               where chance begins (1)
  --objective GOAL       cost, vehicles (fewest, then least distance) or distance
                         (JSON: cost; VRPLIB: distance; Solomon, Li & Lim: vehicles)
  --format NAME          read FILE as ${formatNames.join(", ")}
                         (what its content shows)
  --json                 one JSON document on standard output, in the form of the problem's format
  --out FILE             write the routes: JSON, SINTEF's "Route 1 : …" for Solomon and Li & Lim, CVRPLIB's "Route #1: …"
  --svg FILE             draw them
  --geojson FILE         write them for a map, where the problem has coordinates
  --help                 this text

Examples:
  milepool solve problem.json --seconds 5
  milepool solve lr104.txt --seconds 10 --threads 2 --out lr104.sol
  milepool solve vroom.json --json --svg plan.svg

Exits 0 when done, also with Ctrl+C, 1 when the file cannot be read or understood, 2 on wrong use.
`;

const valued = [
  "--seconds",
  "--iterations",
  "--threads",
  "--seed",
  "--objective",
  "--format",
  "--out",
  "--svg",
  "--geojson",
];
const objectives: readonly Objective[] = ["cost", "vehicles", "distance"];

/** The request, or one sentence about what is wrong with it; null asks for help. */
export function parseArgs(args: readonly string[]): SolveRequest | string | null {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const files: string[] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const [name, inline] = arg.startsWith("--") ? split(arg) : [arg, null];
    if (name === "--help" || name === "-h") return null;
    if (name === "--json") flags.add(name);
    else if (valued.includes(name)) {
      const value = inline ?? rest.shift();
      if (value === undefined) return `${name} needs a value`;
      values.set(name, value);
    } else if (name.startsWith("-")) return `unknown option ${name}`;
    else files.push(name);
  }
  if (files.length !== 1) return files.length === 0 ? "FILE is missing" : `one FILE at a time, not ${files.length}`;
  return request(files[0]!, values, flags.has("--json"));
}

function split(arg: string): [string, string | null] {
  const at = arg.indexOf("=");
  return at < 0 ? [arg, null] : [arg.slice(0, at), arg.slice(at + 1)];
}

function request(file: string, values: ReadonlyMap<string, string>, json: boolean): SolveRequest | string {
  const faults: string[] = [];
  const number = (name: string, missing: number, fits: (n: number) => boolean, what: string): number => {
    const text = values.get(name);
    const value = text === undefined ? missing : text.trim() === "" ? Number.NaN : Number(text);
    if (!fits(value)) faults.push(`${name} takes ${what}, not ${text}`);
    return value;
  };
  const whole =
    (least: number, most: number) =>
    (n: number): boolean =>
      Number.isInteger(n) && n >= least && n <= most;
  const objective = values.get("--objective") ?? null;
  if (objective !== null && !objectives.includes(objective as Objective)) {
    faults.push(`--objective takes ${objectives.join(", ")}, not ${objective}`);
  }
  const format = values.get("--format") ?? null;
  if (format !== null && !formatNames.includes(format))
    faults.push(`--format takes ${formatNames.join(", ")}, not ${format}`);
  const answer: SolveRequest = {
    file,
    seconds: number("--seconds", 10, (n) => n > 0 && n <= 86_400, "seconds, more than 0 and at most 86400"),
    iterations: values.has("--iterations")
      ? number("--iterations", 0, whole(0, 1e12), "a whole number from 0 on")
      : null,
    threads: number("--threads", 1, whole(1, 64), "a whole number from 1 to 64"),
    seed: number("--seed", 1, whole(0, Number.MAX_SAFE_INTEGER), "a whole number from 0 on"),
    objective: objective as Objective | null,
    format,
    json,
    out: values.get("--out") ?? null,
    svg: values.get("--svg") ?? null,
    geojson: values.get("--geojson") ?? null,
  };
  return faults[0] ?? answer;
}
