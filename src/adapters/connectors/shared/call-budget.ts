import type { QuotaView, WireRequest } from "../../../journey/dispatch/ports.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { instant, later, type Instant } from "../../../kernel/quantity.ts";
import type { CallLimit } from "./platform-kind.ts";

export type LimitedCall = Parameters<CallLimit["covers"]>[0];

/** This share of a limit is kept from quotes where they are not alone: what is promised must be booked, asked for and cancelled. */
const keptForPromises = 0.2;
/** With less than this share of what they may use, quotes are for those alone that could win. */
const short = 1 / 3;

/**
 * Keeps to a platform's own limits: in any span of `per_s` no more than `calls` calls go out, whichever way the platform counts. What a 429
 * says is kept to for all calls of the connection.
 *
 * It counts in memory, for one process: a network has one (the store's lease admits no second), and its connections all live there. After a
 * restart the platform itself remembers, and its 429 is heard.
 */
export class CallBudget {
  readonly #clock: Clock;
  readonly #windows: readonly { readonly limit: CallLimit; readonly taken: Instant[] }[];
  #pausedUntil: Instant | null = null;
  #turnedAway = 0;

  constructor(clock: Clock, limits: readonly CallLimit[]) {
    this.#clock = clock;
    this.#windows = limits.map((limit) => ({ limit, taken: [] }));
  }

  /** Takes a call; or the milliseconds after which it may be tried again, and nothing is taken. */
  take(call: LimitedCall): number | null {
    const now = this.#clock.now();
    const window = this.#windowOf(call);
    const wait = Math.max(this.#pause(now), window && left(window, now) === 0 ? free(window) - now : 0);
    if (wait > 0) {
      this.#turnedAway++;
      return wait;
    }
    window?.taken.push(now);
    return null;
  }

  /** The platform wants nothing for so long (429 with Retry-After). */
  pause(wait_ms: number): void {
    const until = instant(this.#clock.now() + Math.max(0, Math.round(wait_ms)));
    this.#pausedUntil = this.#pausedUntil === null ? until : later(this.#pausedUntil, until);
  }

  /** How many calls may be spent on quotes now (null: as many as one likes), and whether that is less than a third of what they may use. */
  forQuotes(): { readonly left: number | null; readonly isShort: boolean } {
    const now = this.#clock.now();
    if (this.#pause(now) > 0) return { left: 0, isShort: true };
    const shares = this.#windows.flatMap((window) => {
      const { quotes, calls } = window.limit;
      if (quotes === "none") return [];
      const kept = quotes === "alone" ? 0 : Math.ceil(calls * keptForPromises);
      return [{ free: Math.max(0, left(window, now) - kept), whole: calls - kept }];
    });
    if (shares.length === 0) return { left: null, isShort: false };
    const isShort = shares.some(({ free, whole }) => free < whole * short);
    return { left: Math.min(...shares.map(({ free }) => free)), isShort };
  }

  view(): { readonly quotas: readonly QuotaView[]; readonly pausedUntil: Instant | null; readonly turnedAway: number } {
    const now = this.#clock.now();
    const quotas = this.#windows.map((window) => {
      const { name, calls, per_s } = window.limit;
      const remaining = left(window, now);
      return { name, calls, per_s, left: remaining, freeAt: remaining > 0 ? null : free(window) };
    });
    return { quotas, pausedUntil: this.#pause(now) > 0 ? this.#pausedUntil : null, turnedAway: this.#turnedAway };
  }

  #windowOf(call: LimitedCall): Window | undefined {
    return this.#windows.find(({ limit }) => limit.covers(call));
  }

  #pause(now: Instant): number {
    return this.#pausedUntil === null ? 0 : Math.max(0, this.#pausedUntil - now);
  }
}

type Window = { readonly limit: CallLimit; readonly taken: Instant[] };

function left({ limit, taken }: Window, now: Instant): number {
  while (taken.length > 0 && taken[0]! <= now - limit.per_s * 1000) taken.shift();
  return limit.calls - taken.length;
}

/** When the oldest call of a full window no longer counts. */
const free = ({ limit, taken }: Window): Instant => instant(taken[0]! + limit.per_s * 1000);

/** The call that a request is, below `baseUrl`; a request elsewhere (a token's host) by its own path. */
export function callOf({ method, url }: Pick<WireRequest, "method" | "url">, baseUrl: string): LimitedCall {
  if (url.startsWith(baseUrl)) return { method, path: url.slice(baseUrl.length) };
  const { pathname, search } = new URL(url);
  return { method, path: pathname + search };
}
