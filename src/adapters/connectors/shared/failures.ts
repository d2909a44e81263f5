import type { FailedCall } from "../../../journey/dispatch/ports.ts";

/** So many of each kind are kept: refusals, which are everyday, push out no outage. */
const kept = 10;

/** The last calls that failed, as they stood on the wire, masked before they come here. In memory alone. */
export class Failures {
  readonly #calls: Record<FailedCall["kind"], FailedCall[]> = { outage: [], refusal: [], webhook: [] };

  keep(call: FailedCall): void {
    const calls = this.#calls[call.kind];
    calls.push(call);
    if (calls.length > kept) calls.shift();
  }

  /** The newest first. */
  list(): readonly FailedCall[] {
    return Object.values(this.#calls)
      .flat()
      .toSorted((a, b) => b.at - a.at);
  }
}
