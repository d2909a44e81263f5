import type { WireRequest } from "../../../journey/dispatch/ports.ts";
import type { Outage } from "../../../kernel/result.ts";
import { Bearer, readGrant, type Granted } from "../shared/bearer.ts";
import { send, type Answer, type Call } from "../shared/http.ts";
import type { ClientWires } from "../shared/parts.ts";
import type { Told } from "../shared/told.ts";
import type { StuartSettings } from "./settings.ts";

export interface StuartCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What Stuart was told to send in the webhook's header. */
  readonly webhookAuth: string;
}

export interface ClientParts extends ClientWires<StuartSettings> {
  readonly credentials: StuartCredentials;
  readonly baseUrl: string;
}

/** Knows how to reach Stuart: its token of 30 days and its renewal (reference §1). */
export class StuartClient {
  readonly #parts: ClientParts;
  readonly #bearer: Bearer;

  constructor(parts: ClientParts) {
    this.#parts = parts;
    this.#bearer = new Bearer(parts.clock, parts.settings.tokenMargin_ms, () => this.#fetchToken());
  }

  /** `path` begins with `/v2`. */
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
    const { credentials, settings, baseUrl } = this.#parts;
    const { clientId, clientSecret } = credentials;
    const inHeader = settings.secretIn === "header";
    const form = new URLSearchParams({
      scope: settings.scope,
      grant_type: "client_credentials",
      ...(inHeader ? {} : { client_id: clientId, client_secret: clientSecret }),
    });
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
    const answer = await this.#send({
      method: "POST",
      url: `${baseUrl}/oauth/token`,
      headers: {
        ...(inHeader ? { authorization: `Basic ${basic}` } : {}),
        "content-type": "application/x-www-form-urlencoded",
        accept: "application/json",
      },
      body: form.toString(),
      repeatable: true,
    });
    return readGrant(answer, "access_token", "expires_in");
  }
}
