import type { WireRequest } from "../../../journey/dispatch/ports.ts";
import type { Outage } from "../../../kernel/result.ts";
import { Bearer, readGrant, type Granted } from "../shared/bearer.ts";
import { send, type Answer, type Call } from "../shared/http.ts";
import type { ClientWires } from "../shared/parts.ts";
import type { Told } from "../shared/told.ts";
import type { GlovoSettings } from "./settings.ts";

export interface GlovoCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The pickup point as Glovo has registered it, and where that is: `latitude,longitude`. */
  readonly addressBookId: string;
  readonly addressBookPlace: string;
  /** ISO 4217: for prices that name none. */
  readonly currency: string;
}

export interface ClientParts extends ClientWires<GlovoSettings> {
  readonly credentials: GlovoCredentials;
  readonly baseUrl: string;
}

/** Knows how to reach Glovo: its token of ten minutes and its renewal (reference §1). */
export class GlovoClient {
  readonly #parts: ClientParts;
  readonly #bearer: Bearer;

  constructor(parts: ClientParts) {
    this.#parts = parts;
    this.#bearer = new Bearer(parts.clock, parts.settings.tokenMargin_ms, () => this.#fetchToken());
  }

  /** `path` follows `/v2/laas`. */
  ask(method: WireRequest["method"], path: string, body: object | null, repeatable: boolean): Promise<Told<Answer>> {
    return this.#bearer.use((token) =>
      this.#send({
        method,
        url: `${this.#parts.baseUrl}/v2/laas${path}`,
        headers: { authorization: `Bearer ${token}`, accept: "application/json", "content-type": "application/json" },
        body: body === null ? null : JSON.stringify(body),
        repeatable,
      }),
    );
  }

  #send(call: Call): Promise<Answer | Outage> {
    return send({ ...this.#parts, spoken: () => false }, call);
  }

  /** In camelCase, and the client's id is a number. */
  async #fetchToken(): Promise<Told<Granted>> {
    const { credentials, baseUrl } = this.#parts;
    const { clientId, clientSecret } = credentials;
    const id = /^\d{1,15}$/.test(clientId) ? Number(clientId) : clientId;
    const answer = await this.#send({
      method: "POST",
      url: `${baseUrl}/oauth/token`,
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ grantType: "client_credentials", clientId: id, clientSecret }),
      repeatable: true,
    });
    return readGrant(answer, "accessToken", "expiresIn");
  }
}
