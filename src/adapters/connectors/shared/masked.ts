import type { MaskedMessage } from "../../../journey/dispatch/ports.ts";
import { parseBody } from "./reading.ts";

/** Stands for what may tell of a person, a place or a secret. */
const mask = "•••";

/** Longer messages are cut; of a list the first are enough to see what is wrong. */
const longest = 4000;
const listed = 5;
const deepest = 8;

/** Fields whose values are the protocol's own words and figures, whoever sends them. All others are masked: a list of what is private would miss some. */
const harmless =
  /^(kind|type|status|state|currency|currency_?code|locale|amount|fee|total|price|quantity|weight|count|version|created_?at|updated_?at|expires?_?at|size|vehicle_?type|service_?type|is_[a-z_]+)$/i;
/** In what we are answered also why not. In what we send a code may be the recipient's. */
const reasons = /^(code|error|errors?_?codes?|error_?type|reason_?code|field|parameter|parameters|domain)$/i;

/** One word as programs speak: a person's name, an id and a number to call are none. */
const word = /^([a-z]+([_.-][a-z]+)*|[A-Z]+([_.-][A-Z]+)*)$/;
const time = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/;
const fieldName = /^[A-Za-z_][A-Za-z_.-]{0,40}\d?$/;

/** Kind of the body, and how often one may ask. */
const header =
  /^(content-type: [a-z]+\/[a-z.+-]+(; ?charset=[a-z\d-]+)?|(retry-after|x-ratelimit-[a-z-]+|ratelimit-[a-z-]+): \d{1,9})$/i;

/** What we sent, or a webhook that came: their bodies hold people's names, addresses, numbers and codes. */
export const maskSent = (headers: MaskedMessage["headers"], body: Uint8Array | null): MaskedMessage =>
  masked(headers, body, (field) => harmless.test(field));

/** What we were answered, which says why not. */
export const maskAnswer = (headers: MaskedMessage["headers"], body: Uint8Array): MaskedMessage =>
  masked(headers, body, (field, depth) => harmless.test(field) || (depth <= 1 && reasons.test(field)));

/** Host and path; ids in the path may be an account's or a person's, and of the query only the names stay. */
export function maskUrl(url: string): string {
  const { host, pathname, searchParams } = new URL(url);
  const path = pathname
    .split("/")
    .map((part) => (/^([a-z][a-z_-]{0,30}|v?\d{1,2}(\.\d{1,2})?)?$/i.test(part) ? part : mask))
    .join("/");
  const names = [...new Set(searchParams.keys())].map((name) => `${fieldName.test(name) ? name : mask}=${mask}`);
  return `${host}${path}${names.length > 0 ? `?${names.join("&")}` : ""}`;
}

function masked(sent: MaskedMessage["headers"], body: Uint8Array | null, shows: Shows): MaskedMessage {
  const shown = Object.entries(sent).filter(([name, value]) => header.test(`${name}: ${value}`));
  return { headers: Object.fromEntries(shown), body: body === null || body.length === 0 ? null : bodyOf(body, shows) };
}

/** `depth`: 0 is the body itself. An error says its code near the top; deeper it may be a door's. */
type Shows = (field: string, depth: number) => boolean;

function bodyOf(body: Uint8Array, shows: Shows): string {
  const read = body.length > 200_000 ? null : parseBody(body);
  if (!read) return `${mask} (${body.length} bytes that are no JSON)`;
  const text = JSON.stringify(value(read.list ?? read.json, shows, false, 0), null, 2);
  return text.length <= longest ? text : `${text.slice(0, longest)}\n…`;
}

function value(of: unknown, shows: Shows, isShown: boolean, depth: number): unknown {
  if (of === null || typeof of === "boolean") return of;
  if (typeof of === "number") return isShown ? of : mask;
  if (typeof of === "string") return (isShown && word.test(of)) || time.test(of) || of === "" ? of : mask;
  if (depth >= deepest) return mask;
  if (Array.isArray(of)) {
    const shown = of.slice(0, listed).map((one) => value(one, shows, isShown, depth + 1));
    return of.length > listed ? [...shown, `… (${of.length - listed} more)`] : shown;
  }
  const fields = Object.entries(of as object).slice(0, 60);
  return Object.fromEntries(
    fields.map(([name, one]) => [fieldName.test(name) ? name : mask, value(one, shows, shows(name, depth), depth + 1)]),
  );
}
