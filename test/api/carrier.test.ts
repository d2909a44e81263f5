import assert from "node:assert/strict";
import { after, test } from "node:test";
import { freePort } from "../product/program.ts";
import {
  conform,
  openInbox,
  type OpenInbox,
  type Asked,
  type Carrier,
  type CarrierAnswer,
  type Verdict,
} from "../../src/doors/conform/index.ts";
import { openBench, pump, type Bench } from "./harness.ts";

/** The bench's own door as a carrier. */
const carrierOf = (bench: Bench, key: string): Carrier => ({
  async ask({ method, path, body, headers = {} }) {
    const shown = "authorization" in headers ? (headers["authorization"]?.replace("Bearer ", "") ?? null) : key;
    const answer = await bench.call(shown, method, `/carrier/v1${path}`, body);
    return { status: answer.status, headers: {}, json: answer.body };
  },
});

let ids = 0;
async function visit(carrier: Carrier, inbox: OpenInbox | null = null): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
  const parts = { carrier, newId: () => `check-${ids++}`, wait, now: () => Date.now(), inbox, watch_s: 0 };
  for await (const verdict of conform(parts)) verdicts.push(verdict);
  return verdicts;
}

test("F7 our own webhooks tell of every delivery as asking does", async () => {
  const bench = await openBench();
  const [baker, admin] = [await bench.key(bench.bakery), await bench.key(bench.bakery, ["admin"])];
  const url = (port: number): string => `http://127.0.0.1:${port}/hook`;
  const port = await freePort();
  const made = await bench.call(admin, "POST", "/v1/endpoints", { url: url(port), form: "deliveries" });
  assert.equal(made.status, 201, made.text);
  const inbox = await openInbox(port, made.body.secret as string);
  after(() => inbox.close());
  pump(bench);
  const verdicts = await visit(carrierOf(bench, baker), inbox);
  assert.deepEqual(
    verdicts.filter(({ outcome }) => outcome !== "passed").map(({ id }) => id),
    ["K14"],
    JSON.stringify(verdicts),
  );
});

test("C4 our own door conforms to the carrier API", async () => {
  const bench = await openBench();
  const verdicts = await visit(carrierOf(bench, await bench.key(bench.bakery)));
  assert.deepEqual(
    verdicts.filter(({ outcome }) => outcome === "failed"),
    [],
  );
  assert.deepEqual(
    verdicts.filter(({ outcome }) => outcome === "skipped").map(({ id }) => id),
    ["K13", "K14"],
  );
});

type Change = (answer: CarrierAnswer, asked: Asked, nth: number) => CarrierAnswer;

const isBooking = ({ method, path }: Asked): boolean => method === "POST" && path === "/deliveries";
const json = (answer: CarrierAnswer): Record<string, unknown> => ({ ...(answer.json as object) });
const altered = (answer: CarrierAnswer, change: object): CarrierAnswer => ({
  ...answer,
  json: { ...json(answer), ...change },
});
const no = (status: number, code: string): CarrierAnswer => ({ status, headers: {}, json: { code } });

/** Mistakes that implementations make, and the check that is there to find each. */
const mistakes: readonly (readonly [what: string, check: string, change: Change])[] = [
  ["it does not say who it is", "K1", (answer, { path }) => (path === "/carrier" ? no(404, "WHAT") : answer)],
  [
    "anybody gets in",
    "K2",
    (answer) => (answer.status === 401 ? { ...answer, status: 200, json: { deliveries: [] } } : answer),
  ],
  [
    "quotes are over when they come",
    "K3",
    (answer, { path }) =>
      path === "/quotes" && answer.status === 200 ? altered(answer, { expiresAt: "2020-01-01T00:00:00Z" }) : answer,
  ],
  [
    "what is badly written is its own error",
    "K4",
    (answer) => (answer.status === 400 ? { ...answer, status: 500 } : answer),
  ],
  ["refusals have no code", "K4", (answer) => (answer.status === 400 ? { ...answer, json: { error: "bad" } } : answer)],
  ["nowhere is outside", "K5", (answer) => (json(answer)["code"] === "OUT_OF_COVERAGE" ? no(422, "WHATEVER") : answer)],
  [
    "a delivery costs something else",
    "K6",
    (answer, asked) =>
      isBooking(asked) && answer.status < 300 ? altered(answer, { price: { amount: 1, currency: "EUR" } }) : answer,
  ],
  [
    "a repeat is a second delivery",
    "K7",
    (answer, asked, nth) =>
      isBooking(asked) && answer.status < 300 ? altered(answer, { id: `delivery-${nth}` }) : answer,
  ],
  [
    "a key is taken for another body",
    "K8",
    (answer) => (json(answer)["code"] === "ALREADY_BOOKED" ? { ...answer, status: 200 } : answer),
  ],
  [
    "a quote is not looked at",
    "K9",
    (answer) => (json(answer)["code"] === "QUOTE_STALE" ? no(422, "QUOTE_STALE") : answer),
  ],
  [
    "nobody's delivery is somebody's",
    "K10",
    (answer) => (json(answer)["code"] === "UNKNOWN_DELIVERY" ? no(403, "NOT_ALLOWED") : answer),
  ],
  ["changes are offered and refused", "K11", (answer, { method }) => (method === "PATCH" ? no(405, "NO") : answer)],
  [
    "cancelled again is an error",
    "K12",
    (answer, { path }, nth) => (path.endsWith("/cancel") && nth % 2 === 1 ? no(409, "NOT_CANCELLABLE") : answer),
  ],
];

for (const [what, check, change] of mistakes)
  test(`C1 ${check} finds that ${what}`, async () => {
    const bench = await openBench();
    const right = carrierOf(bench, await bench.key(bench.bakery));
    let nth = 0;
    const wrong: Carrier = { ask: async (asked) => change(await right.ask(asked), asked, nth++) };
    const verdict = (await visit(wrong)).find(({ id }) => id === check)!;
    assert.equal(verdict.outcome, "failed");
    assert.ok(verdict.outcome === "failed" && verdict.what.length > 10 && verdict.mend.length > 10);
  });
