import { createHmac } from "node:crypto";
import type { WireRequest } from "../../../journey/dispatch/ports.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok } from "../../../kernel/result.ts";
import type { Rng } from "../../../kernel/rng.ts";
import { isOutage, send, type Answer } from "../shared/http.ts";
import type { ClientWires } from "../shared/parts.ts";
import type { Told } from "../shared/told.ts";
import type { LalamoveSettings } from "./settings.ts";

export interface LalamoveCredentials {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** ISO 3166 alpha-2, upper case. */
  readonly market: string;
}

export interface ClientParts extends ClientWires<LalamoveSettings> {
  readonly credentials: LalamoveCredentials;
  readonly baseUrl: string;
}

/** Knows how to reach Lalamove: there is no token, every call is signed (reference §1). */
export class LalamoveClient {
  readonly #parts: ClientParts;

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  /** `path` begins with `/v3`; `data` is wrapped as every body is. */
  async ask(
    method: WireRequest["method"],
    path: string,
    data: object | null,
    repeatable: boolean,
  ): Promise<Told<Answer>> {
    const { baseUrl, credentials, clock, rng } = this.#parts;
    const body = data === null ? null : JSON.stringify({ data });
    const now = clock.now();
    const answer = await send(
      { ...this.#parts, spoken: () => false },
      {
        method,
        url: `${baseUrl}${path}`,
        headers: {
          authorization: `hmac ${credentials.apiKey}:${now}:${sign(credentials.apiSecret, now, method, path, body ?? "")}`,
          market: credentials.market,
          "request-id": uuid(rng),
          "content-type": "application/json",
          accept: "application/json",
        },
        body,
        repeatable,
      },
    );
    return isOutage(answer) ? answer : ok(answer);
  }
}

/** Lower-case hex HMAC-SHA256 over time, verb, path and the bytes of the body, with CRLF between them and a blank line before the body. */
export const sign = (secret: string, at: Instant | string, method: string, path: string, body: string): string =>
  createHmac("sha256", secret).update(`${at}\r\n${method}\r\n${path}\r\n\r\n${body}`).digest("hex");

/** Version 4, from our own chance: the same seed gives the same day. */
function uuid(rng: Rng): string {
  const hex = Array.from({ length: 4 }, () =>
    rng
      .below(2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  ).join("");
  const variant = "89ab"[rng.below(4)]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
