export type * from "./offers.ts";
