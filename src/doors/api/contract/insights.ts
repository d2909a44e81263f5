import { Type, type Static } from "typebox";
import { As, IsoInstant, object, orNull } from "./parts.ts";
import type { RouteTable } from "./route.ts";

const Spread = object({ mean: Type.Number(), p50: Type.Number(), p90: Type.Number(), p99: Type.Number() });

const Share = orNull(Type.Number());

export const SummaryView = object({
  orders: Type.Integer(),
  delivered: Type.Integer(),
  failed: Type.Integer(),
  cancelled: Type.Integer(),
  open: Type.Integer(),
  onTimeShare: Share,
  onTimeOriginalShare: Share,
  platformShare: Share,
  partnerShare: Share,
  thirdPartyShare: Share,
  dispatchLatencyMs: Spread,
  quoteWaitMs: Spread,
  costPerOrderMinor: orNull(Type.Number()),
  currency: Type.String(),
  kmPerParcel: orNull(Type.Number()),
  kmEstimatedShare: Share,
});
export type SummaryView = Static<typeof SummaryView>;

const SummaryQuery = object({ from: Type.Optional(IsoInstant), until: Type.Optional(IsoInstant), as: As });

export const insightRoutes = {
  summary: {
    method: "GET",
    path: "/v1/insights/summary",
    group: "Insights",
    may: "orders:read",
    does: "The measures of the orders placed in a span",
    query: SummaryQuery,
    answers: { 200: SummaryView },
  },
} as const satisfies RouteTable;
