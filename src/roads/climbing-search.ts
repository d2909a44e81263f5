import { Climb } from "./climb.ts";
import { type Half, type Hierarchy, lower, upper } from "./hierarchy.ts";
import { Meeting, type Space } from "./meet.ts";
import type { FoundWay, Search, Seeds } from "./search.ts";

/** Searches a hierarchy: finds the same keys as `dijkstra`, in a hundredth of the time and less. */
export function climbingSearch(hierarchy: Hierarchy): Search {
  const [up, down] = [upper(hierarchy), lower(hierarchy)];
  const [forward, backward] = [new Climb(up, down), new Climb(down, up)];
  const states = statesByRank(hierarchy);
  const meeting = new Meeting(states.length);
  const spaces = { from: new WeakMap<Seeds, Space>(), to: new WeakMap<Seeds, Space>() };
  const spaceOf =
    (climb: Climb, known: WeakMap<Seeds, Space>) =>
    (seeds: Seeds): Space => {
      const space = known.get(seeds) ?? climbAll(climb, hierarchy, seeds);
      known.set(seeds, space);
      return space;
    };

  return {
    way(from, to): FoundWay | null {
      const top = meetOnTop(forward, backward, hierarchy, from, to);
      if (top === null) return null;
      const ranks = [...chain(forward, top.rank).reverse(), ...chain(backward, top.rank).slice(1)];
      return { key: top.key, states: unpack(up, down, ranks).map((rank) => states[rank]!) };
    },

    matrix(from, to): Float64Array {
      return meeting.cells(from.map(spaceOf(forward, spaces.from)), to.map(spaceOf(backward, spaces.to)));
    },
  };
}

function statesByRank({ rank }: Hierarchy): Uint32Array {
  const states = new Uint32Array(rank.length);
  rank.forEach((at, state) => void (states[at] = state));
  return states;
}

/** Both climbs by turns, until neither can still find anything better. */
function meetOnTop(
  forward: Climb,
  backward: Climb,
  { rank }: Hierarchy,
  from: Seeds,
  to: Seeds,
): { readonly rank: number; readonly key: number } | null {
  // Keys towards the end are negative; lifted to zero, a climb may stop once it alone costs more than the best way.
  const lift = -Math.min(0, ...to.keys);
  forward.begin();
  backward.begin();
  from.states.forEach((state, i) => forward.reach(rank[state]!, from.keys[i]!, -1));
  to.states.forEach((state, i) => backward.reach(rank[state]!, to.keys[i]! + lift, -1));
  let [top, best] = [-1, Infinity];
  for (;;) {
    const ahead = forward.least <= backward.least;
    const [climb, other] = ahead ? [forward, backward] : [backward, forward];
    if (climb.least >= best) break;
    const at = climb.step();
    if (at === -1 || !other.has(at)) continue;
    const total = climb.key[at]! + other.key[at]!;
    if (total < best) [top, best] = [at, total];
  }
  return top === -1 ? null : { rank: top, key: best - lift };
}

/** From the top down to where the climb began. */
function chain({ parent }: Climb, top: number): number[] {
  const ranks: number[] = [];
  for (let rank = top; rank !== -1; rank = parent[rank]!) ranks.push(rank);
  return ranks;
}

/** Everything a climb from these seeds settles. */
function climbAll(climb: Climb, { rank }: Hierarchy, seeds: Seeds): Space {
  climb.begin();
  seeds.states.forEach((state, i) => climb.reach(rank[state]!, seeds.keys[i]!, -1));
  const ranks: number[] = [];
  while (climb.least < Infinity) {
    const at = climb.step();
    if (at !== -1) ranks.push(at);
  }
  return { ranks: Uint32Array.from(ranks), keys: Float64Array.from(ranks, (at) => climb.key[at]!) };
}

/** Replaces short cuts by the ranks they skip, until only turns are left. */
function unpack(up: Half, down: Half, ranks: readonly number[]): number[] {
  const [path, open] = [[ranks[0]!], [...ranks.slice(1)].reverse()];
  while (open.length > 0) {
    const [from, to] = [path.at(-1)!, open.at(-1)!];
    const via = from < to ? viaOf(up, from, to) : viaOf(down, to, from);
    if (via === -1) path.push(open.pop()!);
    else open.push(via);
  }
  return path;
}

function viaOf({ start, end, via }: Half, low: number, high: number): number {
  for (let i = start[low]!; i < start[low + 1]!; i++) if (end[i] === high) return via[i]!;
  return -1;
}
