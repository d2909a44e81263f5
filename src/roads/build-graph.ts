import type { OsmData } from "../kernel/osm.ts";
import { assemble, type Mainland } from "./assemble.ts";
import { arcsAt, headOf, reverseOf, stretchOf, tailOf } from "./arcs.ts";
import { type ForbiddenTurns, forbiddenTurns } from "./forbidden-turns.ts";
import { components, largest } from "./islands.ts";
import { profiles, type ProfileName, type ProfileRules } from "./profiles.ts";
import { emptyReport } from "./report.ts";
import type { RoadGraph } from "./road-graph.ts";
import { readRestrictions } from "./restrictions.ts";
import { cutStretches, type Junctions, type Stretches } from "./stretches.ts";
import { isOpen, makeTurns, type Turns } from "./turns.ts";

/**
 * Builds the graph of one profile. Broken data is counted in `report`, never fatal; a profile without roads gets an
 * empty graph.
 */
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

/**
 * Two rounds: where a street goes on only into an island, people turn round, and that brings it back to the mainland.
 */
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
    const main = Uint8Array.from(all, (id) => (allId !== -1 && id === allId ? 1 : 0));
    addWaysOut(turns, main);
    return { turns, kept: (arc) => main[arc] === 1, through: (arc) => coreId !== -1 && core[arc] === coreId };
  };
  return round(round(isOpen(stretches), true).kept, false);
}

/**
 * A direction that nobody can turn into (its street begins where others only leave) still leads out of the street for
 * who starts on it, as long as the other direction belongs to the mainland.
 */
function addWaysOut({ start, to }: Turns, main: Uint8Array): void {
  const leadsOn = (arc: number): boolean => {
    for (let i = start[arc]!; i < start[arc + 1]!; i++) if (main[to[i]!] === 1) return true;
    return false;
  };
  let open = [...main.keys()].filter((arc) => main[arc] === 0 && main[reverseOf(arc)] === 1);
  for (let before = -1; before !== open.length;) {
    before = open.length;
    for (const arc of open) if (leadsOn(arc)) main[arc] = 1;
    open = open.filter((arc) => main[arc] === 0);
  }
}
