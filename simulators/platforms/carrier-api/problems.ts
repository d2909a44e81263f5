import { json } from "../shared/json.ts";
import type { WireResponse } from "../wire.ts";

/** A refusal as RFC 9457 has it. */
export const problem = (
  status: number,
  code: string,
  detail: string,
  more: Readonly<Record<string, string>> = {},
): WireResponse =>
  json(
    status,
    { type: "about:blank", title: code.toLowerCase().replaceAll("_", " "), status, code, detail },
    { "content-type": "application/problem+json", ...more },
  );

export const broken = (status: number): WireResponse => problem(status, "BROKEN", "Something of ours failed.");

export const limited = (retryAfter_s: number): WireResponse =>
  problem(429, "TOO_MANY_REQUESTS", "Too many requests.", { "retry-after": String(retryAfter_s) });

/** The first thing that is wrong with a request, and how many there are. */
export const unreadable = (problems: ReadonlyMap<string, string>): WireResponse =>
  problem(400, "BAD_REQUEST", [...problems].map(([field, what]) => `${field}: ${what}`).join("; "));

export const unknownDelivery = problem(404, "UNKNOWN_DELIVERY", "No delivery of ours has this id.");
export const outOfCoverage = problem(422, "OUT_OF_COVERAGE", "We do not go there.");
export const noCouriers = problem(422, "NO_COURIERS", "Nobody of ours is free.");
export const staleQuote = problem(409, "QUOTE_STALE", "This quote is none of ours, or has expired.");
export const notCancellable = problem(409, "NOT_CANCELLABLE", "A courier has the goods, or it has ended.");
export const alreadyBooked = problem(409, "ALREADY_BOOKED", "Another delivery stands under this externalId.");
