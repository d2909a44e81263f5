import type { Point } from "../../../kernel/point.ts";

/** Places by number, each given when it is first met. */
export class GooglePlaces {
  readonly points: Point[] = [];
  readonly #numbers = new Map<string, number>();

  number(point: Point): number {
    const key = point.join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.points.length);
    return this.points.push(point) - 1;
  }
}
