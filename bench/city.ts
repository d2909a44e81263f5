// npm run bench:city [-- city.osm.pbf …]: how Millport's streets compare with a real city's, and how drawing it grows with its size.
import { basename, join } from "node:path";
import { drawMillport, makeMillport } from "../simulators/city/millport/index.ts";
import { readOsm } from "../src/adapters/osm/index.ts";
import { networkFigures, type NetworkFigures, type Percentiles } from "./street-network.ts";
import { machine, root } from "./program.ts";

console.log(`bench:city, ${machine()}\n`);
if (process.argv[2] === "--people") growth((process.argv[3] ?? "20000,70000,300000,1000000").split(",").map(Number));
else await beside(process.argv.slice(2));

async function beside(named: readonly string[]): Promise<void> {
  const testData = process.env["MILEPOOL_TEST_DATA"] ?? join(root, "../shared/data");
  const files = named.length > 0 ? named : [join(testData, "osm/porto_portugal.osm.pbf")];
  const columns: [string, NetworkFigures][] = [1, 2, 3].map((seed) => [
    `Millport ${seed}`,
    networkFigures(makeMillport({ seed }).data),
  ]);
  for (const file of files) columns.push([basename(file, ".osm.pbf"), networkFigures(await readOsm(file))]);
  table(columns);
}

/** Rising sizes, since the memory is the most that any of them took so far. */
function growth(sizes: readonly number[]): void {
  console.log("| people | OpenStreetMap nodes | road nodes | computing | each million people | memory at most |");
  console.log("|---|---|---|---|---|---|");
  for (const population of sizes) {
    const before = process.cpuUsage();
    const { nodes, ways } = drawMillport({ seed: 1, population });
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    const onRoads = new Set(ways.flatMap(({ tags, refs }) => (tags?.["highway"] === undefined ? [] : refs)));
    const memory = process.resourceUsage().maxRSS / 1024;
    const million = (seconds / population) * 1e6;
    console.log(
      `| ${population} | ${nodes.length} | ${onRoads.size} | ${seconds.toFixed(1)} s | ${million.toFixed(0)} s | ${memory.toFixed(0)} MB |`,
    );
  }
}

function table(all: readonly [string, NetworkFigures][]): void {
  const row = (what: string, read: (figures: NetworkFigures) => string): void =>
    console.log(`| ${[what, ...all.map(([, figures]) => read(figures))].join(" | ")} |`);
  console.log(`| | ${all.map(([name]) => name).join(" | ")} |\n|---|${"---|".repeat(all.length)}`);
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const spread = (values: Percentiles, digits: number): string =>
    values.map((value) => value.toFixed(digits)).join(" · ");
  row("junctions", (f) => String(f.junctions));
  row("streets, km", (f) => f.kilometres.toFixed(0));
  row("junctions per km", (f) => (f.junctions / f.kilometres).toFixed(1));
  ["dead ends", "three-armed", "four-armed", "five and more"].forEach((what, i) =>
    row(what, (f) => percent(f.degree[i]!)),
  );
  row("junction to junction, m (10 · 25 · 50 · 75 · 90 %)", (f) => spread(f.stretch, 0));
  row("block, ha (10 · 25 · 50 · 75 · 90 %)", (f) => spread(f.block, 2));
  row("circuity", (f) => f.circuity.toFixed(3));
  row("one-way, of length", (f) => percent(f.oneWay));
  for (const kind of ["motorway", "trunk", "primary", "secondary", "tertiary", "residential", "living_street"])
    row(`${kind}, of length`, (f) => percent((f.classes[kind] ?? 0) + (f.classes[`${kind}_link`] ?? 0)));
}
