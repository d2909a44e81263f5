import fc from "fast-check";

/** A state machine as the domain tells it. */
export interface Machine<State extends string> {
  readonly first: State;
  readonly next: (state: State) => readonly State[];
}

/** Every state there is a way to. */
export function reachable<State extends string>({ first, next }: Machine<State>): ReadonlySet<State> {
  const found = new Set([first]);
  for (const state of found) for (const to of next(state)) found.add(to);
  return found;
}

/** Legal paths from the first state, until the end or for `longest` steps. */
export const walk = <State extends string>(
  { first, next }: Machine<State>,
  longest = 30,
): fc.Arbitrary<readonly State[]> =>
  fc.array(fc.nat(), { maxLength: longest }).map((choices) => {
    const path = [first];
    for (const choice of choices) {
      const ways = next(path.at(-1)!);
      if (ways.length === 0) break;
      path.push(ways[choice % ways.length]!);
    }
    return path;
  });
