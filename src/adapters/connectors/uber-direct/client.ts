import type { PlatformRefusal, Transport } from "../../../journey/dispatch/ports.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { instant, type Instant } from "../../../kernel/quantity.ts";
import { ok, outage, refuse, type Outage, type Result } from "../../../kernel/result.ts";
import type { Rng } from "../../../kernel/rng.ts";
import type { HealthCounter } from "../shared/health.ts";
import { isOutage, send, type Answer, type Call, type Wait } from "../shared/http.ts";
import { number, text } from "../shared/reading.ts";
import type { UberSettings } from "./settings.ts";
import { errors } from "./words.ts";

export interface UberCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly customerId: string;
  /** The signing key of the webhook: not the client secret. */
  readonly webhookKey: string;
}

export interface ClientParts {
  readonly credentials: UberCredentials;
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly rng: Rng;
  readonly wait: Wait;
  readonly health: HealthCounter;
  readonly settings: UberSettings;
}

type Token = Result<string, PlatformRefusal> | Outage;

/** Knows how to reach Uber: the token, its renewal and the paths of one customer. */
export class UberClient {
  readonly #parts: ClientParts;
  #token: { readonly value: string; readonly until: Instant } | null = null;
  #asking: Promise<Token> | null = null;

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  /** `path` is below the customer. A 401 renews the token and asks once more. */
  async ask(
    method: "GET" | "POST",
    path: string,
    body: object | null,
    repeatable: boolean,
  ): Promise<Answer | Result<never, PlatformRefusal> | Outage> {
    for (let renewed = false; ; renewed = true) {
      const token = await this.#bearer();
      if (isOutage(token) || !token.ok) return token;
      const answer = await this.#send({
        method,
        url: `${this.#parts.baseUrl}/customers/${encodeURIComponent(this.#parts.credentials.customerId)}${path}`,
        headers: {
          authorization: `Bearer ${token.value}`,
          accept: "application/json",
          ...(method === "POST" ? { "content-type": "application/json" } : {}),
        },
        body: body === null ? null : JSON.stringify(body),
        repeatable,
      });
      if (isOutage(answer) || answer.status !== 401 || renewed) return answer;
      if (this.#token?.value === token.value) this.#token = null;
    }
  }

  #send(call: Call): Promise<Answer | Outage> {
    return send({ ...this.#parts, spoken: (code) => errors[code] !== undefined && errors[code] !== "outage" }, call);
  }

  /** One request for a token at a time; whoever comes meanwhile waits for the same. */
  #bearer(): Promise<Token> {
    if (this.#token && this.#parts.clock.now() < this.#token.until) return Promise.resolve(ok(this.#token.value));
    this.#asking ??= this.#fetchToken().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #fetchToken(): Promise<Token> {
    const { credentials, tokenUrl, clock, settings } = this.#parts;
    const form = new URLSearchParams({
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      grant_type: "client_credentials",
      scope: settings.scope,
    });
    const answer = await this.#send({
      method: "POST",
      url: tokenUrl,
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: form.toString(),
      repeatable: true,
    });
    if (isOutage(answer)) return answer;
    if (answer.status !== 200)
      return refuse({ code: "NOT_ALLOWED", words: `no token: ${answer.status}`, reference: null });
    const [value, life_s] = [text(answer.json, "access_token"), number(answer.json, "expires_in")];
    if (value === null) return outage("a token answer without a token", true);
    const life_ms = Math.floor((life_s ?? 0) * 1000);
    // A short life is used to its half, so that the margin never leaves nothing.
    this.#token = {
      value,
      until: instant(clock.now() + Math.max(life_ms - settings.tokenMargin_ms, Math.floor(life_ms / 2))),
    };
    return ok(value);
  }
}
