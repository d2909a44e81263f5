import { refuse } from "../../../src/kernel/result.ts";
import { json } from "../shared/json.ts";
import type { WireResponse } from "../wire.ts";

/** Codes and what they say. A status that is not 422 stands in `statuses`. */
const messages = {
  INVALID_GRANT: "The access token is invalid",
  ACCESS_DENIED: "This account is not active",
  NOT_FOUND: "The resource was not found",
  RECORD_INVALID: "The record is invalid",
  CANT_GEOCODE_ADDRESS: "The address could not be understood",
  OUT_OF_RANGE: "The address is outside our zone",
  ADDRESS_CONTACT_PHONE_REQUIRED: "A phone number is required for an address that is not exact",
  PHONE_INVALID: "The phone number is invalid",
  JOB_DISTANCE_NOT_ALLOWED: "The distance is too long for this package or transport",
  JOB_DELIVERIES_INVALID: "The deliveries of the job are invalid",
  JOB_PICKUP_AT_INVALID: "The pickup time is invalid",
  JOB_CANNOT_BE_CANCELED: "The job cannot be canceled any more",
  RATE_LIMIT_EXCEEDED: "Too many requests",
  INTERNAL_SERVER_ERROR: "Something went wrong",
} as const;

export type ErrorCode = keyof typeof messages;

const statuses: Partial<Record<ErrorCode, number>> = {
  INVALID_GRANT: 401,
  ACCESS_DENIED: 403,
  NOT_FOUND: 404,
  RATE_LIMIT_EXCEEDED: 429,
};

/** Where, and what is wrong there: `{"job.dropoffs.address": ["…"]}`. */
type Data = Readonly<Record<string, readonly string[]>>;

export const error = (code: ErrorCode, data?: Data, message: string = messages[code]): WireResponse =>
  json(statuses[code] ?? 422, { error: code, message, ...(data && { data }) });

export const no = (code: ErrorCode, data?: Data) => refuse(error(code, data));

/** Every wrong field at once; places in lists are not numbered. */
export const invalid = (problems: ReadonlyMap<string, string>) =>
  no("RECORD_INVALID", Object.fromEntries([...problems].map(([name, text]) => [name.replace(/\[\d+\]/g, ""), [text]])));

export const limited = (retryAfter_s: number | null): WireResponse => {
  const answer = error("RATE_LIMIT_EXCEEDED");
  return retryAfter_s === null
    ? answer
    : { ...answer, headers: { ...answer.headers, "retry-after": String(retryAfter_s) } };
};

export const broken = (status: number): WireResponse =>
  json(status, { error: "INTERNAL_SERVER_ERROR", message: messages.INTERNAL_SERVER_ERROR });
