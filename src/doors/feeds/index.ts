export { cloudEventType, dataOf, mayReadEvent, toCloudEvent, type CloudEvent } from "./cloud-event.ts";
export { epcisDocument, toEpcis, type EpcisEvent } from "./epcis.ts";
export { endOfFeed } from "./end-of-feed.ts";
export type { Poster, PostAnswer } from "./poster.ts";
export { runWebhooks, type WebhookParts, type RunningWebhooks } from "./webhooks.ts";
