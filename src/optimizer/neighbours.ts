import type { Instance } from "./instance.ts";

/** How many neighbours a stop has at most: strings are sought among them, and few strings are taken at a time. */
const most = 250;
/** A second apart in time counts as so many seconds of way, so that strings near in time are found together. */
const timeShare = 0.2;

/** For each node the others, nearest first. A row is made when it is first asked for: a short search sees few. */
export interface Neighbours {
  readonly instance: Instance;
  readonly rows: (Int32Array | null)[];
  /** Nodes that can be taken out. */
  readonly nodes: Int32Array;
}

export function newNeighbours(instance: Instance): Neighbours {
  const nodes: number[] = [];
  for (let node = 0; node < instance.shipments * 2; node++) {
    const shipment = node >> 1;
    const moves = instance.single[shipment]! < 0 || instance.single[shipment] === node;
    if (moves && instance.movable[shipment] === 1) nodes.push(node);
  }
  return {
    instance,
    rows: Array.from({ length: instance.shipments * 2 }, () => null),
    nodes: Int32Array.from(nodes),
  };
}

export function neighboursOf(neighbours: Neighbours, node: number): Int32Array {
  return (neighbours.rows[node] ??= row(neighbours, node));
}

function row({ instance, nodes }: Neighbours, node: number): Int32Array {
  const { place, locations, closes, opens } = instance;
  const price = instance.price[0]!;
  const seconds = instance.seconds[0]!;
  const here = place[node]! * locations;
  // Distance and node in one number: sorting numbers in place is many times as fast as sorting by a function.
  const keys = new Float64Array(nodes.length);
  for (let k = 0; k < nodes.length; k++) {
    const other = nodes[k]!;
    const there = place[other]!;
    const apart = Math.max(0, opens[other]! - closes[node]!, opens[node]! - closes[other]!);
    const far =
      Math.min(price[here + there]!, 1e7) +
      (instance.factor[0] === 0 ? seconds[here + there]! : 0) +
      timeShare * Math.min(apart, 1e6);
    keys[k] = Math.floor(far * 64) * 2 ** 20 + k;
  }
  const out = new Int32Array(Math.min(most, nodes.length));
  leastFirst(keys, out.length);
  for (let k = 0; k < out.length; k++) out[k] = nodes[keys[k]! % 2 ** 20]!;
  return out;
}

/** Puts the `count` least of `keys` in front, in order: Hoare's selection, then a sort of those alone. */
function leastFirst(keys: Float64Array, count: number): void {
  let low = 0;
  let high = keys.length - 1;
  while (low < high && count < keys.length) {
    const pivot = keys[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (keys[i]! < pivot) i++;
      while (keys[j]! > pivot) j--;
      if (i > j) break;
      const swapped = keys[i]!;
      keys[i++] = keys[j]!;
      keys[j--] = swapped;
    }
    if (count <= j) high = j;
    else if (count > i) low = i;
    else break;
  }
  keys.subarray(0, count).sort();
}
