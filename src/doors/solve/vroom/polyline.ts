import type { Point } from "../../../kernel/point.ts";

/**
 * A line as text, with five digits of a degree.
 *
 * Source: Google, "Encoded Polyline Algorithm Format"; OSRM's and VROOM's `geometry`.
 */
export function encodedPolyline(line: readonly Point[]): string {
  let text = "";
  let before: readonly [number, number] = [0, 0];
  for (const [longitude, latitude] of line) {
    const here = [Math.round(latitude * 1e5), Math.round(longitude * 1e5)] as const;
    text += encoded(here[0] - before[0]) + encoded(here[1] - before[1]);
    before = here;
  }
  return text;
}

/** Five bits a letter, the lowest first; the sign is the last bit. */
function encoded(step: number): string {
  let left = step < 0 ? ~(step << 1) : step << 1;
  let text = "";
  for (; left >= 0x20; left >>>= 5) text += String.fromCodePoint((0x20 | (left & 0x1f)) + 63);
  return text + String.fromCodePoint(left + 63);
}
