import type { Instant } from "../../../src/kernel/quantity.ts";
import { ok, type Result } from "../../../src/kernel/result.ts";
import type { WireResponse } from "../wire.ts";
import { no } from "./errors.ts";
import type { StuartJob } from "./job.ts";

const oldest_ms = 90 * 86_400_000;
const usualPage = 25;
const largestPage = 100;

/** Newest first, of the last 90 days, a page of 25 unless asked otherwise; pages are counted from 1. */
export function listOf(
  jobs: readonly StuartJob[],
  query: URLSearchParams,
  now: Instant,
): Result<readonly StuartJob[], WireResponse> {
  const page = whole(query.get("page"), 1);
  const size = whole(query.get("per_page"), usualPage);
  if (page === null || size === null || size > largestPage) return no("RECORD_INVALID", { page: ["is invalid"] });
  const [status, reference, active] = [query.get("status"), query.get("client_reference"), query.get("active")];
  const found = jobs.filter(
    (job) =>
      job.status.created >= now - oldest_ms &&
      (status === null || job.status.state === status) &&
      (reference === null || job.request.clientReference === reference) &&
      (active === null || (active === "true") === !job.over),
  );
  return ok(found.toReversed().slice((page - 1) * size, page * size));
}

const whole = (text: string | null, otherwise: number): number | null => {
  if (text === null) return otherwise;
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
};
