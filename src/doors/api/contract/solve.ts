import { Type, type Static } from "typebox";
import { IsoInstant, object, orNull } from "./parts.ts";
import type { RouteTable } from "./route.ts";
import { SolveProblem } from "./solve-problem.ts";

/** How long the search may go on and what it makes small; all may be left out. */
const SolveQuery = object({
  seconds: Type.Optional(
    Type.Number({ minimum: 0.01, maximum: 3600, description: "to search; 5, or what the problem's own options say" }),
  ),
  iterations: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 10_000_000,
      description: "of each thread, for the same answer on any machine; `seconds` still bounds them",
    }),
  ),
  threads: Type.Optional(Type.Integer({ minimum: 1, maximum: 64, description: "side by side; 1, and 4 at most" })),
  seed: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 1 })),
  objective: Type.Optional(
    Type.Enum(["cost", "vehicles", "distance"], { description: "vehicles: as few as possible, then the shortest way" }),
  ),
});

/** Other formats are told by their own documentation. */
const ForeignProblem = (description: string) => Type.Object({}, { additionalProperties: true, description });

const SolveBody = Type.Union([
  SolveProblem,
  ForeignProblem("a problem in the form of VROOM's API: vehicles, jobs, shipments, matrices, options"),
  ForeignProblem("a request of Google Route Optimization's OptimizeTours"),
]);

const SolveAnswer = Type.Object(
  {},
  {
    additionalProperties: true,
    description:
      "In the form of the problem's format. Milepool's own: vehicles, distance, cost, unassigned, seconds, iterations, routes, terms, plan, why (for each order left out and each vehicle what stands against it and by how much, and what is better than in the plan given)",
  },
);

const Improvement = object({
  after: Type.Number({ description: "seconds of searching" }),
  vehicles: Type.Integer(),
  distance: Type.Number(),
  cost: Type.Number(),
  unassigned: Type.Integer(),
  iterations: Type.Integer(),
});

export const SolveJobView = object(
  {
    id: Type.String({ format: "uuid" }),
    state: Type.Enum(["waiting", "running", "done", "cancelled", "failed"]),
    seconds: Type.Number({ description: "how long it may search" }),
    placedAt: IsoInstant,
    startedAt: orNull(IsoInstant),
    endedAt: orNull(IsoInstant),
    best: orNull(Improvement),
  },
  "A search on its own; ended ones are kept for an hour, twenty of a participant, and not over a restart",
);
export type SolveJobView = Static<typeof SolveJobView>;

const SolveJobDetail = object({
  ...SolveJobView.properties,
  improvements: Type.Array(Improvement, { description: "the best over time" }),
  answer: orNull(SolveAnswer),
});

const ofJob = object({ id: Type.String({ format: "uuid" }) });

export const solveRoutes = {
  solve: {
    method: "POST",
    path: "/v1/solve",
    group: "Solving",
    may: "fleet:read",
    does: "Good routes for a problem, within seconds: Milepool's own format, VROOM's or Google's, known by its content and answered alike",
    query: SolveQuery,
    body: SolveBody,
    checked: Type.Object({}),
    largest_bytes: 8 * 1_048_576,
    answers: { 200: SolveAnswer },
  },
  placeSolveJob: {
    method: "POST",
    path: "/v1/solve/jobs",
    group: "Solving",
    may: "fleet:read",
    does: "The same for longer searches: answers at once, and the job is asked about",
    query: SolveQuery,
    body: SolveBody,
    checked: Type.Object({}),
    largest_bytes: 8 * 1_048_576,
    answers: { 202: SolveJobView },
  },
  listSolveJobs: {
    method: "GET",
    path: "/v1/solve/jobs",
    group: "Solving",
    may: "fleet:read",
    does: "Your jobs, the newest first",
    answers: { 200: object({ jobs: Type.Array(SolveJobView) }) },
  },
  getSolveJob: {
    method: "GET",
    path: "/v1/solve/jobs/:id",
    group: "Solving",
    may: "fleet:read",
    does: "One job, with its answer once it has ended",
    params: ofJob,
    answers: { 200: SolveJobDetail },
  },
  streamSolveJob: {
    method: "GET",
    path: "/v1/solve/jobs/:id/stream",
    group: "Solving",
    may: "fleet:read",
    does: "Each better plan's figures as event `best`, then the job as `ended`",
    params: ofJob,
    produces: "text/event-stream",
    answers: { 200: Type.String() },
  },
  cancelSolveJob: {
    method: "POST",
    path: "/v1/solve/jobs/:id/cancel",
    group: "Solving",
    may: "fleet:read",
    does: "Stops it; its answer is the best so far",
    params: ofJob,
    answers: { 200: SolveJobDetail },
  },
} as const satisfies RouteTable;
