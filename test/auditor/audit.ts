import { chainFaults } from "./chain.ts";
import { groupBy, type Line } from "./log.ts";
import { Story } from "./orders.ts";

export type { Line } from "./log.ts";

/**
 * Judges an event log from outside: it shares no code with what wrote it. The answer is what is wrong, in sentences; none, when the
 * log holds. The lines of each participant stand in the order of their sealing.
 *
 * `dayIsOver` (the default): everything that was placed must have come to an end. Else orders may still be open.
 */
export function audit(
  log: readonly Line[],
  { dayIsOver = true }: { readonly dayIsOver?: boolean } = {},
): readonly string[] {
  return [
    ...repeated(log),
    ...chainFaults(log),
    ...[...groupBy(log, "order")].flatMap(([order, lines]) => [
      ...owners(order, lines),
      ...Story.faultsOf(order, lines, dayIsOver),
    ]),
  ];
}

function repeated(log: readonly Line[]): readonly string[] {
  const seen = new Set<string>();
  return log.flatMap(({ id }) => {
    if (seen.has(id)) return [`${id} stands twice in the log`];
    seen.add(id);
    return [];
  });
}

function owners(order: string, lines: readonly Line[]): readonly string[] {
  const names = [...new Set(lines.map(({ owner }) => owner))];
  return names.length === 1 ? [] : [`${order}: its events are in the logs of ${names.join(" and ")}`];
}
