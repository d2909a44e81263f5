import { apart, densify, NearIndex, type Vec } from "./plane.ts";

/** The ground along lines that nothing may be built on: motorways, railways. */
export class Corridor {
  readonly #index = new NearIndex<Vec>(80);
  readonly #halfWidth: number;

  constructor(lines: readonly (readonly Vec[])[], halfWidth: number) {
    this.#halfWidth = halfWidth;
    for (const line of lines) if (line.length > 1) for (const p of densify(line, 12)) this.#index.add(p, p);
  }

  /** Whether `p` lies on it, or less than `more` metres beside. */
  holds(p: Vec, more = 0): boolean {
    const reach = this.#halfWidth + more;
    let close = false;
    this.#index.visit(p, p, reach, (q) => void (close ||= apart(p, q) < reach));
    return close;
  }
}
