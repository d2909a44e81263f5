export { begin, rewatch, unwatch } from "./begin.ts";
export type * from "./carrier-report.ts";
export { compare } from "./compare.ts";
export { hear } from "./hear.ts";
export { measure } from "./measure.ts";
export { checkPosition } from "./position.ts";
export { report } from "./report.ts";
