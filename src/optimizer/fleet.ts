import { shipmentOf, type Instance } from "./instance.ts";
import { recreate } from "./recreate.ts";
import { absentSeed, anySeed, emptyRoute, ruin, type Absent } from "./ruin.ts";
import { copyAbsent, keepAsBest, returnToBest, totalCost, type Search } from "./search.ts";
import { beginStep, changeOfCost, takeBack } from "./undo.ts";

/** Share of this phase for placing, with all vehicles, what the first plan left out. */
const placingShare = 0.5;

/** Share of the steps that make room near what has none; the others move what is elsewhere. */
const focus = 0.9;

/** Temperature in mean ways: while a vehicle is given up, to move on counts for more than short ways. */
const restless = 10;

/**
 * Gives up one vehicle after the other: empties a route, and ruins and recreates without it until everything has a place
 * again. What is hard to place shows by how often it was left over; a step is good when it leaves over what is easier.
 * Leaves the solution with the fewest vehicles in `search.best` and as the current one.
 *
 * Source: absence counters of Christiaens & Vanden Berghe 2020 (see ruin.ts), section on fleet minimisation.
 */
export function reduceFleet(search: Search, spent: () => number, onBest: () => void): void {
  const { absent, best } = search;
  const absences = new Float64Array(search.instance.shipments);
  const temperature = restless * search.way;
  while (absent.count > 0 && spent() < placingShare) {
    step(search, absences, temperature, search.instance.vehicles);
    if (totalCost(search) < best.cost) keepAsBest(search);
  }
  returnToBest(search);
  const leftOver = absent.count;
  while (spent() < 1 && dropRoute(search, absences)) {
    const mostVehicles = best.vehicles - 1;
    while (absent.count > leftOver && spent() < 1) step(search, absences, temperature, mostVehicles);
    if (absent.count > leftOver) break;
    keepAsBest(search);
    onBest();
  }
  returnToBest(search);
}

/** Empties the route whose shipments were left over least; false when no route can be given up. */
function dropRoute(search: Search, absences: Float64Array): boolean {
  const { routes, instance, rng } = search;
  let chosen = -1;
  let least = Infinity;
  for (let k = 0; k < routes.usedCount; k++) {
    const v = routes.used[k]!;
    if (!canBeEmptied(instance, v)) continue;
    let sum = rng.next() * 0.5;
    for (let slot = v * routes.width, end = slot + routes.length[v]!; slot < end; slot++) {
      const node = routes.stops[slot]!;
      if (node < instance.calls) sum += absences[shipmentOf(node)]!;
    }
    if (sum >= least) continue;
    least = sum;
    chosen = v;
  }
  if (chosen < 0 || routes.usedCount < 2) return false;
  emptyRoute(search.ruin, routes, chosen, search.absent);
  return true;
}

const canBeEmptied = ({ frozen, bound }: Instance, v: number): boolean => frozen[v] === 0 && !bound.includes(v);

function step(search: Search, absences: Float64Array, temperature: number, mostVehicles: number): void {
  const { routes, undo, absent, absentBefore, rng } = search;
  search.iterations++;
  beginStep(undo);
  copyAbsent(absent, absentBefore);
  const near = absent.count > 0 && rng.next() < focus;
  const seed = near ? absentSeed(search.ruin, absent, rng) : anySeed(search.ruin, rng);
  ruin(search.ruin, routes, undo, absent, seed, rng);
  recreate(search.recreate, routes, undo, absent, mostVehicles, rng);
  const [hard, hardBefore] = [sumOf(absences, absent), sumOf(absences, absentBefore)];
  const fewer = absent.count - absentBefore.count;
  const change = changeOfCost(undo, routes);
  const takes =
    fewer < 0 ||
    hard < hardBefore ||
    (fewer === 0 && hard === hardBefore && change < -temperature * Math.log(1 - rng.next()));
  for (let k = 0; k < absent.count; k++) absences[absent.list[k]!]!++;
  if (takes) return;
  takeBack(undo, routes);
  copyAbsent(absentBefore, absent);
}

function sumOf(absences: Float64Array, { list, count }: Absent): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += absences[list[k]!]!;
  return sum;
}
