import assert from "node:assert/strict";
import http from "node:http";
import https from "node:https";
import { test, type TestContext } from "node:test";
import { ClientModule, Config, OrderPayloadBuilder, QuotationPayloadBuilder } from "@lalamove/lalamove-js";
import { onLoopback } from "../testing/on-loopback.ts";
import { lalamoveMaker } from "./maker.ts";

/** The package knows two hosts and asks Node's `https` by name: there its calls are led to the simulator, without TLS. */
function leadTo(port: number, context: TestContext): void {
  const plain = (options: http.RequestOptions, answered: (response: http.IncomingMessage) => void) =>
    http.request({ ...options, host: "127.0.0.1", port, path: `/lalamove${options.path ?? ""}` }, answered);
  context.mock.method(https, "request", plain as typeof https.request);
}

test("L23 `@lalamove/lalamove-js` quotes, orders, tips, reads and cancels", async (context) => {
  const { simulator, port, pickup, dropoff } = await onLoopback(context, lalamoveMaker);
  leadTo(port, context);
  const { public_key = "", secret = "" } = simulator.credentials;
  const client = new ClientModule(new Config(public_key, secret, "production"));
  const city = await client.City.retrieve("SG", "SG MIL");
  assert.ok(city.services.some(({ key }) => key === "MOTORCYCLE"));
  const stops = [pickup, dropoff].map(({ address, latitude, longitude }) => ({
    address,
    coordinates: { lat: latitude.toFixed(6), lng: longitude.toFixed(6) },
  }));
  const wanted = QuotationPayloadBuilder.quotationPayload().withLanguage("en_SG").withServiceType("MOTORCYCLE");
  const quotation = await client.Quotation.create("SG", wanted.withStops(stops).build());
  assert.equal((await client.Quotation.retrieve("SG", quotation.id)).id, quotation.id);
  const [from, to] = quotation.stops;
  const order = await client.Order.create(
    "SG",
    OrderPayloadBuilder.orderPayload()
      .withQuotationID(quotation.id)
      .withSender({ stopId: from?.id ?? "", name: pickup.name, phone: pickup.phone })
      .withRecipients([{ stopId: to?.id ?? "", name: dropoff.name, phone: dropoff.phone, remarks: "crème & <b>" }])
      .withIsPODEnabled(true)
      .withMetadata({ reference: "C-1" })
      .build(),
  );
  assert.deepEqual([order.status, order.priceBreakdown.currency], ["ASSIGNING_DRIVER", "USD"]);
  assert.equal(await client.Order.addPriorityFee("SG", order.id, "2"), true);
  assert.equal((await client.Order.retrieve("SG", order.id)).priceBreakdown.priorityFee, "2.00");
  assert.equal(await client.Order.cancel("SG", order.id), true);
  assert.equal(simulator.truth()[0]?.ended, "cancelled");
});

test("L23 `@lalamove/lalamove-js` reads our refusals", async (context) => {
  const { simulator, port } = await onLoopback(context, lalamoveMaker);
  leadTo(port, context);
  const { public_key = "", secret = "" } = simulator.credentials;
  const client = new ClientModule(new Config(public_key, secret, "production"));
  await assert.rejects(client.Quotation.retrieve("SG", "1"), /Quotation not found/);
  await assert.rejects(client.Order.cancel("SG", "1"), /Order not found/);
  const stranger = new ClientModule(new Config(public_key, "sk", "production"));
  await assert.rejects(stranger.City.retrieve("SG", "SG MIL"), /right credentials/);
});
