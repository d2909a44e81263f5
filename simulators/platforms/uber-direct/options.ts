import type { Examples } from "../wire.ts";
import type { MarketOptions, PriceModel } from "../shared/market.ts";
import type { RateLimit } from "../shared/rate-limit.ts";

export interface UberDirectOptions {
  readonly market: MarketOptions;
  readonly examples: Examples;
  /** `production`: live couriers. `sandbox`: only Robo Courier moves, anything else stays pending. */
  readonly environment?: "production" | "sandbox";
  readonly credentials?: { readonly client_id: string; readonly client_secret: string; readonly customer_id: string };
  /** Each hook has its own signing key; several may be configured, as in the dashboard. */
  readonly webhooks?: readonly { readonly url: string; readonly signingKey: string }[];
  /** Older accounts sign under the older name. */
  readonly signatureHeader?: "x-uber-signature" | "x-postmates-signature";
  /** Where proof pictures and tracking pages are said to be; no slash at the end. */
  readonly publicUrl?: string;
  /** Default: none in production, 200 per 10 minutes in the sandbox. */
  readonly rateLimit?: RateLimit | null;
  readonly positionEvery_s?: number;
  readonly quoteLife_s?: number;
  readonly tokenLife_s?: number;
  readonly idempotencyLife_s?: number;
  /** How far given coordinates may lie from where the address is found, metres. */
  readonly addressTolerance_m?: number;
  /** Up to and including which status a cancellation is taken. */
  readonly cancelUntil?: "pending" | "pickup" | "pickup_complete" | "dropoff";
  /** Largest tip after booking, minor units. */
  readonly largestTip?: number;
}

export const uberPrices: Omit<PriceModel, "surgeByHour"> = { base: 550, perKm: 110 };

export const settingsOf = (options: UberDirectOptions) => ({
  environment: options.environment ?? "production",
  signatureHeader: options.signatureHeader ?? "x-uber-signature",
  publicUrl: options.publicUrl ?? "https://www.ubereats.example",
  webhooks: options.webhooks ?? [],
  positionEvery_s: options.positionEvery_s ?? 20,
  quoteLife_s: options.quoteLife_s ?? 900,
  tokenLife_s: options.tokenLife_s ?? 2_592_000,
  idempotencyLife_s: options.idempotencyLife_s ?? 3600,
  addressTolerance_m: options.addressTolerance_m ?? 1000,
  cancelUntil: options.cancelUntil ?? "pickup",
  largestTip: options.largestTip ?? 10_000,
  rateLimit:
    options.rateLimit !== undefined
      ? options.rateLimit
      : options.environment === "sandbox"
        ? { requests: 200, per_s: 600 }
        : null,
});

export type Settings = ReturnType<typeof settingsOf>;
