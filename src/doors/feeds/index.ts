export { cloudEventType, dataOf, mayReadEvent, toCloudEvent, type CloudEvent } from "./cloud-event.ts";
export { endOfFeed } from "./end-of-feed.ts";
export type { Poster, PostAnswer } from "./poster.ts";
export { runWebhooks, type WebhookParts, type RunningWebhooks } from "./webhooks.ts";
