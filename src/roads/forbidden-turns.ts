import { type ArcsAt, listAt, reverseOf, stretchOf } from "./arcs.ts";
import type { RoadReport } from "./report.ts";
import type { Restriction } from "./restrictions.ts";
import type { Junctions, Stretches } from "./stretches.ts";

/** Turns that restrictions forbid: for an arc, the arcs it may not lead into. */
export type ForbiddenTurns = ReadonlyMap<number, ReadonlySet<number>>;

interface Here {
  readonly arriving: readonly number[];
  readonly leaving: readonly number[];
}

/** Restrictions as pairs of arcs. One that matches nothing, or whose way passes through the junction, is counted. */
export function forbiddenTurns(
  stretches: Stretches,
  junctions: Junctions,
  restrictions: ReadonlyMap<number, readonly Restriction[]>,
  arcs: { readonly arriving: ArcsAt; readonly leaving: ArcsAt },
  report: RoadReport,
): ForbiddenTurns {
  const forbidden = new Map<number, Set<number>>();
  const forbid = (arc: number, next: number): void =>
    void forbidden.set(arc, (forbidden.get(arc) ?? new Set()).add(next));
  for (const [node, rules] of restrictions) {
    const via = junctions.byNode.get(node);
    const here =
      via === undefined
        ? { arriving: [], leaving: [] }
        : { arriving: listAt(arcs.arriving, via), leaving: listAt(arcs.leaving, via) };
    const allowed = new Map<number, Set<number>>();
    for (const rule of rules) {
      const pairs = pairsOf(rule, here, stretches);
      if (pairs === "ambiguous") report.restrictionsBroken++;
      else if (pairs.length === 0) report.restrictionsWithoutEffect++;
      else if (rule.kind !== "only") for (const [arc, next] of pairs) forbid(arc, next);
      else for (const [arc, next] of pairs) allowed.set(arc, (allowed.get(arc) ?? new Set()).add(next));
    }
    for (const [arc, only] of allowed) for (const next of here.leaving) if (!only.has(next)) forbid(arc, next);
  }
  return forbidden;
}

function pairsOf(rule: Restriction, { arriving, leaving }: Here, { way }: Stretches): [number, number][] | "ambiguous" {
  const from = arriving.filter((arc) => rule.from.includes(way[stretchOf(arc)]!));
  const to = leaving.filter((arc) => rule.to.includes(way[stretchOf(arc)]!));
  if (rule.kind === "no_u_turn" && rule.from[0] === rule.to[0])
    return from.filter((arc) => to.includes(reverseOf(arc))).map((arc) => [arc, reverseOf(arc)]);
  if (from.length > rule.from.length || to.length > rule.to.length) return "ambiguous";
  return from.flatMap((arc) => to.map((next): [number, number] => [arc, next]));
}
