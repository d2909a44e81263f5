import assert from "node:assert/strict";
import test from "node:test";
import { routes, type RouteSpec } from "../../src/doors/api/contract.ts";
import { iso, nine, openBench, order, type Answer, type Bench } from "./harness.ts";
import { until } from "./until.ts";

/** Words that stand in nothing but the bakery's own data. */
const secrets = [
  "BAKERY-REF",
  "Ana Secreta",
  "+351911111111",
  "behind the blue gate",
  "saffron cake",
  "https://bakery.example/hook",
];

interface Staged {
  readonly bench: Bench;
  readonly own: string;
  readonly stranger: string;
  readonly partner: string;
  readonly carrier: string;
  /** What the bakery has, by the parameter that names it in a route's path. */
  readonly ids: Readonly<Record<string, string>>;
  readonly hidden: readonly string[];
}

/** The bakery's order on its way with the own fleet; its key, endpoint and import. */
async function stage(): Promise<Staged> {
  const bench = await openBench();
  const [own, stranger, partner, carrier] = await Promise.all(
    [bench.bakery, bench.bookshop, bench.partner, bench.fleet].map((one) => bench.key(one)),
  );
  const courier = (await bench.call(carrier!, "POST", "/v1/couriers", courierBody)).body;
  const shift = (
    await bench.call(carrier!, "POST", "/v1/shifts", {
      courier: courier.id,
      startsAt: iso(-10),
      endsAt: iso(300),
      start: [-8.6, 41.15],
    })
  ).body;
  assert.equal((await bench.call(carrier!, "POST", `/v1/shifts/${shift.id}/start`, {})).status, 200);

  const endpoint = (await bench.call(own!, "POST", "/v1/endpoints", { url: secrets[5] })).body.endpoint;
  const csv = `reference;pickup_name;pickup_address;dropoff_name;dropoff_address;dropoff_phone;dropoff_notes;weight_g;contents\nBAKERY-REF-1;Bakery;Harbour Street 1;Ana Secreta;Mill Lane 7;${secrets[2]};${secrets[3]};900;${secrets[4]}\n`;
  const brought = (await bench.call(own!, "POST", "/v1/orders/import", csv, { "content-type": "text/csv" })).body;
  const placed = brought.preview[0].order as string;
  const leg = await until(async () => {
    const { legs } = (await bench.call(own!, "GET", `/v1/orders/${placed}/legs`)).body;
    return legs[0]?.assignment?.carrier.name === "Own Fleet" ? legs[0] : null;
  });
  const keys = (await bench.call(own!, "GET", "/v1/keys")).body.keys;
  const decision = (await bench.call(own!, "GET", `/v1/orders/${placed}/decisions`)).body.decisions[0];
  const ids = {
    order: placed,
    import: brought.importId,
    leg: leg.id,
    shift: shift.id,
    key: keys[0].id,
    endpoint: endpoint.id,
    courier: courier.id,
  };
  return {
    bench,
    own: own!,
    stranger: stranger!,
    partner: partner!,
    carrier: carrier!,
    ids,
    hidden: [...secrets, ...Object.values(ids), decision.id],
  };
}

const courierBody = {
  name: "Mia Hidden",
  employment: "staff",
  vehicle: { profile: "cargo_bike", maxWeightGrams: 100_000, maxVolumeLiters: 300, maxParcels: 20 },
};

/** The route's address with the bakery's ids in it; null when it names none. */
function addressed({ path }: RouteSpec, ids: Staged["ids"]): string | null {
  const kind = /^\/v1\/(order|import|leg|shift|key|endpoint)s\/:id/.exec(path)?.[1];
  return kind && ids[kind] ? path.replace(":id", ids[kind]) : null;
}

const clean = (staged: Staged, text: string, where: string): void => {
  for (const secret of staged.hidden)
    assert.ok(!text.includes(secret), `${where} tells ${secret}: ${text.slice(0, 300)}`);
};

const specs = Object.entries(routes as Readonly<Record<string, RouteSpec>>);
const bodies: Readonly<Record<string, unknown>> = {
  changeOrder: { dropoffNotes: "changed" },
  replayEndpoint: { position: 0 },
  reportLeg: { to: "picked_up" },
};

/** What a list has to be asked with before it answers. */
const box = "west=-8.61&south=41.14&east=-8.59&north=41.16&profile=van";
const queries: Readonly<Record<string, string>> = {
  findPlaces: "?text=Old+Road+3",
  placeAt: "?longitude=-8.6&latitude=41.15",
  listOrders: "?contacts=true",
  findDeliveries: "?externalId=BAKERY-REF",
  roads: `?${box}&hours=now`,
  snapToRoad: "?longitude=-8.6&latitude=41.15&profile=van",
  reachFrom: "?longitude=-8.6&latitude=41.15&profile=van&hours=now&minutes=5",
};

test("H10 by id: what is not yours is not there, for reading and for changing, and no answer tells more than for an id that never was", async () => {
  const staged = await stage();
  let asked = 0;
  for (const viewer of [staged.stranger, staged.partner]) {
    for (const [name, spec] of specs) {
      const url = addressed(spec, staged.ids);
      if (url === null) continue;
      const body = spec.method === "GET" || spec.method === "DELETE" ? undefined : (bodies[name] ?? {});
      const answer = await staged.bench.call(viewer, spec.method, url, body);
      const nowhere = await staged.bench.call(
        viewer,
        spec.method,
        url.replace(/_[0-9a-z]{26}/, "_00000000000000000000000000"),
        body,
      );
      assert.deepEqual(
        [answer.status, answer.body?.code],
        [nowhere.status, nowhere.body?.code],
        `${name}: ${answer.text}`,
      );
      assert.equal(answer.status, 404, `${name} as a stranger: ${answer.text}`);
      clean(staged, answer.text, name);
      asked++;
    }
  }
  assert.ok(asked >= 30, `only ${asked} were asked`);
  const { body } = await staged.bench.call(staged.own, "GET", `/v1/orders/${staged.ids["order"]}`);
  assert.deepEqual([body.version, body.dropoff.contact.notes], [1, secrets[3]]);
});

test("H10 by list, count, export and live view: nothing of anybody else", async () => {
  const staged = await stage();
  for (const viewer of [staged.stranger, staged.partner]) {
    for (const [name, spec] of specs) {
      if (
        spec.method !== "GET" ||
        spec.path.includes(":") ||
        spec.produces === "text/event-stream" ||
        spec.group === "Operation"
      )
        continue;
      const answer = await staged.bench.call(viewer, "GET", `${spec.path}${queries[name] ?? ""}`);
      assert.equal(answer.status, 200, `${name}: ${answer.text}`);
      clean(staged, answer.text, name);
    }
    for (const query of [
      `text=${staged.ids["order"]}`,
      "text=BAKERY-REF",
      `importedBy=${staged.ids["import"]}`,
      `shipper=${staged.bench.bakery.id}`,
      `carrier=${staged.bench.fleet.id}`,
      ...["placed", "window", "-window", "estimate", "-estimate"].map((sort) => `sort=${sort}`),
    ]) {
      const { body } = await staged.bench.call(viewer, "GET", `/v1/orders?${query}`);
      assert.deepEqual(
        [body.orders, Object.values(body.counts as Record<string, number>).reduce((a, b) => a + b, 0)],
        [[], 0],
        query,
      );
    }
    assert.equal((await staged.bench.call(viewer, "GET", "/v1/insights/summary")).body.orders, 0);
    const many = await staged.bench.call(viewer, "POST", "/v1/orders/cancel", { orders: [staged.ids["order"]] });
    assert.deepEqual([many.body.cancelled, many.body.outcomes[0].problem.code], [0, "ORDER_NOT_FOUND"]);
  }
});

test("H10 a list tells who has an order to its shipper and its carrier, and a filter tells a carrier nothing that the list does not", async () => {
  const { bench, own, stranger, carrier, ids } = await stage();
  const listed = async (key: string, query: string) => {
    const { status, text, body } = await bench.call(key, "GET", `/v1/orders?${query}`);
    assert.equal(status, 200, text);
    return body.orders as Answer["body"][];
  };
  for (const [key, courierName] of [
    [own, null],
    [carrier, "Mia Hidden"],
  ] as const) {
    for (const query of [`carrier=${bench.fleet.id}`, "sort=estimate", "sort=-window"]) {
      const [order] = await listed(key, query);
      const { leg, kind, courier, estimate } = order.standing;
      assert.deepEqual([leg, kind, courier], [ids["leg"], "delivery", ids["courier"]]);
      assert.deepEqual([order.standing.carrier.name, order.standing.courierName], ["Own Fleet", courierName]);
      assert.ok(Date.parse(estimate.dropoff) > nine);
    }
    assert.deepEqual(await listed(key, `carrier=${bench.partner.id}`), []);
  }
  // The carrier does not see the shipper's number nor the import: it cannot guess them letter by letter either.
  assert.equal((await listed(own, "text=BAK")).length, 1);
  for (const query of ["text=B", `importedBy=${ids["import"]}`]) assert.deepEqual(await listed(carrier, query), []);
  assert.equal((await bench.call(own, "POST", "/v1/orders", order())).status, 201);
  const { next } = (await bench.call(own, "GET", "/v1/orders?limit=1&sort=window")).body;
  assert.equal((await listed(own, `sort=window&cursor=${next}`)).length, 1);
  assert.deepEqual(await listed(stranger, `sort=window&cursor=${next}`), []);
  assert.equal((await bench.call(own, "GET", `/v1/orders?sort=estimate&cursor=${next}`)).body.code, "CURSOR_WRONG");
});

test("H10 in another's name: neither by header, by query nor by body", async () => {
  const staged = await stage();
  const { bench, stranger } = staged;
  const bakery = bench.bakery.id;
  for (const headers of [{ "milepool-as": bakery }, { "milepool-as": "network" }])
    assert.equal(
      (await bench.call(stranger, "GET", "/v1/orders", undefined, headers)).body.code,
      "NOT_YOUR_PARTICIPANT",
    );
  assert.equal((await bench.call(stranger, "GET", `/v1/orders?as=${bakery}`)).body.code, "NOT_YOUR_PARTICIPANT");
  assert.equal(
    (await bench.call(stranger, "POST", `/v1/orders?shipper=${bakery}`, order())).body.code,
    "NOT_YOUR_PARTICIPANT",
  );
  assert.equal(
    (await bench.call(stranger, "POST", `/v1/couriers?carrier=${bench.fleet.id}`, courierBody)).body.code,
    "NOT_YOUR_PARTICIPANT",
  );
  const shift = { courier: staged.ids["courier"], startsAt: iso(400), endsAt: iso(500), start: [-8.6, 41.15] };
  assert.equal((await bench.call(stranger, "POST", "/v1/shifts", shift)).body.code, "COURIER_NOT_FOUND");
  const told = await bench.call(stranger, "POST", "/v1/positions", {
    courier: staged.ids["courier"],
    point: [-8.6, 41.15],
  });
  assert.deepEqual([told.body.taken, told.body.refused[0].problem.code], [0, "COURIER_NOT_FOUND"]);
  const person = { email: "eve@example.org", name: "Eve", participant: bakery, may: ["orders:read"] };
  assert.equal((await bench.call(stranger, "POST", "/v1/people", person)).body.code, "NOT_YOUR_PARTICIPANT");
  const reader = await bench.key(bench.bookshop, ["orders:read", "admin"]);
  assert.equal(
    (await bench.call(reader, "POST", "/v1/keys", { name: "more", may: ["orders:write"] })).body.code,
    "NOT_PERMITTED",
  );
});

test("H10 the same reference and the same Idempotency-Key of two shippers never meet", async () => {
  const { bench, own, stranger } = await stage();
  const body = order({ reference: "BAKERY-REF-1" });
  const theirs = await bench.call(stranger, "POST", "/v1/orders", body, { "idempotency-key": "same" });
  assert.equal(theirs.status, 201, theirs.text);
  const ours = await bench.call(own, "POST", "/v1/orders", order(), { "idempotency-key": "same" });
  assert.equal(ours.status, 201, ours.text);
  assert.notEqual(ours.body.id, theirs.body.id);
});

test("H10 a carrier sees for whom it carries while it carries, never what the shipper pays, and no longer once it is done", async () => {
  const { bench, own, carrier, ids } = await stage();
  const before = (await bench.call(carrier, "GET", `/v1/orders/${ids["order"]}`)).body;
  assert.equal(before.dropoff.contact?.name, "Ana Secreta");
  assert.deepEqual([before.price, before.reference, before.importedBy], [null, null, null]);
  assert.ok((await bench.call(own, "GET", `/v1/orders/${ids["order"]}`)).body.price);

  for (const to of ["at_pickup", "picked_up", "at_dropoff"])
    assert.equal((await bench.call(carrier, "POST", `/v1/legs/${ids["leg"]}/report`, { to })).status, 200, to);
  const done = await bench.call(carrier, "POST", `/v1/legs/${ids["leg"]}/report`, {
    to: "handed_over",
    proof: { kind: "name", value: "Ana Secreta" },
  });
  assert.equal(done.status, 200, done.text);
  const after = await bench.call(carrier, "GET", `/v1/orders/${ids["order"]}`);
  assert.equal(after.status, 200);
  assert.deepEqual([after.body.dropoff.contact, after.body.dropoff.point, after.body.goods], [null, null, null]);
  const file = await bench.call(carrier, "GET", "/v1/orders/export.csv");
  for (const secret of secrets) assert.ok(!file.text.includes(secret), `the carrier's export tells ${secret}`);
  const attempts = (await bench.call(own, "GET", `/v1/orders/${ids["order"]}/attempts`)).body.attempts;
  assert.equal(attempts.at(-1).proof.value, "Ana Secreta");
});

test("H10 a shipper learns from a decision who was asked and why it went where it went: no courier, and of money only what won", async () => {
  const { bench, own, carrier, ids } = await stage();
  const url = `/v1/orders/${ids["order"]}/decisions`;
  const candidates = async (key: string) => (await bench.call(key, "GET", url)).body.decisions[0].candidates;
  const operator = await bench.key("network");
  const [all, told] = [await candidates(operator), await candidates(own)];
  assert.ok(all.length > 1 && all.some((one: Answer["body"]) => !one.chosen && one.expectedCostMinor !== null));
  assert.equal(told.length, all.length);
  for (const [i, one] of told.entries()) {
    assert.deepEqual(
      [one.carrier, one.chosen, one.lost?.code, one.pickupAt, one.courier, one.courierName, one.expectedCostMinor],
      [all[i].carrier, all[i].chosen, all[i].lost?.code, all[i].pickupAt, null, null, null],
    );
    assert.deepEqual(one.price, one.chosen ? all[i].price : null);
    if (one.lost?.code === "DEARER") assert.deepEqual(one.lost, { code: "DEARER", words: "dearer" });
  }
  assert.deepEqual(
    (await candidates(carrier)).map((one: Answer["body"]) => [one.courier, one.courierName]),
    [[ids["courier"], "Mia Hidden"]],
  );
});
