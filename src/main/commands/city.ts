import { open, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { drawMillport, millportFile, writeOsmPbf } from "../../../simulators/city/millport/index.ts";
import { readOsm } from "../../adapters/osm/index.ts";
import { isPoint, type Point } from "../../kernel/point.ts";
import { profiles, type ProfileName } from "../../roads/index.ts";
import { cityFace } from "../city-face.ts";
import { readSettings } from "../settings.ts";
import { asGeoJson, asSvg } from "./city-drawing.ts";
import { cityFacts, type CityFacts } from "./city-facts.ts";
import { asPage } from "./city-page.ts";
import { sightsOf } from "./city-sights.ts";
import type { SpeedTable } from "./city-speeds.ts";
import { asJson, CommandRefused, err, out, readArgs, whole } from "./words.ts";

const help = `milepool city make [--seed 1] [--population 70000] [--out FILE.osm.pbf]
milepool city show [FILE.osm.pbf] [--geojson FILE] [--svg FILE] [--html FILE]
                   [--profile car] [--from LONGITUDE,LATITUDE] [--minutes 5,10,15]

make draws Millport as OpenStreetMap data, from a village of 1,000 to a metropolis of 8,000,000: the same seed and
population give the same bytes. show says what a city's file holds (Millport's when none is named), and draws it: --svg a picture
with its zones, turn restrictions and what is within reach of a point (its middle, unless --from names one), --html a
page on which the hour is chosen too.

example: ./milepool city make --seed 3 --population 200000 --out my.osm.pbf`;

const options = {
  seed: { type: "string" },
  population: { type: "string" },
  out: { type: "string" },
  geojson: { type: "string" },
  svg: { type: "string" },
  html: { type: "string" },
  profile: { type: "string" },
  from: { type: "string" },
  minutes: { type: "string" },
} as const;

export async function cityCommand(args: readonly string[]): Promise<number> {
  const read = readArgs(args, options, help);
  if (typeof read === "number") return read;
  const { positionals, values } = read;
  const json = (values as { json?: boolean }).json === true;
  const seed = whole("seed", values.seed, 1, 0, 2 ** 31);
  const population = whole("population", values.population, 70_000, 1000, 8_000_000);
  if (seed === null || population === null) return 2;
  const order = { seed, population };
  const [verb, file, ...tooMany] = positionals;
  if (verb === "make" && file === undefined) return make(order, values.out ?? `millport-${seed}.osm.pbf`, json);
  if (verb === "show" && tooMany.length === 0) {
    const look = readLook(values);
    if (look === null) return 2;
    const home = (): string => join(readSettings(process.env).home, "cities");
    return show(file ?? (await millportFile(home(), seed, population)), { ...values, look }, json);
  }
  err(help);
  return 2;
}

interface Order {
  readonly seed: number;
  readonly population: number;
}

/** From this many people on, drawing takes long enough to say how far it is. */
const large = 150_000;

/** Bytes that drawing takes for each person, measured from 70,000 to 1,200,000 people (bench/RESULTS.md), and some to spare. */
const perPerson = 2000;

async function make(order: Order, to: string, json: boolean): Promise<number> {
  // Node keeps its heap below 4 GB however much memory there is; a metropolis needs more.
  if (order.population > 1_500_000)
    setFlagsFromString(`--max-old-space-size=${Math.ceil((order.population * perPerson) / 2 ** 20)}`);
  const start = performance.now();
  const since = (): number => Number(((performance.now() - start) / 1000).toFixed(1));
  const step = (what: string): void => {
    if (order.population >= large) err(`${since().toFixed(1).padStart(7)} s  ${what}`);
  };
  // A metropolis takes minutes: whether there is a place for it is known before.
  await (await open(to, "a").catch(cannotWrite(to))).close();
  const data = drawMillport(order, step);
  step("writing the file");
  await writeFile(to, writeOsmPbf(data)).catch(cannotWrite(to));
  const { size } = await stat(to);
  const { nodes, ways, relations } = data;
  const counts = { nodes: nodes.length, ways: ways.length, relations: relations.length };
  if (json) asJson({ file: to, ...order, bytes: size, seconds: since(), ...counts });
  else out(`drawn: ${to} (${counts.nodes} nodes, ${counts.ways} ways, ${sizeOf(size)}, ${since()} s)`);
  return 0;
}

const cannotWrite =
  (path: string) =>
  ({ code, message }: NodeJS.ErrnoException): never => {
    const detail = `${path} cannot be written (${code ?? message}).`;
    throw new CommandRefused({ code: "NOT_POSSIBLE_HERE", detail, mend: "Name a file in a folder that is there." });
  };

const sizeOf = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** What the pictures show. */
interface Look {
  readonly profile: ProfileName;
  /** Null: the city's middle. */
  readonly from: Point | null;
  readonly minutes: readonly number[];
}

/** Null when something is wrong, which is told. */
function readLook(values: {
  readonly profile?: string | undefined;
  readonly from?: string | undefined;
  readonly minutes?: string | undefined;
}): Look | null {
  const { profile = "car", from, minutes = "5,10,15" } = values;
  const limits = minutes.split(",").map(Number);
  const point = from?.split(",").map(Number) as unknown as Point | undefined;
  const wrong =
    (!(profile in profiles) && `--profile is "${profile}": give one of ${Object.keys(profiles).join(", ")}`) ||
    (point !== undefined && !isPoint(point) && `--from is "${from}": give LONGITUDE,LATITUDE in degrees`) ||
    (!limits.every((one) => Number.isInteger(one) && one >= 1 && one <= 120) &&
      `--minutes is "${minutes}": give whole numbers from 1 to 120 with commas between them`);
  if (wrong) err(wrong);
  return wrong ? null : { profile: profile as ProfileName, from: point ?? null, minutes: limits };
}

interface Drawings {
  readonly geojson?: string | undefined;
  readonly svg?: string | undefined;
  readonly html?: string | undefined;
  readonly look: Look;
}

async function show(file: string, { geojson, svg, html, look }: Drawings, json: boolean): Promise<number> {
  const data = await readOsm(file);
  const facts = cityFacts(data);
  if (geojson !== undefined) await writeFile(geojson, asGeoJson(data)).catch(cannotWrite(geojson));
  if (svg !== undefined || html !== undefined) {
    const from = look.from ?? cityFace(data)?.centre ?? null;
    const sights = sightsOf(data, look.profile, from, look.minutes);
    if (svg !== undefined) await writeFile(svg, asSvg(data, sights)).catch(cannotWrite(svg));
    const speeds = facts.speeds[look.profile] ?? null;
    if (html !== undefined)
      await writeFile(html, asPage(data, sights, speeds, basename(file))).catch(cannotWrite(html));
  }
  if (json) asJson({ file, ...facts });
  else tell(file, facts);
  return 0;
}

function tell(file: string, facts: CityFacts): void {
  const { nodes, ways, relations } = facts.objects;
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(", ") || "none";
  out(
    `${file}\n${nodes} nodes, ${ways} ways, ${relations} relations${facts.bounds === null ? "" : `, streets within ${facts.bounds.join(", ")}`}\n`,
  );
  if (facts.bounds === null) {
    out(
      "It has no roads (no way with a highway tag): nobody can be sent anywhere in it. Take an extract with streets.",
    );
    return;
  }
  out("streets");
  for (const [kind, { ways: count, kilometres }] of Object.entries(facts.streets))
    out(`  ${kind.padEnd(16)}${kilometres.toFixed(1).padStart(9)} km ${String(count).padStart(8)} ways`);
  const { oneWay, limited, named } = facts.shares;
  out(`  one-way ${percent(oneWay)}, with a speed limit ${percent(limited)}, named ${percent(named)}`);
  out(`restrictions  ${list(facts.restrictions)}`);
  out(`signals       ${facts.signals}\ncrossings     ${facts.crossings}\nbarriers      ${list(facts.barriers)}`);
  for (const { name, kind, rule } of facts.zones)
    out(`zone          ${name} (${kind}): ${rule ?? "no rule that is read"}`);
  out(`addresses     ${facts.addresses}\nplaces        ${list(facts.places)}`);
  for (const [profile, table] of Object.entries(facts.speeds)) tellSpeeds(profile, table);
  for (const [profile, { examples, ...counts }] of Object.entries(facts.profiles)) {
    const found = Object.entries(counts).filter(([, count]) => count > 0);
    out(`${profile.padEnd(14)}${found.map(([what, count]) => `${what} ${count}`).join(", ") || "no roads for it"}`);
    for (const [what, ids] of Object.entries(examples)) out(`${"".padEnd(14)}  ${what}: ${ids.join(", ")}`);
  }
}

const hourNames = {
  free: "free",
  night: "night",
  morning_peak: "morning",
  day: "day",
  evening_peak: "evening",
  weekend: "weekend",
};

/** One line for each kind of road. */
function tellSpeeds(profile: string, table: SpeedTable): void {
  const columns = Object.keys(hourNames) as (keyof typeof hourNames)[];
  out(`${`${profile}, km/h`.padEnd(18)}${columns.map((hours) => hourNames[hours].padStart(9)).join("")}`);
  for (const [kind, speeds] of Object.entries(table))
    out(`  ${kind.padEnd(16)}${columns.map((hours) => (speeds[hours]?.toFixed(1) ?? "–").padStart(9)).join("")}`);
}
