import type { Outcome } from "../../domain/index.ts";
import type { Currency } from "../../kernel/money.ts";
import type { Spread, Summary } from "./summary.ts";

/** L2: the measures of a span from its outcomes and the count of orders that are still open. */
export function summarize(outcomes: readonly Outcome[], open: number, currency: Currency): Summary {
  const delivered = outcomes.filter((o) => o.state === "delivered" || o.state === "partly_delivered");
  const share = (test: (o: Outcome) => boolean): number | null =>
    delivered.length === 0 ? null : delivered.filter(test).length / delivered.length;
  const sum = (of: (o: Outcome) => number, over: readonly Outcome[] = outcomes): number =>
    over.reduce((total, o) => total + of(o), 0);
  const meters = sum((o) => o.driven_m + o.drivenEstimated_m);
  const parcels = sum((o) => o.delivered);

  return {
    orders: outcomes.length + open,
    delivered: delivered.length,
    failed: outcomes.filter((o) => o.state === "failed" || o.state === "returned").length,
    cancelled: outcomes.filter((o) => o.state === "cancelled").length,
    open,
    onTimeShare: share((o) => o.onTime === true),
    onTimeOriginalShare: share((o) => o.onTimeOriginal === true),
    platformShare: share((o) => o.carrierKind === "platform"),
    partnerShare: share((o) => o.carrierKind === "partner"),
    thirdPartyShare: share((o) => o.carrierKind === "platform" || o.carrierKind === "partner"),
    dispatchLatencyMs: spread(outcomes.flatMap((o) => o.latency_ms)),
    quoteWaitMs: spread(outcomes.flatMap((o) => o.quoteWait_ms)),
    costPerOrderMinor: delivered.length === 0 ? null : sum((o) => o.cost.amount) / delivered.length,
    currency,
    kmPerParcel: parcels === 0 ? null : meters / 1000 / parcels,
    kmEstimatedShare: meters === 0 ? null : sum((o) => o.drivenEstimated_m) / meters,
  };
}

/** Mean and percentiles by nearest rank. */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) return { mean: 0, p50: 0, p90: 0, p99: 0 };
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { mean: values.reduce((a, b) => a + b, 0) / values.length, p50: rank(0.5), p90: rank(0.9), p99: rank(0.99) };
}
