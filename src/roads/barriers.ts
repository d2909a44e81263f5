import type { OsmTags } from "../kernel/osm.ts";
import { type ArcsAt, listAt, reverseOf } from "./arcs.ts";
import { readConditionals } from "./conditions.ts";
import type { PathRule } from "./histories.ts";
import { isBlocked } from "./judge-node.ts";
import type { Traveller } from "./judge-way.ts";
import type { TimedRule } from "./restrictions.ts";
import type { Junctions } from "./stretches.ts";
import { everyReading } from "./usage.ts";

/** What a node is to who comes by: passed at all hours, at none, or at some. */
export interface Barrier {
  readonly opens: "always" | "never" | "sometimes";
  /** A condition stands there that cannot be known. */
  readonly hasUnknown: boolean;
}

/** Source: wiki.openstreetmap.org, "Key:barrier", "Conditional restrictions". */
export function barrierOf(tags: OsmTags, traveller: Traveller): Barrier {
  const conditionals = readConditionals(tags, traveller.vehicle);
  if (conditionals === null) return { opens: isBlocked(tags, traveller) ? "never" : "always", hasUnknown: false };
  const blocked = everyReading(tags, conditionals, traveller).map((plain) => isBlocked(plain, traveller));
  const opens = !blocked.includes(false) ? "never" : blocked.includes(true) ? "sometimes" : "always";
  return { opens, hasUnknown: conditionals.unknown > 0 };
}

/** At a barrier that is closed at some hours every turn is ruled, but turning round; its rules are added to `timed`. */
export function barrierRules(
  { gate }: Junctions,
  { arriving, leaving }: { readonly arriving: ArcsAt; readonly leaving: ArcsAt },
  timed: TimedRule[],
): PathRule[] {
  return gate.flatMap((tags, at): PathRule[] => {
    if (tags === null) return [];
    const rule = timed.push({ tags, value: null }) - 1;
    return listAt(arriving, at).map((arc) => {
      const next = listAt(leaving, at).filter((other) => other !== reverseOf(arc));
      return { path: [arc], next, rule };
    });
  });
}
