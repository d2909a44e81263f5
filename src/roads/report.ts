/** What was found wrong or left out while a graph was built. Counted, never fatal: real data is never clean. */
export interface RoadReport {
  /** Usable ways, and the stretches and arcs made of them. */
  ways: number;
  stretches: number;
  arcs: number;
  turns: number;
  /** Ways with references to nodes that are not in the extract: cut at the gap. */
  waysOverMissingNodes: number;
  /** Usable ways with fewer than two nodes left. */
  waysWithoutLength: number;
  restrictions: number;
  /** Restrictions on ways that this profile does not use, or that do not bind it. */
  restrictionsWithoutEffect: number;
  /** From, via or to missing, not meeting, or ambiguous: left out. */
  restrictionsBroken: number;
  /** Via a way, or by hour: not supported, left out. */
  restrictionsUnsupported: number;
  /** Stretches that cannot be reached from, or cannot reach, the city's main road network: left out. */
  islandStretches: number;
  /** Stretches made ending-only because they are reached through ending-only ways alone. */
  enclosedStretches: number;
}

export const emptyReport = (): RoadReport => ({
  ways: 0,
  stretches: 0,
  arcs: 0,
  turns: 0,
  waysOverMissingNodes: 0,
  waysWithoutLength: 0,
  restrictions: 0,
  restrictionsWithoutEffect: 0,
  restrictionsBroken: 0,
  restrictionsUnsupported: 0,
  islandStretches: 0,
  enclosedStretches: 0,
});
