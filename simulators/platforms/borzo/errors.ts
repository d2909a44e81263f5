import { json, type JsonObject } from "../shared/json.ts";
import type { WireResponse } from "../wire.ts";

/** `{"is_successful": false, "errors": [code], …}`. */
export const refusal = (
  status: number,
  error: string,
  parameter_errors?: unknown,
  headers: Record<string, string> = {},
): WireResponse =>
  json(
    status,
    { is_successful: false, errors: [error], ...(parameter_errors !== undefined && { parameter_errors }) },
    headers,
  );

/** Wrong fields, each with its code, in the shape of what was sent; entries of lists that are right are null. */
export function invalid(status: number, problems: ReadonlyMap<string, string>): WireResponse {
  const tree: Record<string, unknown> = {};
  for (const [name, text] of problems) enter(tree, name, codeOf(text));
  return refusal(status, "invalid_parameters", tree);
}

/** Codes pass; the words of a shared reader become one. */
function codeOf(text: string): string {
  if (/^[a-z_]+$/.test(text)) return text;
  if (text.endsWith("is required") || text.endsWith("must not be empty")) return "required";
  return text.includes("longer than") ? "max_length" : "invalid_value";
}

/** `points[1].address` goes to `tree.points[1].address`. */
function enter(tree: Record<string, unknown>, name: string, code: string): void {
  const [head = "", ...rest] = name.split(".");
  const [, field = head, index] = /^(.+)\[(\d+)\]$/.exec(head) ?? [];
  if (index === undefined) {
    if (rest.length === 0) tree[field] = [code];
    else enter((tree[field] ??= {}) as Record<string, unknown>, rest.join("."), code);
    return;
  }
  const list = (tree[field] ??= []) as (JsonObject | null)[];
  while (list.length <= Number(index)) list.push(null);
  const entry = { ...list[Number(index)] };
  if (rest.length === 0) entry[""] = [code];
  else enter(entry, rest.join("."), code);
  list[Number(index)] = entry;
}

export const limited = (retryAfter_s: number): WireResponse =>
  refusal(429, "requests_limit_exceeded", undefined, { "retry-after": String(retryAfter_s) });
export const broken = (status: number): WireResponse => refusal(status, "service_unavailable");
