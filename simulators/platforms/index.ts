export { simulatorsCommand, type CommandIo } from "./command.ts";
export type { PlatformMaker, Wishes } from "./maker.ts";
export { paperTown, type Town } from "./paper-town.ts";
export { makers } from "./registry.ts";
export { serve, type Served } from "./serve.ts";
export type { Coverage, MarketOptions } from "./shared/market.ts";
export * from "./wire.ts";
export type { Drive, World } from "./world.ts";
