import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { maskAnswer, maskSent, maskUrl } from "./masked.ts";

const bytes = (body: unknown): Uint8Array =>
  new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
const bodyOf = ({ body }: { readonly body: string | null }): unknown => JSON.parse(body ?? "null");

test("R6 why a call failed stays readable, who and where do not", () => {
  const headers = { authorization: "Bearer abc", "content-type": "application/json", "x-api-key": "k" };
  const sent = maskSent(
    headers,
    bytes({ dropoff_name: "Ada", lat: 41.15, code: 4711, status: "pending", parcels: [{}] }),
  );
  assert.deepEqual(sent.headers, { "content-type": "application/json" });
  assert.deepEqual(bodyOf(sent), { dropoff_name: "•••", lat: "•••", code: "•••", status: "pending", parcels: [{}] });
  const said = {
    code: "address_undeliverable",
    message: "No Elm Street 4",
    error: { code: 17 },
    a: { b: { code: 4711 } },
  };
  assert.deepEqual(bodyOf(maskAnswer({}, bytes(said))), {
    code: "address_undeliverable",
    message: "•••",
    error: { code: 17 },
    a: { b: { code: "•••" } },
  });
  assert.equal(maskSent({}, bytes("client_id=c&client_secret=s")).body, "••• (27 bytes that are no JSON)");
  assert.equal(
    maskUrl("https://api.test/v1/customers/cus_7a/deliveries?phone=%2B35122&limit=3"),
    "api.test/v1/customers/•••/deliveries?phone=•••&limit=•••",
  );
});

test("R6 whatever is said in whatever field, a name with a space, a number to call, a place and a secret never pass", () => {
  const secret = fc.constantFrom(
    "Ada Byron King",
    "+351220000001",
    "Rua B 2, Porto",
    "sk_live_4eC39HqLyjWDarjtT1",
    "ada@x.org",
  );
  const field = fc.oneof(
    fc.constantFrom("code", "status", "error", "type", "amount", "field", "Date", "parameters"),
    fc.string(),
    secret,
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 5 }, secret, fc.array(tie("any")), fc.dictionary(field, tie("any"))),
  })).any;
  fc.assert(
    fc.property(value, fc.dictionary(field, secret), (body, headers) => {
      const text = JSON.stringify([maskSent(headers, bytes(body)), maskAnswer(headers, bytes(body))]);
      for (const told of ["Ada", "+351", "Rua", "sk_live", "ada@"]) assert.ok(!text.includes(told), text);
    }),
  );
});
