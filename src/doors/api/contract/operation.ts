import { Type } from "typebox";
import { object, orNull } from "./parts.ts";
import type { RouteTable } from "./route.ts";

const Health = object({ ok: Type.Boolean(), why: orNull(Type.String()) });

export const operationRoutes = {
  healthz: {
    method: "GET",
    path: "/healthz",
    group: "Operation",
    may: null,
    does: "The process answers",
    answers: { 200: Health },
  },
  readyz: {
    method: "GET",
    path: "/readyz",
    group: "Operation",
    may: null,
    does: "Store and journey are running",
    answers: { 200: Health, 503: Health },
  },
  metrics: {
    method: "GET",
    path: "/metrics",
    group: "Operation",
    may: null,
    does: "Prometheus text",
    produces: "text/plain",
    answers: { 200: Type.String() },
  },
} as const satisfies RouteTable;
