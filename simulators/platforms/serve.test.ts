import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { test } from "node:test";
import { simulatorsCommand } from "./command.ts";
import { paperTown, type Town } from "./paper-town.ts";
import { makers } from "./registry.ts";
import { serve } from "./serve.ts";
import { doordashRig, jwt } from "./testing/doordash-rig.ts";
import type { Loose } from "./testing/millbrook.ts";
import { form, uberRig } from "./testing/uber-rig.ts";

const form_type = { "content-type": "application/x-www-form-urlencoded" };

/** What `--city` opens here: the paper town, paid in euros. */
const elsewhere = (): Promise<Town> => Promise.resolve({ ...paperTown, currency: "EUR" });

/** Runs the command until `use` is done with its lines of output. */
async function running(args: readonly string[], use: (ready: Loose[]) => Promise<void>): Promise<number> {
  const stop = new AbortController();
  const lines: Loose[] = [];
  const errors: string[] = [];
  const code = simulatorsCommand(
    ["--port", "0", ...args],
    {
      out: (line) => lines.push(JSON.parse(line)),
      err: (line) => errors.push(line),
      stop: stop.signal,
    },
    elsewhere,
  );
  while (lines.length < (args.includes("--only") ? 1 : makers.length)) await new Promise((done) => setImmediate(done));
  try {
    await use(lines);
  } finally {
    stop.abort();
  }
  assert.deepEqual(errors, []);
  return await code;
}

test("S1 each simulator stands below its own base path, and nothing else does", async () => {
  const [{ uber, headers, base }, { doordash }] = [await uberRig(), await doordashRig()];
  const served = await serve([uber, doordash], 0);
  const at = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${served.port}${path}`, init);
  try {
    assert.equal((await at(`/uber-direct${base}/deliveries?limit=1`, { headers })).status, 200);
    assert.equal((await at("/doordash-drive/drive/v2/deliveries/D-1")).status, 401);
    assert.equal((await at("/pigeons/v3/quotations")).status, 404);
    assert.equal((await at("/uber-direct")).status, 404);
    const large = await at(`/uber-direct${base}/deliveries`, { method: "POST", headers, body: "x".repeat(1_000_001) });
    assert.equal(large.status, 413);
  } finally {
    await served.close();
  }
});

test("S2 a dropped connection is a cut socket, without an answer", async () => {
  const { uber } = await uberRig({}, 1, { requests: [{ next: 1, operation: "*", fault: { kind: "dropped" } }] });
  const served = await serve([uber], 0);
  const url = `http://127.0.0.1:${served.port}/uber-direct/oauth/v2/token`;
  const outcome = await new Promise((done) => {
    request(url, { method: "POST", headers: form_type }, () => done("answered"))
      .on("error", ({ message }) => done(message))
      .end("a=b");
  });
  await served.close();
  assert.equal(outcome, "socket hang up");
});

test("S3 each platform prints a line, and a newcomer takes it and gets a delivery", async () => {
  const code = await running([], async (lines) => {
    assert.deepEqual(
      lines.map(({ platform }) => platform),
      makers.map(({ platform }) => platform),
    );
    const of = (name: string): Loose => lines.find(({ platform }) => platform === name);
    const [uber, doordash] = [of("uber-direct"), of("doordash-drive")];
    const {
      UBER_DIRECT_CLIENT_ID: client_id,
      UBER_DIRECT_CLIENT_SECRET: client_secret,
      UBER_DIRECT_CUSTOMER_ID: customer,
    } = uber.credentials;
    const body = form({ client_id, client_secret, grant_type: "client_credentials", scope: "eats.deliveries" });
    const grant: Loose = await (
      await fetch(`${uber.baseUrl}/oauth/v2/token`, { method: "POST", headers: form_type, body })
    ).json();
    const { pickup, dropoff } = uber.examples;
    const quote = await fetch(`${uber.baseUrl}/v1/customers/${customer}/delivery_quotes`, {
      method: "POST",
      headers: { authorization: `Bearer ${grant.access_token}`, "content-type": "application/json" },
      body: JSON.stringify({ pickup_address: pickup.address, dropoff_address: dropoff.address }),
    });
    assert.equal(quote.status, 200);
    const created = await fetch(`${doordash.baseUrl}/drive/v2/deliveries`, {
      method: "POST",
      headers: { authorization: `Bearer ${jwt(doordash.credentials, Date.now())}`, "content-type": "application/json" },
      body: JSON.stringify({
        external_delivery_id: "D-1",
        pickup_address: pickup.address,
        dropoff_address: dropoff.address,
        dropoff_phone_number: dropoff.phone,
      }),
    });
    assert.equal(created.status, 200);
  });
  assert.equal(code, 0);
});

test("S4 credentials stay the same from run to run", async () => {
  const seen: string[] = [];
  for (let i = 0; i < 2; i++)
    await running(["--only", "doordash-drive"], async ([line]) => void seen.push(JSON.stringify(line.credentials)));
  assert.equal(seen[0], seen[1]);
});

test("S5 webhooks go to the URL given, and the secret to check them stands in the line", async () => {
  const posts: string[] = [];
  const receiver = createServer((incoming, response) => {
    posts.push(`${incoming.url} ${incoming.headers["x-uber-signature"] ? "signed" : ""}`);
    response.end();
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  const { port } = receiver.address() as { port: number };
  const args = ["--only", "uber-direct", "--sandbox", "--webhooks", `http://127.0.0.1:${port}/hooks/`];
  await running(args, async ([uber]) => {
    assert.ok(uber.credentials.webhook_signing_key);
    const { client_id, client_secret, customer_id } = uber.credentials;
    const body = form({ client_id, client_secret, grant_type: "client_credentials", scope: "eats.deliveries" });
    const grant: Loose = await (
      await fetch(`${uber.baseUrl}/oauth/v2/token`, { method: "POST", headers: form_type, body })
    ).json();
    const { pickup, dropoff } = uber.examples;
    const arrived = new Promise((done) => receiver.once("request", done));
    const created = await fetch(`${uber.baseUrl}/v1/customers/${customer_id}/deliveries`, {
      method: "POST",
      headers: { authorization: `Bearer ${grant.access_token}` },
      body: JSON.stringify({
        pickup_address: pickup.address,
        pickup_name: pickup.name,
        pickup_phone_number: pickup.phone,
        dropoff_address: dropoff.address,
        dropoff_name: dropoff.name,
        dropoff_phone_number: dropoff.phone,
        manifest_items: [{ name: "Bread", quantity: 1 }],
      }),
    });
    assert.equal(created.status, 200);
    await arrived;
  });
  receiver.closeAllConnections();
  receiver.close();
  assert.deepEqual(posts, ["/hooks/uber-direct signed"]);
});

test("S6 wrong use is exit 2 and one sentence, a taken port is exit 1 and one sentence, help is exit 0", async () => {
  const run = async (...args: string[]) => {
    const said: string[] = [];
    const code = await simulatorsCommand(
      args,
      {
        out: (line) => said.push(line),
        err: (line) => said.push(line),
        stop: AbortSignal.abort(),
      },
      elsewhere,
    );
    return { code, said };
  };
  for (const args of [
    ["--only", "pigeons"],
    ["--port", "high"],
    ["--port", "70000"],
    ["--webhooks", "here"],
    ["--bogus"],
    ["extra"],
  ]) {
    const { code, said } = await run(...args);
    assert.deepEqual([code, said.length], [2, 1], args.join(" "));
  }
  const served = await serve([], 0);
  const busy = await run("--port", String(served.port));
  await served.close();
  assert.deepEqual([busy.code, busy.said.length], [1, 1]);
  assert.match(busy.said[0] ?? "", new RegExp(`^Port ${served.port} .*--port[.]$`));
  assert.equal((await run("--help")).code, 0);
});

test("S7 the paper town finds its own houses and no others", () => {
  const { pickup, dropoff } = paperTown.examples;
  assert.deepEqual(paperTown.locate(pickup.address), [pickup.longitude, pickup.latitude]);
  assert.deepEqual(paperTown.locate("64 tide street, Quayside"), [dropoff.longitude, dropoff.latitude]);
  for (const address of [
    "64 Tide Street",
    "201 Tide Street, Quayside",
    "0 Tide Street, Quayside",
    "1 Elm Street, Quayside",
    "",
  ])
    assert.equal(paperTown.locate(address), null);
});

test("S8 --city opens the caller's city: its addresses and its currency", async () => {
  await running(["--city", "--only", "doordash-drive"], async ([doordash]) => {
    const { pickup, dropoff } = doordash.examples;
    const created = await fetch(`${doordash.baseUrl}/drive/v2/deliveries`, {
      method: "POST",
      headers: { authorization: `Bearer ${jwt(doordash.credentials, Date.now())}`, "content-type": "application/json" },
      body: JSON.stringify({
        external_delivery_id: "D-2",
        pickup_address: pickup.address,
        dropoff_address: dropoff.address,
        dropoff_phone_number: dropoff.phone,
      }),
    });
    assert.equal(((await created.json()) as Loose).currency, "EUR");
  });
});
