import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { castOf, everybody, profiles } from "../../simulators/city/cast.ts";
import { cityChoice, loadCity } from "../../src/main/city.ts";
import { openBench } from "../api/harness.ts";
import { audit, type Line } from "../auditor/audit.ts";
import { freePort, milepool, newHome } from "./program.ts";

/** Holds the usual Millport, once it is drawn. */
const home = newHome();
after(() => rmSync(home, { recursive: true }));

test("a simulated day with both platforms loses nothing, doubles nothing, and is the same bytes from the same seed", async () => {
  const day = (log: string) =>
    milepool(["simulate", "--seed", "7", "--hours", "1", "--orders", "120", "--log", join(home, log), "--json"], {
      MILEPOOL_HOME: home,
    });
  const first = await day("first.jsonl");
  assert.equal(first.code, 0, first.err);
  const report = JSON.parse(first.out) as Record<string, number | boolean | string>;
  const { lost, doubled, faults, ledgerBalanced, orders } = report;
  assert.deepEqual({ lost, doubled, faults, ledgerBalanced }, { lost: 0, doubled: 0, faults: 0, ledgerBalanced: true });
  assert.equal(orders, 120);
  assert.ok(Number(report["delivered"]) > 100, `${report["delivered"]} of 120 were delivered`);
  assert.ok(Number(report["platformShare"]) > 0, "platforms carried nothing");

  const log = readFileSync(join(home, "first.jsonl"), "utf8");
  const lines = log
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  assert.deepEqual(audit(lines), []);

  const second = await day("second.jsonl");
  assert.equal(second.out, first.out);
  assert.equal(readFileSync(join(home, "second.jsonl"), "utf8"), log);
});

/** What the README tells a newcomer to type, with the key that was printed. */
function firstOrder(readme: string) {
  const [, keys = ""] = /^ {4}[.][/]milepool (keys make .+)$/m.exec(readme) ?? [];
  const [, path = "", options = "", body = ""] =
    /^ {4}curl http:[/][/]localhost:8080(\S+) \\\n((?: +-H .+\n)+) +-d '([^']+)'$/m.exec(readme) ?? [];
  const headers = (secret: string): Record<string, string> =>
    Object.fromEntries(
      [...options.matchAll(/"([^:]+): ([^"]+)"/g)].map(([, name, value]) => [name, value!.replace("mp_…", secret)]),
    );
  return { keys: keys.split(" "), path, headers, body };
}

test("the README's first order is taken, in the town that the demo opens", async (t) => {
  const { keys, path, headers, body } = firstOrder(readFileSync("README.md", "utf8"));
  const town = await loadCity(cityChoice({}, home, ["foot", "car", ...profiles]));
  t.after(() => town.travel.close());
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  const { app, network, accounts } = await openBench({ town, publicUrl });
  await network.introduce(everybody(castOf(town.city.zone, town.city.currency)));
  await accounts.firstAdmin("a password for the test");
  await app.listen({ host: "127.0.0.1", port });

  const made = await milepool([...keys, "--url", publicUrl, "--json"]);
  assert.equal(made.code, 0, made.err);
  const { secret } = JSON.parse(made.out) as { secret: string };
  const place = () => fetch(`${publicUrl}${path}`, { method: "POST", headers: headers(secret), body });
  const answer = await place();
  const order = await answer.text();
  assert.equal(answer.status, 201, order);
  assert.equal(await (await place()).text(), order, "the same request again gives the same answer");
  const wanted = JSON.parse(body) as Record<"pickup" | "dropoff", { address: string }>;
  for (const end of ["pickup", "dropoff"] as const)
    assert.equal(town.places.find(wanted[end].address, 1)[0]?.label, `${wanted[end].address}, Millport`);
});
