import {
  pathTo,
  routes,
  type Answer,
  type Body,
  type Params,
  type Problem,
  type Query,
  type RouteName,
  type RouteSpec,
} from "../../../src/doors/api/contract.ts";

/** The server understood and said no: what happened (`detail`) and how to mend it (`mend`). */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The server did not answer, or not in our words. */
export class Unreachable extends Error {}

export interface Asking<N extends RouteName> {
  readonly params?: Params<N>;
  readonly query?: Query<N>;
  readonly body?: Body<N>;
  /** The body as it is, where the route takes something else than JSON. */
  readonly raw?: Blob;
  /** The version that was edited: a newer one refuses the change. */
  readonly ifMatch?: number;
  /** Repeats of this very request do nothing more. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

let actingAs: string | null = null;
/** On whose behalf everything from now on is asked; null: whoever the session belongs to. */
export const actAs = (participant: string | null): void => {
  actingAs = participant;
};

const headersOf = (spec: RouteSpec, asking: Asking<RouteName>): Headers => {
  const headers = new Headers({ accept: spec.produces ?? "application/json" });
  if (asking.body !== undefined || asking.raw !== undefined)
    headers.set("content-type", spec.consumes ?? "application/json");
  if (actingAs !== null && spec.may !== null) headers.set("milepool-as", actingAs);
  if (asking.ifMatch !== undefined) headers.set("if-match", `"${asking.ifMatch}"`);
  if (asking.idempotencyKey !== undefined) headers.set("idempotency-key", asking.idempotencyKey);
  return headers;
};

/** Asks by the contract's name of the route. Throws `Refused` or `Unreachable`, nothing else (but for an abort). */
export async function ask<N extends RouteName>(name: N, asking: Asking<N> = {}): Promise<Answer<N>> {
  const spec: RouteSpec = routes[name];
  const response = await reach(pathTo(name, asking.params ?? null, asking.query ?? null), {
    method: spec.method,
    headers: headersOf(spec, asking),
    body: asking.raw ?? (asking.body === undefined ? null : JSON.stringify(asking.body)),
    ...(asking.signal ? { signal: asking.signal } : {}),
  });
  if (response.status === 204) return null as Answer<N>;
  return (spec.produces ? await response.text() : await response.json()) as Answer<N>;
}

/** `fetch` with our kinds of no. */
export async function reach(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, credentials: "same-origin" });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new Unreachable("the network's server did not answer", { cause });
  }
  if (!response.ok) throw await refusalOf(response);
  return response;
}

async function refusalOf(response: Response): Promise<Refused | Unreachable> {
  if (!/json/.test(response.headers.get("content-type") ?? ""))
    return new Unreachable(`the server answered ${response.status} without a reason`);
  const problem = (await response.json().catch(() => null)) as Problem | null;
  return problem?.detail === undefined
    ? new Unreachable(`the server answered ${response.status}`)
    : new Refused(problem);
}

/** Headers of a stream: whose it is, and where it broke off. */
export const streamHeaders = (lastEventId: string | null): HeadersInit => ({
  accept: "text/event-stream",
  ...(actingAs === null ? {} : { "milepool-as": actingAs }),
  ...(lastEventId === null ? {} : { "last-event-id": lastEventId }),
});

/** A link that the browser follows itself (a download): the viewer travels in the query. */
export const linkTo: typeof pathTo = (name, params, query) =>
  pathTo(name, params, (actingAs === null ? query : { ...query, as: actingAs }) as typeof query);
