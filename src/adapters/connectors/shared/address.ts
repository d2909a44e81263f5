/**
 * A line cut at its commas: first the street, then the first part with letters in it, which is the town with its postcode before or
 * after. What is not there is empty. The coordinates beside it decide where that is.
 */
export function cutAddress(line: string): {
  readonly street: string;
  readonly town: string;
  readonly postcode: string;
} {
  const [street = line, ...rest] = line
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const town = rest.find((part) => /\p{L}/u.test(part)) ?? "";
  const postcode = rest.flatMap((part) => part.match(/\b\d[\dA-Z]*(?:-\d+)?\b/) ?? [])[0] ?? "";
  return { street, town: town.replace(postcode, "").trim(), postcode };
}
