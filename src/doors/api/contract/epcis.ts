import { Type } from "typebox";
import { object } from "./parts.ts";
import type { RouteTable } from "./route.ts";

export const epcisRoutes = {
  epcisEvents: {
    method: "GET",
    path: "/v1/epcis/events",
    group: "Orders",
    may: "orders:read",
    does: "What happened to parcels as a GS1 EPCIS 2.0 document; the header Link names where to go on",
    query: object({
      after: Type.Optional(Type.Integer({ minimum: 0, description: "feed position to go on after" })),
      limit: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 500,
          default: 200,
          description: "events of the feed to look at; most tell EPCIS nothing",
        }),
      ),
    }),
    produces: "application/ld+json",
    answers: { 200: Type.Any() },
  },
} as const satisfies RouteTable;
