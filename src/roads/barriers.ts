import type { OsmTags } from "../kernel/osm.ts";
import { readConditionals } from "./conditions.ts";
import { isBlocked } from "./judge-node.ts";
import type { Traveller } from "./judge-way.ts";
import { everyReading } from "./usage.ts";

/** What a node is to who comes by: passed at all hours, at none, or at some. */
interface Barrier {
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
