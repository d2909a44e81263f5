import { after, type Instant, type Seconds } from "../../../kernel/quantity.ts";
import { ok, type Result } from "../../../kernel/result.ts";
import { isOutage, jsonIn, openService } from "../../outside/index.ts";
import type { ConditionsKeeper } from "./keep-conditions.ts";
import { readConditions } from "./read-conditions.ts";
import { type DatexCounts, readDatex } from "./read-datex.ts";
import type { ConditionsReport, UnreadableReport } from "./report.ts";
import type { Timer } from "./timer.ts";

export interface FeedSettings {
  readonly url: string;
  readonly format: "conditions" | "datex2";
  /** Under this name its reports are kept, whatever they call themselves. */
  readonly source: string;
  readonly every: Seconds;
  /** How long a DATEX II publication holds without a newer one; the other format says so itself. */
  readonly holds: Seconds;
}

/** How a feed stands: what is old is seen. */
export interface FeedState {
  readonly source: string;
  readonly triedAt: Instant | null;
  /** Of the newest report that was understood. */
  readonly heardAt: Instant | null;
  /** Why the last try brought nothing; null when it brought something. */
  readonly failure: string | null;
  /** Of a DATEX II feed, what the newest publication held. */
  readonly counts: DatexCounts | null;
}

export interface Feed {
  /** Asks now, beside its rhythm. */
  ask(): Promise<void>;
  state(): FeedState;
  close(): void;
}

/** Publications of a country are some megabytes. */
const most_bytes = 50_000_000;

/**
 * Asks a feed in its rhythm. When it is silent or not understood, what it said before holds on until its time is over,
 * and `state` says since when and why.
 */
export function pollFeed(
  settings: FeedSettings,
  { keeper, timer }: { readonly keeper: ConditionsKeeper; readonly timer: Timer },
): Feed {
  const { url, source, every } = settings;
  const service = openService({ url, timeout_ms: 20_000, most_bytes, pace_ms: 0, userAgent: "Milepool" });
  let state: FeedState = { source, triedAt: null, heardAt: null, failure: null, counts: null };
  let [takeBack, isClosed] = [() => {}, false];
  const ask = async (): Promise<void> => {
    takeBack();
    const triedAt = timer.now();
    const answer = await service.ask({ path: "" });
    if (isOutage(answer)) state = { ...state, triedAt, failure: answer.reason };
    else if (answer.status !== 200) state = { ...state, triedAt, failure: `answered ${answer.status}` };
    else {
      const read = readReport(settings, answer, timer.now());
      if (read.ok) {
        await keeper.take(read.value.report);
        state = { ...state, triedAt, heardAt: triedAt, failure: null, counts: read.value.counts };
      } else state = { ...state, triedAt, failure: `${read.refusal.at} ${read.refusal.reason}` };
    }
    if (!isClosed) takeBack = timer.at(after(timer.now(), every), () => void ask());
  };
  takeBack = timer.at(timer.now(), () => void ask());
  return {
    ask,
    state: () => state,
    close: () => {
      isClosed = true;
      takeBack();
    },
  };
}

function readReport(
  { format, source, holds }: FeedSettings,
  answer: { readonly status: number; readonly body: Uint8Array },
  now: Instant,
): Result<{ readonly report: ConditionsReport; readonly counts: DatexCounts | null }, UnreadableReport> {
  if (format === "datex2") return readDatex(new TextDecoder().decode(answer.body), { source, holds }, now);
  const read = jsonIn(answer);
  const report = readConditions(isOutage(read) ? null : read.json, now);
  return report.ok ? ok({ report: { ...report.value, source }, counts: null }) : report;
}
