import type { Accuracy } from "../journey/dispatch/ports.ts";
import type { ParticipantId } from "../kernel/id.ts";
import { seconds, type Seconds } from "../kernel/quantity.ts";

/** So many times to repair are remembered. */
const remembered = 200;

interface Count {
  asked: number;
  unanswered: number;
  compared: number;
  equal: number;
  unrepaired: number;
  readonly late: Seconds[];
  repairs: number;
}

/** How well our record of each platform's deliveries agrees with what the platform says when it is asked. */
export class SyncAccuracy {
  readonly #counts = new Map<ParticipantId, Count>();

  unanswered(carrier: ParticipantId): void {
    const count = this.#of(carrier);
    count.asked++;
    count.unanswered++;
  }

  /** An answer: so many fields compared, so many of them different. */
  answered(carrier: ParticipantId, compared: number, different: number): void {
    const count = this.#of(carrier);
    count.asked++;
    count.compared += compared;
    count.equal += compared - different;
  }

  repaired(carrier: ParticipantId, late: Seconds): void {
    const count = this.#of(carrier);
    count.late[count.repairs++ % remembered] = late;
  }

  /** What differs and stays so: no repair of ours changes it. */
  unrepaired(carrier: ParticipantId): void {
    this.#of(carrier).unrepaired++;
  }

  view(carrier: ParticipantId): Accuracy {
    const { late, ...counts } = this.#of(carrier);
    const sorted = late.toSorted((a, b) => a - b);
    const at = (share: number): Seconds => seconds(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
    return { ...counts, toRepair: sorted.length === 0 ? null : { p50: at(0.5), p90: at(0.9) } };
  }

  #of(carrier: ParticipantId): Count {
    const known = this.#counts.get(carrier);
    if (known) return known;
    const count = { asked: 0, unanswered: 0, compared: 0, equal: 0, unrepaired: 0, repairs: 0, late: [] };
    this.#counts.set(carrier, count);
    return count;
  }
}
