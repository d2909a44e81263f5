import type { Moment } from "./hours.ts";
import type { RoadClass } from "./road-graph.ts";
import type { ProfileName } from "./vehicle.ts";

/** Hours of the week in which traffic is alike; each has speeds of its own. */
export type Band = (typeof bands)[number];

export const bands = ["night", "morning_peak", "day", "evening_peak", "weekend"] as const;

/** Minutes since local midnight; an end is not inside. Whatever no line holds is night. */
const hours: readonly (readonly [band: Band, isWorkday: boolean, from: number, to: number])[] = [
  ["morning_peak", true, 390, 570],
  ["day", true, 570, 990],
  ["evening_peak", true, 990, 1170],
  ["day", true, 1170, 1260],
  ["weekend", false, 390, 1260],
];

/**
 * 06:30 to 09:30 and 16:30 to 19:30 on workdays are the peaks, 21:00 to 06:30 is night on all days; Saturdays, Sundays
 * and public holidays are the weekend.
 */
export function bandAt({ weekday, minute, isHoliday }: Pick<Moment, "weekday" | "minute" | "isHoliday">): Band {
  const isWorkday = weekday < 5 && !isHoliday;
  return hours.find(([, on, from, to]) => on === isWorkday && minute >= from && minute < to)?.[0] ?? "night";
}

/** Every half hour of a band, in the middle of a month: what is closed at one of them counts as closed in the band. */
export function momentsOf(band: Band, month: number): Moment[] {
  const moments: Moment[] = [];
  for (const weekday of [0, 1, 2, 3, 4, 5, 6])
    for (let minute = 15; minute < 1440; minute += 30) {
      const moment = { weekday, minute, month, day: 15, isHoliday: false };
      if (bandAt(moment) === band) moments.push(moment);
    }
  return moments;
}

type Share = Readonly<Record<Band, number>>;
const share = (night: number, morning_peak: number, day: number, evening_peak: number, weekend: number): Share => ({
  night,
  morning_peak,
  day,
  evening_peak,
  weekend,
});

/**
 * Share of the free-flow speed that motor traffic keeps. A starting point, not a measurement: through roads suffer most,
 * the evening more than the morning; conditions from a feed and observed times overrule it.
 */
const motorShares: Partial<Record<RoadClass, Share>> = {
  motorway: share(1, 0.78, 0.93, 0.74, 0.96),
  trunk: share(1, 0.72, 0.9, 0.68, 0.94),
  primary: share(1, 0.68, 0.86, 0.64, 0.9),
  secondary: share(1, 0.71, 0.87, 0.67, 0.91),
  tertiary: share(1, 0.77, 0.9, 0.73, 0.93),
  unclassified: share(1, 0.85, 0.94, 0.83, 0.96),
  residential: share(1, 0.9, 0.96, 0.88, 0.97),
};

/** Share of the free-flow speed usual in a band; 1 for who is not held up by motor traffic. */
export const usualShare = (profile: ProfileName, band: Band, roadClass: RoadClass): number =>
  profile === "car" || profile === "van" ? (motorShares[roadClass]?.[band] ?? 1) : 1;
