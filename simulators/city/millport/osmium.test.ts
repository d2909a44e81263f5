import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { drawMillport, writeOsmPbf } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "milepool-osmium-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What osmium prints; null where it is not installed. */
function osmium(...args: readonly string[]): string | null {
  try {
    return execFileSync("osmium", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

test("M13 osmium reads the file, finds it ordered and every reference in it", (t) => {
  if (osmium("--version") === null) {
    t.skip("OSMIUM IS NOT INSTALLED (apt-get install osmium-tool): the file was not checked by another program");
    return;
  }
  const file = join(folder, "millport.osm.pbf");
  const data = drawMillport({ seed: 1, population: 24_000 });
  writeFileSync(file, writeOsmPbf(data));

  const info = JSON.parse(osmium("fileinfo", "-e", "--json", file)!) as {
    data: { objects_ordered: boolean; multiple_versions: boolean; count: Record<string, number> };
  };
  assert.equal(info.data.objects_ordered, true);
  assert.equal(info.data.multiple_versions, false);
  const { nodes, ways, relations } = info.data.count;
  assert.deepEqual([nodes, ways, relations], [data.nodes.length, data.ways.length, data.relations.length]);
  osmium("check-refs", "--check-relations", file); // throws where one is missing

  const zone = join(folder, "zone.osm.pbf");
  osmium("tags-filter", "-o", zone, file, "w/boundary=low_emission_zone");
  const kept = JSON.parse(osmium("fileinfo", "-e", "--json", zone)!) as typeof info;
  assert.equal(kept.data.count["ways"], 1);
});
