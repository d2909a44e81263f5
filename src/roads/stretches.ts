import type { OsmData, OsmNode, OsmWay } from "../kernel/osm.ts";
import { isBlocked, signalOf, type SignalSide } from "./judge-node.ts";
import { judgeWay, type WayUse } from "./judge-way.ts";
import { keyOf } from "./key.ts";
import { fixed, lengthBetween } from "./plane.ts";
import type { ProfileRules } from "./profiles.ts";
import type { RoadReport } from "./report.ts";

/** A piece of a street between two junctions, one list entry each; `Infinity` closes a direction. */
export interface Stretches {
  /** Longitude and latitude in turn, 1e-7 degrees, stretch after stretch. */
  readonly coords: number[];
  /** Where each stretch's points begin, counted in points; one more at the end. */
  readonly start: number[];
  readonly from: number[];
  readonly to: number[];
  /** The way's place in `OsmData.ways`. */
  readonly way: number[];
  readonly forward: number[];
  readonly backward: number[];
  readonly use: WayUse[];
}

/** Where stretches meet. */
export interface Junctions {
  /** The OpenStreetMap node of each junction, and back. */
  readonly node: number[];
  readonly byNode: Map<number, number>;
  readonly signal: (SignalSide | null)[];
  readonly blocked: boolean[];
}

interface UsableWay {
  readonly at: number;
  readonly use: WayUse;
  /** Runs of nodes that are all in the extract, two or more each. */
  readonly runs: readonly (readonly OsmNode[])[];
}

/** Cuts the profile's ways at junctions, way ends and barriers. */
export function cutStretches(
  data: OsmData,
  rules: ProfileRules,
  report: RoadReport,
): { stretches: Stretches; junctions: Junctions } {
  const ways = usableWays(data, rules, report);
  const isJunction = junctionTest(ways, rules);
  const junctions: Junctions = { node: [], byNode: new Map(), signal: [], blocked: [] };
  const stretches: Stretches = {
    coords: [],
    start: [0],
    from: [],
    to: [],
    way: [],
    forward: [],
    backward: [],
    use: [],
  };
  for (const { at, use, runs } of ways) {
    const crossing =
      use.crossing === null
        ? null
        : use.crossing /
          Math.max(
            1,
            runs.reduce((sum, run) => sum + lengthOf(run), 0),
          );
    for (const run of runs) {
      let first = 0;
      for (let i = 1; i < run.length; i++) {
        if (i < run.length - 1 && !isJunction(run[i]!.id)) continue;
        addStretch(stretches, junctions, { at, use, nodes: run.slice(first, i + 1), crossing }, rules);
        first = i;
      }
    }
  }
  report.ways = ways.length;
  report.stretches = stretches.way.length;
  return { stretches, junctions };
}

function usableWays(data: OsmData, rules: ProfileRules, report: RoadReport): UsableWay[] {
  const nodes = new Map<number, OsmNode>();
  for (const node of data.nodes) nodes.set(node.id, node);
  const ways: UsableWay[] = [];
  data.ways.forEach((way, at) => {
    const use = way.tags === undefined ? null : judgeWay(way.tags, rules);
    if (use === null) return;
    const runs = runsOf(way, nodes, report);
    if (runs.length === 0) report.waysWithoutLength++;
    else ways.push({ at, use, runs });
  });
  return ways;
}

/** A node that is not in the extract cuts the way; a node repeated at once is taken once. */
function runsOf(way: OsmWay, nodes: ReadonlyMap<number, OsmNode>, report: RoadReport): OsmNode[][] {
  const runs: OsmNode[][] = [[]];
  let missing = false;
  for (const ref of way.refs) {
    const node = nodes.get(ref);
    const run = runs.at(-1)!;
    if (node === undefined || !Number.isFinite(node.lon + node.lat)) {
      missing = true;
      if (run.length > 0) runs.push([]);
    } else if (run.at(-1) !== node) run.push(node);
  }
  if (missing) report.waysOverMissingNodes++;
  return runs.filter((run) => run.length > 1);
}

/** A junction is a node used twice, the end of a run, or a barrier that stops this profile. */
function junctionTest(ways: readonly UsableWay[], rules: ProfileRules): (node: number) => boolean {
  const [seen, junction] = [new Set<number>(), new Set<number>()];
  for (const { runs } of ways)
    for (const run of runs)
      run.forEach(({ id, tags }, i) => {
        const ends = i === 0 || i === run.length - 1;
        if (ends || seen.has(id) || (tags !== undefined && isBlocked(tags, rules))) junction.add(id);
        seen.add(id);
      });
  return (node) => junction.has(node);
}

interface Piece {
  readonly at: number;
  readonly use: WayUse;
  readonly nodes: readonly OsmNode[];
  /** Seconds per metre of a ferry with a timetable. */
  readonly crossing: number | null;
}

function addStretch(
  all: Stretches,
  junctions: Junctions,
  { at, use, nodes, crossing }: Piece,
  rules: ProfileRules,
): void {
  const length = lengthOf(nodes);
  const waits = (against: SignalSide): number =>
    nodes.slice(1, -1).filter(({ tags }) => ![null, against].includes(tags ? signalOf(tags) : null)).length *
    rules.signal;
  const keyAt = (speed: number, wait: number): number => {
    if (speed === 0) return Infinity;
    const moving = crossing === null ? length / (speed / 3.6) : length * crossing;
    return keyOf((moving + wait) * 1000, length * 10);
  };
  for (const { lon, lat } of nodes) all.coords.push(Math.round(lon * fixed), Math.round(lat * fixed));
  all.start.push(all.coords.length / 2);
  all.from.push(junctionAt(junctions, nodes[0]!, rules));
  all.to.push(junctionAt(junctions, nodes.at(-1)!, rules));
  all.way.push(at);
  all.use.push(use);
  all.forward.push(keyAt(use.forward, waits("backward")));
  all.backward.push(keyAt(use.backward, waits("forward")));
}

function junctionAt(junctions: Junctions, { id, tags }: OsmNode, rules: ProfileRules): number {
  const known = junctions.byNode.get(id);
  if (known !== undefined) return known;
  junctions.byNode.set(id, junctions.node.length);
  junctions.signal.push(tags ? signalOf(tags) : null);
  junctions.blocked.push(tags !== undefined && isBlocked(tags, rules));
  return junctions.node.push(id) - 1;
}

function lengthOf(nodes: readonly OsmNode[]): number {
  let length = 0;
  for (let i = 1; i < nodes.length; i++) {
    const [a, b] = [nodes[i - 1]!, nodes[i]!];
    length += lengthBetween(a.lon * fixed, a.lat * fixed, b.lon * fixed, b.lat * fixed);
  }
  return length;
}
