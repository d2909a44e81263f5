import { components, heaviest } from "./islands.ts";

/** What may follow what: nodes of a graph being built (see histories.ts), or states of a finished one. */
export interface Moves {
  readonly start: Uint32Array;
  readonly to: Uint32Array;
  /** The stretch that a node drives. */
  readonly stretchOf: (node: number) => number;
}

/** What of it is open, at some hour. */
export interface Openness {
  readonly isOpen: (node: number) => boolean;
  /** Ending-only. */
  readonly ends: (node: number) => boolean;
  readonly isTurnOpen: (turn: number) => boolean;
}

/** By node, 1 or 0. */
export interface Mainland {
  /** From every kept node a way leads to every other, or out of it to them for who starts there. */
  readonly kept: Uint8Array;
  /** Anybody may pass. */
  readonly core: Uint8Array;
}

/** The largest part that anybody may drive through, by the weight of its nodes, and all that belongs to it. */
export function mainlandOf(
  moves: Moves,
  { isOpen, ends, isTurnOpen }: Openness,
  weight: (node: number) => number = () => 1,
): Mainland {
  const core = components(moves, (node) => isOpen(node) && !ends(node), isTurnOpen);
  const all = components(moves, isOpen, isTurnOpen);
  const coreId = heaviest(core, weight);
  const allId = coreId === -1 ? heaviest(all, () => 1) : all[core.indexOf(coreId)]!;
  const kept = Uint8Array.from(all, (id) => (allId !== -1 && id === allId ? 1 : 0));
  addWaysOut(moves, kept, { isOpen, isTurnOpen });
  return { kept, core: Uint8Array.from(core, (id) => (coreId !== -1 && id === coreId ? 1 : 0)) };
}

/**
 * A direction that nobody can turn into (its street begins where others only leave) still leads out of the street for
 * who starts on it, as long as the street belongs to the mainland otherwise.
 */
function addWaysOut(
  { start, to, stretchOf }: Moves,
  kept: Uint8Array,
  { isOpen, isTurnOpen }: Pick<Openness, "isOpen" | "isTurnOpen">,
): void {
  const leadsOn = (node: number): boolean => {
    for (let i = start[node]!; i < start[node + 1]!; i++) if (kept[to[i]!] === 1 && isTurnOpen(i)) return true;
    return false;
  };
  const streets = new Set<number>();
  kept.forEach((is, node) => void (is === 1 && streets.add(stretchOf(node))));
  let open = [...kept.keys()].filter((node) => kept[node] === 0 && isOpen(node) && streets.has(stretchOf(node)));
  for (let before = -1; before !== open.length;) {
    before = open.length;
    for (const node of open) if (leadsOn(node)) kept[node] = 1;
    open = open.filter((node) => kept[node] === 0);
  }
}
