import { expect, test } from "vitest";
import { standingOf } from "./connection-health.ts";

const health = (change: object) => ({
  calls: 100,
  refusals: 40,
  outages: 0,
  webhooks: 0,
  webhooksRefused: 0,
  lastAnswerAt: "2026-11-21T09:00:00Z",
  lastFailure: null,
  latencyMs: null,
  unknown: {},
  ...change,
});
const failure = (minute: number) => ({ at: `2026-11-21T09:0${minute}:00Z`, operation: "quote", what: "timed out" });

test("refusals are answers", () => expect(standingOf(health({}))).toBe("well"));
test("one outage in fifty is tolerated, more is not", () => {
  expect(standingOf(health({ outages: 2 }))).toBe("well");
  expect(standingOf(health({ outages: 3 }))).toBe("shaky");
});
test("down while the newest thing heard is a failure", () => {
  expect(standingOf(health({ outages: 1, lastFailure: failure(1) }))).toBe("down");
  expect(standingOf(health({ outages: 1, lastFailure: failure(1), lastAnswerAt: "2026-11-21T09:02:00Z" }))).toBe(
    "well",
  );
  expect(standingOf(health({ outages: 1, lastFailure: failure(1), lastAnswerAt: null }))).toBe("down");
});
test("never asked", () => expect(standingOf(health({ calls: 0 }))).toBe("unused"));
