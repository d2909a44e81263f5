import type { Examples } from "../wire.ts";
import type { MarketOptions, PriceModel } from "../shared/market.ts";
import type { RateLimit } from "../shared/rate-limit.ts";

export interface RoadieOptions {
  readonly market: MarketOptions;
  readonly examples: Examples;
  /** `sandbox`: nobody takes a shipment. */
  readonly environment?: "production" | "sandbox";
  readonly credentials?: { readonly access_token: string };
  /** One endpoint, registered by Roadie; `apiKey` is replayed in `x-api-key`. */
  readonly webhook?: { readonly url: string; readonly apiKey: string } | null;
  readonly retryWaits_ms?: readonly number[];
  readonly publicUrl?: string;
  readonly positionEvery_s?: number;
  readonly rateLimit?: RateLimit | null;
  /** Whether pings of the driver's position are posted. */
  readonly pings?: boolean;
  /** Whether a shipment can be changed once a driver is assigned. */
  readonly updatesUntil?: "assignment" | "pickup";
  /** What an assigned driver is owed when a shipment is cancelled, as a share of the price. */
  readonly lateCancelShare?: number;
}

export const roadiePrices: Omit<PriceModel, "surgeByHour"> = { base: 750, perKm: 70 };

export const settingsOf = (options: RoadieOptions) => ({
  environment: options.environment ?? "production",
  webhook: options.webhook ?? null,
  retryWaits_ms: options.retryWaits_ms ?? [10_000, 60_000],
  publicUrl: options.publicUrl ?? "https://track.roadie.example",
  positionEvery_s: options.positionEvery_s ?? 30,
  rateLimit: options.rateLimit === undefined ? { requests: 10, per_s: 1 } : options.rateLimit,
  pings: options.pings ?? true,
  updatesUntil: options.updatesUntil ?? "assignment",
  lateCancelShare: options.lateCancelShare ?? 0,
});

export type Settings = ReturnType<typeof settingsOf>;
