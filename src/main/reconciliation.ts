import type { HotState } from "../adapters/memory/hot-state.ts";
import { isCommitted, type DeliveryReport, type Leg } from "../domain/index.ts";
import type { PlatformConnector } from "../journey/dispatch/ports.ts";
import { compare } from "../journey/track/index.ts";
import type { ParticipantId } from "../kernel/id.ts";
import { after, between, minutes, seconds } from "../kernel/quantity.ts";
import type { Rng } from "../kernel/rng.ts";
import type { Engine } from "./engine.ts";
import type { Fact, FactAges } from "./fact-ages.ts";
import type { Reports } from "./reports.ts";
import type { Scheduler } from "./scheduler.ts";
import type { SyncAccuracy } from "./sync-accuracy.ts";

interface ReconciliationParts {
  readonly engine: Engine;
  readonly hot: HotState;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly reports: Reports;
  readonly ages: FactAges;
  readonly accuracy: SyncAccuracy;
  readonly connectors: ReadonlyMap<ParticipantId, PlatformConnector>;
  readonly failed: (what: string, error: unknown) => void;
}

const round = minutes(2);
/** Of the deliveries of which all is fresh, this share is asked for in each round, to see how true what we believe is. */
const sampled = 0.05;
/** Nobody asks for a sample of what was booked just now. */
const young = minutes(5);
/** So many deliveries of one platform are asked for at once. */
const atOnce = 4;

/**
 * Holds our record against the platforms': asks for every delivery of which something is stale, because webhooks get lost, and for a sample
 * of the others. What differs is repaired, the repair is an event, and how often there was something to repair is counted.
 */
export class Reconciliation {
  readonly #parts: ReconciliationParts;
  #stopped = false;

  constructor(parts: ReconciliationParts) {
    this.#parts = parts;
  }

  watch(): void {
    const { scheduler, failed } = this.#parts;
    scheduler.at(after(scheduler.now(), round), () => {
      if (this.#stopped) return;
      this.#round().catch((error: unknown) => failed("asking platforms", error));
      this.watch();
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  /** One platform that thinks for long keeps nobody from asking the others. */
  async #round(): Promise<void> {
    const { hot, ages, connectors } = this.#parts;
    await Promise.all([...connectors].map(([carrier, connector]) => this.#askAll(carrier, connector)));
    ages.keep((leg) => hot.get("leg", leg) !== undefined);
  }

  async #askAll(carrier: ParticipantId, connector: PlatformConnector): Promise<void> {
    const due = this.#parts.hot.legsWith(carrier).filter((leg) => this.#isDue(leg, carrier));
    for (let from = 0; from < due.length && !this.#stopped; from += atOnce)
      await Promise.all(due.slice(from, from + atOnce).map((leg) => this.#ask(leg, carrier, connector)));
  }

  #isDue(leg: Leg, carrier: ParticipantId): boolean {
    const { ages, scheduler, rng } = this.#parts;
    if (!isCommitted(leg.state) || !leg.assignment?.reference) return false;
    if (ages.staleOf(leg, carrier).length > 0) return true;
    return rng.next() < sampled && after(leg.assignment.at, young) < scheduler.now();
  }

  /** What goes wrong with one delivery is told, and keeps nobody from asking for the others. */
  async #ask(leg: Leg, carrier: ParticipantId, connector: PlatformConnector): Promise<void> {
    const { ages, accuracy, failed } = this.#parts;
    const reference = leg.assignment!.reference!;
    try {
      const answer = await connector.get(reference);
      if ("ok" in answer && answer.ok) await this.#reconcile(leg.id, carrier, answer.value);
      else accuracy.unanswered(carrier);
    } catch (error) {
      accuracy.unanswered(carrier);
      failed(`asking for ${reference}`, error);
    }
    const now = this.#parts.hot.get("leg", leg.id);
    if (now && isCommitted(now.state))
      for (const fact of ages.staleOf(now, carrier)) await this.#lost(now, carrier, fact);
  }

  async #reconcile(id: Leg["id"], carrier: ParticipantId, told: DeliveryReport): Promise<void> {
    const { hot, reports, ages, accuracy, scheduler } = this.#parts;
    const leg = hot.get("leg", id);
    if (!leg || leg.assignment?.reference !== told.reference) return;
    const { compared, differences } = compare(leg, hot.must("order", leg.order), told);
    accuracy.answered(carrier, compared, differences.length);
    ages.heard(leg, carrier, told);
    const late = seconds(between(told.at, scheduler.now()));
    const found = differences.length === 0 ? null : { carrier, differences, late };
    const changed = await reports.hear(carrier, told, found);
    if (changed === "repaired") accuracy.repaired(carrier, late);
    else if (found) accuracy.unrepaired(carrier);
  }

  /** Asking did not help: said once on the order, with what follows for the platform. */
  async #lost({ id, order }: Leg, carrier: ParticipantId, fact: Fact): Promise<void> {
    const { engine, ages } = this.#parts;
    const lost = ages.lose(id, fact);
    if (!lost) return;
    const { standing } = ages.trust(carrier);
    const consequence = standing === "full" ? "polled" : standing;
    await engine.do(() => ({
      value: undefined,
      happened: [{ type: "FreshnessBreached", order, leg: id, carrier, fact, age: lost.age, consequence }],
    }));
  }
}
