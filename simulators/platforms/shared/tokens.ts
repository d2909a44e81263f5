import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../../src/kernel/clock.ts";
import type { WireRequest } from "../wire.ts";
import type { JsonObject } from "./json.ts";

const digest = (text: string): Uint8Array => createHash("sha256").update(text).digest();

/** Whether two secrets are equal, in a time that does not tell where they differ. */
export const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const part = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A JWT by HMAC-SHA256 (RFC 7519, HS256); the secret counts as its UTF-8 bytes. */
export function jwtOf(claims: JsonObject, secret: string): string {
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

/** The bearer token of a request; null when there is none. */
export const bearerOf = ({ headers }: WireRequest): string | null =>
  /^Bearer (\S+)$/i.exec(headers["authorization"] ?? "")?.[1] ?? null;

/** Which bearer tokens were given out, and until when they are good. */
export class TokenBook {
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  enter(token: string, life_s: number): void {
    this.#until.set(token, this.#clock.now() + life_s * 1000);
  }

  /** `unknown` also stands for none at all. */
  standing(token: string | null): "alive" | "expired" | "unknown" {
    const until = token === null ? undefined : this.#until.get(token);
    if (until === undefined) return "unknown";
    return this.#clock.now() < until ? "alive" : "expired";
  }
}
