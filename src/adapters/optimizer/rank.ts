import type { Objective, Problem, Solution } from "../../optimizer/index.ts";

/** Whether `a` is better than `b` in what the objective compares. */
export function isBetter(
  order: { readonly problem: Problem; readonly objective: Objective },
  a: Solution,
  b: Solution,
): boolean {
  const [x, y] = [rank(order, a), rank(order, b)];
  const at = x.findIndex((value, k) => value !== y[k]);
  return at >= 0 && x[at]! < y[at]!;
}

/** What counts, in this order: as little as possible left out comes before all, at its price where it has one. */
function rank(
  { problem, objective }: Parameters<typeof isBetter>[0],
  { unassigned, vehicles, meters, cost }: Solution,
): number[] {
  const weight = (s: number): number => {
    const { penalty, priority } = problem.shipments[s]!;
    if (penalty === null) return 1 + (priority ?? 0);
    return objective === "cost" ? 0 : 1;
  };
  const out = unassigned.reduce((sum, s) => sum + weight(s), 0);
  if (objective === "vehicles") return [out, vehicles, meters];
  if (objective === "distance") return [out, meters];
  return [out, cost.total];
}
