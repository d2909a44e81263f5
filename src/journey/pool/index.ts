export type * from "./fleet.ts";
export * from "./place.ts";
export * from "./shifts.ts";
