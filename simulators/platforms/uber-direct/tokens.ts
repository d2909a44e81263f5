import { timingSafeEqual, createHash } from "node:crypto";
import type { Clock } from "../../../src/kernel/clock.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { WireRequest, WireResponse } from "../wire.ts";
import { json } from "../shared/json.ts";
import { token } from "../shared/random-text.ts";

const known = ["eats.deliveries", "direct.organizations", "eats.store.orders.cancel"];

/** The OAuth 2.0 client-credentials endpoint (RFC 6749, sections 4.4 and 5.2 for the error answers). */
export class TokenOffice {
  readonly #clock: Clock;
  readonly #rng: Rng;
  readonly #life_s: number;
  readonly #client: { readonly id: string; readonly secret: string };
  readonly #granted = new Map<string, { readonly scopes: readonly string[]; readonly until: number }>();

  constructor(clock: Clock, rng: Rng, life_s: number, client: { readonly id: string; readonly secret: string }) {
    this.#clock = clock;
    this.#rng = rng;
    this.#life_s = life_s;
    this.#client = client;
  }

  grant(request: WireRequest): WireResponse {
    const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
    if (type !== "application/x-www-form-urlencoded")
      return oauthError(400, "invalid_request", "form encoding expected");
    const form = new URLSearchParams(new TextDecoder().decode(request.body));
    if (form.get("grant_type") !== "client_credentials")
      return oauthError(400, "unsupported_grant_type", "grant_type must be client_credentials");
    const known_client = same(form.get("client_id") ?? "", this.#client.id);
    if (!same(form.get("client_secret") ?? "", this.#client.secret) || !known_client)
      return oauthError(401, "invalid_client", "invalid client_id or client_secret");
    const scopes = (form.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
    if (scopes.length === 0 || scopes.some((scope) => !known.includes(scope)))
      return oauthError(400, "invalid_scope", "scope(s) are invalid");
    return this.#issue(scopes);
  }

  /** Whether the request carries a token of ours that is alive and covers `scope`. */
  admits(request: WireRequest, scope: string): boolean {
    const given = /^Bearer (\S+)$/i.exec(request.headers["authorization"] ?? "")?.[1];
    const grant = given === undefined ? undefined : this.#granted.get(given);
    return grant !== undefined && this.#clock.now() < grant.until && grant.scopes.includes(scope);
  }

  #issue(scopes: readonly string[]): WireResponse {
    const access_token = `IA.${token(this.#rng, 64)}`;
    this.#granted.set(access_token, { scopes, until: this.#clock.now() + this.#life_s * 1000 });
    return json(200, { access_token, token_type: "Bearer", expires_in: this.#life_s, scope: scopes.join(" ") });
  }
}

const oauthError = (status: number, error: string, error_description: string): WireResponse =>
  json(status, { error, error_description });

const digest = (text: string): Uint8Array => createHash("sha256").update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
