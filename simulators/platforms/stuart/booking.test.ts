import assert from "node:assert/strict";
import { test } from "node:test";
import { call, type Loose } from "../testing/millbrook.ts";
import { jobBody, stuartRig } from "../testing/stuart-rig.ts";

/** "422 RECORD_INVALID job.dropoffs.address", "201". */
const brief = ({ status, body }: { status: number; body: Loose }): string =>
  [status, body?.error, body?.data && Object.keys(body.data).join()].filter(Boolean).join(" ");

const until = async (rig: Awaited<ReturnType<typeof stuartRig>>, id: number, status: string): Promise<void> => {
  while ((await rig.get(id)).body.deliveries[0].status !== status) await rig.world.pass(2);
};

test("T1 a token is asked for by form, by Basic authentication or in JSON; it is a long JWT and lives 30 days", async () => {
  const rig = await stuartRig();
  const { client_id = "", client_secret = "" } = rig.simulator.credentials;
  assert.deepEqual(
    [rig.grant.status, rig.grant.body.token_type, rig.grant.body.expires_in, rig.grant.body.scope],
    [200, "bearer", 2_592_000, "api"],
  );
  assert.ok(rig.grant.body.access_token.length > 255);
  const grant_type = "client_credentials";
  const token = async (body: string, headers: Record<string, string>) =>
    (await call(rig.simulator, "POST", "/oauth/token", body, headers)).status;
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const basic = { ...form, authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString("base64")}` };
  assert.equal(await token(`scope=&grant_type=${grant_type}`, basic), 200);
  const json = { "content-type": "application/json" };
  assert.equal(await token(JSON.stringify({ client_id, client_secret, grant_type }), json), 200);
  assert.equal(await token(JSON.stringify({ client_id, client_secret: "x", grant_type }), json), 401);
  assert.equal(await token(JSON.stringify({ client_id, client_secret, grant_type: "password" }), json), 400);
});

test("T2 without a living token every call is 401 INVALID_GRANT", async () => {
  const rig = await stuartRig({ tokenLife_s: 60 });
  const bare = await call(rig.simulator, "GET", "/v2/jobs", undefined, {});
  assert.equal(brief(bare), "401 INVALID_GRANT");
  assert.equal(brief(await rig.price()), "200");
  await rig.world.pass(60);
  const expired = await rig.price();
  assert.deepEqual([brief(expired), expired.body.message], ["401 INVALID_GRANT", "The access token expired"]);
});

test("T3 a price is in major units, without an id and without an end; times are seconds", async () => {
  const rig = await stuartRig();
  const { body } = await rig.price();
  assert.deepEqual(Object.keys(body), ["amount", "amount_with_tax", "currency"]);
  assert.ok(body.amount > 5 && body.amount < 20 && body.amount_with_tax > body.amount, JSON.stringify(body));
  assert.ok((await rig.price({ package_type: "xlarge" })).body.amount > body.amount);
  const eta = async (path: string) => (await rig.ask("POST", `/v2/jobs/${path}`, jobBody())).body.eta;
  const [pickup, dropoff] = [await eta("eta"), await eta("cpt")];
  assert.ok(Number.isInteger(pickup) && pickup < dropoff, `${pickup} ${dropoff}`);
  assert.deepEqual((await rig.ask("POST", "/v2/jobs/validate", jobBody())).body, { valid: true });
});

test("T4 every wrong field is named at once, below `job` and without the number of its place", async () => {
  const rig = await stuartRig();
  assert.equal(brief(await rig.ask("POST", "/v2/jobs", { pickups: [] })), "422 RECORD_INVALID job");
  assert.equal(brief(await rig.ask("POST", "/v2/jobs", "[]")), "422 RECORD_INVALID body");
  assert.equal(
    brief(await rig.create({ address: "", package_type: "huge" })),
    "422 RECORD_INVALID job.dropoffs.address,job.dropoffs.package_type",
  );
  assert.equal(brief(await rig.create({ package_type: undefined })), "422 RECORD_INVALID job.dropoffs.package_type");
  assert.equal(brief(await rig.create({ package_type: undefined }, { transport_type: "bike" })), "201");
  assert.equal(brief(await rig.create({ contact: { phone: "12" } })), "422 PHONE_INVALID job.dropoffs.contact.phone");
  const [drop] = jobBody().job.dropoffs;
  assert.equal(brief(await rig.create({}, { dropoffs: [drop, drop] })), "422 JOB_DELIVERIES_INVALID job.dropoffs");
});

test("T5 addresses and times that cannot be served have their codes", async () => {
  const rig = await stuartRig();
  rig.world.places.set("Far", [-30, 43]).set("Edge", [-30, 42.08]);
  assert.equal(brief(await rig.price({ address: "Nowhere" })), "422 CANT_GEOCODE_ADDRESS job.dropoffs.address");
  assert.equal(brief(await rig.price({ address: "Far" })), "422 OUT_OF_RANGE job.dropoffs.address");
  const vague = { address: "A field", latitude: 42.01, longitude: -30 };
  assert.equal(brief(await rig.price(vague)), "200");
  assert.equal(
    brief(await rig.price({ ...vague, contact: {} })),
    "422 ADDRESS_CONTACT_PHONE_REQUIRED job.dropoffs.contact.phone",
  );
  const short = await stuartRig({ market: { coverage: { centre: [-30, 42], radius_m: 9000 }, longest_m: 1000 } });
  assert.equal(brief(await short.price()), "422 JOB_DISTANCE_NOT_ALLOWED");
  const late = "422 JOB_PICKUP_AT_INVALID job.pickup_at";
  assert.equal(brief(await rig.price({}, { pickup_at: "2026-11-21T08:00:00Z" })), late);
  assert.equal(brief(await rig.price({}, { pickup_at: "2026-11-26T09:00:00Z" })), late);
  const closed = await stuartRig({ openHours: { from: 10, to: 22 } });
  assert.equal(brief(await closed.price()), late);
  assert.equal(brief(await closed.price({}, { pickup_at: "2026-11-21T11:00:00+01:00" })), "200");
});

test("T6 a job is answered in snake case with local times, its one delivery, and a price that adds up", async () => {
  const rig = await stuartRig({ market: { coverage: { centre: [-30, 42], radius_m: 9000 }, zone: "Europe/Madrid" } });
  const { status, body } = await rig.create();
  assert.deepEqual([status, body.status, body.driver, body.deliveries.length], [201, "new", null, 1]);
  assert.equal(body.created_at, "2026-11-21T10:00:00.000+01:00");
  const { pricing } = body;
  assert.equal(
    Math.round((pricing.price_tax_excluded + pricing.tax_amount) * 100),
    Math.round(pricing.price_tax_included * 100),
  );
  const [delivery] = body.deliveries;
  assert.deepEqual(
    [
      delivery.status,
      delivery.client_reference,
      delivery.dropoff.contact.company_name,
      delivery.dropoff.contact.company,
    ],
    ["pending", "A-1", "Ada Byron", undefined],
  );
  assert.ok(body.distance > 2 && body.distance < 3, "kilometres");
});

test("T7 a client reference is taken once, also by two at the same moment; `alive` frees it with the job", async () => {
  const rig = await stuartRig();
  const both = await Promise.all([rig.create(), rig.create()]);
  assert.deepEqual(both.map(brief).toSorted(), ["201", "422 RECORD_INVALID job.dropoffs.client_reference"]);
  const id = both.find(({ status }) => status === 201)?.body.id;
  await rig.cancel(id);
  assert.equal((await rig.create()).status, 422);
  const free = await stuartRig({ references: "alive" });
  await free.cancel((await free.create()).body.id);
  assert.equal((await free.create()).status, 201);
});

test("T8 the list is filtered and paged; an unknown job is 404", async () => {
  const rig = await stuartRig();
  for (const client_reference of ["A-1", "A-2", "A-3"]) await rig.create({ client_reference });
  const list = async (query: string): Promise<string> =>
    (await rig.ask("GET", `/v2/jobs?${query}`)).body.map((job: Loose) => job.deliveries[0].client_reference).join();
  assert.equal(await list(""), "A-3,A-2,A-1");
  assert.equal(await list("per_page=2&page=2"), "A-1");
  assert.equal(await list("client_reference=A-2"), "A-2");
  assert.equal(await list("status=finished"), "");
  assert.equal(await list("active=true&per_page=1"), "A-3");
  assert.equal(brief(await rig.get(1)), "404 NOT_FOUND");
  assert.equal((await rig.ask("GET", "/v2/nothing")).status, 404);
});

test("T9 an update changes reference, description, comments and contacts; afterwards the reference alone", async () => {
  const rig = await stuartRig();
  const { id, deliveries } = (await rig.create()).body;
  const change = (delivery: object) =>
    rig.ask("PATCH", `/v2/jobs/${id}`, { job: { deliveries: [{ id: deliveries[0].id, ...delivery }] } });
  const changed = (await change({ package_description: "Cake", dropoff: { contact: { phone: "+12025550199" } } })).body;
  assert.deepEqual(
    [changed.deliveries[0].package_description, changed.deliveries[0].dropoff.contact.phone],
    ["Cake", "+12025550199"],
  );
  assert.equal(changed.deliveries[0].dropoff.contact.firstname, "Ada Byron");
  assert.equal(brief(await change({ id: 1 })), "422 RECORD_INVALID job.deliveries.id");
  await until(rig, id, "delivered");
  const late = (await change({ package_description: "Bread", client_reference: "B-1" })).body.deliveries[0];
  assert.deepEqual([late.package_description, late.client_reference], ["Cake", "B-1"]);
});

test("T10 cancelling is taken until the pickup: free for two minutes from acceptance, then at the minimum price", async () => {
  const charges = async (rig: Awaited<ReturnType<typeof stuartRig>>, wait: (id: number) => Promise<void>) => {
    const { id } = (await rig.create()).body;
    await wait(id);
    const { status, body } = await rig.cancel(id, { public_reason_key: "customer_cancellation_requested" });
    return [
      status,
      body.status ?? body.error,
      ...(rig.simulator.truth()[0]?.charges ?? []).map(({ amount }) => amount),
    ];
  };
  assert.deepEqual(await charges(await stuartRig(), async () => {}), [200, "canceled"]);
  let rig = await stuartRig();
  assert.deepEqual(await charges(rig, (id) => until(rig, id, "picking")), [200, "canceled"]);
  const far = { market: { coverage: { centre: [-30, 42] as const, radius_m: 9000 }, dwell: { pickup_s: 900 } } };
  rig = await stuartRig(far);
  const late = async (id: number): Promise<void> => {
    await until(rig, id, "picking");
    await rig.world.pass(121);
  };
  assert.deepEqual(await charges(rig, late), [200, "canceled", 580]);
  rig = await stuartRig();
  assert.deepEqual(await charges(rig, (id) => until(rig, id, "delivering")), [422, "JOB_CANNOT_BE_CANCELED"]);
});

test("T11 a job is spelt `canceled`, its delivery `cancelled`; either can be cancelled by its own id", async () => {
  const rig = await stuartRig();
  const [delivery] = (await rig.create()).body.deliveries;
  const { body } = await rig.ask("POST", `/v2/deliveries/${delivery.id}/cancel`);
  assert.deepEqual([body.status, body.deliveries[0].status], ["canceled", "cancelled"]);
  assert.equal(body.deliveries[0].cancellation.canceled_by, "client");
  assert.equal(rig.simulator.truth()[0]?.ended, "cancelled");
  assert.equal(brief(await rig.ask("POST", "/v2/deliveries/1/cancel")), "404 NOT_FOUND");
});

test("T12 an account that is not active is 403, and a rate limit answers 429 where one is set", async () => {
  const rig = await stuartRig({ rateLimit: { requests: 2, per_s: 60 } });
  await rig.price();
  await rig.price();
  assert.equal(brief(await rig.price()), "429 RATE_LIMIT_EXCEEDED");
  rig.simulator.setFaults({ account: "suspended" });
  assert.equal(brief(await rig.price()), "403 ACCESS_DENIED");
});

test("T13 addresses are validated by themselves; a ready order and the courier's phone have calls of their own", async () => {
  const rig = await stuartRig();
  const address = (body: object) => rig.ask("POST", "/v2/addresses/validate", { type: "picking", ...body });
  const { address: known } = jobBody().job.pickups[0]!;
  assert.deepEqual((await address({ address: known })).body, { success: true });
  assert.equal(brief(await address({ address: "Nowhere" })), "422 CANT_GEOCODE_ADDRESS address.address");
  const { id, deliveries } = (await rig.create()).body;
  const phone = `/v2/deliveries/${deliveries[0].id}/phone_number`;
  assert.equal((await rig.ask("GET", phone)).status, 404);
  await until(rig, id, "picking");
  assert.match((await rig.ask("GET", phone)).body.phone_number, /^\+1\d+$/);
  assert.equal((await rig.ask("POST", `/v2/jobs/${id}/order_ready`)).status, 200);
  assert.equal((await rig.ask("POST", `/v2/deliveries/${deliveries[0].id}/order_ready`)).status, 200);
});
