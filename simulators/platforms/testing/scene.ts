import type { MarketOptions } from "../shared/market.ts";
import type { FaultPlan, PlatformSimulator } from "../wire.ts";
import type { Answer, Loose } from "./millbrook.ts";
import type { VirtualWorld } from "./virtual-world.ts";

/** A platform with a caller who does what callers of every platform do. Each act is one request, unless the platform needs two. */
export interface Stage {
  readonly world: VirtualWorld;
  readonly simulator: PlatformSimulator;
  /** Books a delivery under the caller's own reference; on a platform that needs a quote first, on a fresh one. */
  book(reference: string, backHome?: boolean): Promise<Answer<Loose>>;
  /** Cancels whatever was booked last. */
  cancelLast(): Promise<unknown>;
}

/** What the properties of every simulator need to know of one. */
export interface Scene {
  readonly name: string;
  /** Whether a reference that was booked is refused the second time; otherwise it makes a second delivery. */
  readonly refusesRepeats: boolean;
  /** A way back that the platform keeps as a delivery of its own. */
  readonly isReturn: (id: string, externalId: string | null) => boolean;
  open(market: MarketOptions, seed: number, faults: FaultPlan): Promise<Stage>;
}
