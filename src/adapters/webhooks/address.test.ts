import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addressRefusal, isPrivateAddress } from "./address.ts";
import { webhookPoster } from "./index.ts";

const refused = (url: string): boolean => addressRefusal(url, false) !== null;

test("P1 only https to the outside is tried, and no password travels", () => {
  for (const url of ["https://shop.example/hook", "https://93.184.216.34/", "https://[2606:2800:220:1::1]/"])
    assert.equal(addressRefusal(url, false), null, url);
  for (const url of [
    "http://shop.example/hook",
    "ftp://shop.example/",
    "https://user:word@shop.example/",
    "https://localhost/",
    "https://printer.local/",
    "https://127.0.0.1/",
    "https://2130706433/", // 127.0.0.1 as one number
    "https://0x7f.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/",
    "nonsense",
  ])
    assert.ok(refused(url), url);
});

test("P2 a private IPv4 address stays private inside every IPv6 form", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const of = (address: readonly number[]): string => address.join(".");
  const hex = ([a, b, c, d]: readonly number[]): string =>
    `${((a! << 8) | b!).toString(16)}:${((c! << 8) | d!).toString(16)}`;
  fc.assert(
    fc.property(fc.tuple(byte, byte, byte, byte), (address) => {
      const plain = isPrivateAddress(of(address));
      assert.equal(isPrivateAddress(`::ffff:${of(address)}`), plain);
      assert.equal(isPrivateAddress(`::ffff:${hex(address)}`), plain);
      assert.equal(isPrivateAddress(`64:ff9b::${hex(address)}`), plain);
      assert.equal(isPrivateAddress(`2002:${hex(address)}::1`), plain);
    }),
    { examples: [[[127, 0, 0, 1]], [[10, 1, 2, 3]], [[172, 16, 0, 1]], [[8, 8, 8, 8]]] },
  );
  for (const address of ["fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1", "not an address:"])
    assert.ok(isPrivateAddress(address), address);
});

test("P3 a name is judged by where it leads, too", async () => {
  const { post } = webhookPoster({ privateToo: false });
  // `localhost` is refused by its text already; asked all the same, the connection's own look-up stops it.
  const answer = await post("https://localhost:9/", {}, "{}", AbortSignal.any([]));
  assert.ok("kind" in answer && !answer.retryable, JSON.stringify(answer));
});

test("P4 nobody there is an outage that may be tried again", async () => {
  const answer = await webhookPoster({ privateToo: true }).post("http://127.0.0.1:9/", {}, "{}", AbortSignal.any([]));
  assert.ok("kind" in answer && answer.kind === "outage" && answer.retryable);
});

test("P5 the demo sends to this machine, and still no password", () => {
  const { refusal } = webhookPoster({ privateToo: true });
  assert.equal(refusal("http://127.0.0.1:9000/hook"), null);
  assert.notEqual(refusal("http://user:word@127.0.0.1:9000/hook"), null);
});
