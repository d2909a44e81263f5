import { epcisDocument, mayReadEvent, toEpcis, type EpcisEvent } from "../../feeds/index.ts";
import type { Api, Asked } from "../context.ts";

/** Read from the feed, so that a position means the same here as in streams and webhooks. */
export async function epcisEvents(api: Api, { scope, query, reply }: Asked<"epcisEvents">): Promise<unknown> {
  const { reads, clock } = api.network;
  const limit = query.limit ?? 200;
  const fed = await reads.feed(scope, query.after ?? 0, limit);
  const events: EpcisEvent[] = [];
  for (const { event: sealed } of fed) {
    if (!mayReadEvent(scope, sealed, new Set())) continue;
    const order = await reads.order(scope, sealed.order);
    const leg = "leg" in sealed.event ? await reads.leg(scope, sealed.event.leg) : null;
    if (order) events.push(...toEpcis(sealed, order, leg, `${api.publicUrl}/v1`));
  }
  void reply.header("gs1-epcis-version", "2.0").header("gs1-cbv-version", "2.0");
  const last = fed.at(-1);
  if (last && fed.length === limit)
    void reply.header("link", `<${api.publicUrl}/v1/epcis/events?after=${last.position}&limit=${limit}>; rel="next"`);
  return reply.header("content-type", "application/ld+json").send(JSON.stringify(epcisDocument(events, clock.now())));
}
