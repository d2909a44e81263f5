export type * from "./carrier-report.ts";
