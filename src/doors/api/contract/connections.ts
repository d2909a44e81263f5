import { Type, type Static } from "typebox";
import { IsoInstant, Named, object, orNull } from "./parts.ts";
import type { RouteTable } from "./route.ts";

export const ConnectionView = object({
  participant: Named,
  connector: Type.String(),
  health: object({
    calls: Type.Integer(),
    refusals: Type.Integer(),
    outages: Type.Integer(),
    webhooks: Type.Integer(),
    webhooksRefused: Type.Integer(),
    lastAnswerAt: orNull(IsoInstant),
    lastFailure: orNull(object({ at: IsoInstant, operation: Type.String(), what: Type.String() })),
    latencyMs: orNull(object({ p50: Type.Number(), p99: Type.Number() })),
    unknown: Type.Record(Type.String(), Type.Integer()),
  }),
});
export type ConnectionView = Static<typeof ConnectionView>;

const ConnectionList = object({ connections: Type.Array(ConnectionView) });

export const connectionRoutes = {
  listConnections: {
    method: "GET",
    path: "/v1/connections",
    group: "Network",
    may: "orders:read",
    does: "How the platforms' connections fare",
    answers: { 200: ConnectionList },
  },
  hook: {
    method: "POST",
    path: "/hooks/:connector",
    group: "Platforms",
    may: null,
    does: "A platform's webhook, signed in the platform's own way",
    params: object({ connector: Type.String({ pattern: "^[a-z0-9-]{1,60}$" }) }),
    consumes: "*/*",
    body: Type.Any(),
    answers: { 200: object({ applied: Type.Integer() }) },
  },
} as const satisfies RouteTable;
