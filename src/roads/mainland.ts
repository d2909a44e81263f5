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
  const openNodes = marked(moves.start.length - 1, isOpen);
  const openTurns = marked(moves.to.length, isTurnOpen);
  const passable = marked(openNodes.length, (node) => openNodes[node] === 1 && !ends(node));
  const core = components(moves, passable, openTurns);
  const all = components(moves, openNodes, openTurns);
  const coreId = heaviest(core, weight);
  const allId = coreId === -1 ? heaviest(all, () => 1) : all[core.indexOf(coreId)]!;
  const kept = marked(all.length, (node) => allId !== -1 && all[node] === allId);
  addWaysOut(moves, kept, openNodes, openTurns);
  return { kept, core: marked(core.length, (node) => coreId !== -1 && core[node] === coreId) };
}

function marked(count: number, is: (at: number) => boolean): Uint8Array {
  const marks = new Uint8Array(count);
  for (let at = 0; at < count; at++) if (is(at)) marks[at] = 1;
  return marks;
}

/**
 * A direction that nobody can turn into (its street begins where others only leave) still leads out of the street for
 * who starts on it, as long as the street belongs to the mainland otherwise.
 */
function addWaysOut(
  { start, to, stretchOf }: Moves,
  kept: Uint8Array,
  openNodes: Uint8Array,
  openTurns: Uint8Array,
): void {
  const leadsOn = (node: number): boolean => {
    for (let i = start[node]!; i < start[node + 1]!; i++) if (kept[to[i]!] === 1 && openTurns[i] === 1) return true;
    return false;
  };
  let open: number[] = [];
  kept.forEach((is, node) => void (is === 0 && openNodes[node] === 1 && open.push(node)));
  const own = new Set(open.map(stretchOf));
  const streets = new Set<number>();
  kept.forEach((is, node) => void (is === 1 && own.has(stretchOf(node)) && streets.add(stretchOf(node))));
  open = open.filter((node) => streets.has(stretchOf(node)));
  for (let before = -1; before !== open.length;) {
    before = open.length;
    for (const node of open) if (leadsOn(node)) kept[node] = 1;
    open = open.filter((node) => kept[node] === 0);
  }
}
