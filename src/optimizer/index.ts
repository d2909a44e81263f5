/** The optimizer's front door. Rules and words: README.md. */
export * from "./answers.ts";
export * from "./types.ts";
export { check, checkPlan, costOf } from "./checker.ts";
export { insert, insertions } from "./insertions.ts";
export { RunningPlan } from "./running-plan.ts";
export { schedule } from "./schedule.ts";
export { solve } from "./solve.ts";
export { difference, reasons, type Difference, type Move, type Obstacle, type Reasons } from "./why.ts";
