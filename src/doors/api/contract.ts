import type { Static, TSchema } from "typebox";
import { carrierRoutes } from "./contract/carrier.ts";
import { cityRoutes } from "./contract/city.ts";
import { connectionRoutes } from "./contract/connections.ts";
import { epcisRoutes } from "./contract/epcis.ts";
import { inboundRoutes } from "./contract/inbound.ts";
import { ediRoutes } from "./contract/edi.ts";
import { endpointRoutes } from "./contract/endpoints.ts";
import { fleetRoutes } from "./contract/fleet.ts";
import { importRoutes } from "./contract/imports.ts";
import { insightRoutes } from "./contract/insights.ts";
import { keyRoutes } from "./contract/keys.ts";
import { labourRoutes } from "./contract/labour.ts";
import { liveRoutes } from "./contract/live.ts";
import { offerRoutes } from "./contract/offers.ts";
import { openingRoutes } from "./contract/openings.ts";
import { operationRoutes } from "./contract/operation.ts";
import { recordRoutes } from "./contract/order-record.ts";
import { orderRoutes } from "./contract/orders.ts";
import { participantRoutes } from "./contract/participants.ts";
import { peopleRoutes } from "./contract/people.ts";
import { roadRoutes } from "./contract/roads.ts";
import { sessionRoutes } from "./contract/session.ts";
import { solveRoutes } from "./contract/solve.ts";

export * from "./contract/parts.ts";
export type { RouteSpec } from "./contract/route.ts";
export * from "./contract/carrier.ts";
export * from "./contract/city.ts";
export * from "./contract/connections.ts";
export * from "./contract/edi.ts";
export * from "./contract/inbound.ts";
export * from "./contract/endpoints.ts";
export * from "./contract/epcis.ts";
export * from "./contract/fleet.ts";
export * from "./contract/imports.ts";
export * from "./contract/insights.ts";
export * from "./contract/keys.ts";
export * from "./contract/labour.ts";
export * from "./contract/live.ts";
export * from "./contract/offers.ts";
export * from "./contract/openings.ts";
export * from "./contract/operation.ts";
export * from "./contract/order-record.ts";
export * from "./contract/orders.ts";
export * from "./contract/participants.ts";
export * from "./contract/people.ts";
export * from "./contract/roads.ts";
export * from "./contract/session.ts";
export * from "./contract/solve.ts";

/**
 * The API, written once, a file for each resource: the console asks through this table and sees nothing else of the server. It runs in
 * a browser too: nothing is imported but `typebox`.
 */
export const routes = {
  ...orderRoutes,
  ...importRoutes,
  ...ediRoutes,
  ...epcisRoutes,
  ...inboundRoutes,
  ...recordRoutes,
  ...insightRoutes,
  ...fleetRoutes,
  ...offerRoutes,
  ...liveRoutes,
  ...cityRoutes,
  ...roadRoutes,
  ...openingRoutes,
  ...participantRoutes,
  ...connectionRoutes,
  ...labourRoutes,
  ...keyRoutes,
  ...endpointRoutes,
  ...peopleRoutes,
  ...solveRoutes,
  ...carrierRoutes,
  ...sessionRoutes,
  ...operationRoutes,
};

export type Routes = typeof routes;
export type RouteName = keyof Routes;
type Shape<R, Part extends string> = R extends { readonly [P in Part]: infer S extends TSchema }
  ? Static<S>
  : undefined;

/** What a route's parts look like, by its name: `Body<"createOrder">`, `Answer<"listOrders">`. */
export type Params<N extends RouteName> = Shape<Routes[N], "params">;
export type Query<N extends RouteName> = Shape<Routes[N], "query">;
export type Body<N extends RouteName> = Shape<Routes[N], "body">;
export type Answer<N extends RouteName> = Routes[N]["answers"][keyof Routes[N]["answers"]] extends infer S
  ? S extends TSchema
    ? Static<S>
    : never
  : never;

/** The URL of a route, e.g. `pathTo("getOrder", { id })`, `pathTo("listOrders", null, { state: ["placed"] })`. */
export function pathTo<N extends RouteName>(name: N, params?: Params<N> | null, query?: Query<N> | null): string {
  const path = routes[name].path.replace(/:(\w+)/g, (_, part: string) =>
    encodeURIComponent(String((params as Record<string, unknown>)[part])),
  );
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries((query ?? {}) as Record<string, unknown>))
    for (const one of Array.isArray(value) ? value : value === undefined || value === null ? [] : [value])
      asked.append(key, String(one));
  return asked.size > 0 ? `${path}?${asked.toString()}` : path;
}
