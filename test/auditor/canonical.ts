/**
 * JSON in its one canonical form: no white space, names sorted by UTF-16 code units, numbers and strings as ECMAScript writes them.
 * What JSON cannot hold is left out of objects, as `JSON.stringify` does.
 *
 * Source: RFC 8785, sections 3.2.2 and 3.2.3.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return scalar(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(",")}}`;
}

function scalar(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`${value} is not JSON`);
  return JSON.stringify(value) ?? "null";
}
