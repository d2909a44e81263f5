import type { Examples } from "../wire.ts";
import type { MarketOptions, PriceModel } from "../shared/market.ts";
import type { RateLimit } from "../shared/rate-limit.ts";

export interface BorzoOptions {
  readonly market: MarketOptions;
  readonly examples: Examples;
  /** `test`: no courier takes an order. */
  readonly environment?: "production" | "test";
  readonly credentials?: { readonly token: string };
  /** One endpoint of the account; `secret` signs. */
  readonly callback?: { readonly url: string; readonly secret: string } | null;
  readonly retryWaits_ms?: readonly number[];
  /** The versions that the path may name. */
  readonly versions?: readonly string[];
  readonly publicUrl?: string;
  readonly positionEvery_s?: number;
  readonly rateLimit?: RateLimit | null;
  /** How long an order is `new` before couriers see it, seconds. */
  readonly moderation_s?: number;
  /** What a cancellation meets once a courier is committed. */
  readonly lateCancel?: "refused" | "charged";
  /** Whether parcels that nobody took are brought back. */
  readonly returns?: boolean;
  /** Whether coordinates of the courier are text or numbers in answers. */
  readonly coordinates?: "text" | "numbers";
  /** The status of a body that is refused: integrators have seen both. */
  readonly refusalStatus?: 400 | 200;
}

export const borzoPrices: Omit<PriceModel, "surgeByHour"> = { base: 450, perKm: 80 };

export const settingsOf = (options: BorzoOptions) => ({
  environment: options.environment ?? "production",
  callback: options.callback ?? null,
  retryWaits_ms: options.retryWaits_ms ?? [10_000, 60_000, 300_000],
  versions: options.versions ?? ["1.6", "1.8"],
  publicUrl: options.publicUrl ?? "https://borzo.example",
  positionEvery_s: options.positionEvery_s ?? 20,
  rateLimit: options.rateLimit ?? null,
  moderation_s: options.moderation_s ?? 2,
  lateCancel: options.lateCancel ?? "refused",
  returns: options.returns ?? true,
  coordinates: options.coordinates ?? "text",
  refusalStatus: options.refusalStatus ?? 400,
});

export type Settings = ReturnType<typeof settingsOf>;
