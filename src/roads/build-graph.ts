import type { OsmData } from "../kernel/osm.ts";
import { assemble, type KeptRoads } from "./assemble.ts";
import { arcsAt, headOf, isEnding, mayEnd, stretchOf, tailOf } from "./arcs.ts";
import { barrierRules } from "./barrier-rules.ts";
import { byArc, Histories } from "./histories.ts";
import type { Traveller } from "./judge-way.ts";
import { mainlandOf, type Openness } from "./mainland.ts";
import { rulesOf, vehicleOf } from "./profiles.ts";
import { emptyReport } from "./report.ts";
import type { RoadGraph } from "./road-graph.ts";
import { readRestrictions } from "./restrictions.ts";
import { restrictedPaths } from "./restricted-paths.ts";
import { drivesLeft } from "./speed-limits.ts";
import { type CutStreets, cutStretches } from "./stretches.ts";
import { isOpen, makeTurns, type Turns, type TurnRules } from "./turns.ts";
import type { ProfileName, Vehicle } from "./vehicle.ts";
import { readZones, type ZoneRules } from "./zones.ts";

/** What an extract does not say. */
export interface BuildOptions {
  /** Where it differs from the profile's usual vehicle. */
  readonly vehicle?: Partial<Omit<Vehicle, "profile">>;
  /** ISO 3166-1 alpha-2: its law sets speeds and the side of the road. */
  readonly country?: string | null;
  readonly zoneRules?: ZoneRules;
}

/**
 * Builds the graph of one vehicle. Broken data is counted in `report`, never fatal; a profile without roads gets an
 * empty graph.
 */
export function buildGraph(data: OsmData, profile: ProfileName, options: BuildOptions = {}): RoadGraph {
  const [vehicle, report] = [vehicleOf(profile, options.vehicle), emptyReport()];
  const traveller: Traveller = { rules: rulesOf(vehicle), vehicle, country: options.country ?? null };
  const zones = readZones(data, traveller, options.zoneRules ?? {}, report);
  const streets = cutStretches({ data, traveller, zones, report });
  const { stretches, junctions } = streets;
  const open = isOpen(stretches);
  const arriving = arcsAt(stretches, junctions.node.length, headOf, open);
  const leaving = arcsAt(stretches, junctions.node.length, tailOf, open);
  const restrictions = readRestrictions(data, traveller, report);
  const paths = restrictedPaths(streets, restrictions, { arriving, leaving }, report);
  const timed = [...paths.timed];
  const rules = [...paths.rules, ...barrierRules(junctions, { arriving, leaving }, timed)];
  const histories = new Histories(2 * stretches.way.length, rules);
  const turning = { rules: traveller.rules, drivesLeft: drivesLeft(traveller.country), histories, leaving };
  return assemble({ data, traveller, report, streets, zones, timed, histories }, keptRoads(streets, turning));
}

/**
 * Two rounds: where a street goes on only into an island, people turn round, and that brings it back to the mainland.
 */
function keptRoads(streets: CutStreets, turning: Omit<TurnRules, "alive" | "roundAnywhere">): KeptRoads {
  const { stretches } = streets;
  const { histories } = turning;
  const open = isOpen(stretches);
  const openness = (isTurnOpen: Openness["isTurnOpen"]): Openness => ({
    isOpen: (node) => open(histories.arcOf(node)),
    ends: (node) => isEnding(stretches, histories.arcOf(node)),
    isTurnOpen,
  });
  const moves = (turns: Turns) => ({ ...turns, stretchOf: (node: number) => stretchOf(histories.arcOf(node)) });
  const first = makeTurns(streets, { ...turning, alive: open, roundAnywhere: true });
  const { kept } = mainlandOf(
    moves(first),
    openness(() => true),
  );
  const alive = byArc(histories, kept);
  const turns = makeTurns(streets, { ...turning, alive: (arc) => alive[arc] === 1, roundAnywhere: false });
  const rounds = new Set(turns.ruled.filter(({ rule }) => rule === -1).map(({ turn }) => turn));
  const most = mainlandOf(
    moves(turns),
    openness((turn) => !rounds.has(turn)),
  );
  if (turns.ruled.length === 0 && !stretches.isTimed.includes(true)) return { turns, ...most, steady: most.core };

  // A street that is closed at some hour may open a turn round where it stood: what may be passed by that is possible.
  const { core } = mainlandOf(
    moves(turns),
    openness(() => true),
    (node) => most.core[node]!,
  );
  const ruled = new Set(turns.ruled.map(({ turn }) => turn));
  const { core: steady } = mainlandOf(moves(turns), {
    isOpen: (node) => open(histories.arcOf(node)) && !stretches.isTimed[stretchOf(histories.arcOf(node))],
    ends: (node) => most.core[node] === 0 || mayEnd(stretches, histories.arcOf(node)),
    isTurnOpen: (turn) => !ruled.has(turn),
  });
  // Less than half is not the town: it is what the closings of some hour leave of it.
  const isTown = 2 * sizeOf(steady) > sizeOf(core);
  return { turns, kept: most.kept, core, steady: isTown ? steady : new Uint8Array(steady.length) };
}

const sizeOf = (marked: Uint8Array): number => marked.reduce((sum, one) => sum + one, 0);
