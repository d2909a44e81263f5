import assert from "node:assert/strict";
import { test } from "node:test";
import { call, millbrook, type Loose } from "../testing/millbrook.ts";
import { point, yangoRig } from "../testing/yango-rig.ts";

const { pickup, dropoff } = millbrook;

/** "409 old_version", "200 estimating". */
const brief = ({ status, body }: { status: number; body: Loose }): string =>
  [status, body?.code ?? body?.status].filter(Boolean).join(" ");

const until = async (rig: Awaited<ReturnType<typeof yangoRig>>, id: string, status: string): Promise<void> => {
  while ((await rig.info(id)).body.status !== status) await rig.world.pass(2);
};

test("Y1 a static token and a language stand in every call", async () => {
  const rig = await yangoRig();
  const path = "/b2b/cargo/integration/v2/claims/info?claim_id=1";
  const authorization = `Bearer ${rig.simulator.credentials["token"]}`;
  const bare = async (headers: Record<string, string>) =>
    brief(await call(rig.simulator, "POST", path, undefined, headers));
  assert.equal(await bare({}), "401 unauthorized");
  assert.equal(await bare({ authorization }), "400 bad_request");
  assert.equal(await bare({ authorization, "accept-language": "en" }), "404 not_found");
  rig.simulator.setFaults({ account: "suspended" });
  assert.equal(brief(await rig.info("1")), "403 forbidden");
});

test("Y2 a price can be asked for without a claim", async () => {
  const rig = await yangoRig();
  const ask = (route_points: object[]) => rig.ask("POST", "check-price", { route_points });
  const { status, body } = await ask([{ coordinates: [-30, 42] }, { coordinates: [-30, 42.02] }]);
  assert.equal(status, 200);
  assert.match(body.price, /^\d+[.]\d\d$/);
  assert.ok(body.distance_meters > 2000 && body.eta > 1);
  assert.equal(brief(await ask([{ coordinates: [-30, 42] }])), "400 bad_request");
  assert.equal(
    brief(await ask([{ coordinates: [-30, 42] }, { coordinates: [-30, 43] }])),
    "409 estimating.cant_construct_route",
  );
});

test("Y3 a claim is estimated in its own time, then waits ten minutes to be accepted", async () => {
  const rig = await yangoRig();
  const created = await rig.claim("r-1");
  assert.equal(brief(created), "200 estimating");
  const { id } = created.body;
  assert.equal(brief(await rig.accept(id)), "409 inappropriate_status");
  await rig.world.pass(4);
  const { status, pricing, version } = (await rig.info(id)).body;
  assert.deepEqual([status, version, typeof pricing.offer.price], ["ready_for_approval", 1, "string"]);
  assert.deepEqual(rig.simulator.truth(), []);
  assert.equal(brief(await rig.accept(id, 2)), "409 old_version");
  assert.equal(brief(await rig.accept(id)), "200 performer_lookup");
  assert.equal(brief(await rig.accept(id)), "409 inappropriate_status");
  const late = (await rig.claim("r-2")).body.id;
  await rig.world.pass(604);
  assert.equal((await rig.info(late)).body.status, "failed");
  assert.equal(brief(await rig.accept(late)), "409 offer_expired");
  assert.equal(rig.simulator.truth().length, 1);
});

test("Y4 the same `request_id` is the same claim", async () => {
  const rig = await yangoRig();
  const first = await rig.claim("r-1");
  const again = await rig.claim("r-1", { comment: "other" });
  assert.deepEqual([again.status, again.body.id], [200, first.body.id]);
  assert.equal(brief(await rig.claim("")), "400 bad_request");
});

test("Y5 wrong fields are told at once; a point needs a telephone; a failed estimation stands in a 200", async () => {
  const rig = await yangoRig();
  const { message } = (await rig.claim("r-1", { items: [{ title: "Bread", quantity: 0 }] })).body;
  for (const field of ["items[0].quantity", "items[0].cost_value", "items[0].pickup_point"])
    assert.ok(message.includes(field), message);
  const [from, to] = [point(1, "source", pickup), point(2, "destination", dropoff)];
  const silent = { ...to, contact: { name: "Ada", phone: "12" } };
  assert.equal(brief(await rig.claim("r-2", { route_points: [from, silent] })), "400 invalid_point_phone");
  assert.equal(brief(await rig.claim("r-3", { route_points: [from] })), "400 bad_request");
  for (const [address, code] of [
    [{ fullname: "Nowhere" }, "address_not_found"],
    [{ fullname: "Far", coordinates: [-30, 43] }, "estimating.cant_construct_route"],
  ] as const) {
    const { id } = (await rig.claim(`r-${code}`, { route_points: [from, { ...to, address }] })).body;
    await rig.world.pass(4);
    const { status, body } = await rig.info(id);
    assert.deepEqual([status, body.status, body.error_messages[0].code], [200, "estimating_failed", code]);
  }
});

test("Y6 an edit raises the version and begins the estimation anew", async () => {
  const rig = await yangoRig();
  const { id, items, route_points } = (await rig.claim("r-1")).body;
  const edit = (version: number) =>
    rig.ask("POST", `claims/edit?claim_id=${id}&version=${version}`, { items, route_points, comment: "ring twice" });
  assert.equal(brief(await edit(1)), "409 inappropriate_status");
  await rig.world.pass(4);
  assert.equal(brief(await edit(2)), "409 old_version");
  const edited = await edit(1);
  assert.deepEqual([edited.body.status, edited.body.version, edited.body.comment], ["estimating", 2, "ring twice"]);
  await rig.world.pass(4);
  assert.equal(brief(await rig.accept(id, 1)), "409 old_version");
  assert.equal(brief(await rig.accept(id, 2)), "200 performer_lookup");
});

test("Y7 cancelling is free until somebody is on it, then paid until the pickup, and says which", async () => {
  const rig = await yangoRig();
  const terms = async (id: string) => (await rig.ask("POST", `claims/cancel-info?claim_id=${id}`)).body.cancel_state;
  const first = await rig.book("r-1");
  assert.equal(await terms(first), "free");
  assert.equal(brief(await rig.cancel(first, "paid")), "409 state_mismatch");
  assert.equal(brief(await rig.cancel(first, "free", 2)), "409 old_version");
  assert.equal(brief(await rig.cancel(first, "free")), "200 cancelled");
  const second = await rig.book("r-2");
  await until(rig, second, "performer_found");
  assert.equal(brief(await rig.cancel(second, "free")), "409 free_cancel_is_unavailable");
  assert.equal(brief(await rig.cancel(second, "paid")), "200 cancelled_with_payment");
  const third = await rig.book("r-3");
  await until(rig, third, "pickuped");
  assert.equal(await terms(third), "unavailable");
  assert.equal(brief(await rig.cancel(third, "paid")), "409 inappropriate_status");
  assert.deepEqual(
    rig.simulator.truth().map(({ ended, charges }) => [ended, charges.map(({ what }) => what).join()]),
    [
      ["cancelled", ""],
      ["cancelled", "cancellation"],
      [null, ""],
    ],
  );
});

test("Y8 claims are searched; position, link and telephone are asked for", async () => {
  const rig = await yangoRig();
  const id = await rig.book("r-1");
  const search = async (body: object) => (await rig.ask("POST", "claims/search", body)).body.claims.length;
  assert.deepEqual(
    [
      await search({}),
      await search({ external_order_id: "A-1" }),
      await search({ offset: 1, limit: 10 }),
      await search({ status: "new" }),
    ],
    [1, 1, 0, 0],
  );
  const position = () => rig.ask("GET", `claims/performer-position?claim_id=${id}`);
  assert.equal(brief(await position()), "404 not_found");
  await until(rig, id, "pickuped");
  await rig.world.pass(30);
  assert.equal(typeof (await position()).body.position.lat, "number");
  assert.match((await rig.ask("POST", "driver-voiceforwarding", { claim_id: id })).body.phone, /^\+/);
  const links = (await rig.ask("GET", `claims/tracking-links?claim_id=${id}`)).body.route_points;
  assert.equal(links.length, 2);
});

test("Y9 a rate limit answers 429 with `Retry-After` where one is set", async () => {
  const rig = await yangoRig({ rateLimit: { requests: 1, per_s: 60 } });
  await rig.info("1");
  const { status, headers } = await rig.info("1");
  assert.deepEqual([status, headers["retry-after"]], [429, "60"]);
});
