import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import type { Loose } from "../testing/millbrook.ts";
import { onLoopback } from "../testing/on-loopback.ts";
import { stuartMaker } from "./maker.ts";

const require = createRequire(import.meta.url);
/** The package brings no types. */
const client: Loose = require("stuart-client-js");

test("T23 `stuart-client-js` prices, creates, reads and cancels a job, one token for all", async (context) => {
  const { simulator, baseUrl, pickup, dropoff } = await onLoopback(context, stuartMaker);
  const { client_id, client_secret } = simulator.credentials;
  const authenticator = new client.Authenticator({ baseUrl }, client_id, client_secret);
  const http = new client.HttpClient(authenticator);
  const end = ({ address, name, phone }: typeof pickup) => ({ address, contact: { firstname: name, phone } });
  const job = {
    job: {
      pickups: [end(pickup)],
      dropoffs: [{ ...end(dropoff), package_type: "small", client_reference: "C-1" }],
    },
  };
  const priced = await http.performPost("/v2/jobs/pricing", JSON.stringify(job));
  assert.ok(priced.success() && priced.body.amount > 0);
  const token = authenticator.accessToken;
  const created = await http.performPost("/v2/jobs", JSON.stringify(job));
  assert.equal(created.statusCode, 201);
  const read = await http.performGet("/v2/jobs", { client_reference: "C-1" });
  assert.deepEqual(
    read.body.map(({ id }: Loose) => id),
    [created.body.id],
  );
  const refused = await http.performPost("/v2/jobs", JSON.stringify(job));
  assert.deepEqual([refused.success(), refused.body.error], [false, "RECORD_INVALID"]);
  const canceled = await http.performPost(`/v2/jobs/${created.body.id}/cancel`);
  assert.equal(canceled.body.status, "canceled");
  assert.equal(authenticator.accessToken, token);
});

test("T23 with a wrong secret `stuart-client-js` rejects", async (context) => {
  const { simulator, baseUrl } = await onLoopback(context, stuartMaker);
  const wrong = new client.Authenticator({ baseUrl }, simulator.credentials["client_id"], "nothing");
  await assert.rejects(
    new client.HttpClient(wrong).performGet("/v2/jobs"),
    /Client authentication failed|invalid_client/,
  );
});
