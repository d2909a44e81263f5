import type { WireRequest } from "../wire.ts";

/** Verb, path pattern with named groups, and what it asks for. */
export type RoutePattern<Operation> = readonly [verb: string, path: RegExp, operation: Operation];

export interface Route<Operation> {
  readonly operation: Operation;
  /** The path's named groups, percent-decoded. */
  readonly parts: Readonly<Record<string, string>>;
}

/** The first pattern that matches; null when none does or the percent-encoding is broken. */
export function routeOf<Operation>(
  patterns: readonly RoutePattern<Operation>[],
  { method, path }: WireRequest,
): Route<Operation> | null {
  const [pathname = ""] = path.split("?");
  for (const [verb, pattern, operation] of patterns) {
    const found = verb === method ? pattern.exec(pathname) : null;
    const parts = found && decoded(found.groups ?? {});
    if (parts) return { operation, parts };
  }
  return null;
}

function decoded(groups: Readonly<Record<string, string>>): Record<string, string> | null {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]));
  } catch {
    return null;
  }
}
