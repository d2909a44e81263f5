import type { LabourAnswer } from "../../../../src/doors/api/contract.ts";

type Hour = LabourAnswer["hours"][number];
type Answers = Pick<Hour, "quoted" | "noCouriers" | "notServed" | "refused" | "unanswered">;

/** A figure of one platform in one hour. */
export interface Dot {
  /** Milliseconds since 1970. */
  readonly hour: number;
  readonly value: number;
}

/** A platform's figures over the hours, in runs without a gap: across hours of which nothing is known no line is drawn. */
export interface Series {
  readonly participant: Hour["participant"];
  readonly runs: readonly (readonly Dot[])[];
}

const HOUR = 3_600_000;

/** `of` picks the figure; null: unknown. */
export function seriesOf(hours: readonly Hour[], of: (hour: Hour) => number | null): readonly Series[] {
  const byPlatform = Map.groupBy(hours, ({ participant }) => participant.id);
  return [...byPlatform.values()].map((own) => ({ participant: own[0]!.participant, runs: runsOf(own, of) }));
}

function runsOf(own: readonly Hour[], of: (hour: Hour) => number | null): readonly (readonly Dot[])[] {
  const dots = own
    .flatMap((one) => {
      const value = of(one);
      return value === null ? [] : [{ hour: Date.parse(one.hour), value }];
    })
    .toSorted((a, b) => a.hour - b.hour);
  const runs: Dot[][] = [];
  for (const dot of dots) {
    const run = runs.at(-1);
    if (run && dot.hour - run.at(-1)!.hour <= HOUR) run.push(dot);
    else runs.push([dot]);
  }
  return runs;
}

/** Every hour from the first to the last with a figure; a chart of one hour has a second one, so that it has a width. */
export function hoursBetween(series: readonly Series[]): { readonly first: number; readonly last: number } | null {
  const all = series.flatMap(({ runs }) => runs.flat().map(({ hour }) => hour));
  if (all.length === 0) return null;
  const [first, last] = [Math.min(...all), Math.max(...all)];
  return { first, last: Math.max(last, first + HOUR) };
}

/** The round number at or above the greatest: 1, 2 or 5 times a power of ten. */
export function roundTop(greatest: number): number {
  if (greatest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(greatest));
  return [1, 2, 5, 10].map((times) => times * power).find((top) => top >= greatest)!;
}

/** Newest first, for choosing from. */
export const hoursKnown = ({ hours }: LabourAnswer): readonly string[] =>
  [...new Set(hours.map(({ hour }) => hour))].toSorted().toReversed();

export const answersOf = ({ quoted, noCouriers, notServed, refused, unanswered }: Answers): number =>
  quoted + noCouriers + notServed + refused + unanswered;
