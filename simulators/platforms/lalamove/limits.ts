import type { Clock } from "../../../src/kernel/clock.ts";
import { RateLimiter } from "../shared/rate-limit.ts";
import type { WireResponse } from "../wire.ts";
import type { Operation } from "./operations.ts";

/** Calls a minute: [sandbox, production]. The webhook has no published limit. */
const published: Partial<Record<Operation, readonly [number, number]>> = {
  quote: [30, 100],
  "get-quote": [50, 300],
  create: [30, 100],
  get: [50, 300],
  driver: [50, 300],
  "change-driver": [30, 100],
  cancel: [30, 100],
  "priority-fee": [30, 100],
  cities: [50, 300],
};

/** The API's name in the headers. */
const names: Partial<Record<Operation, string>> = {
  quote: "PostQuotation",
  "get-quote": "GetQuotation",
  create: "PostOrder",
  get: "GetOrder",
  driver: "GetDriver",
  "change-driver": "DeleteDriver",
  cancel: "DeleteOrder",
  "priority-fee": "PostPriorityFee",
  cities: "GetCities",
};

/** A limit for each operation, and the headers that tell how much of it is left. */
export class Limits {
  readonly #limiters: ReadonlyMap<string, { readonly limiter: RateLimiter; readonly limit: number }>;

  constructor(clock: Clock, environment: "production" | "sandbox", limited: boolean) {
    const entries = limited ? Object.entries(published) : [];
    this.#limiters = new Map(
      entries.map(([operation, [sandbox, production]]) => {
        const limit = environment === "sandbox" ? sandbox : production;
        return [operation, { limiter: new RateLimiter({ requests: limit, per_s: 60 }, clock), limit }];
      }),
    );
  }

  /** Seconds to wait; null when the call may pass. */
  refuses(operation: Operation): number | null {
    const known = this.#limiters.get(operation);
    return known === undefined || known.limiter.take() ? null : known.limiter.reset_s();
  }

  /** The answer with its three headers. */
  tell(operation: Operation, answer: WireResponse): WireResponse {
    const known = this.#limiters.get(operation);
    if (known === undefined) return answer;
    const name = (names[operation] ?? operation).toLowerCase();
    const headers = {
      [`ratelimit-limit-${name}`]: String(known.limit),
      [`ratelimit-remaining-${name}`]: String(known.limiter.left()),
      [`ratelimit-reset-${name}`]: String(known.limiter.reset_s()),
    };
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }
}
