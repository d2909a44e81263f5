import { createHmac } from "node:crypto";
import type { Instant } from "../../../src/kernel/quantity.ts";
import { same } from "../shared/tokens.ts";
import type { WireRequest } from "../wire.ts";

export interface KeyPair {
  readonly public_key: string;
  readonly secret: string;
}

/** Lower-case hex HMAC-SHA256 of time, verb, path and raw body, apart by CRLF, with an empty line before the body. */
export const sign = (
  secret: string,
  timestamp: string,
  method: string,
  path: string,
  body: Uint8Array | string,
): string =>
  createHmac("sha256", secret).update(`${timestamp}\r\n${method}\r\n${path}\r\n\r\n`).update(body).digest("hex");

/** Whether `Authorization: hmac <key>:<milliseconds>:<signature>` fits the very bytes that came. */
export function isSigned(
  request: WireRequest,
  { public_key, secret }: KeyPair,
  now: Instant,
  skew_s: number | null,
): boolean {
  const parts = /^hmac ([^:]+):(\d{13}):([0-9a-f]{64})$/.exec(request.headers["authorization"] ?? "");
  if (parts === null) return false;
  const [, key = "", timestamp = "", signature = ""] = parts;
  if (skew_s !== null && Math.abs(Number(timestamp) - now) > skew_s * 1000) return false;
  return key === public_key && same(signature, sign(secret, timestamp, request.method, request.path, request.body));
}
