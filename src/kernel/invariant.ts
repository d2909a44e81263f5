/** We were wrong: the step rolls back and nothing swallows this. */
export class BrokenInvariant extends Error {
  override readonly name = "BrokenInvariant";
}

/** Throws BrokenInvariant when `holds` is false. For what can only be our own mistake; a user's mistake is a Refusal. */
export function invariant(holds: unknown, otherwise: string): asserts holds {
  if (!holds) throw new BrokenInvariant(otherwise);
}

/** For the default branch of a switch over a union: the compiler proves that it is never reached. */
export function never(value: never): never {
  throw new BrokenInvariant(`no case for ${JSON.stringify(value)}`);
}
