import type { WireRequest } from "../../../journey/dispatch/ports.ts";
import { ok } from "../../../kernel/result.ts";
import { isOutage, send, type Answer } from "../shared/http.ts";
import type { ClientWires } from "../shared/parts.ts";
import type { Told } from "../shared/told.ts";
import type { RoadieSettings } from "./settings.ts";

export interface RoadieCredentials {
  readonly accessToken: string;
  /** What Roadie was told to send in `x-api-key`. */
  readonly webhookToken: string;
}

export interface ClientParts extends ClientWires<RoadieSettings> {
  readonly credentials: RoadieCredentials;
  readonly baseUrl: string;
}

/** Knows how to reach Roadie: one token that its support gave (reference §1). */
export class RoadieClient {
  readonly #parts: ClientParts;

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  /** `path` follows the version. Every call may be repeated: a creation names its idempotency key. */
  async ask(method: WireRequest["method"], path: string, body: object | null): Promise<Told<Answer>> {
    const { baseUrl, credentials } = this.#parts;
    const answer = await send(
      { ...this.#parts, spoken: () => false },
      {
        method,
        url: `${baseUrl}/v1${path}`,
        headers: {
          authorization: `Bearer ${credentials.accessToken}`,
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
