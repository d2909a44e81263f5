import type { OsmTags } from "../kernel/osm.ts";

/** `through`: anyone may pass. `ending`: only who starts or ends there (private, delivery, destination). */
export type Access = "through" | "ending" | "closed";

const byWord: ReadonlyMap<string, Access> = new Map([
  ...words("through", "yes permissive designated official dismount use_sidepath permit discouraged public"),
  ...words("ending", "destination delivery customers private residents unloading employees"),
  ...words("closed", "no agricultural forestry military emergency none psv bus taxi"),
]);

function words(access: Access, list: string): [string, Access][] {
  return list.split(" ").map((word) => [word, access]);
}

const openness: Readonly<Record<Access, number>> = { closed: 0, ending: 1, through: 2 };

/** What one tag value says; null when it says nothing we know. Of a list (`agricultural;destination`) the most open. */
export function accessOf(value: string | undefined): Access | null {
  if (value === undefined) return null;
  const known = byWord.get(value);
  if (known !== undefined || !/[;|,]/.test(value)) return known ?? null;
  let most: Access | null = null;
  for (const word of value.split(/[;|,]/)) {
    const access = byWord.get(word.trim());
    if (access !== undefined && (most === null || openness[access] > openness[most])) most = access;
  }
  return most;
}

/**
 * The most specific known tag wins; null when none speaks. `suffix` asks for one direction (`:forward`).
 *
 * Source: wiki.openstreetmap.org, "Key:access" (transport mode hierarchy, values).
 */
export function accessBy(tags: OsmTags, keys: readonly string[], suffix = ""): Access | null {
  for (const key of keys) {
    const access = accessOf(tags[key + suffix]);
    if (access !== null) return access;
  }
  return null;
}

/** The narrower of two. */
export const narrower = (one: Access, other: Access): Access => (openness[one] <= openness[other] ? one : other);
