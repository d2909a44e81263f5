import type { Grid } from "./grid.ts";
import type { ProfileName } from "./profiles.ts";
import type { RoadReport } from "./report.ts";

/**
 * A city's roads for one profile, in typed arrays that can be written to disk as they are.
 *
 * Stretches lie between junctions; an arc drives one in one direction. Searches run over states: a state is an arc,
 * driven to its end. An arc that only journeys which start or end there may use has a second state, for journeys that
 * are still on their way out: so nobody passes through. Only the largest strongly connected part is kept, and
 * directions that lead into it for who starts there: every stretch leads to every other.
 */
export interface RoadGraph {
  readonly profile: ProfileName;
  readonly report: RoadReport;
  readonly names: readonly string[];
  /**
   * Points of all stretches, longitude and latitude in turn, 1e-7 degrees; stretch i has those from `stretchStart[i]`.
   */
  readonly coords: Int32Array;
  readonly stretchStart: Uint32Array;
  /** Place in `names`, -1 for none. */
  readonly stretchName: Int32Array;
  /** 1 where nobody stops (motorway, ferry). */
  readonly stretchPassing: Uint8Array;
  /** Per stretch the arc as drawn and the arc against it, -1 where closed. */
  readonly stretchArcs: Int32Array;
  /** Per arc `2 × stretch`, plus 1 against the drawing direction. */
  readonly arcSide: Uint32Array;
  readonly arcKey: Float64Array;
  /** The state a journey begins in on this arc; it ends in state `arc`, or in this one. */
  readonly arcSource: Uint32Array;
  readonly stateArc: Uint32Array;
  /** From each state into its followers, with the key of the turn and of the whole arc it leads into. */
  readonly turnStart: Uint32Array;
  readonly turnTo: Uint32Array;
  readonly turnKey: Float64Array;
  readonly grid: Grid;
}
