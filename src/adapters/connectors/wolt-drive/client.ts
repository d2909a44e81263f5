import type { WireRequest } from "../../../journey/dispatch/ports.ts";
import { ok } from "../../../kernel/result.ts";
import { isOutage, send, type Answer } from "../shared/http.ts";
import type { ClientWires } from "../shared/parts.ts";
import type { Told } from "../shared/told.ts";
import type { WoltSettings } from "./settings.ts";

export interface WoltCredentials {
  /** The merchant's static token. */
  readonly token: string;
  readonly venueId: string;
  /** What we chose when the webhook was registered. */
  readonly webhookSecret: string;
}

export interface ClientParts extends ClientWires<WoltSettings> {
  readonly credentials: WoltCredentials;
  readonly baseUrl: string;
}

/** Knows how to reach Wolt: one token that does not end (reference §1). */
export class WoltClient {
  readonly #parts: ClientParts;

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  async ask(
    method: WireRequest["method"],
    path: string,
    body: object | null,
    repeatable: boolean,
  ): Promise<Told<Answer>> {
    const answer = await send(
      { ...this.#parts, spoken: () => false },
      {
        method,
        url: `${this.#parts.baseUrl}${path}`,
        headers: {
          authorization: `Bearer ${this.#parts.credentials.token}`,
          "content-type": "application/json",
          accept: "application/json",
        },
        body: body === null ? null : JSON.stringify(body),
        repeatable,
      },
    );
    return isOutage(answer) ? answer : ok(answer);
  }

  /** Below the venue that parcels are fetched at. */
  atVenue(path: string, body: object): Promise<Told<Answer>> {
    return this.ask("POST", `/v1/venues/${encodeURIComponent(this.#parts.credentials.venueId)}${path}`, body, true);
  }
}
