/**
 * A telephone number as it is dialled: separators gone, `00` as `+`. Null for what is none: E.164 has 15 digits at most, and the shortest
 * numbers in use have five. Without its country it stays as it is: dialled in the city itself, it reaches whom it should.
 */
export function dialled(phone: string): string | null {
  const bare = phone
    .trim()
    .replaceAll(/[\s().\-/\u2010-\u2013]/g, "")
    .replace(/^00/, "+");
  return /^(\+[1-9]\d{6,14}|\d{5,15})$/.test(bare) ? bare : null;
}
