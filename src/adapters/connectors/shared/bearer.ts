import type { Clock } from "../../../kernel/clock.ts";
import { instant, type Instant } from "../../../kernel/quantity.ts";
import { ok, outage, refuse, type Outage } from "../../../kernel/result.ts";
import { isOutage, type Answer } from "./http.ts";
import { number, text } from "./reading.ts";
import type { Told } from "./told.ts";

/** A token as its host gave it. */
export interface Granted {
  readonly value: string;
  /** Seconds; 0 where the host does not say. */
  readonly life_s: number;
}

/** Keeps one token: one request for it at a time, a new one before its end, and one more after a 401. */
export class Bearer {
  readonly #clock: Clock;
  readonly #margin_ms: number;
  readonly #fetch: () => Promise<Told<Granted>>;
  #token: { readonly value: string; readonly until: Instant } | null = null;
  #asking: Promise<Told<string>> | null = null;

  constructor(clock: Clock, margin_ms: number, fetch: () => Promise<Told<Granted>>) {
    this.#clock = clock;
    this.#margin_ms = margin_ms;
    this.#fetch = fetch;
  }

  async use(call: (token: string) => Promise<Answer | Outage>): Promise<Told<Answer>> {
    for (let renewed = false; ; renewed = true) {
      const token = await this.#current();
      if (isOutage(token) || !token.ok) return token;
      const answer = await call(token.value);
      if (isOutage(answer)) return answer;
      if (answer.status !== 401 || renewed) return ok(answer);
      if (this.#token?.value === token.value) this.#token = null;
    }
  }

  #current(): Promise<Told<string>> {
    if (this.#token && this.#clock.now() < this.#token.until) return Promise.resolve(ok(this.#token.value));
    this.#asking ??= this.#renew().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #renew(): Promise<Told<string>> {
    const granted = await this.#fetch();
    if (isOutage(granted) || !granted.ok) return granted;
    const { value, life_s } = granted.value;
    const life_ms = Math.floor(life_s * 1000);
    // A short life is used to its half, so that the margin never leaves nothing.
    const used_ms = Math.max(life_ms - this.#margin_ms, Math.floor(life_ms / 2));
    this.#token = { value, until: instant(this.#clock.now() + used_ms) };
    return ok(value);
  }
}

/** A token host's answer, by the names that it gives to the token and to its life in seconds. */
export function readGrant(answer: Answer | Outage, value: string, life: string): Told<Granted> {
  if (isOutage(answer)) return answer;
  const { status, json } = answer;
  if (status < 200 || status > 299)
    return refuse({ code: "NOT_ALLOWED", words: `no token: ${status}`, reference: null });
  const token = text(json, value);
  if (token === null) return outage("a token answer without a token", true);
  return ok({ value: token, life_s: number(json, life) ?? 0 });
}
