import type { Examples } from "../wire.ts";
import type { MarketOptions, PriceModel } from "../shared/market.ts";

export interface LalamoveOptions {
  readonly market: MarketOptions;
  readonly examples: Examples;
  /** `sandbox`: there are no drivers, an order moves by `advance` alone, and no proof is produced. */
  readonly environment?: "production" | "sandbox";
  readonly credentials?: { readonly public_key: string; readonly secret: string };
  /** As if it had been registered already; `PATCH /v3/webhook` replaces it. */
  readonly webhookUrl?: string | null;
  readonly publicUrl?: string;
  readonly positionEvery_s?: number;
  /** Whether the published limits are kept; the sandbox's are lower. */
  readonly limited?: boolean;
  /** How far a request's timestamp may lie from now, either way. Null: anything goes. */
  readonly clockSkew_s?: number | null;
  readonly quoteLife_s?: number;
  /** Whether a second order from one quotation is a second delivery, or refused. */
  readonly quotationUse?: "many" | "once";
  /** Cancelling is taken until so long after a driver was matched. */
  readonly cancel_s?: number;
  /** The driver may be changed from so long after matching. */
  readonly changeDriver_s?: number;
  /** Largest priority fee, minor units. */
  readonly largestPriorityFee?: number;
  /** Whether `updatedAt` of webhooks reads `2026-11-21T10:00.00Z`, as in the samples, or as RFC 3339 asks. */
  readonly oddTimes?: boolean;
}

export const lalamovePrices: Omit<PriceModel, "surgeByHour"> = { base: 490, perKm: 90 };

export const settingsOf = (options: LalamoveOptions) => ({
  environment: options.environment ?? "production",
  publicUrl: options.publicUrl ?? "https://share.lalamove.example",
  positionEvery_s: options.positionEvery_s ?? 10,
  limited: options.limited ?? true,
  clockSkew_s: options.clockSkew_s === undefined ? 300 : options.clockSkew_s,
  quoteLife_s: options.quoteLife_s ?? 300,
  quotationUse: options.quotationUse ?? "many",
  cancel_s: options.cancel_s ?? 300,
  changeDriver_s: options.changeDriver_s ?? 900,
  largestPriorityFee: options.largestPriorityFee ?? 10_000,
  oddTimes: options.oddTimes ?? true,
});

export type Settings = ReturnType<typeof settingsOf>;
