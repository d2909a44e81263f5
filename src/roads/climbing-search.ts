import { Climb } from "./climb.ts";
import { edgeAt } from "./customise.ts";
import { type Half, type Hierarchy, lower, upper } from "./hierarchy.ts";
import { Meeting, type Space } from "./meet.ts";
import type { FoundWay, Search, Seeds } from "./search.ts";

/** Searches a hierarchy: finds the same keys as `dijkstra`, in a hundredth of the time and less. */
export function climbingSearch(hierarchy: Hierarchy): Search {
  const [up, down] = [upper(hierarchy), lower(hierarchy)];
  const [forward, backward] = [new Climb(up, down, hierarchy), new Climb(down, up, hierarchy)];
  const states = statesByRank(hierarchy);
  const meeting = new Meeting(states.length);
  const spaces = { from: new WeakMap<Seeds, Space>(), to: new WeakMap<Seeds, Space>() };
  const spaceOf =
    (climb: Climb, known: WeakMap<Seeds, Space>) =>
    (seeds: Seeds): Space => {
      const space = known.get(seeds) ?? climb.space(seeds);
      known.set(seeds, space);
      return space;
    };

  return {
    way(from, to): FoundWay | null {
      forward.run(from);
      backward.run(to);
      const top = cheapestMeeting(forward, backward);
      if (top === -1) return null;
      const ranks = [...chain(forward, top).reverse(), ...chain(backward, top).slice(1)];
      const key = forward.key[top]! + backward.key[top]!;
      return { key, states: unpack(up, down, ranks).map((rank) => states[rank]!) };
    },

    matrix(from, to): Float64Array {
      return meeting.cells(from.map(spaceOf(forward, spaces.from)), to.map(spaceOf(backward, spaces.to)));
    },

    spread(from): Float64Array {
      forward.run(from);
      const keys = comeDown(down, forward.key.slice());
      return Float64Array.from(hierarchy.rank, (rank) => keys[rank]!);
    },
  };
}

function statesByRank({ rank }: Hierarchy): Uint32Array {
  const states = new Uint32Array(rank.length);
  rank.forEach((at, state) => void (states[at] = state));
  return states;
}

/** -1 when the climbs do not meet. */
function cheapestMeeting({ key: forward }: Climb, { key: backward, passed, count }: Climb): number {
  let [top, best] = [-1, Infinity];
  for (let i = 0; i < count; i++) {
    const rank = passed[i]!;
    const total = forward[rank]! + backward[rank]!;
    if (total < best) [top, best] = [rank, total];
  }
  return top;
}

/** From the top down to where the climb began. */
function chain({ before }: Climb, top: number): number[] {
  const ranks: number[] = [];
  for (let rank = top; rank !== -1; rank = before[rank]!) ranks.push(rank);
  return ranks;
}

/**
 * Keys of all ranks, where those that a climb has come to are known: each from those above it.
 *
 * Source: Delling, Goldberg, Nowatzyk & Werneck, PHAST: Hardware-Accelerated Shortest Path Trees, 2011.
 */
function comeDown({ start, end, key }: Half, keys: Float64Array): Float64Array {
  for (let rank = keys.length - 1; rank >= 0; rank--)
    for (let edge = start[rank]!; edge < start[rank + 1]!; edge++) {
      const total = keys[end[edge]!]! + key[edge]!;
      if (total < keys[rank]!) keys[rank] = total;
    }
  return keys;
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

const viaOf = ({ start, end, via }: Half, low: number, high: number): number => via[edgeAt(start, end, low, high)]!;
