import assert from "node:assert/strict";
import { test } from "node:test";
import { openBench, type Answer, type Bench } from "./harness.ts";

const ours = { "sec-fetch-site": "same-origin" };

const code = (answer: Answer): readonly [number, string] => [answer.status, answer.body?.code];

async function signIn(bench: Bench, email: string, password: string): Promise<Record<string, string> | null> {
  const answer = await bench.call(null, "POST", "/v1/session", { email, password }, ours);
  const cookie = String(answer.headers["set-cookie"]).split(";")[0]!;
  return answer.status === 200 ? { ...ours, cookie } : null;
}

const ana = { email: "ana@bakery.example", name: "Ana", may: ["orders:read", "orders:write"] };

test("H13 somebody added signs in with the password shown once, and chooses another", async () => {
  const bench = await openBench();
  const admin = await bench.key(bench.bakery);
  const added = await bench.call(admin, "POST", "/v1/people", { ...ana, participant: bench.bakery.id });
  assert.equal(added.status, 201, added.text);
  const { password } = added.body;

  const here = await signIn(bench, ana.email, password);
  const elsewhere = await signIn(bench, ana.email, password);
  assert.ok(here && elsewhere);
  assert.equal((await bench.call(null, "GET", "/v1/session", undefined, here)).body.person.passwordHandedOut, true);

  for (const [method, path] of [
    ["GET", "/v1/orders"],
    ["GET", "/v1/people"],
    ["POST", "/v1/orders"],
  ] as const)
    assert.deepEqual(code(await bench.call(null, method, path, method === "POST" ? {} : undefined, here)), [
      403,
      "PASSWORD_HANDED_OUT",
    ]);

  const change = (current: string, next: string, headers = here) =>
    bench.call(null, "POST", "/v1/session/password", { current, next }, headers);
  assert.deepEqual(code(await change("a wrong one", "ana's own password")), [403, "WRONG_PASSWORD"]);
  assert.deepEqual(code(await change(password, "short")), [400, "FIELD_WRONG"]);
  assert.deepEqual(code(await change(password, "ana's own password", ours as never)), [401, "SIGN_IN_NEEDED"]);
  assert.deepEqual(
    code(
      await bench.call(
        null,
        "POST",
        "/v1/session/password",
        { current: password, next: "ana's own password" },
        {
          cookie: here["cookie"]!,
          origin: "https://elsewhere.example",
        },
      ),
    ),
    [403, "CROSS_SITE_REQUEST"],
  );
  assert.deepEqual(code(await change(password, password)), [400, "FIELD_WRONG"]);
  const changed = await change(password, "ana's own password");
  assert.equal(changed.status, 200, changed.text);
  assert.equal(changed.body.person.passwordHandedOut, false);

  assert.equal((await bench.call(null, "GET", "/v1/orders", undefined, elsewhere)).status, 401);
  const cookie = String(changed.headers["set-cookie"]).split(";")[0]!;
  assert.equal((await bench.call(null, "GET", "/v1/orders", undefined, { cookie })).status, 200);
  assert.equal(await signIn(bench, ana.email, password), null);
});

test("H13 an administrator resets, keeps out and lets in again, within its own people", async () => {
  const bench = await openBench();
  const [baker, bookseller, operator] = [
    await bench.key(bench.bakery),
    await bench.key(bench.bookshop),
    await bench.key("network"),
  ];
  const added = await bench.call(baker, "POST", "/v1/people", { ...ana, participant: bench.bakery.id });
  const url = `/v1/people/${added.body.person.id}`;
  assert.deepEqual(code(await bench.call(bookseller, "POST", `${url}/password`, {})), [404, "PERSON_NOT_FOUND"]);

  const reset = await bench.call(baker, "POST", `${url}/password`, {});
  assert.equal(await signIn(bench, ana.email, added.body.password), null);
  const session = await signIn(bench, ana.email, reset.body.password);
  assert.ok(session);

  assert.equal((await bench.call(baker, "POST", `${url}/disable`, {})).body.active, false);
  assert.equal((await bench.call(null, "GET", "/v1/orders", undefined, session)).status, 401);
  assert.equal(await signIn(bench, ana.email, reset.body.password), null);
  assert.equal((await bench.call(baker, "POST", `${url}/enable`, {})).body.active, true);
  assert.ok(await signIn(bench, ana.email, reset.body.password));

  // From now on the account belongs to two: only the operator decides over it.
  await bench.call(operator, "POST", "/v1/people", { ...ana, participant: bench.bookshop.id });
  assert.deepEqual(code(await bench.call(baker, "POST", `${url}/disable`, {})), [409, "PERSON_ELSEWHERE"]);
  assert.equal((await bench.call(operator, "POST", `${url}/disable`, {})).status, 200);
});

test("H13 nobody becomes who may more by resetting a password, and nobody shuts the door behind itself", async () => {
  const bench = await openBench();
  const admin = { ...ana, may: ["orders:read", "fleet:write", "admin"], participant: bench.bakery.id };
  const added = await bench.call(await bench.key("network"), "POST", "/v1/people", admin);
  const url = `/v1/people/${added.body.person.id}`;
  const less = await bench.key(bench.bakery, ["orders:read", "admin"]);
  assert.deepEqual(code(await bench.call(less, "POST", `${url}/password`, {})), [403, "NOT_PERMITTED"]);
  const first = await signIn(bench, ana.email, added.body.password);
  const next = "ana's own password";
  await bench.call(null, "POST", "/v1/session/password", { current: added.body.password, next }, first!);
  const herself = await signIn(bench, ana.email, next);
  assert.deepEqual(code(await bench.call(null, "POST", `${url}/disable`, {}, herself!)), [409, "NOT_YOURSELF"]);
});
