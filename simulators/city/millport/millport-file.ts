import { randomUUID } from "node:crypto";
import { mkdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawMillport, usualPopulation } from "./make-millport.ts";
import { writeOsmPbf } from "./write-osm-pbf.ts";

/** Raised with every change of the drawing: an older file is then drawn anew under its own name. */
const edition = 14;

/** The path of `folder`'s Millport of this seed as `.osm.pbf`; drawn once, and never seen half written. */
export async function millportFile(
  folder: string,
  seed: number,
  population: number = usualPopulation,
): Promise<string> {
  const path = join(folder, `millport-${edition}-${seed}-${population}.osm.pbf`);
  if (
    await stat(path).then(
      (found) => found.size > 0,
      () => false,
    )
  )
    return path;
  await mkdir(folder, { recursive: true });
  const draft = `${path}.${randomUUID()}.draft`;
  await writeFile(draft, writeOsmPbf(drawMillport({ seed, population })));
  await rename(draft, path);
  return path;
}
