/** The optimizer's front door. Rules and words: README.md. */
export * from "./types.ts";
