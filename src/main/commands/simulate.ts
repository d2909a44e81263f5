import { writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { profiles } from "../../../simulators/city/cast.ts";
import { cipherWith, openVault } from "../../adapters/vault/index.ts";
import type { Store } from "../../domain/index.ts";
import type { Rng } from "../../kernel/rng.ts";
import { cityChoice, loadCity } from "../city.ts";
import { folder, readSettings } from "../settings.ts";
import { simulate } from "../simulate.ts";
import { asJson, err, out, readArgs, whole } from "./words.ts";

const help = `milepool simulate [--seed 1] [--hours 8] [--orders 250 an hour] [--couriers 60] [--vans 8] [--no-platforms] [--log FILE] [--json]

Plays a whole day in the city under virtual time, with both platforms over their own protocols, and prints its measures.
The same seed gives the same bytes. --log writes the event log, one JSON document a line, for an auditor.

example: ./milepool simulate --seed 7 --hours 8 --json`;

const options = {
  seed: { type: "string" },
  hours: { type: "string" },
  orders: { type: "string" },
  couriers: { type: "string" },
  vans: { type: "string" },
  "no-platforms": { type: "boolean" },
  log: { type: "string" },
} as const;

export async function simulateCommand(args: readonly string[]): Promise<number> {
  const read = readArgs(args, options, help);
  if (typeof read === "number") return read;
  const { values } = read;
  const seed = whole("seed", values.seed, 1, 0, 2 ** 31);
  const length = whole("hours", values.hours, 8, 1, 12);
  const orders = length === null ? null : whole("orders", values.orders, 250 * length, 0, 100_000);
  const couriers = whole("couriers", values.couriers, 60, 0, 5000);
  const partnerVans = whole("vans", values.vans, 8, 0, 500);
  if (seed === null || length === null || orders === null || couriers === null || partnerVans === null) return 2;

  const begun = performance.now();
  const { home } = readSettings(process.env);
  const used = ["foot", "car", ...profiles] as const;
  const loaded = await loadCity(cityChoice(process.env, folder(home), used));
  // Between ways equal in time and length the shape may differ until the hierarchy stands; a seed must give the same bytes.
  for (const profile of used) await loaded.travel.ready(profile);
  err(`${loaded.city.name} is open after ${seconds(begun)} s; ${orders} orders over ${length} hours`);
  const platforms = !values["no-platforms"];
  const day = await simulate(
    { seed, hours: length, orders, couriers, partnerVans, platforms },
    loaded,
    seededVault,
    (what, error) => err(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  );
  err(`done after ${seconds(begun)} s`);
  if (values.log) await writeFile(values.log, day.log.map((event) => `${JSON.stringify(event)}\n`).join(""));
  if (values.json) asJson(day.report);
  else for (const [name, value] of Object.entries(day.report)) out(`${name.padEnd(22)}${JSON.stringify(value)}`);
  await loaded.travel.close();
  const { lost, doubled, ledgerBalanced, faults } = day.report;
  return lost === 0 && doubled === 0 && ledgerBalanced && faults === 0 ? 0 : 1;
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

/** The real vault with chance from the seed: the day seals the same bytes again. */
export function seededVault(store: Store, rng: Rng) {
  const random = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => rng.below(256));
  const key = createHash("sha256").update("a simulated day").digest();
  return openVault({ cipher: cipherWith(key, random), store: store.vault });
}
