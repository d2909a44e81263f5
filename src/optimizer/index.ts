/** The optimizer's front door. Rules and words: README.md. */
export * from "./answers.ts";
export * from "./types.ts";
export { check, checkPlan, costOf } from "./checker.ts";
export { insert, insertions } from "./insertions.ts";
export { schedule } from "./schedule.ts";
export { solve } from "./solve.ts";
