import type { Vault } from "../commons/governance/ports.ts";
import type { HotState } from "../adapters/memory/hot-state.ts";
import type { DeliveryReport, Difference, Happened, Leg } from "../domain/index.ts";
import { hear } from "../journey/track/index.ts";
import { newId, type ParticipantId } from "../kernel/id.ts";
import { toIso, type Seconds } from "../kernel/quantity.ts";
import type { Rng } from "../kernel/rng.ts";
import type { Engine } from "./engine.ts";
import type { FactAges } from "./fact-ages.ts";
import type { Scheduler } from "./scheduler.ts";
import { SeenMessages } from "./seen-messages.ts";

/** A platform that gives no picture or name still says that it was handed over: its own word, kept as such. */
const stated = ({ reference, message, at }: DeliveryReport): string =>
  `the platform's statement of hand-over: ${reference}, ${message}, ${toIso(at)}`;

/** What became of a report: its leg is not known yet or it is a repeat; it was taken in; it put right what asking found wrong. */
type Heard = "nothing new" | "applied" | "repaired";

interface ReportParts {
  readonly engine: Engine;
  readonly hot: HotState;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly vault: Vault;
  readonly ages: FactAges;
}

/** So many reports on one delivery wait for its booking to be known. */
const mostEarly = 20;
/** So many deliveries are spoken of early at most. */
const remembered = 20_000;
/** What asking a platform has found to differ from our record. */
interface Found {
  readonly carrier: ParticipantId;
  readonly differences: readonly Difference[];
  readonly late: Seconds;
}

/** What platforms tell, by webhook or when asked: each message once. */
export class Reports {
  readonly #parts: ReportParts;
  readonly #seen = new SeenMessages();
  readonly #early = new Map<string, readonly DeliveryReport[]>();

  constructor(parts: ReportParts) {
    this.#parts = parts;
  }

  /** Resolves when the report is durable; a repeat resolves at once. A repair is a change of what asking has `found` to differ. */
  async hear(carrier: ParticipantId, report: DeliveryReport, found: Found | null = null): Promise<Heard> {
    const message = `${carrier} ${report.message}`;
    const leg = this.#parts.hot.legByReference(carrier, report.reference);
    if (!leg) return this.#keep(carrier, report);
    if (!this.#seen.isNew(message)) return "nothing new";
    let changed;
    try {
      changed = await this.#apply(carrier, report, leg, found);
    } catch (error) {
      this.#seen.forget(message);
      throw error;
    }
    for (const earlier of this.#takeEarly(carrier, report.reference)) await this.hear(carrier, earlier);
    return changed && found ? "repaired" : "applied";
  }

  /** Whether anything happened in consequence. */
  async #apply(carrier: ParticipantId, report: DeliveryReport, leg: Leg, found: Found | null): Promise<boolean> {
    const { engine, scheduler, rng, vault, ages } = this.#parts;
    const now = scheduler.now();
    ages.heard(leg, carrier, report);
    const statement = report.proof ?? (report.state === "handed_over" ? stated(report) : null);
    const kind = report.leftSafe ? "safe_place" : "platform";
    const proof = statement === null ? null : ({ id: newId("subject", now, rng), kind } as const);
    const sealed = proof
      ? [vault.seal("proof", proof.id, leg.shipper, { kind, value: statement!, at: report.at }, now)]
      : [];
    return engine.do((step) => {
      const happened = hear(carrier, report, proof, step);
      const recorded = happened.some(({ type }) => type === "AttemptRecorded");
      const repair: readonly Happened[] =
        found && happened.length > 0 ? [{ type: "SyncRepaired", order: leg.order, leg: leg.id, ...found }] : [];
      return { value: happened.length > 0, happened: [...repair, ...happened], sealed: recorded ? sealed : [] };
    });
  }

  /**
   * A platform may speak of a delivery before its answer to the booking is here: that waits, in memory, for the next word on it. What a
   * crash takes of it is asked for like any webhook that was lost.
   */
  #keep(carrier: ParticipantId, report: DeliveryReport): Heard {
    const name = `${carrier} ${report.reference}`;
    const waiting = this.#early.get(name) ?? [];
    if (waiting.length < mostEarly) this.#early.set(name, [...waiting, report]);
    const [oldest] = this.#early.keys();
    if (this.#early.size > remembered && oldest !== undefined) this.#early.delete(oldest);
    return "nothing new";
  }

  #takeEarly(carrier: ParticipantId, reference: string): readonly DeliveryReport[] {
    const name = `${carrier} ${reference}`;
    const waiting = this.#early.get(name) ?? [];
    this.#early.delete(name);
    return waiting;
  }
}
