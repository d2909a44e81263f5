import type { OsmData } from "../kernel/osm.ts";
import { assemble, type Mainland } from "./assemble.ts";
import { arcsAt, headOf, stretchOf, tailOf } from "./arcs.ts";
import { type ForbiddenTurns, forbiddenTurns } from "./forbidden-turns.ts";
import { components, largest } from "./islands.ts";
import { profiles, type ProfileName, type ProfileRules } from "./profiles.ts";
import { emptyReport } from "./report.ts";
import type { RoadGraph } from "./road-graph.ts";
import { readRestrictions } from "./restrictions.ts";
import { cutStretches, type Junctions, type Stretches } from "./stretches.ts";
import { isOpen, makeTurns } from "./turns.ts";

/** Builds the graph of one profile. Broken data is counted in `report`, never fatal; a profile without roads gets an empty graph. */
export function buildGraph(data: OsmData, profile: ProfileName): RoadGraph {
  const [rules, report] = [profiles[profile], emptyReport()];
  const { stretches, junctions } = cutStretches(data, rules, report);
  const open = isOpen(stretches);
  const arriving = arcsAt(stretches, junctions.node.length, headOf, open);
  const leaving = arcsAt(stretches, junctions.node.length, tailOf, open);
  const restrictions = readRestrictions(data, rules, report);
  const forbidden = forbiddenTurns(stretches, junctions, restrictions, { arriving, leaving }, report);
  return assemble({ data, profile, report, stretches }, mainland(stretches, junctions, rules, forbidden));
}

/** Two rounds: where a street goes on only into an island, people turn round, and that brings it back to the mainland. */
function mainland(
  stretches: Stretches,
  junctions: Junctions,
  rules: ProfileRules,
  forbidden: ForbiddenTurns,
): Mainland {
  const ending = (arc: number): boolean => stretches.use[stretchOf(arc)]!.ending;
  const round = (alive: (arc: number) => boolean, roundAnywhere: boolean): Mainland => {
    const turns = makeTurns(stretches, junctions, { rules, forbidden, alive, roundAnywhere });
    const core = components(turns, (arc) => alive(arc) && !ending(arc));
    const all = components(turns, alive);
    const coreId = largest(core);
    const allId = coreId === -1 ? largest(all) : all[core.indexOf(coreId)]!;
    const kept = (arc: number): boolean => allId !== -1 && all[arc] === allId;
    return { turns, kept, through: (arc) => coreId !== -1 && core[arc] === coreId };
  };
  return round(round(isOpen(stretches), true).kept, false);
}
