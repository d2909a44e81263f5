import type { MessageKey } from "../../i18n/en.ts";

/** What platforms answer, by what it means for us. The first that fits counts; the words are those of the platforms' own references. */
const meanings: readonly (readonly [said: RegExp, meaning: MessageKey])[] = [
  [/^WEBHOOK_/, "failure.webhook"],
  [/\b(robo_)?couriers_busy|limited_couriers|outside_of_delivery_time/, "failure.busy"],
  [/undeliverable|unknown_location|not_in_coverage|distance_too_long/, "failure.coverage"],
  [/\b(expired|used|mismatched_price)_quote/, "failure.quote"],
  [
    /noncancelable|cancel_not_allowed|cancellation_window|delivery_(abandoned|cancelled|completed|picked_up)/,
    "failure.cancel",
  ],
  [/unauthorized|auth\w+_error|not_allowed|missing_payment|customer_(suspended|blocked|not_found)/, "failure.rights"],
  [/delivery_not_found|unknown_delivery/, "failure.delivery"],
  [/duplicate_delivery/, "failure.duplicate"],
  [/^no (answer|connection)|request_timeout/, "failure.silent"],
  [/^429|customer_limited/, "failure.hurried"],
  [
    /^(408|5\d\d)\b|internal_server_error|unknown_error|service_(unavailable|fault)|in_progress|duplicate_request/,
    "failure.broken",
  ],
];

/** What went wrong with a call, told in the reader's words; what is new to us is so called. */
export const failureMeaning = (said: string): MessageKey =>
  meanings.find(([pattern]) => pattern.test(said))?.[1] ?? "failure.other";
