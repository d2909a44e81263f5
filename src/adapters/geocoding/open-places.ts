import type { Places } from "../../domain/ports.ts";
import type { OsmData } from "../../kernel/osm.ts";
import { readGazetteer } from "./gazetteer.ts";
import { openReverse } from "./reverse.ts";
import { openSearch } from "./search.ts";

/** Address search over a loaded city, in memory and without any service: some 2 kB for each street, 200 bytes for each house. */
export function openPlaces(data: OsmData): Places {
  const gazetteer = readGazetteer(data);
  return { find: openSearch(gazetteer), at: openReverse(gazetteer) };
}
