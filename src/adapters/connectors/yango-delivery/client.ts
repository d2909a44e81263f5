import type { WireRequest } from "../../../journey/dispatch/ports.ts";
import { ok } from "../../../kernel/result.ts";
import { isOutage, send, type Answer } from "../shared/http.ts";
import type { ClientWires } from "../shared/parts.ts";
import type { Told } from "../shared/told.ts";
import type { YangoSettings } from "./settings.ts";

export interface YangoCredentials {
  readonly token: string;
}

export interface ClientParts extends ClientWires<YangoSettings> {
  readonly credentials: YangoCredentials;
  readonly baseUrl: string;
}

/** Knows how to reach Yango: one token, revoked by a change of the account's password alone (reference §1). */
export class YangoClient {
  readonly #parts: ClientParts;

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  /** `path` follows the version. Every call may be repeated: creations name a token, acceptances and cancellations a version. */
  async ask(method: WireRequest["method"], path: string, body: object | null): Promise<Told<Answer>> {
    const { baseUrl, credentials, settings } = this.#parts;
    const answer = await send(
      { ...this.#parts, spoken: () => false },
      {
        method,
        url: `${baseUrl}/b2b/cargo/integration/v2/${path}`,
        headers: {
          authorization: `Bearer ${credentials.token}`,
          "accept-language": settings.language,
          "content-type": "application/json",
          accept: "application/json",
        },
        body: body === null ? null : JSON.stringify(body),
        repeatable: true,
      },
    );
    return isOutage(answer) ? answer : ok(answer);
  }
}
