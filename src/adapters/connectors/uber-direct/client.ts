import type { Transport } from "../../../journey/dispatch/ports.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Outage } from "../../../kernel/result.ts";
import type { Rng } from "../../../kernel/rng.ts";
import { Bearer, readGrant, type Granted } from "../shared/bearer.ts";
import type { HealthCounter } from "../shared/health.ts";
import { send, type Answer, type Call, type Wait } from "../shared/http.ts";
import type { Told } from "../shared/told.ts";
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

/** Knows how to reach Uber: the token, its renewal and the paths of one customer. */
export class UberClient {
  readonly #parts: ClientParts;
  readonly #bearer: Bearer;

  constructor(parts: ClientParts) {
    this.#parts = parts;
    this.#bearer = new Bearer(parts.clock, parts.settings.tokenMargin_ms, () => this.#fetchToken());
  }

  /** `path` is below the customer. A 401 renews the token and asks once more. */
  ask(method: "GET" | "POST", path: string, body: object | null, repeatable: boolean): Promise<Told<Answer>> {
    const { baseUrl, credentials } = this.#parts;
    return this.#bearer.use((token) =>
      this.#send({
        method,
        url: `${baseUrl}/customers/${encodeURIComponent(credentials.customerId)}${path}`,
        headers: {
          authorization: `Bearer ${token}`,
          accept: "application/json",
          ...(method === "POST" ? { "content-type": "application/json" } : {}),
        },
        body: body === null ? null : JSON.stringify(body),
        repeatable,
      }),
    );
  }

  #send(call: Call): Promise<Answer | Outage> {
    return send({ ...this.#parts, spoken: (code) => errors[code] !== undefined && errors[code] !== "outage" }, call);
  }

  async #fetchToken(): Promise<Told<Granted>> {
    const { credentials, tokenUrl, settings } = this.#parts;
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
    return readGrant(answer, "access_token", "expires_in");
  }
}
