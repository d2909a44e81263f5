import { createHmac } from "node:crypto";
import type { Transport, WireRequest } from "../../../journey/dispatch/ports.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import type { Outage } from "../../../kernel/result.ts";
import type { Rng } from "../../../kernel/rng.ts";
import type { HealthCounter } from "../shared/health.ts";
import { isOutage, send, type Answer, type Wait } from "../shared/http.ts";
import type { DoorDashSettings } from "./settings.ts";
import { errors } from "./words.ts";

export interface DoorDashCredentials {
  readonly developerId: string;
  readonly keyId: string;
  /** URL-safe base64, as the portal shows it. */
  readonly signingSecret: string;
  /** What the portal was told to send in the webhook's header. */
  readonly webhookAuth: string;
}

export interface ClientParts {
  readonly credentials: DoorDashCredentials;
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly rng: Rng;
  readonly wait: Wait;
  readonly health: HealthCounter;
  readonly settings: DoorDashSettings;
}

/** A token is signed anew when less than this is left of it. */
const margin_s = 30;

/** Knows how to reach DoorDash: it signs its own tokens, HS256 with the decoded secret (reference §1). */
export class DoorDashClient {
  readonly #parts: ClientParts;
  #token: { readonly value: string; readonly until_s: number } | null = null;

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  /** A 401 signs a new token and asks once more. */
  async ask(method: WireRequest["method"], path: string, body: object | null): Promise<Answer | Outage> {
    for (let renewed = false; ; renewed = true) {
      const answer = await send(
        { ...this.#parts, spoken: (code) => errors[code] !== undefined && errors[code] !== "outage" },
        {
          method,
          url: `${this.#parts.baseUrl}${path}`,
          headers: {
            authorization: `Bearer ${this.#bearer()}`,
            accept: "application/json",
            ...(body ? { "content-type": "application/json" } : {}),
          },
          body: body ? JSON.stringify(body) : null,
          // Each call names the delivery by our own id, so asking twice makes no second one.
          repeatable: true,
        },
      );
      if (isOutage(answer) || answer.status !== 401 || renewed) return answer;
      this.#token = null;
    }
  }

  #bearer(): string {
    const { clock, credentials, settings } = this.#parts;
    const now_s = Math.floor(clock.now() / 1000);
    if (this.#token && now_s < this.#token.until_s) return this.#token.value;
    const life_s = Math.min(1800, settings.tokenLife_s);
    this.#token = {
      value: signToken(credentials, clock.now(), life_s),
      until_s: now_s + Math.max(life_s - margin_s, Math.floor(life_s / 2)),
    };
    return this.#token.value;
  }
}

/** `kid` stands in the payload, and `iat` is never ahead of the clock. */
export function signToken(
  { developerId, keyId, signingSecret }: DoorDashCredentials,
  now: Instant,
  life_s: number,
): string {
  const iat = Math.floor(now / 1000);
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  const head = encode({ alg: "HS256", typ: "JWT", "dd-ver": "DD-JWT-V1" });
  const content = encode({ aud: "doordash", iss: developerId, kid: keyId, iat, exp: iat + life_s });
  const signature = createHmac("sha256", Buffer.from(signingSecret, "base64url"))
    .update(`${head}.${content}`)
    .digest("base64url");
  return `${head}.${content}.${signature}`;
}
