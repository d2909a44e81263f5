import type { Rng } from "../../src/kernel/rng.ts";
import type { MarketOptions } from "./shared/market.ts";
import type { Examples, PlatformSimulator } from "./wire.ts";
import type { World } from "./world.ts";

/** What a caller asks of any platform's simulator; everything else is the platform's own default. */
export interface Wishes {
  readonly market: MarketOptions;
  readonly examples: Examples;
  /** The platform's own sandbox, where nothing moves by itself, instead of its live service. */
  readonly sandbox: boolean;
  /** Where its events go; null: it posts none. */
  readonly webhookUrl: string | null;
  /** The address under which it can be reached itself; no slash at the end. */
  readonly publicUrl: string;
  /** Whether it keeps the platform's rate limits. A city whose clock is hurried asks more often than any platform allows. */
  readonly limited: boolean;
  /** Its credentials come from here, webhook secrets among them: the same from the same seed. */
  readonly secrets: Rng;
}

/**
 * How one platform's simulator is made. Its `credentials` hold what the platform's own client takes, and every name that a newcomer has to type
 * to link it, the webhook's secret included.
 */
export interface PlatformMaker {
  /** The name of its protocol, of its folder, and of its path on a server. */
  readonly platform: string;
  make(world: World, wishes: Wishes): PlatformSimulator;
}
