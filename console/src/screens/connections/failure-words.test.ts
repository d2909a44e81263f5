import { expect, test } from "vitest";
import { failureMeaning } from "./failure-words.ts";

test("what a platform said is told by its meaning, and what is new is called so", () => {
  expect(failureMeaning("couriers_busy")).toBe("failure.busy");
  expect(failureMeaning("validation_error distance_too_long (pickup_address)")).toBe("failure.coverage");
  expect(failureMeaning("cancel_not_allowed delivery_completed")).toBe("failure.cancel");
  expect(failureMeaning("update_not_allowed")).toBe("failure.rights");
  expect(failureMeaning("customer_not_found")).toBe("failure.rights");
  expect(failureMeaning("no connection: ECONNREFUSED")).toBe("failure.silent");
  expect(failureMeaning("503 without a code")).toBe("failure.broken");
  expect(failureMeaning("WEBHOOK_FORGED")).toBe("failure.webhook");
  expect(failureMeaning("gone_fishing")).toBe("failure.other");
});
