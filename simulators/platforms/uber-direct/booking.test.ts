import assert from "node:assert/strict";
import { test } from "node:test";
import { call, millbrook } from "../testing/millbrook.ts";
import { form, uberRig } from "../testing/uber-rig.ts";

const minutes = (rig: Awaited<ReturnType<typeof uberRig>>, count: number): string =>
  new Date(rig.world.clock.now() + count * 60_000).toISOString();

test("U1 the token endpoint grants client credentials for 30 days, form encoded, and says what it granted", async () => {
  const { grant } = await uberRig();
  assert.equal(grant.status, 200);
  assert.equal(grant.body.token_type, "Bearer");
  assert.equal(grant.body.expires_in, 2_592_000);
  assert.equal(grant.body.scope, "direct.organizations eats.deliveries");
});

test("U1 the token endpoint refuses a wrong secret, another grant, an unknown scope, a JSON body", async () => {
  const { uber } = await uberRig();
  const { client_id = "", client_secret = "" } = uber.credentials;
  const good = { client_id, client_secret, grant_type: "client_credentials", scope: "eats.deliveries" };
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const ask = async (fields: Record<string, string>, headers: Record<string, string> = type) => {
    const { status, body } = await call(uber, "POST", "/oauth/v2/token", form({ ...good, ...fields }), headers);
    return `${status} ${body.error ?? "granted"}`;
  };
  assert.equal(await ask({}), "200 granted");
  assert.equal(await ask({ client_secret: "guess" }), "401 invalid_client");
  assert.equal(await ask({ client_id: "guess" }), "401 invalid_client");
  assert.equal(await ask({ grant_type: "password" }), "400 unsupported_grant_type");
  assert.equal(await ask({ scope: "eats.everything" }), "400 invalid_scope");
  assert.equal(await ask({ scope: "" }), "400 invalid_scope");
  assert.equal(await ask({}, { "content-type": "application/json" }), "400 invalid_request");
});

test("U2 no token, an unknown, an expired one and one without the scope answer 401 without `kind`", async () => {
  const rig = await uberRig({ tokenLife_s: 60 });
  const path = `${rig.base}/deliveries`;
  const bare = await call(rig.uber, "GET", path, undefined, {});
  assert.equal(bare.status, 401);
  assert.deepEqual(Object.keys(bare.body), ["code", "message"]);
  assert.equal(bare.body.code, "unauthorized");
  assert.equal((await call(rig.uber, "GET", path, undefined, { authorization: "Bearer IA.guess" })).status, 401);
  const { client_id = "", client_secret = "" } = rig.uber.credentials;
  const other = form({ client_id, client_secret, grant_type: "client_credentials", scope: "direct.organizations" });
  const { body } = await call(rig.uber, "POST", "/oauth/v2/token", other, {
    "content-type": "application/x-www-form-urlencoded",
  });
  assert.equal(
    (await call(rig.uber, "GET", path, undefined, { authorization: `Bearer ${body.access_token}` })).status,
    401,
  );
  assert.equal((await rig.ask("GET", "/deliveries")).status, 200);
  await rig.world.pass(60);
  assert.equal((await rig.ask("GET", "/deliveries")).status, 401);
});

test("U2 another customer is 404, a suspended account 402, a blocked one 403, a busy one 429", async () => {
  const rig = await uberRig({ environment: "sandbox" });
  const stranger = await call(rig.uber, "GET", "/v1/customers/cus_other/deliveries", undefined, rig.headers);
  assert.deepEqual([stranger.status, stranger.body.code, stranger.body.kind], [404, "customer_not_found", "error"]);
  rig.uber.setFaults({ account: "suspended" });
  const suspended = await rig.quote();
  assert.deepEqual([suspended.status, suspended.body.code], [402, "customer_suspended"]);
  rig.uber.setFaults({ account: "blocked" });
  const blocked = await rig.quote();
  assert.deepEqual([blocked.status, blocked.body.code], [403, "customer_blocked"]);
  rig.uber.setFaults({});
  for (let i = 3; i < 200; i++) await rig.ask("GET", "/deliveries");
  const limited = await rig.ask("GET", "/deliveries");
  assert.deepEqual([limited.status, limited.body.code], [429, "customer_limited"]);
  await rig.world.pass(600);
  assert.equal((await rig.ask("GET", "/deliveries")).status, 200);
});

test("U3 a quote has the documented shape, minutes for durations, both currencies, and lives 15 minutes", async () => {
  const { status, body } = await (await uberRig()).quote();
  assert.equal(status, 200);
  const keys =
    "kind id created expires fee currency currency_type dropoff_eta dropoff_deadline duration pickup_duration";
  assert.deepEqual(Object.keys(body), keys.split(" "));
  assert.equal(body.kind, "delivery_quote");
  assert.match(body.id, /^dqt_/);
  assert.equal(Date.parse(body.expires) - Date.parse(body.created), 15 * 60_000);
  assert.deepEqual([body.currency, body.currency_type], ["usd", "USD"]);
  assert.equal(body.fee, 550 + Math.round(110 * 2.224));
  assert.equal(body.duration, Math.round((Date.parse(body.dropoff_eta) - Date.parse(body.created)) / 60_000));
});

test("U3 the fee follows the hour: dinner costs more than morning", async () => {
  const rig = await uberRig();
  const morning = await rig.quote();
  await rig.world.pass(10 * 3600);
  assert.ok((await rig.quote()).body.fee > morning.body.fee);
});

test("U4 an address is one line or JSON in a string; an object, broken JSON and an unknown place are refused by name", async () => {
  const rig = await uberRig();
  const { pickup, dropoff } = millbrook;
  assert.equal((await rig.quote({ pickup_address: pickup.address })).status, 200);
  const wrong = async (body: object) => {
    const answer = await rig.quote(body);
    return `${answer.status} ${answer.body.code} ${Object.keys(answer.body.metadata ?? {}).join()}`;
  };
  const address = { street_address: [pickup.street], city: pickup.city };
  assert.equal(await wrong({ pickup_address: address }), "400 invalid_params pickup_address");
  assert.equal(await wrong({ pickup_address: "{broken" }), "400 invalid_params pickup_address");
  assert.equal(await wrong({ pickup_address: undefined }), "400 invalid_params pickup_address");
  const nowhere = { dropoff_latitude: undefined, dropoff_longitude: undefined };
  assert.equal(await wrong(nowhere), "400 unknown_location dropoff_address");
  assert.equal(await wrong({ dropoff_longitude: undefined }), "400 invalid_params dropoff_latitude");
  assert.equal(await wrong({ dropoff_latitude: 43 }), "400 address_undeliverable dropoff_address");
  rig.world.places.set(`${dropoff.street}, Millbrook, 00100, US`, [-30, 42.04]);
  assert.equal(await wrong({}), "400 invalid_params dropoff_address");
  assert.equal(await wrong({ dropoff_latitude: 42.041 }), "200 undefined ");
  assert.equal(await wrong({ dropoff_phone_number: "555 0101" }), "400 invalid_params dropoff_phone_number");
});

test("U4 a way beyond the limit is undeliverable", async () => {
  const market = {
    coverage: { west: -31, south: 41, east: -29, north: 43 },
    longest_m: 2_000,
    supply: { busyShare: 0 },
  };
  const { status, body } = await (await uberRig({ market })).quote();
  assert.deepEqual([status, body.code], [400, "address_undeliverable"]);
});

test("U5 each broken window has its code, and the bounds are inside", async () => {
  const rig = await uberRig();
  const [at, code] = [
    (count: number) => minutes(rig, count),
    async (body: object) => (await rig.quote(body)).body.code ?? "ok",
  ];
  assert.equal(await code({ pickup_ready_dt: at(-5) }), "pickup_ready_too_early");
  assert.equal(await code({ pickup_ready_dt: at(30 * 24 * 60) }), "pickup_ready_too_late");
  assert.equal(await code({ pickup_ready_dt: at(15), pickup_deadline_dt: at(24) }), "pickup_window_too_small");
  assert.equal(await code({ pickup_ready_dt: at(15), pickup_deadline_dt: at(25) }), "ok");
  assert.equal(await code({ pickup_deadline_dt: at(19) }), "pickup_deadline_too_early");
  assert.equal(await code({ pickup_deadline_dt: at(20) }), "ok");
  assert.equal(
    await code({ pickup_deadline_dt: at(30), dropoff_ready_dt: at(31) }),
    "dropoff_ready_after_pickup_deadline",
  );
  assert.equal(
    await code({ pickup_deadline_dt: at(30), dropoff_deadline_dt: at(29) }),
    "dropoff_deadline_before_pickup_deadline",
  );
  assert.equal(await code({ dropoff_ready_dt: at(10), dropoff_deadline_dt: at(29) }), "dropoff_deadline_too_early");
  assert.equal(await code({ dropoff_ready_dt: at(10), dropoff_deadline_dt: at(30) }), "ok");
  assert.equal(await code({ pickup_ready_dt: "tomorrow" }), "invalid_params");
});

test("U6 create answers 200 with the delivery; the fee holds the tip; it is pending and nobody is on it", async () => {
  const rig = await uberRig();
  const quote = await rig.quote();
  const { status, body } = await rig.create({ quote_id: quote.body.id, tip: 150, external_id: "O-1" });
  assert.equal(status, 200);
  assert.match(body.id, /^del_/);
  assert.match(body.uuid, /^[0-9a-f]{32}$/);
  assert.equal(body.fee, quote.body.fee + 150);
  assert.deepEqual([body.tip, body.currency, body.external_id, body.quote_id], [150, "usd", "O-1", quote.body.id]);
  assert.deepEqual([body.status, body.complete, body.courier, body.live_mode], ["pending", false, null, true]);
  assert.deepEqual(body.pickup.location, { lat: 42, lng: -30 });
  assert.equal(body.manifest_items[0].size, "small");
});

test("U6 every required field is named when it is missing, and every wrong one", async () => {
  const rig = await uberRig();
  const required = [
    "pickup_name",
    "pickup_address",
    "pickup_phone_number",
    "dropoff_name",
    "dropoff_address",
    "dropoff_phone_number",
    "manifest_items",
  ];
  const empty = await rig.ask("POST", "/deliveries", {});
  assert.deepEqual([empty.status, empty.body.code, empty.body.kind], [400, "invalid_params", "error"]);
  assert.deepEqual(Object.keys(empty.body.metadata).toSorted(), required.toSorted());
  const named = async (body: object) => Object.keys((await rig.create(body)).body.metadata ?? {}).join();
  assert.equal(await named({ manifest_items: [] }), "manifest_items");
  assert.equal(await named({ manifest_items: [{ name: "Bread", quantity: 0 }] }), "manifest_items[0].quantity");
  assert.equal(await named({ manifest_items: [{ name: "B", quantity: 1, size: "huge" }] }), "manifest_items[0].size");
  const dimensions = { length: 10, height: 10, depth: 10 };
  assert.equal(await named({ manifest_items: [{ name: "B", quantity: 1, dimensions }] }), "manifest_items[0].weight");
  assert.equal(await named({ dropoff_notes: "x".repeat(281) }), "dropoff_notes");
  assert.equal(await named({ tip: -1 }), "tip");
  assert.equal(await named({ undeliverable_action: "burn" }), "undeliverable_action");
  assert.equal(
    await named({ dropoff_verification: { barcodes: [{ value: "1", type: "EAN" }] } }),
    "dropoff_verification.barcodes[0].type",
  );
  const alone = {
    deliverable_action: "deliverable_action_leave_at_door",
    dropoff_verification: { signature_requirement: { enabled: true } },
  };
  assert.equal(await named(alone), "deliverable_action");
  assert.equal((await rig.ask("POST", "/deliveries", "not json")).body.code, "invalid_params");
  assert.equal(rig.uber.truth().length, 0);
});

test("U7 a quote is used once, dies after 15 minutes, and fits its own places only", async () => {
  const rig = await uberRig();
  const { id } = (await rig.quote()).body;
  const code = async (body: object) => (await rig.create(body)).body.code ?? "ok";
  assert.equal(await code({ quote_id: "dqt_guess" }), "invalid_params");
  assert.equal(await code({ quote_id: id, dropoff_latitude: 42.03 }), "mismatched_price_quote");
  assert.equal(await code({ quote_id: id, external_store_id: "S-1" }), "mismatched_price_quote");
  assert.equal(await code({ quote_id: id }), "ok");
  assert.equal(await code({ quote_id: id }), "used_quote");
  const [punctual, late] = [(await rig.quote()).body.id, (await rig.quote()).body.id];
  await rig.world.pass(15 * 60);
  assert.equal(await code({ quote_id: punctual }), "ok");
  await rig.world.pass(1);
  assert.equal(await code({ quote_id: late }), "expired_quote");
});

test("U8 a repeated idempotency key is 409 with the existing id, for an hour; so is a repeated reference pair, for good", async () => {
  const rig = await uberRig();
  const quote = (await rig.quote()).body.id;
  const first = await rig.create({ idempotency_key: "k", quote_id: quote });
  const again = await rig.create({ idempotency_key: "k", quote_id: quote });
  assert.deepEqual([again.status, again.body.code], [409, "duplicate_delivery"]);
  assert.deepEqual(again.body.metadata, { delivery_id: first.body.id });
  await rig.world.pass(3600);
  assert.equal((await rig.create({ idempotency_key: "k" })).status, 200);
  const pair = { external_id: "O-1", manifest_reference: "R-1" };
  assert.equal((await rig.create(pair)).status, 200);
  await rig.world.pass(7200);
  assert.equal((await rig.create(pair)).status, 409);
  assert.equal((await rig.create({ ...pair, idempotency_key: "other" })).status, 200);
});

test("U8 two creates with one key at the same moment make one delivery", async () => {
  const rig = await uberRig();
  const both = await Promise.all([rig.create({ idempotency_key: "k" }), rig.create({ idempotency_key: "k" })]);
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
  assert.equal(rig.uber.truth().length, 1);
});

test("U9 too few couriers: 503 couriers_busy on a quote, 400 on a create without one", async () => {
  const market = { coverage: { centre: [-30, 42.01], radius_m: 8000 }, supply: { busyShare: 1 } } as const;
  const rig = await uberRig({ market });
  const [quote, create] = [await rig.quote(), await rig.create()];
  assert.deepEqual([quote.status, quote.body.code], [503, "couriers_busy"]);
  assert.deepEqual([create.status, create.body.code], [400, "address_undeliverable_limited_couriers"]);
});

test("U10 list pages newest first by `Offset`, with a total of -1 and a next link without scheme", async () => {
  const rig = await uberRig({ environment: "sandbox" });
  const ids = [];
  for (let i = 0; i < 3; i++) ids.unshift((await rig.create({ external_store_id: `S-${i}` })).body.id);
  await rig.ask("POST", `/deliveries/${ids[0]}/cancel`);
  const page = await rig.ask("GET", "/deliveries?limit=2");
  assert.deepEqual(
    page.body.data.map(({ id }: { id: string }) => id),
    ids.slice(0, 2),
  );
  assert.equal(page.body.total_count, -1);
  assert.match(page.body.next_href, /^api[.]uber[.]com\/v1\/customers\/.*limit=2&Offset=2$/);
  const rest = await rig.ask("GET", "/deliveries?limit=2&Offset=2");
  assert.deepEqual([rest.body.data.length, rest.body.next_href], [1, ""]);
  const count = async (query: string) => (await rig.ask("GET", `/deliveries?${query}`)).body.data?.length ?? "refused";
  assert.deepEqual(
    [await count("filter=canceled"), await count("filter=ongoing"), await count("filter=arrived")],
    [1, 2, "refused"],
  );
  assert.deepEqual(
    [await count("external_store_id=S-1"), await count("limit=0"), await count("Offset=-1")],
    [1, "refused", "refused"],
  );
  assert.equal(await count("offset=2"), 3);
});

test("U11 an unknown delivery is 404 for get, update, cancel and proof", async () => {
  const rig = await uberRig();
  for (const [method, path] of [
    ["GET", ""],
    ["POST", ""],
    ["POST", "/cancel"],
    ["POST", "/proof-of-delivery"],
  ] as const) {
    const { status, body } = await rig.ask(method, `/deliveries/del_guess${path}`, method === "POST" ? {} : undefined);
    assert.deepEqual([status, body.code], [404, "delivery_not_found"]);
  }
  assert.equal((await rig.ask("PATCH", "/deliveries/del_guess", {})).status, 404);
});

test("U12 update is a POST of the known fields, all or nothing, and tips have their own refusals", async () => {
  const rig = await uberRig({ environment: "sandbox" });
  const { id } = (await rig.create()).body;
  const update = async (body: object) => (await rig.ask("POST", `/deliveries/${id}`, body)).body;
  assert.equal((await update({ dropoff_notes: "ring twice" })).dropoff.notes, "ring twice");
  const moved = await update({ dropoff_latitude: 42.021, dropoff_longitude: -30 });
  assert.deepEqual(moved.dropoff.location, { lat: 42.021, lng: -30 });
  assert.equal(
    (await update({ dropoff_latitude: 42.06, dropoff_longitude: -30, dropoff_notes: "no" })).code,
    "invalid_params",
  );
  assert.equal((await rig.ask("GET", `/deliveries/${id}`)).body.dropoff.notes, "ring twice");
  assert.equal((await update({ tip_by_customer: 0 })).code, "no_tip");
  assert.equal((await update({ tip_by_customer: 20_000 })).code, "max_tip_exceeded");
  assert.equal((await update({ tip_by_customer: 300 })).tip, 300);
  assert.equal((await update({ tip_by_customer: 300 })).code, "tip_already_recorded");
  await rig.ask("POST", `/deliveries/${id}/cancel`);
  assert.equal((await update({ tip_by_customer: 300 })).code, "invalid_tipping_state");
  assert.deepEqual((await update({ dropoff_notes: "late" })).metadata, {
    dropoff_notes: "dropoff_notes cannot be updated in current state",
  });
});

test("U13 cancel takes an empty body or a known reason, once, and costs nothing before the pickup", async () => {
  const rig = await uberRig();
  const { id } = (await rig.create()).body;
  const path = `/deliveries/${id}/cancel`;
  assert.equal((await rig.ask("POST", path, { cancelation_reason: "whim" })).status, 400);
  assert.equal((await rig.ask("POST", path, { cancelation_reason: "other" })).status, 400);
  const canceled = await rig.ask("POST", path);
  assert.deepEqual([canceled.status, canceled.body.status, canceled.body.complete], [200, "canceled", true]);
  const again = await rig.ask("POST", path);
  assert.deepEqual([again.status, again.body.code], [400, "noncancelable_delivery"]);
  await rig.world.pass(3600);
  const [truth] = rig.uber.truth();
  assert.deepEqual([truth?.ended, truth?.charges], ["cancelled", []]);
});

test("U13 once the parcels are with the courier, it cannot be cancelled", async () => {
  const rig = await uberRig();
  const { id } = (await rig.create()).body;
  while ((await rig.ask("GET", `/deliveries/${id}`)).body.status !== "pickup_complete") await rig.world.pass(5);
  assert.equal((await rig.ask("POST", `/deliveries/${id}/cancel`)).body.code, "noncancelable_delivery");
});

test("U6 unknown fields are ignored", async () => {
  assert.equal((await (await uberRig()).create({ dropoffNotes: "camel", extra: 1 })).status, 200);
});
