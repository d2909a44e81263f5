import type { Currency } from "../../kernel/money.ts";

/** A distribution of waiting times, milliseconds; zeros while there is nothing to count. */
export interface Spread {
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** The day's measures. Shares are 0 to 1, null while nothing was delivered. */
export interface Summary {
  readonly orders: number;
  readonly delivered: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly open: number;
  /** Delivered inside the last agreed window; early is not on time. */
  readonly onTimeShare: number | null;
  /** Delivered inside the window first agreed. */
  readonly onTimeOriginalShare: number | null;
  readonly platformShare: number | null;
  readonly partnerShare: number | null;
  /** Platforms and partners together, of the delivered orders. */
  readonly thirdPartyShare: number | null;
  /** From the end of a leg's deliberate wait to its Decision, outside quotes left out. */
  readonly dispatchLatencyMs: Spread;
  readonly quoteWaitMs: Spread;
  readonly costPerOrderMinor: number | null;
  readonly currency: Currency;
  /** Driven kilometres of own and partner couriers and legs of platforms, by delivered parcel. */
  readonly kmPerParcel: number | null;
  /** The share of those kilometres that is estimated from the road network and not measured from positions. */
  readonly kmEstimatedShare: number | null;
}
