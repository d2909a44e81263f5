import type { Instant } from "../../../kernel/quantity.ts";
import { asUsual, type RoadConditions } from "../../../roads/index.ts";
import type { ConditionsReport, Span } from "./report.ts";
import type { Timer } from "./timer.ts";

/** How a source stands. */
export interface SourceState {
  readonly source: string;
  readonly observedAt: Instant;
  readonly validUntil: Instant;
  /** Past its validity: nothing of it holds any longer. */
  readonly isStale: boolean;
  readonly closures: number;
  readonly slowdowns: number;
}

/** The newest report of each source, and what of them holds now. */
export interface ConditionsKeeper {
  /**
   * Takes the place of what its source said before; false when that was newer. Resolves when the roads know. Throws a
   * RangeError when it is the hundred and first source.
   */
  take(report: ConditionsReport): Promise<boolean>;
  sources(): readonly SourceState[];
  close(): void;
}

export interface KeeperParts {
  readonly timer: Timer;
  /** Puts conditions in force, in place of those before. */
  readonly apply: (conditions: RoadConditions) => Promise<void>;
}

const mostSources = 100;

/**
 * Keeps what sources report in force as long as it holds: at each moment at which anything begins or ends the roads are
 * told anew, and without newer reports they are as usual again.
 */
export function keepConditions({ timer, apply }: KeeperParts): ConditionsKeeper {
  const reports = new Map<string, ConditionsReport>();
  let [told, takeBack] = [JSON.stringify(asUsual), () => {}];
  const refresh = async (): Promise<void> => {
    takeBack();
    const now = timer.now();
    const next = nextChange([...reports.values()], now);
    if (next !== null) takeBack = timer.at(next, () => void refresh());
    const conditions = holdingAt([...reports.values()], now);
    // Feeds say the same again and again: the roads are told once.
    const words = JSON.stringify(conditions);
    if (words === told) return;
    told = words;
    await apply(conditions);
  };
  return {
    async take(report) {
      const known = reports.get(report.source);
      if (known !== undefined && known.observedAt > report.observedAt) return false;
      if (known === undefined && reports.size >= mostSources) throw new RangeError(`more than ${mostSources} sources`);
      reports.set(report.source, report);
      await refresh();
      return true;
    },

    sources: () =>
      [...reports.values()].map(({ source, observedAt, validUntil, closures, slowdowns }) => ({
        source,
        observedAt,
        validUntil,
        isStale: validUntil <= timer.now(),
        closures: closures.length,
        slowdowns: slowdowns.length,
      })),

    close: () => takeBack(),
  };
}

const holds = ({ from, until }: Span, now: Instant): boolean =>
  (from === null || from <= now) && (until === null || now < until);

/**
 * What of some reports holds at a moment. What is closed stays closed until somebody said that it opens: a way that cannot
 * be driven is worse than a slow street believed slow too long. A slowdown ends with its report at the latest.
 */
function holdingAt(reports: readonly ConditionsReport[], now: Instant): RoadConditions {
  const valid = reports.filter(({ observedAt, validUntil }) => observedAt <= now && now < validUntil);
  return {
    closures: valid.flatMap(({ closures }) => closures.filter((one) => holds(one, now))),
    slowdowns: valid.flatMap(({ slowdowns, validUntil }) =>
      slowdowns
        .filter((one) => holds(one, now))
        .map((one) => ({ ...one, until: one.until !== null && one.until < validUntil ? one.until : validUntil })),
    ),
  };
}

/** The next moment at which anything begins or ends; null when nothing will. */
function nextChange(reports: readonly ConditionsReport[], now: Instant): Instant | null {
  let next: Instant | null = null;
  const consider = (at: Instant | null): void => {
    if (at !== null && at > now && (next === null || at < next)) next = at;
  };
  for (const { observedAt, validUntil, closures, slowdowns } of reports) {
    if (validUntil <= now) continue;
    consider(observedAt);
    consider(validUntil);
    for (const { from, until } of [...closures, ...slowdowns]) {
      consider(from);
      consider(until);
    }
  }
  return next;
}
