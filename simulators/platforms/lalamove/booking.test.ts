import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes } from "../shared/json.ts";
import { hookUrl, lalamoveRig, stop } from "../testing/lalamove-rig.ts";
import { calm, call, millbrook, type Loose } from "../testing/millbrook.ts";
import { sign } from "./signature.ts";

type Rig = Awaited<ReturnType<typeof lalamoveRig>>;
const { pickup, dropoff } = millbrook;

/** "422 ERR_INVALID_FIELD /data/language", "201". */
const brief = ({ status, body }: { status: number; body: Loose }): string =>
  [status, ...(body?.errors ?? []).flatMap(({ id, message, detail }: Loose) => [id ?? message, detail])]
    .filter(Boolean)
    .join(" ");

const until = async (rig: Rig, id: string, status: string): Promise<void> => {
  while ((await rig.get(id)).body.data.status !== status) await rig.world.pass(2);
};

test("L1 the signature is over time, verb, path and raw body, as the page computes it", () => {
  const path = "/v3/orders/1900000000000000001";
  assert.equal(
    sign("sk_test_example", "1545880607433", "GET", path, ""),
    "4f33b7b6a35c69b052b74fee078d3afc18255b63c961b04c1b0a152274581a5f",
  );
  assert.equal(
    sign("sk_test_example", "1545880607433", "POST", "/v3/quotations", bytes('{"data":{"serviceType":"MOTORCYCLE"}}')),
    "cce8e95a872e49928707b75cbf3df0e55b76b6ddac4b7f2f3da88d3140ff8338",
  );
});

test("L1 a call that is unsigned, signed otherwise or too old is 401; the market's header is checked after that", async () => {
  const rig = await lalamoveRig();
  assert.equal(brief(await rig.ask("GET", "/v3/cities")), "200");
  assert.equal(
    brief(await call(rig.simulator, "GET", "/v3/cities", undefined, { market: "SG" })),
    "401 ERR_UNAUTHORIZED",
  );
  assert.equal(brief(await rig.ask("GET", "/v3/cities", undefined, { secret: "sk" })), "401 ERR_UNAUTHORIZED");
  const now = rig.world.clock.now();
  assert.equal(brief(await rig.ask("GET", "/v3/cities", undefined, { timestamp: now - 300_000 })), "200");
  assert.equal(
    brief(await rig.ask("GET", "/v3/cities", undefined, { timestamp: now + 300_001 })),
    "401 ERR_UNAUTHORIZED",
  );
  assert.equal(brief(await rig.ask("GET", "/v3/cities", undefined, { market: "US" })), "422 ERR_INVALID_MARKET");
  const lenient = await lalamoveRig({ clockSkew_s: null });
  assert.equal(brief(await lenient.ask("GET", "/v3/cities", undefined, { timestamp: now - 9e8 })), "200");
});

test("L2 the catalogue names the city, its services and what may be asked of them", async () => {
  const [city] = (await (await lalamoveRig()).ask("GET", "/v3/cities")).body.data;
  assert.deepEqual([city.locode, city.services.map(({ key }: Loose) => key).includes("MOTORCYCLE")], ["SG MIL", true]);
  assert.deepEqual(Object.keys(city.services[0]), ["key", "description", "dimensions", "load", "specialRequests"]);
});

test("L3 a quotation is 201, holds for five minutes, and its amounts are text that adds up", async () => {
  const rig = await lalamoveRig();
  const { status, body } = await rig.quote({ specialRequests: ["LALABAG"], scheduleAt: "2026-11-21T10:30.00Z" });
  const { data } = body;
  assert.deepEqual([status, data.language, data.expiresAt], [201, "EN_SG", "2026-11-21T09:05:00Z"]);
  const { base, extraMileage, specialRequests, totalExcludePriorityFee, total, currency } = data.priceBreakdown;
  const cents = (text: string): number => Math.round(Number(text) * 100);
  assert.equal(cents(base) + cents(extraMileage) + cents(specialRequests), cents(total));
  assert.deepEqual([total, currency, typeof total], [totalExcludePriorityFee, "USD", "string"]);
  assert.deepEqual([data.distance.unit, data.stops[0].coordinates], ["m", stop(pickup).coordinates]);
  assert.match(data.quotationId, /^\d{19}$/);
  assert.deepEqual((await rig.ask("GET", `/v3/quotations/${data.quotationId}`)).body, body);
  assert.equal(brief(await rig.ask("GET", "/v3/quotations/1")), "422 ERR_INVALID_QUOTATION_ID");
});

test("L4 what cannot be quoted has its code, and every wrong field is pointed at", async () => {
  const rig = await lalamoveRig();
  const quote = async (data: object) => brief(await rig.quote(data));
  assert.equal(brief(await rig.ask("POST", "/v3/quotations", "{")), "400 ERR_INVALID_JSON");
  assert.equal(brief(await rig.ask("POST", "/v3/quotations", "{}")), "422 ERR_MISSING_FIELD /data");
  assert.equal(await quote({ language: "de_DE" }), "422 ERR_INVALID_FIELD /data/language");
  assert.equal(
    await quote({ stops: [{ coordinates: { lat: 42, lng: "-30" } }, stop(dropoff)] }),
    "422 ERR_INVALID_FIELD /data/stops/0/coordinates/lat ERR_MISSING_FIELD /data/stops/0/address",
  );
  assert.equal(await quote({ stops: [stop(pickup)] }), "422 ERR_INSUFFICIENT_STOPS /data/stops");
  const far = { address: "Far", coordinates: { lat: "43.0", lng: "-30" } };
  assert.equal(await quote({ stops: [stop(pickup), far] }), "422 ERR_OUT_OF_SERVICE_AREA /data/stops/1");
  assert.equal(await quote({ stops: [stop(pickup), stop(dropoff), far] }), "422 ERR_TOO_MANY_STOPS /data/stops");
  assert.equal(await quote({ serviceType: "ROCKET" }), "422 ERR_INVALID_SERVICE_TYPE /data/serviceType");
  assert.equal(await quote({ specialRequests: ["CAKE"] }), "422 ERR_INVALID_SPECIAL_REQUEST /data/specialRequests");
  assert.equal(await quote({ scheduleAt: "2026-11-21T08:00:00Z" }), "422 ERR_INVALID_SCHEDULE_TIME /data/scheduleAt");
});

test("L5 an order needs a living quotation, its stops by id, and numbers as E.164 has them", async () => {
  const rig = await lalamoveRig();
  const { status, body } = await rig.create();
  assert.deepEqual(
    [status, body.data.status, body.data.driverId, body.data.metadata],
    [201, "ASSIGNING_DRIVER", "", { reference: "A-1" }],
  );
  assert.deepEqual(
    body.data.stops.map(({ POD }: Loose) => POD.status),
    ["PENDING", "PENDING"],
  );
  const [from] = body.data.stops;
  assert.equal(brief(await rig.create({ quotationId: "1" })), "422 ERR_INVALID_QUOTATION_ID /data/quotationId");
  await rig.world.pass(1);
  assert.equal(
    brief(await rig.create({ sender: { stopId: from.stopId, name: "A", phone: "+1202" } })),
    "422 ERR_INVALID_FIELD /data/sender/stopId",
  );
  assert.equal(brief(await rig.create({ recipients: undefined })), "422 ERR_MISSING_FIELD /data/recipients");
  const bare = await rig.create({ isPODEnabled: false, metadata: undefined });
  assert.deepEqual([bare.body.data.stops[1].POD, bare.body.data.metadata], [undefined, undefined]);
});

/** Orders twice from one quotation; what the second is answered. */
async function again(rig: Rig, wait_s: number) {
  const quoted = (await rig.quote()).body.data;
  const [from, to] = quoted.stops;
  const request = {
    quotationId: quoted.quotationId,
    sender: { stopId: from.stopId, name: "Bakery", phone: pickup.phone },
    recipients: [{ stopId: to.stopId, name: "Ada", phone: dropoff.phone }],
  };
  await rig.ask("POST", "/v3/orders", request);
  await rig.world.pass(wait_s);
  return brief(await rig.ask("POST", "/v3/orders", request));
}

test("L6 there is no idempotency: a second order from one quotation is a second delivery, unless it is set to be used once", async () => {
  const rig = await lalamoveRig();
  assert.equal(await again(rig, 2), "201");
  assert.equal(rig.simulator.truth().length, 2);
  assert.equal(
    await again(await lalamoveRig({ quotationUse: "once" }), 2),
    "422 ERR_INVALID_QUOTATION_ID /data/quotationId",
  );
  assert.equal(await again(await lalamoveRig(), 301), "422 ERR_INVALID_QUOTATION_ID /data/quotationId");
});

test("L7 each operation has its limit a minute and tells what is left; orders are at most two a second", async () => {
  const rig = await lalamoveRig({ environment: "sandbox" });
  const first = await call(rig.simulator, "GET", "/v3/cities", undefined, {});
  assert.equal("ratelimit-limit-getcities" in first.headers, false);
  for (let left = 49; left >= 0; left--) {
    const { headers } = await rig.ask("GET", "/v3/cities");
    assert.deepEqual(
      [headers["ratelimit-limit-getcities"], headers["ratelimit-remaining-getcities"]],
      ["50", String(left)],
    );
  }
  const limited = await rig.ask("GET", "/v3/cities");
  assert.deepEqual([brief(limited), limited.headers["retry-after"]], ["429 ERR_RATE_LIMIT_EXCEEDED", "60"]);
  assert.equal(brief(await rig.quote()), "201");
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await rig.create()).status);
  assert.deepEqual(statuses, [201, 201, 429]);
  const free = await lalamoveRig({ limited: false });
  for (let i = 0; i < 310; i++) await free.get("1");
  assert.equal((await free.get("1")).status, 404);
});

test("L8 a driver can be asked for while somebody is on it, with a masked plate and a position not older than ten seconds", async () => {
  const rig = await lalamoveRig();
  const { orderId } = (await rig.create()).body.data;
  await until(rig, orderId, "PICKED_UP");
  const { driverId } = (await rig.get(orderId)).body.data;
  await rig.world.pass(60);
  const { body } = await rig.ask("GET", `/v3/orders/${orderId}/drivers/${driverId}`);
  assert.match(body.data.plateNumber, /[*]/);
  assert.ok(rig.world.clock.now() - Date.parse(body.data.coordinates.updatedAt) <= 11_000);
  assert.equal(brief(await rig.ask("GET", `/v3/orders/${orderId}/drivers/1`)), "404 ERR_DRIVER_NOT_FOUND");
  await until(rig, orderId, "COMPLETED");
  assert.equal(brief(await rig.ask("GET", `/v3/orders/${orderId}/drivers/${driverId}`)), "403 ERR_FORBIDDEN");
});

test("L9 cancelling is 204 until five minutes after matching, then 409", async () => {
  const rig = await lalamoveRig({ market: { ...calm, dwell: { pickup_s: 1200 } } });
  const { orderId } = (await rig.create()).body.data;
  const done = await rig.cancel(orderId);
  assert.deepEqual([done.status, done.body, rig.simulator.truth()[0]?.ended], [204, null, "cancelled"]);
  assert.equal(brief(await rig.cancel(orderId)), "409 ERR_CANCELLATION_FORBIDDEN");
  for (const [wait_s, answer] of [
    [250, "204"],
    [300, "409 ERR_CANCELLATION_FORBIDDEN"],
  ] as const) {
    const id = (await rig.create()).body.data.orderId;
    await until(rig, id, "ON_GOING");
    await rig.world.pass(wait_s);
    assert.equal(brief(await rig.cancel(id)), answer);
  }
  assert.equal(brief(await rig.cancel("1")), "404 ERR_ORDER_NOT_FOUND");
});

test("L10 an edit moves the drop once, while the driver is on the way, and leaves the pickup to the letter", async () => {
  const rig = await lalamoveRig();
  const { orderId, priceBreakdown } = (await rig.create()).body.data;
  const to = { ...stop(dropoff, 42.03), name: "Ada", phone: dropoff.phone };
  const from = { ...stop(pickup), name: "Bakery", phone: pickup.phone };
  const edit = async (stops: object[]) => await rig.ask("PATCH", `/v3/orders/${orderId}`, { stops });
  assert.equal(brief(await edit([from, to])), "422 Cannot edit order");
  await until(rig, orderId, "ON_GOING");
  const shifted = { ...from, coordinates: { ...from.coordinates, lat: `${from.coordinates.lat}.0` } };
  assert.equal(brief(await edit([shifted, to])), "422 Cannot edit order");
  const edited = await edit([from, to]);
  assert.equal(edited.status, 201);
  assert.ok(Number(edited.body.data.priceBreakdown.total) > Number(priceBreakdown.total));
  assert.equal(edited.body.data.stops[1].remarks, undefined);
  assert.equal(brief(await edit([from, to])), "422 Cannot edit order, editing times exceeded");
});

test("L11 a priority fee is taken before anybody accepts, each higher than the one before", async () => {
  const rig = await lalamoveRig();
  const { orderId } = (await rig.create()).body.data;
  const fee = async (priorityFee: unknown) =>
    brief(await rig.ask("POST", `/v3/orders/${orderId}/priority-fee`, { priorityFee }));
  assert.equal(await fee("2.50"), "200");
  assert.equal(await fee("2.50"), "422 ERR_EXCEED_MIN_TIPS /data/priorityFee");
  assert.equal(await fee("1000"), "422 ERR_EXCEED_MAX_TIPS /data/priorityFee");
  assert.equal(await fee(3), "422 ERR_INVALID_TIPS /data/priorityFee");
  await until(rig, orderId, "ON_GOING");
  assert.equal(await fee("4"), "422 ERR_INVALID_ORDER_STATUS");
  await until(rig, orderId, "COMPLETED");
  assert.deepEqual(rig.simulator.truth()[0]?.charges.map(({ what, amount }) => [what, amount])[1], ["tip", 250]);
});

test("L12 the driver can be changed from a quarter of an hour after matching, and another carries it", async () => {
  const rig = await lalamoveRig({ changeDriver_s: 60 });
  const { orderId } = (await rig.create()).body.data;
  await until(rig, orderId, "ON_GOING");
  const { driverId } = (await rig.get(orderId)).body.data;
  const change = async (reason?: string) =>
    brief(await rig.ask("DELETE", `/v3/orders/${orderId}/drivers/${driverId}`, { reason }));
  assert.equal(await change("DRIVER_LATE"), "422 ERR_CHANGE_DRIVER");
  await rig.world.pass(61);
  assert.equal(await change("TOO_SLOW"), "422 ERR_INVALID_FIELD /data/reason");
  assert.equal(await change("DRIVER_LATE"), "204");
  assert.equal((await rig.get(orderId)).body.data.status, "ASSIGNING_DRIVER");
  await until(rig, orderId, "COMPLETED");
  assert.notEqual((await rig.get(orderId)).body.data.driverId, driverId);
});

test("L13 a webhook is registered only when it answers 200 to an empty body", async () => {
  const rig = await lalamoveRig({ webhookUrl: null });
  const register = async (url: string) => brief(await rig.ask("PATCH", "/v3/webhook", { url }));
  rig.world.answers = ({ body }) => (body.length === 0 ? 404 : 200);
  assert.equal(await register(hookUrl), "422 ERR_INVALID_RESPONSE");
  rig.world.answers = () => 200;
  assert.equal(await register("ftp://here"), "422 ERR_INVALID_FIELD /data/url");
  assert.equal(await register(hookUrl), "200");
  await rig.create();
  await rig.world.pass(1);
  assert.deepEqual(
    rig.world.posted.map(({ url, request }) => [url, request.body.length > 0]),
    [
      [hookUrl, false],
      [hookUrl, false],
      [hookUrl, true],
    ],
  );
});

test("L14 a suspended account lacks credit for orders alone; a blocked one may do nothing", async () => {
  const rig = await lalamoveRig({}, 1, { account: "suspended" });
  assert.equal(brief(await rig.create()), "402 ERR_INSUFFICIENT_CREDIT");
  rig.simulator.setFaults({ account: "blocked" });
  assert.equal(brief(await rig.quote()), "403 ERR_FORBIDDEN");
  assert.equal(brief(await rig.ask("GET", "/v3/elsewhere")), "404 ERR_NOT_FOUND");
});
