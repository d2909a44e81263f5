import type { Examples } from "../wire.ts";
import type { MarketOptions, PriceModel } from "../shared/market.ts";

export interface GrabExpressOptions {
  readonly market: MarketOptions;
  readonly examples: Examples;
  /** `sandbox`: the paths begin with `/grab-express-sandbox`, and a delivery moves by `advance` alone. */
  readonly environment?: "production" | "sandbox";
  readonly credentials?: { readonly client_id: string; readonly client_secret: string };
  /** One endpoint; `authorization` is replayed as it is on each call, `authorizationId` beside it when there is one. */
  readonly webhook?: {
    readonly url: string;
    readonly authorization: string;
    readonly authorizationId?: string;
  } | null;
  readonly retryWaits_ms?: readonly number[];
  readonly publicUrl?: string;
  readonly positionEvery_s?: number;
  readonly tokenLife_s?: number;
  /** Whether the published limits are kept; the sandbox's are lower. */
  readonly limited?: boolean;
  /** What `IN_DELIVERY` says: that the driver is at the recipient's, or on the way there. */
  readonly inDelivery?: "arrival" | "departure";
  /** Whether a driver who is swapped shows as `ALLOCATING` again. */
  readonly swapShows?: boolean;
  /** Heaviest package, grams. */
  readonly heaviest_g?: number;
}

export const grabPrices: Omit<PriceModel, "surgeByHour"> = { base: 500, perKm: 85 };
export const longestWay_m = 35_000;

export const settingsOf = (options: GrabExpressOptions) => ({
  environment: options.environment ?? "production",
  webhook: options.webhook ?? null,
  retryWaits_ms: options.retryWaits_ms ?? [10_000, 60_000, 300_000],
  publicUrl: options.publicUrl ?? "https://express.grab.example",
  positionEvery_s: options.positionEvery_s ?? 20,
  tokenLife_s: options.tokenLife_s ?? 604_799,
  limited: options.limited ?? true,
  inDelivery: options.inDelivery ?? "arrival",
  swapShows: options.swapShows ?? true,
  heaviest_g: options.heaviest_g ?? 20_000,
});

export type Settings = ReturnType<typeof settingsOf>;
