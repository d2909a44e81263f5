/** What was found wrong or left out while a graph was built. Counted, never fatal: real data is never clean. */
export interface RoadReport extends Counts {
  /** For each count that has any, the first few of what was counted, by OpenStreetMap id (`way/12`). */
  readonly examples: Partial<Record<keyof Counts, string[]>>;
}

interface Counts {
  /** Usable ways, and the stretches and arcs made of them. */
  ways: number;
  stretches: number;
  arcs: number;
  turns: number;
  /** Ways with references to nodes that are not in the extract: cut at the gap. */
  waysOverMissingNodes: number;
  /** Usable ways with fewer than two nodes left. */
  waysWithoutLength: number;
  /** Ways that change with the hour. */
  waysByHour: number;
  /** Ways, restrictions and zones with a condition that cannot be read, or be known for this vehicle: that part is left out. */
  conditionsUnknown: number;
  restrictions: number;
  /** Restrictions on ways that this profile does not use, or that do not bind it. */
  restrictionsWithoutEffect: number;
  /** From, via or to missing, not meeting, or ambiguous: left out. */
  restrictionsBroken: number;
  restrictionsViaWays: number;
  restrictionsByHour: number;
  /** Stretches that cannot be reached from, or cannot reach, the city's main road network: left out. */
  islandStretches: number;
  /** Stretches made ending-only because they are reached through ending-only ways alone. */
  enclosedStretches: number;
  /** Zones with a border that does not close, or without any rule about who may enter. */
  zonesBroken: number;
  zonesWithoutRule: number;
  /** Stretches that a zone shuts to this vehicle, or charges for, at some hour. */
  bannedStretches: number;
  chargedStretches: number;
}

export const emptyReport = (): RoadReport => ({
  ways: 0,
  stretches: 0,
  arcs: 0,
  turns: 0,
  waysOverMissingNodes: 0,
  waysWithoutLength: 0,
  waysByHour: 0,
  conditionsUnknown: 0,
  restrictions: 0,
  restrictionsWithoutEffect: 0,
  restrictionsBroken: 0,
  restrictionsViaWays: 0,
  restrictionsByHour: 0,
  islandStretches: 0,
  enclosedStretches: 0,
  zonesBroken: 0,
  zonesWithoutRule: 0,
  bannedStretches: 0,
  chargedStretches: 0,
  examples: {},
});

const mostExamples = 5;

/** Counts one more, and keeps its id while there are few. */
export function count(report: RoadReport, what: keyof Counts, id: string): void {
  report[what]++;
  const examples = (report.examples[what] ??= []);
  if (examples.length < mostExamples) examples.push(id);
}
