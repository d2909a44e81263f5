import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { profiles } from "../../simulators/city/cast.ts";
import { cityChoice, loadCity } from "../../src/main/city.ts";
import { seededVault } from "../../src/main/commands/simulate.ts";
import { simulate, type Simulated } from "../../src/main/simulate.ts";
import { audit, type Line } from "../auditor/audit.ts";

/** Big enough that everybody is used: own couriers, the partner, both platforms, returns and cancellations. */
const size = { hours: 2, orders: 160, couriers: 10, partnerVans: 2, platforms: true } as const;

let home: string;
let loaded: Awaited<ReturnType<typeof loadCity>>;
before(async () => {
  home = await mkdtemp(join(tmpdir(), "milepool-day-"));
  const used = ["foot", "car", ...profiles] as const;
  loaded = await loadCity(cityChoice({}, home, used));
  for (const profile of used) await loaded.travel.ready(profile);
});
after(async () => {
  await loaded?.travel.close();
  await rm(home, { recursive: true, force: true });
});

const play = (seed: number, faults: string[] = []): Promise<Simulated> =>
  simulate({ seed, ...size }, loaded, seededVault, (what, error) => faults.push(`${what}: ${String(error)}`));
const asJson = (log: Simulated["log"]): readonly Line[] => JSON.parse(JSON.stringify(log)) as readonly Line[];

test("a day in Millport: nothing goes wrong inside, and an auditor who trusts nobody finds nothing", async () => {
  const faults: string[] = [];
  const { report, log, connections } = await play(7, faults);
  assert.deepEqual(faults, []);
  assert.deepEqual(audit(asJson(log)), []);
  assert.deepEqual([report.lost, report.doubled, report.ledgerBalanced, report.open], [0, 0, true, 0]);
  assert.equal(report.orders, size.orders);
  assert.ok(report.delivered > report.orders * 0.8, `${report.delivered} delivered`);
  assert.equal(connections.length, 2);
  for (const { connector, health } of connections) {
    assert.ok(health.webhooks > 0, `${connector} is heard`);
    assert.equal(health.webhooksRefused, 0, `${connector} is believed`);
  }
  for (const share of [report.partnerShare, report.platformShare])
    assert.ok(share !== null && share > 0, "everybody carries something");
});

test("the same seed gives the same bytes, another one another day", async () => {
  const [one, two, other] = [await play(3), await play(3), await play(4)];
  assert.equal(JSON.stringify(two.log), JSON.stringify(one.log));
  assert.deepEqual(two.report, one.report);
  assert.notEqual(other.report.eventLogSha256, one.report.eventLogSha256);
});
