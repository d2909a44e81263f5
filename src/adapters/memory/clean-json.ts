/**
 * JSON that any database and any canonical form takes. What a platform sent may hold a NUL, which `jsonb` refuses, or half a
 * surrogate pair, which RFC 8785 refuses too: they become U+FFFD, so that one stray character cannot stop the journey.
 */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value);
  return /\\u(?:0000|d[89a-f])/.test(text) ? JSON.stringify(value, cleaned) : text;
}

const cleaned = (_key: string, value: unknown): unknown =>
  typeof value === "string" ? value.toWellFormed().replaceAll("\0", "\uFFFD") : value;
