import type { WireRequest } from "../../../journey/dispatch/ports.ts";
import type { Outage } from "../../../kernel/result.ts";
import { Bearer, readGrant, type Granted } from "../shared/bearer.ts";
import { send, type Answer, type Call } from "../shared/http.ts";
import type { ClientWires } from "../shared/parts.ts";
import type { Told } from "../shared/told.ts";
import type { GrabSettings } from "./settings.ts";

export interface GrabCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What Grab was told to send in the webhook's header. */
  readonly webhookAuth: string;
}

export interface ClientParts extends ClientWires<GrabSettings> {
  readonly credentials: GrabCredentials;
  readonly baseUrl: string;
  readonly tokenUrl: string;
}

/** Knows how to reach GrabExpress: its token of a week and its renewal (reference §1). */
export class GrabClient {
  readonly #parts: ClientParts;
  readonly #bearer: Bearer;

  constructor(parts: ClientParts) {
    this.#parts = parts;
    this.#bearer = new Bearer(parts.clock, parts.settings.tokenMargin_ms, () => this.#fetchToken());
  }

  /** `path` begins with `/v1`. */
  ask(method: WireRequest["method"], path: string, body: object | null, repeatable: boolean): Promise<Told<Answer>> {
    return this.#bearer.use((token) =>
      this.#send({
        method,
        url: `${this.#parts.baseUrl}${path}`,
        headers: { authorization: `Bearer ${token}`, accept: "application/json", "content-type": "application/json" },
        body: body === null ? null : JSON.stringify(body),
        repeatable,
      }),
    );
  }

  #send(call: Call): Promise<Answer | Outage> {
    return send({ ...this.#parts, spoken: () => false }, call);
  }

  async #fetchToken(): Promise<Told<Granted>> {
    const { credentials, settings, tokenUrl } = this.#parts;
    const answer = await this.#send({
      method: "POST",
      url: tokenUrl,
      headers: { "content-type": "application/json", "cache-control": "no-cache", accept: "application/json" },
      body: JSON.stringify({
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
        grant_type: "client_credentials",
        scope: settings.scope,
      }),
      repeatable: true,
    });
    return readGrant(answer, "access_token", "expires_in");
  }
}
