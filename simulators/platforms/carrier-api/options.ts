import type { MarketOptions, PriceModel } from "../shared/market.ts";
import type { Examples } from "../wire.ts";

export interface CarrierApiOptions {
  readonly market: MarketOptions;
  readonly examples: Examples;
  /** `false`: nothing moves by itself. */
  readonly moves?: boolean;
  readonly credentials?: { readonly key: string; readonly webhook_secret: string };
  readonly webhookUrl?: string | null;
  readonly publicUrl?: string;
  readonly positionEvery_s?: number;
  readonly quoteLife_s?: number;
  /** Calls a minute; null: no limit. */
  readonly callsPerMinute?: number | null;
}

/** A partner's fleet on bicycles: dearer per kilometre, cheaper to begin with. */
export const fleetPrices: Omit<PriceModel, "surgeByHour"> = { base: 350, perKm: 110 };

export const settingsOf = (options: CarrierApiOptions) => ({
  moves: options.moves ?? true,
  publicUrl: options.publicUrl ?? "https://fleet.example",
  positionEvery_s: options.positionEvery_s ?? 30,
  quoteLife_s: options.quoteLife_s ?? 600,
  callsPerMinute: options.callsPerMinute === undefined ? 600 : options.callsPerMinute,
});

export type Settings = ReturnType<typeof settingsOf>;
