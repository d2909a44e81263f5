import type { Examples } from "../wire.ts";
import type { MarketOptions, PriceModel } from "../shared/market.ts";
import type { RateLimit } from "../shared/rate-limit.ts";

export interface DoordashDriveOptions {
  readonly market: MarketOptions;
  readonly examples: Examples;
  /** `production`: live Dashers. `sandbox`: nothing moves but by `advance`, and everything is cancelled after an hour. */
  readonly environment?: "production" | "sandbox";
  /** `signing_secret` is base64 (URL-safe alphabet) of the key bytes. */
  readonly credentials?: { readonly developer_id: string; readonly key_id: string; readonly signing_secret: string };
  /** One endpoint per environment; `authorization` is replayed as it is on each call. */
  readonly webhook?: { readonly url: string; readonly authorization: string } | null;
  /** Whether DoorDash enabled the opt-in `…ENROUTE…` events, which carry the position. */
  readonly trackingEvents?: boolean;
  readonly positionEvery_s?: number;
  readonly publicUrl?: string;
  readonly rateLimit?: RateLimit | null;
  readonly quoteLife_s?: number;
  /** A repeated id with the same data: 409 always, or the delivery that exists. */
  readonly replay?: "conflict" | "same-data";
  /** Until when a cancellation is taken. */
  readonly cancelUntil?: "assignment" | "arrival" | "pickup";
  /** Local hours in which pickups are possible: `from` inclusive, `to` exclusive. Null: always. */
  readonly openHours?: { readonly from: number; readonly to: number } | null;
  /** What a way back costs, as a share of the fee. */
  readonly returnShare?: number;
}

export const doordashPrices: Omit<PriceModel, "surgeByHour"> = { base: 620, perKm: 95 };

export const settingsOf = (options: DoordashDriveOptions) => ({
  environment: options.environment ?? "production",
  webhook: options.webhook ?? null,
  trackingEvents: options.trackingEvents ?? true,
  positionEvery_s: options.positionEvery_s ?? 30,
  publicUrl: options.publicUrl ?? "https://doordash.example",
  rateLimit: options.rateLimit === undefined ? { requests: 300, per_s: 60 } : options.rateLimit,
  quoteLife_s: options.quoteLife_s ?? 300,
  replay: options.replay ?? "conflict",
  cancelUntil: options.cancelUntil ?? "pickup",
  openHours: options.openHours ?? null,
  returnShare: options.returnShare ?? 0.6,
});

export type Settings = ReturnType<typeof settingsOf>;
