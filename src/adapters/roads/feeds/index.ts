export { type ConditionsKeeper, keepConditions, type SourceState } from "./keep-conditions.ts";
export { type Feed, type FeedSettings, type FeedState, pollFeed } from "./poll-feed.ts";
export { readConditions } from "./read-conditions.ts";
export type { ConditionsReport, UnreadableReport } from "./report.ts";
