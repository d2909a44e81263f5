import type { Examples } from "../wire.ts";
import type { MarketOptions, PriceModel } from "../shared/market.ts";
import type { RateLimit } from "../shared/rate-limit.ts";

/** An endpoint of the merchant, as it is registered. */
export interface Hook {
  readonly url: string;
  /** Key of the JWT, as plain bytes. */
  readonly clientSecret: string;
  /** The delay before attempt n is `base` to the power of n seconds. */
  readonly retry: { readonly base: number; readonly count: number };
}

export interface WoltDriveOptions {
  readonly market: MarketOptions;
  readonly examples: Examples;
  /** `staging`: nobody moves. */
  readonly environment?: "production" | "staging";
  readonly credentials?: { readonly token: string; readonly merchant_id: string; readonly venue_id: string };
  /** As if it had been registered already. */
  readonly webhook?: { readonly url: string; readonly clientSecret: string } | null;
  readonly publicUrl?: string;
  readonly positionEvery_s?: number;
  readonly promiseLife_s?: number;
  /** Whether a promise can be ordered once, or again and again. */
  readonly promiseUse?: "once" | "many";
  readonly rateLimit?: RateLimit | null;
  /** Whether the opt-in events come: positions, and a customer who is not there. */
  readonly optionalEvents?: boolean;
  /** Whether the caller's own cancellation is told as `order.rejected`. */
  readonly tellsOwnCancel?: boolean;
  /** Whether `GET /v1/venues/{venue}/deliveries/{id}` answers: one caller says so, two found nothing. */
  readonly readable?: boolean;
}

export const woltPrices: Omit<PriceModel, "surgeByHour"> = { base: 590, perKm: 100 };

export const settingsOf = (options: WoltDriveOptions) => ({
  environment: options.environment ?? "production",
  publicUrl: options.publicUrl ?? "https://wolt.example",
  positionEvery_s: options.positionEvery_s ?? 20,
  promiseLife_s: options.promiseLife_s ?? 600,
  promiseUse: options.promiseUse ?? "once",
  rateLimit: options.rateLimit ?? null,
  optionalEvents: options.optionalEvents ?? true,
  tellsOwnCancel: options.tellsOwnCancel ?? true,
  readable: options.readable ?? false,
});

export type Settings = ReturnType<typeof settingsOf>;
