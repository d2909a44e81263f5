import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../../../src/kernel/quantity.ts";
import { doordashRig } from "../testing/doordash-rig.ts";
import { faultOf } from "./jwt.ts";

const key = {
  developer_id: "d0000000-0000-4000-8000-000000000001",
  key_id: "d0000000-0000-4000-8000-000000000002",
  signing_secret: "_-8bSECRETkey-with_both_letters-00112233445A",
};
// Made with Python's hmac over the decoded secret, and over its text.
const head = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImRkLXZlciI6IkRELUpXVC1WMSJ9";
const claims =
  "eyJhdWQiOiJkb29yZGFzaCIsImlzcyI6ImQwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMSIsImtpZCI6ImQwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMiIsImV4cCI6MTc5NTI1MTY2MCwiaWF0IjoxNzk1MjUxNjAwfQ";
const good = `${head}.${claims}.WWxPX-imrJUrKcVnbJIxDpSKeaW2KnmFC_c3cHVtUSs`;
const undecoded = `${head}.${claims}.QsZZJc8bDUAo6o_YvlFz_rA51n0J8N91Mz_1TA_kfiY`;
const issued = 1_795_251_600_000;

test("D1 a token signed with the decoded secret is good from `iat` until before `exp`", () => {
  assert.equal(faultOf(`Bearer ${good}`, key, instant(issued)), null);
  assert.equal(faultOf(`Bearer ${good}`, key, instant(issued + 59_999)), null);
  assert.match(faultOf(`Bearer ${good}`, key, instant(issued + 60_000)) ?? "", /exp/);
  assert.match(faultOf(`Bearer ${good}`, key, instant(issued - 1)) ?? "", /iat/);
});

test("D1 a token signed with the undecoded secret, cut short, or signed by nobody is refused", () => {
  assert.match(faultOf(`Bearer ${undecoded}`, key, instant(issued)) ?? "", /signature/);
  assert.match(faultOf(`Bearer ${good.slice(0, -1)}`, key, instant(issued)) ?? "", /signature/);
  assert.match(faultOf(`Bearer ${head}.${claims}.`, key, instant(issued)) ?? "", /signature/);
  assert.match(faultOf(`Bearer ${head}.${claims}`, key, instant(issued)) ?? "", /signature/);
  for (const header of [undefined, "", good, `Basic ${good}`, "Bearer a.b.c", "Bearer ...", `Bearer ${good}.x`])
    assert.notEqual(faultOf(header, key, instant(issued)), null);
});

test("D1 every wrong part answers 401 authentication_error: kid in the header, no dd-ver, a long life, another audience", async () => {
  const { doordash, ask } = await doordashRig();
  const iat = 1_795_251_600;
  const kid = doordash.credentials["key_id"];
  const status = async (claims: object) => {
    const { status: code, body } = await ask("GET", "/drive/v2/deliveries/D-1", undefined, claims);
    return `${code} ${body.code}`;
  };
  assert.equal(await status({}), "404 unknown_delivery_id");
  const wrong = [
    { header: { kid }, payload: { kid: undefined } },
    { header: { "dd-ver": undefined } },
    { header: { alg: "none" } },
    { header: { alg: "HS512" } },
    { header: { typ: undefined } },
    { payload: { aud: "uber" } },
    { payload: { iss: "somebody" } },
    { payload: { kid: "another" } },
    { payload: { exp: iat + 1801 } },
    { payload: { iat: iat + 1, exp: iat + 60 } },
    { payload: { exp: iat } },
    { payload: { exp: "soon" } },
    { key: Buffer.from(doordash.credentials["signing_secret"] ?? "") },
  ];
  for (const claims of wrong) assert.equal(await status(claims), "401 authentication_error", JSON.stringify(claims));
  assert.equal(await status({ payload: { exp: iat + 1800 } }), "404 unknown_delivery_id");
});
