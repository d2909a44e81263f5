import type { OsmTags } from "../kernel/osm.ts";
import { type Conditionals, readConditionals, tagsAt } from "./conditions.ts";
import { type Moment, turningDates, turningMinutes } from "./hours.ts";
import { type Closure, judgeWay, type Traveller, type WayUse } from "./judge-way.ts";

/** What a way is to a traveller over all hours. */
export interface Usage {
  /** At its most open, and its fastest. */
  readonly use: WayUse;
  /** Whether it is ending-only at some hour, by direction. */
  readonly mayEnd: readonly [forward: boolean, backward: boolean];
  readonly isTimed: boolean;
  readonly hasUnknown: boolean;
}

/** The reason where it is closed at all hours; null where it is no way. */
export function usageOf(tags: OsmTags, traveller: Traveller): Usage | Closure | null {
  // Most of what a map holds is no way at all.
  if (tags["highway"] === undefined && tags["route"] !== "ferry") return null;
  const conditionals = readConditionals(tags, traveller.vehicle);
  if (conditionals === null) return alwaysUsed(judgeWay(tags, traveller), false);
  const hasUnknown = conditionals.unknown > 0;
  if (!conditionals.isTimed)
    return alwaysUsed(judgeWay(tagsAt(tags, conditionals, anyMoment, traveller.vehicle), traveller), hasUnknown);
  const judged = everyReading(tags, conditionals, traveller).map((plain) => judgeWay(plain, traveller));
  const uses = judged.filter((use): use is WayUse => typeof use === "object" && use !== null);
  if (uses.length === 0) return judged.find((use) => typeof use === "string") ?? null;
  const mayEnd = [uses.some((use) => use.endingForward), uses.some((use) => use.endingBackward)] as const;
  const use = uses.reduce(mostOpen);
  const isTimed = judged.some((other) => JSON.stringify(other) !== JSON.stringify(use));
  return { use, mayEnd, isTimed, hasUnknown };
}

const alwaysUsed = (use: WayUse | Closure | null, hasUnknown: boolean): Usage | Closure | null =>
  typeof use === "string" || use === null
    ? use
    : { use, mayEnd: [use.endingForward, use.endingBackward], isTimed: false, hasUnknown };

const mostOpen = (one: WayUse, other: WayUse): WayUse => ({
  ...one,
  forward: Math.max(one.forward, other.forward),
  backward: Math.max(one.backward, other.backward),
  endingForward: mostOpenEnding([one.forward, one.endingForward], [other.forward, other.endingForward]),
  endingBackward: mostOpenEnding([one.backward, one.endingBackward], [other.backward, other.endingBackward]),
});

/** Ending-only where no reading that is open at all may be passed. */
const mostOpenEnding = (...readings: readonly (readonly [speed: number, ending: boolean])[]): boolean =>
  readings.every(([speed, ending]) => speed === 0 || ending);

const anyMoment: Moment = { weekday: 0, minute: 0, month: 1, day: 1, isHoliday: false };

/** All that the tags ever say: read at each minute and date where some condition may turn, on every day of a week. */
export function everyReading(tags: OsmTags, conditionals: Conditionals, { vehicle }: Traveller): OsmTags[] {
  const readings = new Map<string, OsmTags>();
  for (const moment of turningMoments(conditionals)) {
    const plain = tagsAt(tags, conditionals, moment, vehicle);
    readings.set([...conditionals.clauses.keys()].map((key) => plain[key]).join("\n"), plain);
  }
  return [...readings.values()];
}

function turningMoments({ clauses }: Conditionals): Moment[] {
  const hours = [...clauses.values()]
    .flat()
    .flatMap(({ when }) => when.flatMap((condition) => (condition.kind === "hours" ? [condition.hours] : [])));
  const minutes = [...new Set([0, ...hours.flatMap(turningMinutes)])];
  const dates = [[anyMoment.month, anyMoment.day] as const, ...hours.flatMap(turningDates)];
  return dates.flatMap(([month, day]) =>
    minutes.flatMap((minute) =>
      [0, 1, 2, 3, 4, 5, 6].flatMap((weekday) =>
        [false, true].map((isHoliday): Moment => ({ weekday, minute, month, day, isHoliday })),
      ),
    ),
  );
}
