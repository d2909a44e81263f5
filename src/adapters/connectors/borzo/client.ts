import type { WireRequest } from "../../../journey/dispatch/ports.ts";
import { ok } from "../../../kernel/result.ts";
import { isOutage, send, type Answer } from "../shared/http.ts";
import type { ClientWires } from "../shared/parts.ts";
import type { Told } from "../shared/told.ts";
import type { BorzoSettings } from "./settings.ts";

export interface BorzoCredentials {
  readonly authToken: string;
  readonly callbackSecret: string;
  /** ISO 4217: answers name no currency, the account has one. */
  readonly currency: string;
}

export interface ClientParts extends ClientWires<BorzoSettings> {
  readonly credentials: BorzoCredentials;
  readonly baseUrl: string;
}

/** Knows how to reach Borzo: one token that does not end (reference §1). */
export class BorzoClient {
  readonly #parts: ClientParts;

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  async ask(method: WireRequest["method"], path: string, body: object | null, again: boolean): Promise<Told<Answer>> {
    const { baseUrl, settings, credentials } = this.#parts;
    const answer = await send(
      { ...this.#parts, spoken: () => false },
      {
        method,
        url: `${baseUrl}/api/business/${settings.version}${path}`,
        headers: {
          "x-dv-auth-token": credentials.authToken,
          "content-type": "application/json",
          accept: "application/json",
        },
        body: body === null ? null : JSON.stringify(body),
        repeatable: again,
      },
    );
    if (isOutage(answer)) return answer;
    // A no may come with a 200: the flag decides (§8).
    return ok(answer.status === 200 && answer.json["is_successful"] === false ? { ...answer, status: 400 } : answer);
  }
}
