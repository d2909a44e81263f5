export * from "./observe.ts";
export * from "./summarize.ts";
export type * from "./summary.ts";
