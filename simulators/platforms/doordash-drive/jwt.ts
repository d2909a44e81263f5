import { createHmac, timingSafeEqual } from "node:crypto";
import type { Instant } from "../../../src/kernel/quantity.ts";
import { readObject, type JsonObject } from "../shared/json.ts";

export interface AccessKey {
  readonly developer_id: string;
  readonly key_id: string;
  readonly signing_secret: string;
}

/** Longest life of a token, seconds, inclusive. */
const longest_s = 1800;

/**
 * What is wrong with an Authorization header; null when it is a JWT signed with this key and alive at `now`.
 * The HMAC key is the decoded secret, `kid` stands in the payload, and the header carries `dd-ver`.
 */
export function faultOf(authorization: string | undefined, key: AccessKey, now: Instant): string | null {
  const jwt = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
  if (jwt === undefined) return "A bearer token is required in the Authorization header";
  const [head = "", claims = "", signature = "", ...rest] = jwt.split(".");
  const header = part(head);
  const payload = part(claims);
  if (header === null || payload === null || rest.length > 0) return "The token is not a JWT";
  return (
    headerFault(header) ??
    identityFault(payload, key) ??
    signatureFault(`${head}.${claims}`, signature, key) ??
    timeFault(payload, now)
  );
}

const part = (text: string): JsonObject | null =>
  /^[A-Za-z0-9_-]+$/.test(text) ? readObject(Buffer.from(text, "base64url")) : null;

function headerFault(header: JsonObject): string | null {
  if (header["alg"] !== "HS256") return "The [alg] of the JWT header must be HS256";
  if (header["typ"] !== "JWT") return "The [typ] of the JWT header must be JWT";
  return header["dd-ver"] === "DD-JWT-V1" ? null : "The [dd-ver] of the JWT header must be DD-JWT-V1";
}

function identityFault(payload: JsonObject, key: AccessKey): string | null {
  if (payload["aud"] !== "doordash") return "The [aud] claim must be doordash";
  if (payload["iss"] !== key.developer_id) return "The [iss] claim is not a known developer";
  return payload["kid"] === key.key_id ? null : "The [kid] claim is not a known key of this developer";
}

function signatureFault(signed: string, signature: string, key: AccessKey): string | null {
  const wanted = createHmac("sha256", Buffer.from(key.signing_secret, "base64url")).update(signed).digest();
  const given = Buffer.from(signature, "base64url");
  return given.length === wanted.length && timingSafeEqual(given, wanted)
    ? null
    : "The signature of the JWT is not valid";
}

function timeFault({ iat, exp }: JsonObject, now: Instant): string | null {
  if (typeof iat !== "number" || typeof exp !== "number") return "The [iat] and [exp] claims must be numbers";
  const now_s = now / 1000;
  if (iat > now_s) return "The [iat] claim is in the future";
  if (exp <= now_s) return "The [exp] claim is in the past";
  return exp - iat > longest_s ? "The [exp] claim is more than 30 minutes after [iat]" : null;
}
