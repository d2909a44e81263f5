import type { Vault } from "../commons/governance/ports.ts";
import type { HotState } from "../adapters/memory/hot-state.ts";
import { isCommitted, type DeliveryReport } from "../domain/index.ts";
import type { PlatformConnector } from "../journey/dispatch/ports.ts";
import { hear } from "../journey/track/index.ts";
import { newId, type LegId, type ParticipantId } from "../kernel/id.ts";
import type { Point } from "../kernel/point.ts";
import { after, minutes, type Instant } from "../kernel/quantity.ts";
import type { Rng } from "../kernel/rng.ts";
import type { Engine } from "./engine.ts";
import type { Scheduler } from "./scheduler.ts";

interface ReportParts {
  readonly engine: Engine;
  readonly hot: HotState;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly vault: Vault;
  readonly connectors: ReadonlyMap<ParticipantId, PlatformConnector>;
  readonly failed: (what: string, error: unknown) => void;
}

/** So many message ids are remembered, to know a repeat. */
const remembered = 20_000;
/** A platform that was silent on a delivery for so long is asked. */
const silence = minutes(6);
const round = minutes(2);

/** What platforms tell, by webhook or when asked: each message once, and where their couriers are. */
export class Reports {
  readonly #parts: ReportParts;
  readonly #seen = new Set<string>();
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
    const { engine, hot, scheduler, rng, vault } = this.#parts;
    const leg = hot.legByReference(carrier, report.reference);
    if (!leg) return false;
    this.#remember(message);
    this.#heardAt.set(leg.id, scheduler.now());
    if (report.courier?.point) this.#places.set(leg.id, { point: report.courier.point, at: report.at });

    const now = scheduler.now();
    const proof = report.proof ? newId("subject", now, rng) : null;
    const sealed = proof
      ? [vault.seal("proof", proof, leg.shipper, { kind: "platform", value: report.proof!, at: report.at }, now)]
      : [];
    await engine.do((step) => {
      const happened = hear(carrier, report, proof, step);
      return {
        value: undefined,
        happened,
        sealed: happened.some(({ type }) => type === "AttemptRecorded") ? sealed : [],
      };
    });
    return true;
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
        const answer = await connector.get(leg.assignment.reference);
        if ("ok" in answer && answer.ok) await this.hear(carrier, answer.value);
      }
    }
    for (const leg of this.#heardAt.keys()) if (!hot.get("leg", leg)) this.#forget(leg);
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
