import type { Examples } from "../wire.ts";
import type { MarketOptions, PriceModel } from "../shared/market.ts";
import type { RateLimit } from "../shared/rate-limit.ts";

export interface GlovoOptions {
  readonly market: MarketOptions;
  readonly examples: Examples;
  /** `stage`: a parcel moves by the simulation call alone, and carries no price. */
  readonly environment?: "production" | "stage";
  readonly credentials?: {
    readonly client_id: string;
    readonly client_secret: string;
    readonly address_book_id: string;
  };
  /** Where hints go that a parcel changed; null: none are posted. */
  readonly webhookUrl?: string | null;
  readonly retryWaits_ms?: readonly number[];
  readonly publicUrl?: string;
  readonly positionEvery_s?: number;
  readonly tokenLife_s?: number;
  readonly quoteLife_s?: number;
  readonly rateLimit?: RateLimit | null;
}

export const glovoPrices: Omit<PriceModel, "surgeByHour"> = { base: 520, perKm: 95 };

export const settingsOf = (options: GlovoOptions) => ({
  environment: options.environment ?? "production",
  webhookUrl: options.webhookUrl ?? null,
  retryWaits_ms: options.retryWaits_ms ?? [10_000, 60_000],
  publicUrl: options.publicUrl ?? "https://glovo.example",
  positionEvery_s: options.positionEvery_s ?? 20,
  tokenLife_s: options.tokenLife_s ?? 600,
  quoteLife_s: options.quoteLife_s ?? 600,
  rateLimit: options.rateLimit ?? null,
});

export type Settings = ReturnType<typeof settingsOf>;
