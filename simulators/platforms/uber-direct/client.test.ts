import assert from "node:assert/strict";
import { test } from "node:test";
import { getAccessToken } from "uber-direct/auth";
import { createDeliveriesClient } from "uber-direct/deliveries";
import type { Loose } from "../testing/millbrook.ts";
import { onLoopback } from "../testing/on-loopback.ts";
import { uberDirectMaker } from "./maker.ts";

test("U22 `uber-direct` fetches its token, and quotes, creates, reads, lists, updates and cancels", async (context) => {
  const { simulator, baseUrl, pickup, dropoff } = await onLoopback(context, uberDirectMaker);
  const { UBER_DIRECT_CLIENT_ID, UBER_DIRECT_CLIENT_SECRET, customer_id = "" } = simulator.credentials;
  Object.assign(process.env, { UBER_DIRECT_CLIENT_ID, UBER_DIRECT_CLIENT_SECRET });
  const ask = globalThis.fetch;
  const led: typeof fetch = (url, init) => ask(String(url).replace("https://login.uber.com", baseUrl), init);
  context.mock.method(globalThis, "fetch", led);
  const client: Loose = createDeliveriesClient(await getAccessToken(), customer_id);
  client.baseURL = `${baseUrl}/v1/customers/${customer_id}`;
  const places = { pickup_address: pickup.address, dropoff_address: dropoff.address };
  const quote = await client.createQuote(places);
  const delivery = await client.createDelivery({
    ...places,
    quote_id: quote.id,
    pickup_name: pickup.name,
    pickup_phone_number: pickup.phone,
    dropoff_name: dropoff.name,
    dropoff_phone_number: dropoff.phone,
    manifest_items: [{ name: "Bread", quantity: 1 }],
  });
  assert.deepEqual([delivery.status, delivery.fee], ["pending", quote.fee]);
  assert.equal((await client.getDelivery(delivery.id)).id, delivery.id);
  assert.deepEqual(
    (await client.listDeliveries()).data.map(({ id }: Loose) => id),
    [delivery.id],
  );
  const updated = await client.updateDelivery(delivery.id, { dropoff_notes: "ring twice" });
  assert.equal(updated.dropoff.notes, "ring twice");
  assert.equal((await client.cancelDelivery(delivery.id)).status, "canceled");
  await assert.rejects(client.getDelivery("del_none"), (error: Loose) => error.status === 404);
});
