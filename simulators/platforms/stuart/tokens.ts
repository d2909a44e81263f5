import type { Clock } from "../../../src/kernel/clock.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { json, readObject } from "../shared/json.ts";
import { token } from "../shared/random-text.ts";
import { bearerOf, jwtOf, same, TokenBook } from "../shared/tokens.ts";
import type { WireRequest, WireResponse } from "../wire.ts";
import { error } from "./errors.ts";

export interface Client {
  readonly client_id: string;
  readonly client_secret: string;
}

/** What the caller asks a token with, wherever it stands in the request. */
interface Plea extends Client {
  readonly grant_type: string;
}

/** `POST /oauth/token` (RFC 6749, 4.4): client id and secret by Basic authentication, in the form, or in JSON. */
export class TokenOffice {
  readonly #clock: Clock;
  readonly #rng: Rng;
  readonly #life_s: number;
  readonly #client: Client;
  readonly #book: TokenBook;

  constructor(clock: Clock, rng: Rng, life_s: number, client: Client) {
    this.#clock = clock;
    this.#rng = rng;
    this.#life_s = life_s;
    this.#client = client;
    this.#book = new TokenBook(clock);
  }

  grant(request: WireRequest): WireResponse {
    const { client_id, client_secret, grant_type } = pleaOf(request);
    const known = same(client_id, this.#client.client_id);
    if (!same(client_secret, this.#client.client_secret) || !known)
      return json(401, { error: "invalid_client", error_description: "Client authentication failed" });
    if (grant_type !== "client_credentials")
      return json(400, { error: "unsupported_grant_type", error_description: "The grant type is not supported" });
    const created_at = Math.floor(this.#clock.now() / 1000);
    const access_token = this.#issue(created_at);
    return json(200, { access_token, token_type: "bearer", expires_in: this.#life_s, scope: "api", created_at });
  }

  /** Null when the request carries a living token. */
  refusal(request: WireRequest): WireResponse | null {
    const standing = this.#book.standing(bearerOf(request));
    if (standing === "alive") return null;
    return error(
      "INVALID_GRANT",
      undefined,
      standing === "expired" ? "The access token expired" : "The access token is invalid",
    );
  }

  /** A JWT of more than 255 characters, as theirs are: nobody may keep it in a short column. */
  #issue(created_at: number): string {
    const claims = {
      iss: "stuart-api",
      iat: created_at,
      jti: token(this.#rng, 32),
      spt: token(this.#rng, 640),
      exp: created_at + this.#life_s,
    };
    const access_token = jwtOf(claims, this.#client.client_secret);
    this.#book.enter(access_token, this.#life_s);
    return access_token;
  }
}

function pleaOf({ headers, body }: WireRequest): Plea {
  const isJson = (headers["content-type"] ?? "").startsWith("application/json");
  const fields = isJson
    ? (readObject(body) ?? {})
    : Object.fromEntries(new URLSearchParams(new TextDecoder().decode(body)));
  const text = (name: string): string => (typeof fields[name] === "string" ? fields[name] : "");
  const basic = /^Basic (\S+)$/i.exec(headers["authorization"] ?? "")?.[1];
  const grant_type = text("grant_type");
  if (basic === undefined) return { client_id: text("client_id"), client_secret: text("client_secret"), grant_type };
  const [id = "", ...secret] = Buffer.from(basic, "base64").toString("utf8").split(":");
  return { client_id: id, client_secret: secret.join(":"), grant_type };
}
