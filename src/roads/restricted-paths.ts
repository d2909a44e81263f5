import { type ArcsAt, headOf, listAt, reverseOf, stretchOf } from "./arcs.ts";
import type { PathRule } from "./histories.ts";
import { count, type RoadReport } from "./report.ts";
import type { Restriction, TimedRule } from "./restrictions.ts";
import type { CutStreets } from "./stretches.ts";

/** The open arcs at each junction. */
export interface OpenArcs {
  readonly arriving: ArcsAt;
  readonly leaving: ArcsAt;
}

export interface RestrictedPaths {
  readonly rules: readonly PathRule[];
  /** What `PathRule.rule` names. */
  readonly timed: readonly TimedRule[];
}

/**
 * Restrictions as paths of arcs. One that matches nothing, or whose way passes through the junction, is counted.
 *
 * `only_*` along ways binds who has come from `from` and entered them: from there it is straight along and into `to`.
 */
export function restrictedPaths(
  streets: CutStreets,
  restrictions: readonly Restriction[],
  open: OpenArcs,
  report: RoadReport,
): RestrictedPaths {
  const [rules, timed, only] = [[] as PathRule[], [] as TimedRule[], new OnlyRules()];
  const reader = new Reader(streets, open);
  for (const restriction of restrictions) {
    const paths = reader.paths(restriction);
    const rule = restriction.hours === null ? -1 : timed.push(restriction.hours) - 1;
    if (paths === "ambiguous") count(report, "restrictionsBroken", restriction.id);
    else if (paths.length === 0) count(report, "restrictionsWithoutEffect", restriction.id);
    else {
      if ("ways" in restriction.via) count(report, "restrictionsViaWays", restriction.id);
      for (const path of paths)
        if (restriction.kind === "only") only.add(path, rule);
        else rules.push({ path: path.slice(0, -1), next: path.slice(-1), rule });
    }
  }
  const leavingAfter = (arc: number): readonly number[] => listAt(open.leaving, headOf(streets.stretches, arc));
  return { rules: [...rules, ...only.asRules(leavingAfter)], timed };
}

/** Several `only_*` that begin alike allow all that any of them allows. */
class OnlyRules {
  readonly #allowed = new Map<string, { readonly path: number[]; readonly rule: number; readonly next: Set<number> }>();

  /** Over a node: from one arc into another. Along ways: also straight on at every junction between. */
  add(path: readonly number[], rule: number): void {
    for (let end = Math.min(2, path.length - 1); end < path.length; end++) {
      const before = path.slice(0, end);
      const key = `${rule}/${before.join()}`;
      const known = this.#allowed.get(key) ?? { path: before, rule, next: new Set<number>() };
      known.next.add(path[end]!);
      this.#allowed.set(key, known);
    }
  }

  asRules(leavingAfter: (arc: number) => readonly number[]): PathRule[] {
    return [...this.#allowed.values()].map(({ path, rule, next }) => ({
      path,
      rule,
      next: leavingAfter(path.at(-1)!).filter((arc) => !next.has(arc)),
    }));
  }
}

type Paths = number[][] | "ambiguous";

/** Reads restrictions off the map; ways are found by what is cut from them. */
class Reader {
  readonly #streets: CutStreets;
  readonly #open: OpenArcs;
  readonly #arcsOf = new Map<number, number[]>();

  constructor(streets: CutStreets, open: OpenArcs) {
    [this.#streets, this.#open] = [streets, open];
    for (const arc of open.leaving.arcs) {
      const way = streets.stretches.way[stretchOf(arc)]!;
      const known = this.#arcsOf.get(way);
      if (known === undefined) this.#arcsOf.set(way, [arc]);
      else known.push(arc);
    }
  }

  paths({ via, kind, from, to }: Restriction): Paths {
    if ("ways" in via) return this.#pathsAlong(via.ways, from, to);
    const junction = this.#streets.junctions.byNode.get(via.node);
    if (junction === undefined) return [];
    const before = listAt(this.#open.arriving, junction).filter((arc) => this.#isOn(from, arc));
    const after = listAt(this.#open.leaving, junction).filter((arc) => this.#isOn(to, arc));
    if (kind === "no_u_turn" && from[0] === to[0])
      return before.filter((arc) => after.includes(reverseOf(arc))).map((arc) => [arc, reverseOf(arc)]);
    if (before.length > from.length || after.length > to.length) return "ambiguous";
    return before.flatMap((arc) => after.map((next) => [arc, next]));
  }

  #isOn(ways: readonly number[], arc: number): boolean {
    return ways.includes(this.#streets.stretches.way[stretchOf(arc)]!);
  }

  /** The shortest such paths; more than one for a pair of ways does not say which is meant. */
  #pathsAlong(ways: readonly number[], from: readonly number[], to: readonly number[]): Paths {
    const onto: Onto = (wanted, after) =>
      listAt(this.#open.leaving, headOf(this.#streets.stretches, after)).filter(
        (next) => this.#isOn(wanted, next) && next !== reverseOf(after),
      );
    const starts = from.flatMap((way) => this.#arcsOf.get(way) ?? []);
    const paths = starts.flatMap((arc) => walkAlong(ways, to, [arc], onto));
    const shortest = Math.min(...paths.map(({ length }) => length));
    const found = paths.filter(({ length }) => length === shortest);
    return found.length > from.length * to.length ? "ambiguous" : found;
  }
}

/** All ways of driving on from `path` along the ways in their order and into `to`, no arc twice. */
function walkAlong(
  [way, ...rest]: readonly number[],
  to: readonly number[],
  path: readonly number[],
  onto: Onto,
): number[][] {
  if (way === undefined) return [];
  return onto([way], path.at(-1)!)
    .filter((arc) => !path.includes(arc))
    .flatMap((arc) => {
      const longer = [...path, arc];
      const ends = rest.length === 0 ? onto(to, arc).map((next) => [...longer, next]) : [];
      return [...ends, ...walkAlong([way, ...rest], to, longer, onto), ...walkAlong(rest, to, longer, onto)];
    });
}

/** Where an arc leads to on one of some ways, without turning round. */
type Onto = (ways: readonly number[], after: number) => readonly number[];
