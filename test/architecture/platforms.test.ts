import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { platformKinds } from "../../src/adapters/connectors/index.ts";
import { platformsPage } from "./platforms-page.ts";
import { filesBelow, read } from "./source-files.ts";

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

test("one more platform touches one file outside its connector's folder, and one outside its simulator's", () => {
  const lists = { "src/adapters/connectors": "index.ts", "simulators/platforms": "registry.ts" } as const;
  const files = ["src", "simulators"].flatMap(filesBelow).filter((path) => /(?<![.]test)[.]tsx?$/.test(path));
  for (const [home, list] of Object.entries(lists)) {
    for (const { platform } of platformKinds) {
      const folder = `${home}/${platform}/`;
      const others = files.filter((path) => !path.startsWith(folder) && !path.includes("/testing/"));
      const naming = others.filter((path) => path.startsWith(`${home}/`) && read(path).includes(`./${platform}/`));
      const reaching = others.filter((path) => read(path).includes(folder.slice(folder.indexOf("/") + 1)));
      assert.deepEqual(
        [...new Set([...naming, ...reaching])].filter((path) => path !== `${home}/${list}`),
        [],
        platform,
      );
    }
  }
});
