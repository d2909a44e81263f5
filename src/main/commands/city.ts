import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { millportFile, readPlaces } from "../../../simulators/city/millport/index.ts";
import { bounds, readOsm } from "../../adapters/osm/index.ts";
import { readSettings } from "../settings.ts";
import { asJson, err, orSentence, out, readArgs, whole } from "./words.ts";

const help = `milepool city make [--seed 1] [--population 70000] [--out FILE.osm.pbf]
milepool city show [FILE.osm.pbf]

make draws Millport as OpenStreetMap data; show says what a city's file holds (Millport's when none is named).

example: ./milepool city make --seed 3 --population 200000 --out my.osm.pbf`;

const options = { seed: { type: "string" }, population: { type: "string" }, out: { type: "string" } } as const;

export function cityCommand(args: readonly string[]): Promise<number> {
  const read = readArgs(args, options, help);
  if (typeof read === "number") return Promise.resolve(read);
  const { positionals, values } = read;
  const json = (values as { json?: boolean }).json === true;
  const seed = whole("seed", values.seed, 1, 0, 2 ** 31);
  const population = whole("population", values.population, 70_000, 1000, 2_000_000);
  if (seed === null || population === null) return Promise.resolve(2);
  const drawn = (): Promise<string> => millportFile(join(readSettings(process.env).home, "cities"), seed, population);
  if (positionals[0] === "make") return orSentence(() => make(drawn, values.out ?? `millport-${seed}.osm.pbf`, json));
  if (positionals[0] === "show") return orSentence(async () => show(positionals[1] ?? (await drawn()), json));
  err(help);
  return Promise.resolve(2);
}

async function make(drawn: () => Promise<string>, to: string, json: boolean): Promise<number> {
  await copyFile(await drawn(), to);
  if (json) asJson({ file: to });
  else out(`drawn: ${to}`);
  return 0;
}

async function show(file: string, json: boolean): Promise<number> {
  const data = await readOsm(file);
  const places = readPlaces(data);
  const facts = {
    file,
    bounds: bounds(data),
    nodes: data.nodes.length,
    ways: data.ways.length,
    relations: data.relations.length,
    roads: data.ways.filter(({ tags }) => tags?.["highway"] !== undefined).length,
    shops: places.shops.length,
    homes: places.homes.length,
    depots: places.depots.length,
    districts: places.districts.length,
  };
  if (json) asJson(facts);
  else for (const [name, value] of Object.entries(facts)) out(`${name.padEnd(12)}${String(value)}`);
  return 0;
}
