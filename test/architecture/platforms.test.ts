import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { platformKinds } from "../../src/adapters/connectors/index.ts";
import { platformsPage } from "./platforms-page.ts";

const file = new URL("../../docs/platforms.md", import.meta.url);

test("docs/platforms.md is what the connectors declare (write it anew with MILEPOOL_WRITE_PLATFORMS=1)", () => {
  const page = platformsPage(platformKinds);
  if (process.env["MILEPOOL_WRITE_PLATFORMS"] === "1") writeFileSync(file, page);
  assert.equal(readFileSync(file, "utf8"), page);
});

test("every platform declares the same capabilities", () => {
  const [first, ...others] = platformKinds.map(({ capabilities }) => Object.keys(capabilities).join());
  for (const one of others) assert.equal(one, first);
});
