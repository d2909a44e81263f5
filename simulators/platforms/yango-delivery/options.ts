import type { Examples } from "../wire.ts";
import type { MarketOptions, PriceModel } from "../shared/market.ts";
import type { RateLimit } from "../shared/rate-limit.ts";

export interface YangoDeliveryOptions {
  readonly market: MarketOptions;
  readonly examples: Examples;
  readonly credentials?: { readonly token: string };
  /** Where hints go for claims that name no `callback_url` of their own. */
  readonly callbackUrl?: string | null;
  readonly retryWaits_ms?: readonly number[];
  readonly publicUrl?: string;
  readonly positionEvery_s?: number;
  readonly rateLimit?: RateLimit | null;
  /** How long a price is worked on before a claim can be accepted, seconds. */
  readonly estimation_s?: number;
  /** How long it can be accepted then, seconds. */
  readonly offerLife_s?: number;
  /** How long after `delivered` or `returned` a claim is closed, seconds. */
  readonly closing_s?: number;
  /** What a way back costs, as a share of the price. */
  readonly returnShare?: number;
}

export const yangoPrices: Omit<PriceModel, "surgeByHour"> = { base: 420, perKm: 85 };

export const settingsOf = (options: YangoDeliveryOptions) => ({
  callbackUrl: options.callbackUrl ?? null,
  retryWaits_ms: options.retryWaits_ms ?? [10_000, 60_000],
  publicUrl: options.publicUrl ?? "https://yango.example",
  positionEvery_s: options.positionEvery_s ?? 15,
  rateLimit: options.rateLimit ?? null,
  estimation_s: options.estimation_s ?? 3,
  offerLife_s: options.offerLife_s ?? 600,
  closing_s: options.closing_s ?? 30,
  returnShare: options.returnShare ?? 0.5,
});

export type Settings = ReturnType<typeof settingsOf>;
