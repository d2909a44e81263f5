import type { Vault } from "../commons/governance/ports.ts";
import type { HotState } from "../adapters/memory/hot-state.ts";
import { isCommitted, type DeliveryReport, type Leg } from "../domain/index.ts";
import type { PlatformConnector } from "../journey/dispatch/ports.ts";
import { hear } from "../journey/track/index.ts";
import { newId, type LegId, type ParticipantId } from "../kernel/id.ts";
import type { Point } from "../kernel/point.ts";
import { after, minutes, toIso, type Instant } from "../kernel/quantity.ts";
import type { Rng } from "../kernel/rng.ts";
import type { Engine } from "./engine.ts";
import type { Scheduler } from "./scheduler.ts";

/** A platform that gives no picture or name still says that it was handed over: its own word, kept as such. */
const stated = ({ reference, message, at }: DeliveryReport): string =>
  `the platform's statement of hand-over: ${reference}, ${message}, ${toIso(at)}`;

interface ReportParts {
  readonly engine: Engine;
  readonly hot: HotState;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly vault: Vault;
  readonly connectors: ReadonlyMap<ParticipantId, PlatformConnector>;
  readonly failed: (what: string, error: unknown) => void;
}

/** So many reports on one delivery wait for its booking to be known. */
const mostEarly = 20;
/** So many message ids are remembered, to know a repeat. */
const remembered = 20_000;
/** A platform that was silent on a delivery for so long is asked. */
const silence = minutes(6);
const round = minutes(2);

/** What platforms tell, by webhook or when asked: each message once, and where their couriers are. */
export class Reports {
  readonly #parts: ReportParts;
  readonly #seen = new Set<string>();
  readonly #early = new Map<string, readonly DeliveryReport[]>();
  readonly #heardAt = new Map<LegId, Instant>();
  readonly #places = new Map<LegId, { readonly point: Point; readonly at: Instant }>();
  #stopped = false;

  constructor(parts: ReportParts) {
    this.#parts = parts;
  }

  /** Where the courier of a platform's leg was last seen. */
  place(leg: LegId): { readonly point: Point; readonly at: Instant } | null {
    return this.#places.get(leg) ?? null;
  }

  /** Resolves when the report is durable; a repeat resolves at once. */
  async hear(carrier: ParticipantId, report: DeliveryReport): Promise<boolean> {
    const message = `${carrier} ${report.message}`;
    if (this.#seen.has(message)) return false;
    const leg = this.#parts.hot.legByReference(carrier, report.reference);
    if (!leg) return this.#keep(carrier, report);
    this.#remember(message);
    try {
      await this.#apply(carrier, report, leg);
    } catch (error) {
      this.#seen.delete(message);
      throw error;
    }
    for (const earlier of this.#takeEarly(carrier, report.reference)) await this.hear(carrier, earlier);
    return true;
  }

  async #apply(carrier: ParticipantId, report: DeliveryReport, leg: Leg): Promise<void> {
    const { engine, scheduler, rng, vault } = this.#parts;
    const now = scheduler.now();
    this.#heardAt.set(leg.id, now);
    if (report.courier?.point) this.#places.set(leg.id, { point: report.courier.point, at: report.at });
    const statement = report.proof ?? (report.state === "handed_over" ? stated(report) : null);
    const kind = report.leftSafe ? "safe_place" : "platform";
    const proof = statement === null ? null : ({ id: newId("subject", now, rng), kind } as const);
    const sealed = proof
      ? [vault.seal("proof", proof.id, leg.shipper, { kind, value: statement!, at: report.at }, now)]
      : [];
    await engine.do((step) => {
      const happened = hear(carrier, report, proof, step);
      const recorded = happened.some(({ type }) => type === "AttemptRecorded");
      return { value: undefined, happened, sealed: recorded ? sealed : [] };
    });
  }

  /**
   * A platform may speak of a delivery before its answer to the booking is here: that waits, in memory, for the next word on it. What a
   * crash takes of it is asked for like any webhook that was lost.
   */
  #keep(carrier: ParticipantId, report: DeliveryReport): false {
    const name = `${carrier} ${report.reference}`;
    const waiting = this.#early.get(name) ?? [];
    if (waiting.length < mostEarly) this.#early.set(name, [...waiting, report]);
    const [oldest] = this.#early.keys();
    if (this.#early.size > remembered && oldest !== undefined) this.#early.delete(oldest);
    return false;
  }

  #takeEarly(carrier: ParticipantId, reference: string): readonly DeliveryReport[] {
    const name = `${carrier} ${reference}`;
    const waiting = this.#early.get(name) ?? [];
    this.#early.delete(name);
    return waiting;
  }

  /** Asks platforms about deliveries that they have not spoken of for a while: webhooks get lost. */
  watch(): void {
    const { scheduler, failed } = this.#parts;
    scheduler.at(after(scheduler.now(), round), () => {
      if (this.#stopped) return;
      this.#ask().catch((error: unknown) => failed("asking platforms", error));
      this.watch();
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  async #ask(): Promise<void> {
    const { hot, connectors, scheduler } = this.#parts;
    const now = scheduler.now();
    for (const [carrier, connector] of connectors) {
      for (const leg of hot.legsWith(carrier)) {
        const heard = this.#heardAt.get(leg.id) ?? leg.assignment!.at;
        if (!isCommitted(leg.state) || !leg.assignment?.reference || after(heard, silence) > now) continue;
        this.#heardAt.set(leg.id, now);
        await this.#askFor(leg.assignment.reference, carrier, connector);
      }
    }
    for (const leg of this.#heardAt.keys()) if (!hot.get("leg", leg)) this.#forget(leg);
  }

  /** What goes wrong with one delivery is told, and keeps nobody from asking for the others. */
  async #askFor(reference: string, carrier: ParticipantId, connector: PlatformConnector): Promise<void> {
    try {
      const answer = await connector.get(reference);
      if ("ok" in answer && answer.ok) await this.hear(carrier, answer.value);
    } catch (error) {
      this.#parts.failed(`asking for ${reference}`, error);
    }
  }

  #forget(leg: LegId): void {
    this.#heardAt.delete(leg);
    this.#places.delete(leg);
  }

  #remember(message: string): void {
    this.#seen.add(message);
    if (this.#seen.size <= remembered) return;
    for (const oldest of this.#seen) {
      this.#seen.delete(oldest);
      break;
    }
  }
}
