export { simulatorsCommand, type CommandIo } from "./command.ts";
export { doordashDrive, type DoordashDriveOptions, type DoordashDriveSimulator } from "./doordash-drive/index.ts";
export { paperTown, type Town } from "./paper-town.ts";
export { serve, type Served } from "./serve.ts";
export type { Coverage, MarketOptions } from "./shared/market.ts";
export { uberDirect, type UberDirectOptions } from "./uber-direct/index.ts";
export * from "./wire.ts";
export type { Drive, World } from "./world.ts";
