import type { Link, Scope } from "../../../domain/index.ts";
import type { FailedCall } from "../../../journey/dispatch/ports.ts";
import { toIso } from "../../../kernel/quantity.ts";
import type { PlatformLinks } from "../../links.ts";
import type { Asking, Connection } from "../../network.ts";
import type { Answer, ConnectionView, FailedCallView, LinkView } from "../contract.ts";
import { onlyOperator, type Api, type Asked } from "../context.ts";
import { must, Refused } from "../problems.ts";
import { isoOrNull, named } from "../views.ts";

export async function listConnections(
  api: Api,
  { scope }: Asked<"listConnections">,
): Promise<Answer<"listConnections">> {
  const directory = await api.directory();
  const links = scope.may.includes("admin") ? ((await api.links?.list(scope)) ?? []) : [];
  const connections = api.network.connections(scope).map((connection): ConnectionView => {
    const { participant, connector, version, health, guard, freshness, accuracy, asking } = connection;
    const link = links.find((one) => one.participant === participant.id);
    return {
      participant: named(directory, participant.id),
      connector,
      version,
      link: link ? linkView(api, link) : null,
      health: healthView(health),
      guard: guard && guardView(guard),
      freshness: freshnessView(freshness),
      accuracy: accuracyView(accuracy),
      asking: asking && askingView(asking),
    };
  });
  return { connections, platforms: (api.links?.platforms ?? []).map(platformView) };
}

const healthView = ({ lastAnswerAt, lastFailure, latency, unknown, ...counts }: Connection["health"]) => ({
  ...counts,
  lastAnswerAt: isoOrNull(lastAnswerAt),
  lastFailure: lastFailure && { ...lastFailure, at: toIso(lastFailure.at) },
  latencyMs: latency && { p50: latency.p50_ms, p99: latency.p99_ms },
  unknown: { ...unknown },
});

const guardView = ({ circuit, load, quotas, pausedUntil, ...counts }: NonNullable<Connection["guard"]>) => ({
  ...counts,
  circuit: { ...circuit, until: isoOrNull(circuit.until) },
  load: { ...load },
  quotas: quotas.map(({ per_s, freeAt, ...quota }) => ({ ...quota, perSeconds: per_s, freeAt: isoOrNull(freeAt) })),
  pausedUntil: isoOrNull(pausedUntil),
});

const freshnessView = ({ facts, quote, trust }: Connection["freshness"]) => ({
  facts: facts.map(({ level, oldest, ...fact }) => ({ ...fact, levelSeconds: level, oldestSeconds: oldest })),
  quoteSeconds: quote,
  trust: trust.standing,
  why: trust.why,
});

const accuracyView = ({ compared, equal, toRepair, ...counts }: Connection["accuracy"]) => ({
  ...counts,
  fieldsCompared: compared,
  fieldsEqual: equal,
  secondsToRepair: toRepair && { ...toRepair },
});

const askingView = ({ startedAt, endedAt, ...counts }: Asking) => ({
  ...counts,
  startedAt: toIso(startedAt),
  endedAt: isoOrNull(endedAt),
});

const platformView = ({ credentials, ...platform }: PlatformLinks["platforms"][number]) => ({
  ...platform,
  credentials: [...credentials],
});

function linkView({ links, publicUrl }: Api, link: Link): LinkView {
  const { platform, baseUrl, fallbackPhone, linkedAt, changedAt, changedBy } = link;
  const kind = links?.platforms.find((one) => one.platform === platform);
  return {
    platform,
    credentials: [...(kind?.credentials ?? [])],
    baseUrl,
    fallbackPhone,
    hookUrl: `${publicUrl}/hooks/${platform}`,
    linkedAt: toIso(linkedAt),
    changedAt: toIso(changedAt),
    changedBy,
  };
}

/** The demo's platforms are its simulators, and stay so. */
function linksOf({ links }: Api): PlatformLinks {
  if (!links) throw new Refused({ code: "LINKS_FIXED" });
  return links;
}

/** Whoever names the address sends our requests there, inside the operator's own network, too. */
function mayNameAddress(scope: Scope, baseUrl: string | null | undefined): void {
  if (typeof baseUrl === "string") onlyOperator(scope);
}

const bare = (baseUrl: string | null): string | null => baseUrl && baseUrl.replace(/\/+$/, "");

export async function linkPlatform(api: Api, { scope, body, reply }: Asked<"linkPlatform">): Promise<LinkView> {
  const { participant, credentials, baseUrl = null, fallbackPhone } = body;
  const links = linksOf(api);
  mayNameAddress(scope, baseUrl);
  const request = { credentials, baseUrl: bare(baseUrl), fallbackPhone };
  const link = must(await links.link(scope, participant, request));
  void reply.code(201);
  return linkView(api, link);
}

export async function changeLink(api: Api, { scope, params, body }: Asked<"changeLink">): Promise<LinkView> {
  const links = linksOf(api);
  mayNameAddress(scope, body.baseUrl);
  const { baseUrl, ...rest } = body;
  const changes = { ...rest, ...(baseUrl === undefined ? {} : { baseUrl: bare(baseUrl) }) };
  return linkView(api, must(await links.change(scope, params.participant, changes)));
}

export async function testLink(api: Api, { scope, params }: Asked<"testLink">): Promise<Answer<"testLink">> {
  const { works, why, latency_ms } = must(await linksOf(api).test(scope, params.participant));
  return { works, why, latencyMs: latency_ms };
}

export function connectionFailures(
  { network }: Api,
  { scope, params }: Asked<"connectionFailures">,
): Answer<"connectionFailures"> {
  const failures = network.failures(scope, params.participant);
  if (failures === null) throw new Refused({ code: "LINK_NOT_FOUND" });
  return { failures: failures.map(failedView) };
}

const failedView = ({ at, took_ms, request, answer, ...call }: FailedCall): FailedCallView => ({
  ...call,
  at: toIso(at),
  tookMs: took_ms,
  request: messageView(request),
  answer: answer && messageView(answer),
});

const messageView = ({ headers, body }: FailedCall["request"]) => ({ headers: { ...headers }, body });

export function reconcile({ network }: Api, { scope, params, reply }: Asked<"reconcile">): Answer<"reconcile"> {
  const asking = network.reconcile(scope, params.participant);
  if (asking === null) throw new Refused({ code: "LINK_NOT_FOUND" });
  void reply.code(202);
  return askingView(asking);
}

export async function unlinkPlatform(api: Api, { scope, params, reply }: Asked<"unlinkPlatform">): Promise<unknown> {
  must(await linksOf(api).unlink(scope, params.participant));
  return reply.code(204).send();
}
