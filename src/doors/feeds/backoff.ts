import { seconds, type Seconds } from "../../kernel/quantity.ts";

/** What Standard Webhooks proposes (spec/standard-webhooks.md, "Deliverability and reliability"): 5 s, 5 min, 30 min, 2 h … a day. */
const delays_s = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;

/** After so many failures in a row, three days and a half, an endpoint is set to rest; a replay wakes it. */
export const mostFailures = delays_s.length + 1;

/**
 * How long to wait after the `failures`-th failure in a row (1 is the first): the schedule, and up to a fifth more by chance, so that
 * endpoints that fell together do not come back together. A longer wish of the receiver (Retry-After) counts, up to a day.
 */
export function backoff(failures: number, random: () => number, wished_s: number | null): Seconds {
  const planned = delays_s[Math.min(failures, delays_s.length) - 1] ?? delays_s[0];
  const wished = Math.min(wished_s ?? 0, 86_400);
  return seconds(Math.ceil(Math.max(planned, wished) * (1 + random() / 5)));
}
