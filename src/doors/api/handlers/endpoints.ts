import { randomBytes } from "node:crypto";
import type { Endpoint, Scope } from "../../../domain/index.ts";
import { toIso } from "../../../kernel/quantity.ts";
import type { Answer, EndpointView } from "../contract.ts";
import type { Api, Asked } from "../context.ts";
import { Refused } from "../problems.ts";
import { isoOrNull } from "../views.ts";
import { endOfFeed } from "../../feeds/index.ts";
import { freshId } from "./network.ts";

const endpointView = (endpoint: Endpoint): EndpointView => ({
  id: endpoint.id,
  participant: endpoint.participant,
  url: endpoint.url,
  form: endpoint.form,
  active: endpoint.active,
  position: endpoint.position,
  failures: endpoint.failures,
  retryAt: isoOrNull(endpoint.retryAt),
  createdAt: toIso(endpoint.createdAt),
});

async function endpointOf(api: Api, scope: Scope, id: Endpoint["id"]): Promise<Endpoint> {
  const found = (await api.network.registry.endpoints(scope)).find((endpoint) => endpoint.id === id);
  if (!found) throw new Refused({ code: "ENDPOINT_NOT_FOUND" });
  return found;
}

export const listEndpoints = async (
  { network }: Api,
  { scope }: Asked<"listEndpoints">,
): Promise<Answer<"listEndpoints">> => ({
  endpoints: (await network.registry.endpoints(scope)).map(endpointView),
});

/** Starts at the feed's end: what happened before is had by a replay. */
export async function createEndpoint(
  api: Api,
  { scope, body, reply }: Asked<"createEndpoint">,
): Promise<Answer<"createEndpoint">> {
  if (scope.viewer === "network") throw new Refused({ code: "ENDPOINT_NEEDS_PARTICIPANT" });
  const why = api.poster.refusal(body.url);
  if (why !== null)
    throw new Refused({ code: "ENDPOINT_ADDRESS_REFUSED", field: "url", host: new URL(body.url).hostname, why });
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  const endpoint: Endpoint = {
    id: freshId(api, "endpoint"),
    participant: scope.viewer,
    url: body.url,
    sealedSecret: api.secrets.seal(secret),
    form: body.form ?? "events",
    active: true,
    position: await endOfFeed(api.network.reads, scope),
    failures: 0,
    retryAt: null,
    createdAt: api.network.clock.now(),
  };
  await api.network.registry.saveEndpoint(scope, endpoint);
  void reply.code(201);
  return { endpoint: endpointView(endpoint), secret };
}

export async function removeEndpoint(api: Api, { scope, params, reply }: Asked<"removeEndpoint">): Promise<unknown> {
  if (!(await api.network.registry.removeEndpoint(scope, params.id))) throw new Refused({ code: "ENDPOINT_NOT_FOUND" });
  return reply.code(204).send();
}

export async function endpointTries(
  api: Api,
  { scope, params, query }: Asked<"endpointTries">,
): Promise<Answer<"endpointTries">> {
  await endpointOf(api, scope, params.id);
  const tries = await api.network.registry.tries(scope, params.id, query.limit ?? 50);
  return {
    tries: tries.map(({ event, position, at, status, error }) => ({ event, position, at: toIso(at), status, error })),
  };
}

/** Back to a position, and awake again if it had given up. */
export async function replayEndpoint(
  api: Api,
  { scope, params, body }: Asked<"replayEndpoint">,
): Promise<EndpointView> {
  const endpoint = await endpointOf(api, scope, params.id);
  const again: Endpoint = { ...endpoint, active: true, position: body.position, failures: 0, retryAt: null };
  await api.network.registry.saveEndpoint(scope, again);
  return endpointView(again);
}
