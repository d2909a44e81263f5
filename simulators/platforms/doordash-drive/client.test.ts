import assert from "node:assert/strict";
import { test } from "node:test";
import { DoorDashClient, DoorDashDuplicatedDeliveryIdError, DoorDashUnknownDeliveryError } from "@doordash/sdk";
import type { Loose } from "../testing/millbrook.ts";
import { onLoopback } from "../testing/on-loopback.ts";
import { doordashDriveMaker } from "./maker.ts";

test("D20 `@doordash/sdk` quotes, accepts, creates, reads, updates and cancels, and knows our refusals", async (context) => {
  const { simulator, baseUrl, pickup, dropoff } = await onLoopback(context, doordashDriveMaker);
  const { developer_id = "", key_id = "", signing_secret = "" } = simulator.credentials;
  const client = new DoorDashClient({ developer_id, key_id, signing_secret });
  (client as Loose)._apiClient.basePath = baseUrl;
  const wanted = (external_delivery_id: string) => ({
    external_delivery_id,
    pickup_address: pickup.address,
    pickup_phone_number: pickup.phone,
    dropoff_address: dropoff.address,
    dropoff_phone_number: dropoff.phone,
  });
  const quote = await client.deliveryQuote(wanted("C-1"));
  assert.deepEqual([quote.status, quote.data.delivery_status], [200, "quote"]);
  assert.equal((await client.deliveryQuoteAccept("C-1")).data.delivery_status, "created");
  assert.equal((await client.createDelivery(wanted("C-2"))).data.delivery_status, "created");
  assert.equal((await client.getDelivery("C-2")).data.fee, quote.data.fee);
  assert.equal((await client.updateDelivery("C-2", { tip: 100 })).data.tip, 100);
  assert.equal((await client.cancelDelivery("C-2")).data.delivery_status, "cancelled");
  await assert.rejects(client.createDelivery(wanted("C-2")), DoorDashDuplicatedDeliveryIdError);
  await assert.rejects(client.getDelivery("C-3"), DoorDashUnknownDeliveryError);
});
