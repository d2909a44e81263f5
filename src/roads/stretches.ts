import type { OsmData, OsmNode, OsmTags, OsmWay } from "../kernel/osm.ts";
import { barrierOf } from "./barriers.ts";
import { signalOf, type SignalSide } from "./judge-node.ts";
import type { Closure, Traveller, WayUse } from "./judge-way.ts";
import { keyOf } from "./key.ts";
import { fixed, lengthBetween } from "./plane.ts";
import { count, type RoadReport } from "./report.ts";
import { Signals } from "./signals.ts";
import { type Usage, usageOf } from "./usage.ts";
import { type DrawnZone, zoneOf } from "./zones.ts";

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
  /** At the most open hour, as all that follows unless it says otherwise. */
  readonly forward: number[];
  readonly backward: number[];
  /** Milliseconds of `forward` and `backward` that are waiting at signals on the way. */
  readonly waits: number[];
  /** By arc: whether a signal at its end is one that was waited at shortly before (see signals.ts). */
  readonly isSignalPassed: boolean[];
  readonly use: WayUse[];
  /** Two bits for ending-only (forward, backward), two for ending-only at some hour. */
  readonly ends: number[];
  /** Whether anything about it changes with the hour. */
  readonly isTimed: boolean[];
  /** Place in the list of zones, -1 for none. */
  readonly zone: number[];
}

/** Where stretches meet. */
export interface Junctions {
  /** The OpenStreetMap node of each junction, and back. */
  readonly node: number[];
  readonly byNode: Map<number, number>;
  readonly signal: (SignalSide | null)[];
  readonly blocked: boolean[];
  /** Tags of a barrier that is closed at some hours, null where there is none. */
  readonly gate: (OsmTags | null)[];
}

/** A line of a street that this traveller does not use, and why. */
export interface ClosedLine {
  readonly at: number;
  readonly closure: Closure;
  readonly nodes: readonly OsmNode[];
}

interface UsableWay {
  readonly at: number;
  readonly usage: Usage;
  /** Runs of nodes that are all in the extract, two or more each. */
  readonly runs: readonly (readonly OsmNode[])[];
}

/** What streets are cut for. */
export interface Cutting {
  readonly data: OsmData;
  readonly traveller: Traveller;
  readonly zones: readonly DrawnZone[];
  readonly report: RoadReport;
}

export interface CutStreets {
  readonly stretches: Stretches;
  readonly junctions: Junctions;
  readonly closed: readonly ClosedLine[];
}

/** Cuts the traveller's ways at junctions, way ends and barriers. */
export function cutStretches(cutting: Cutting): CutStreets {
  const { ways, closed } = sortWays(cutting);
  const isJunction = junctionTest(ways, cutting);
  const cutter = new Cutter(cutting, closed, new Signals(ways.flatMap(({ runs }) => runs)));
  for (const { at, usage, runs } of ways) {
    const length = runs.reduce((sum, run) => sum + lengthOf(run), 0);
    const { crossing: seconds } = usage.use;
    const crossing = seconds === null ? null : seconds / Math.max(1, length);
    for (const run of runs) {
      let first = 0;
      for (let i = 1; i < run.length; i++) {
        if (i < run.length - 1 && !isJunction(run[i]!.id)) continue;
        cutter.add({ at, usage, nodes: run.slice(first, i + 1), crossing });
        first = i;
      }
    }
  }
  cutting.report.ways = ways.length;
  cutting.report.stretches = cutter.stretches.way.length;
  return { stretches: cutter.stretches, junctions: cutter.junctions, closed };
}

/** The ways that this traveller uses, and the lines of those that it does not. */
function sortWays({ data, traveller, report }: Cutting): { ways: UsableWay[]; closed: ClosedLine[] } {
  const nodes = new Map<number, OsmNode>();
  for (const node of data.nodes) nodes.set(node.id, node);
  const [ways, closed] = [[] as UsableWay[], [] as ClosedLine[]];
  data.ways.forEach((way, at) => {
    const usage = way.tags === undefined ? null : usageOf(way.tags, traveller);
    if (usage === null) return;
    const { runs, isCut } = runsOf(way, nodes);
    if (typeof usage === "string") {
      closed.push(...runs.map((run): ClosedLine => ({ at, closure: usage, nodes: run })));
      return;
    }
    const id = `way/${way.id}`;
    if (isCut) count(report, "waysOverMissingNodes", id);
    if (usage.hasUnknown) count(report, "conditionsUnknown", id);
    if (usage.isTimed) count(report, "waysByHour", id);
    if (runs.length === 0) count(report, "waysWithoutLength", id);
    else ways.push({ at, usage, runs });
  });
  return { ways, closed };
}

/** A node that is not in the extract cuts the way; a node repeated at once is taken once. */
function runsOf(way: OsmWay, nodes: ReadonlyMap<number, OsmNode>): { runs: OsmNode[][]; isCut: boolean } {
  const runs: OsmNode[][] = [[]];
  let isCut = false;
  for (const ref of way.refs) {
    const node = nodes.get(ref);
    const run = runs.at(-1)!;
    if (node === undefined || !Number.isFinite(node.lon + node.lat)) {
      isCut = true;
      if (run.length > 0) runs.push([]);
    } else if (run.at(-1) !== node) run.push(node);
  }
  return { runs: runs.filter((run) => run.length > 1), isCut };
}

/** A junction is a node used twice, the end of a run, or a barrier that stops this traveller at any hour. */
function junctionTest(ways: readonly UsableWay[], { traveller, report }: Cutting): (node: number) => boolean {
  const stops = ({ id, tags }: OsmNode): boolean => {
    if (tags === undefined) return false;
    const { opens, hasUnknown } = barrierOf(tags, traveller);
    if (hasUnknown) count(report, "conditionsUnknown", `node/${id}`);
    return opens !== "always";
  };
  const [seen, junction] = [new Set<number>(), new Set<number>()];
  for (const { runs } of ways)
    for (const run of runs)
      run.forEach((node, i) => {
        const ends = i === 0 || i === run.length - 1;
        if (seen.has(node.id) || stops(node) || ends) junction.add(node.id);
        seen.add(node.id);
      });
  return (node) => junction.has(node);
}

interface Piece {
  readonly at: number;
  readonly usage: Usage;
  readonly nodes: readonly OsmNode[];
  /** Seconds per metre of a ferry with a timetable. */
  readonly crossing: number | null;
}

class Cutter {
  readonly stretches: Stretches = {
    coords: [],
    start: [0],
    from: [],
    to: [],
    way: [],
    forward: [],
    backward: [],
    waits: [],
    isSignalPassed: [],
    use: [],
    ends: [],
    isTimed: [],
    zone: [],
  };
  readonly junctions: Junctions = { node: [], byNode: new Map(), signal: [], blocked: [], gate: [] };
  readonly #cutting: Cutting;
  readonly #closed: ClosedLine[];
  readonly #signals: Signals;

  constructor(cutting: Cutting, closed: ClosedLine[], signals: Signals) {
    [this.#cutting, this.#closed, this.#signals] = [cutting, closed, signals];
  }

  add(piece: Piece): void {
    const { at, nodes, usage } = piece;
    const all = this.stretches;
    const zone = this.#zoneAt(nodes);
    const effects = this.#cutting.zones[zone]?.effects;
    if (effects?.has("ban") === true) count(this.#cutting.report, "bannedStretches", this.#wayId(at));
    if (effects?.has("charge") === true) count(this.#cutting.report, "chargedStretches", this.#wayId(at));
    if (effects?.size === 1 && effects.has("ban")) {
      this.#closed.push({ at, closure: "zone", nodes });
      return;
    }
    for (const { lon, lat } of nodes) all.coords.push(Math.round(lon * fixed), Math.round(lat * fixed));
    all.start.push(all.coords.length / 2);
    all.from.push(this.#junctionAt(nodes[0]!));
    all.to.push(this.#junctionAt(nodes.at(-1)!));
    all.way.push(at);
    all.use.push(usage.use);
    all.ends.push(endsOf(usage, this.#isAvoided(effects, "all"), this.#isAvoided(effects, "some")));
    all.isTimed.push(usage.isTimed || (effects !== undefined && effects.size > 1));
    all.zone.push(zone);
    this.#addTimes(piece);
  }

  #addTimes({ usage: { use }, nodes, crossing }: Piece): void {
    const { forward, backward, waits, isSignalPassed } = this.stretches;
    const { signal } = this.#cutting.traveller.rules;
    const length = lengthOf(nodes);
    const keyAt = (speed: number, wait: number): number => {
      if (speed === 0) return Infinity;
      const moving = crossing === null ? length / (speed / 3.6) : length * crossing;
      return keyOf((moving + wait) * 1000, length * 10);
    };
    const there = this.#signals.passed(nodes, "backward");
    const back = this.#signals.passed(nodes.toReversed(), "forward");
    forward.push(keyAt(use.forward, there.waits * signal));
    backward.push(keyAt(use.backward, back.waits * signal));
    waits.push(there.waits * signal * 1000, back.waits * signal * 1000);
    isSignalPassed.push(there.isJustPassed, back.isJustPassed);
  }

  /** A stretch lies where its middle point lies. */
  #zoneAt(nodes: readonly OsmNode[]): number {
    if (this.#cutting.zones.length === 0) return -1;
    const [one, other] = [nodes[(nodes.length - 1) >> 1]!, nodes[nodes.length >> 1]!];
    return zoneOf(this.#cutting.zones, (one.lon + other.lon) / 2, (one.lat + other.lat) / 2);
  }

  #isAvoided(effects: DrawnZone["effects"] | undefined, when: "all" | "some"): boolean {
    if (!this.#cutting.traveller.vehicle.avoid.charges || effects?.has("charge") !== true) return false;
    return when === "some" || !effects.has("none");
  }

  #wayId(at: number): string {
    return `way/${this.#cutting.data.ways[at]!.id}`;
  }

  #junctionAt({ id, tags }: OsmNode): number {
    const { junctions } = this;
    const known = junctions.byNode.get(id);
    if (known !== undefined) return known;
    junctions.byNode.set(id, junctions.node.length);
    junctions.signal.push(tags ? signalOf(tags) : null);
    const opens = tags === undefined ? "always" : barrierOf(tags, this.#cutting.traveller).opens;
    junctions.blocked.push(opens === "never");
    junctions.gate.push(opens === "sometimes" ? tags! : null);
    return junctions.node.push(id) - 1;
  }
}

function endsOf({ use, mayEnd }: Usage, alwaysAvoided: boolean, sometimesAvoided: boolean): number {
  const always = Number(use.endingForward || alwaysAvoided) | (Number(use.endingBackward || alwaysAvoided) << 1);
  const sometimes = Number(mayEnd[0] || sometimesAvoided) | (Number(mayEnd[1] || sometimesAvoided) << 1);
  return always | (sometimes << 2);
}

function lengthOf(nodes: readonly OsmNode[]): number {
  let length = 0;
  for (let i = 1; i < nodes.length; i++) {
    const [a, b] = [nodes[i - 1]!, nodes[i]!];
    length += lengthBetween(a.lon * fixed, a.lat * fixed, b.lon * fixed, b.lat * fixed);
  }
  return length;
}
