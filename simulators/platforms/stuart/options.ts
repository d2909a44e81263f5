import type { Examples } from "../wire.ts";
import type { MarketOptions, PriceModel } from "../shared/market.ts";
import type { RateLimit } from "../shared/rate-limit.ts";

export interface StuartOptions {
  readonly market: MarketOptions;
  readonly examples: Examples;
  /** `sandbox`: the couriers are bots, to whom nothing happens by chance. Both move by themselves. */
  readonly environment?: "production" | "sandbox";
  readonly credentials?: { readonly client_id: string; readonly client_secret: string };
  /** One endpoint; `authorization` is replayed as it is on each call, and left out when null. */
  readonly webhook?: { readonly url: string; readonly authorization: string | null } | null;
  /** Waits before a webhook's second, third … attempt; none: it is sent once. */
  readonly retryWaits_ms?: readonly number[];
  /** How a webhook's delivery spells the caller's reference: samples disagree. */
  readonly webhookReference?: "clientReference" | "client_reference";
  readonly publicUrl?: string;
  readonly positionEvery_s?: number;
  readonly tokenLife_s?: number;
  readonly rateLimit?: RateLimit | null;
  /** Tax on every price, as a share. */
  readonly taxShare?: number;
  /** Cancelling is free for so long … */
  readonly freeCancel_s?: number;
  /** … counted from here; before a courier accepted it is free in either case. */
  readonly freeCancelFrom?: "acceptance" | "placing";
  /** Whether a `client_reference` is taken for good, or only while a job with it is alive. */
  readonly references?: "always" | "alive";
  /** What support does with parcels that nobody took: a new job brings them back, or nothing. */
  readonly returns?: "job" | "none";
  /** How far ahead a pickup may be, seconds. */
  readonly longestAhead_s?: number;
  /** Local hours in which jobs for now are taken: `from` inclusive, `to` exclusive. Null: always. */
  readonly openHours?: { readonly from: number; readonly to: number } | null;
}

export const stuartPrices: Omit<PriceModel, "surgeByHour"> = { base: 580, perKm: 105 };

export const settingsOf = (options: StuartOptions) => ({
  environment: options.environment ?? "production",
  webhook: options.webhook ?? null,
  retryWaits_ms: options.retryWaits_ms ?? [30_000, 120_000],
  webhookReference: options.webhookReference ?? "clientReference",
  publicUrl: options.publicUrl ?? "https://stuart.example",
  positionEvery_s: options.positionEvery_s ?? 20,
  tokenLife_s: options.tokenLife_s ?? 2_592_000,
  rateLimit: options.rateLimit ?? null,
  taxShare: options.taxShare ?? 0.2,
  freeCancel_s: options.freeCancel_s ?? 120,
  freeCancelFrom: options.freeCancelFrom ?? "acceptance",
  references: options.references ?? "always",
  returns: options.returns ?? "job",
  longestAhead_s: options.longestAhead_s ?? 4 * 86_400,
  openHours: options.openHours ?? null,
});

export type Settings = ReturnType<typeof settingsOf>;
