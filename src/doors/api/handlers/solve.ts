import { instant, toIso } from "../../../kernel/quantity.ts";
import {
  faultLine,
  jsonFormatOf,
  vroomError,
  type SolveAsk,
  type SolveJob,
  type SolveRefusal,
} from "../../solve/index.ts";
import type { Api, Asked } from "../context.ts";
import type { Answer, SolveJobView } from "../contract.ts";
import { Refused } from "../problems.ts";
import { openStream, resumeAfter } from "../sse.ts";

type Asking = Asked<"solve"> | Asked<"placeSolveJob">;

const askOf = ({ body, query }: Asking): SolveAsk => ({
  problem: body,
  seconds: query.seconds ?? null,
  iterations: query.iterations ?? null,
  threads: query.threads ?? null,
  seed: query.seed ?? 1,
  objective: query.objective ?? null,
});

/** Whoever hangs up has had enough: the search ends. */
export async function solve({ desk }: Api, asked: Asked<"solve">): Promise<unknown> {
  const owner = asked.scope.viewer;
  const placed = await desk.place(owner, askOf(asked), true);
  if (!placed.ok) return refuse(asked, placed.refusal);
  const { id } = placed.value;
  const hungUp = (): void => void (asked.reply.raw.writableFinished || desk.cancel(owner, id));
  asked.reply.raw.once("close", hungUp);
  const { answer } = (await desk.ended(owner, id))!;
  if (answer === null) throw new Error("a search failed");
  return answer;
}

export async function placeSolveJob({ desk }: Api, asked: Asked<"placeSolveJob">): Promise<unknown> {
  const placed = await desk.place(asked.scope.viewer, askOf(asked), false);
  if (!placed.ok) return refuse(asked, placed.refusal);
  void asked.reply.code(202).header("location", `/v1/solve/jobs/${placed.value.id}`);
  return viewOf(placed.value);
}

/** To a problem in VROOM's form the refusal comes as VROOM says it: whoever changed but the URL reads that. */
function refuse({ body, reply }: Asking, refusal: SolveRefusal): unknown {
  if (refusal.code !== "SOLVE_PROBLEM_WRONG") throw new Refused(refusal);
  const { faults } = refusal;
  if (jsonFormatOf(body) !== "vroom") throw new Refused({ ...refusal, field: faults[0]?.path ?? "The body" });
  return reply.code(400).send(vroomError(faults.map(faultLine).join("; ")));
}

export const listSolveJobs = ({ desk }: Api, { scope }: Asked<"listSolveJobs">): Answer<"listSolveJobs"> => ({
  jobs: desk.jobs(scope.viewer).map(viewOf),
});

export const getSolveJob = ({ desk }: Api, { scope, params }: Asked<"getSolveJob">): Answer<"getSolveJob"> =>
  detailOf(known(desk.job(scope.viewer, params.id)));

export const cancelSolveJob = async (
  { desk }: Api,
  { scope, params }: Asked<"cancelSolveJob">,
): Promise<Answer<"cancelSolveJob">> => detailOf(known(await desk.cancel(scope.viewer, params.id)));

/** Improvements are counted from 1, so that a reader who comes back goes on after its last. */
export function streamSolveJob({ desk }: Api, { scope, params, request, reply }: Asked<"streamSolveJob">): void {
  const job = known(desk.job(scope.viewer, params.id));
  let told = resumeAfter(request.headers["last-event-id"], undefined) ?? 0;
  const stream = openStream(reply, scope.by);
  const tell = (): void => {
    for (; told < job.improvements.length; told++)
      stream.send({ name: "best", id: told + 1, data: job.improvements[told] });
    if (job.endedAt_ms === null) return;
    stream.send({ name: "ended", data: viewOf(job) });
    stream.end();
  };
  stream.onClose(desk.watch(scope.viewer, params.id, tell));
  tell();
}

function known(job: SolveJob | null): SolveJob {
  if (job === null) throw new Refused({ code: "SOLVE_JOB_NOT_FOUND" });
  return job;
}

const moment = (at_ms: number | null): string | null => (at_ms === null ? null : toIso(instant(at_ms)));

const viewOf = (job: SolveJob): SolveJobView => ({
  id: job.id,
  state: job.state,
  seconds: job.seconds,
  placedAt: toIso(instant(job.placedAt_ms)),
  startedAt: moment(job.startedAt_ms),
  endedAt: moment(job.endedAt_ms),
  best: job.improvements.at(-1) ?? null,
});

const detailOf = (job: SolveJob): Answer<"getSolveJob"> => ({
  ...viewOf(job),
  improvements: [...job.improvements],
  answer: job.answer,
});
