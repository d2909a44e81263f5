import type { HotState } from "../adapters/memory/hot-state.ts";
import { isCommitted, type DeliveryReport, type Leg } from "../domain/index.ts";
import type { Asking } from "../doors/network.ts";
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

/** What came of asking for one delivery. */
type Outcome = "equal" | "repaired" | "unrepaired" | "unanswered";

const isUnderway = ({ state, assignment }: Leg): boolean => isCommitted(state) && Boolean(assignment?.reference);

/**
 * Holds our record against the platforms': asks for every delivery of which something is stale, because webhooks get lost, and for a sample
 * of the others. What differs is repaired, the repair is an event, and how often there was something to repair is counted.
 */
export class Reconciliation {
  readonly #parts: ReconciliationParts;
  readonly #asked = new Map<ParticipantId, Asking>();
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

  /** Asks one platform for all that it has under way, whatever we believe of it; while that goes on, not again. */
  now(carrier: ParticipantId): Asking {
    const { hot, connectors, scheduler, failed } = this.#parts;
    const running = this.#asked.get(carrier);
    if (running?.endedAt === null) return running;
    const legs = hot.legsWith(carrier).filter(isUnderway);
    const none = { answered: 0, unanswered: 0, repaired: 0, unrepaired: 0 };
    const asking: Asking = { startedAt: scheduler.now(), endedAt: null, deliveries: legs.length, ...none };
    this.#asked.set(carrier, asking);
    const count = (outcome: Outcome): void => {
      const so = this.#asked.get(carrier)!;
      const answered = so.answered + (outcome === "unanswered" ? 0 : 1);
      this.#asked.set(carrier, { ...so, answered, ...(outcome === "equal" ? {} : { [outcome]: so[outcome] + 1 }) });
    };
    this.#askAll(carrier, connectors.get(carrier)!, legs, count)
      .catch((error: unknown) => failed("asking a platform", error))
      .finally(() => this.#asked.set(carrier, { ...this.#asked.get(carrier)!, endedAt: scheduler.now() }));
    return asking;
  }

  /** How the last `now` goes, or went. */
  asked(carrier: ParticipantId): Asking | null {
    return this.#asked.get(carrier) ?? null;
  }

  /** One platform that thinks for long keeps nobody from asking the others. */
  async #round(): Promise<void> {
    const { hot, ages, connectors } = this.#parts;
    await Promise.all(
      [...connectors].map(([carrier, connector]) =>
        this.#askAll(
          carrier,
          connector,
          hot.legsWith(carrier).filter((leg) => this.#isDue(leg, carrier)),
        ),
      ),
    );
    ages.keep((leg) => hot.get("leg", leg) !== undefined);
  }

  async #askAll(
    carrier: ParticipantId,
    connector: PlatformConnector,
    legs: readonly Leg[],
    count: (outcome: Outcome) => void = () => undefined,
  ): Promise<void> {
    for (let from = 0; from < legs.length && !this.#stopped; from += atOnce)
      await Promise.all(
        legs.slice(from, from + atOnce).map(async (leg) => count(await this.#ask(leg, carrier, connector))),
      );
  }

  #isDue(leg: Leg, carrier: ParticipantId): boolean {
    const { ages, scheduler, rng } = this.#parts;
    if (!isUnderway(leg)) return false;
    if (ages.staleOf(leg, carrier).length > 0) return true;
    return rng.next() < sampled && after(leg.assignment!.at, young) < scheduler.now();
  }

  /** What goes wrong with one delivery is told, and keeps nobody from asking for the others. */
  async #ask(leg: Leg, carrier: ParticipantId, connector: PlatformConnector): Promise<Outcome> {
    const { ages, accuracy, failed } = this.#parts;
    const reference = leg.assignment!.reference!;
    let outcome: Outcome = "unanswered";
    try {
      const answer = await connector.get(reference);
      if ("ok" in answer && answer.ok) outcome = await this.#reconcile(leg.id, carrier, answer.value);
    } catch (error) {
      failed(`asking for ${reference}`, error);
    }
    if (outcome === "unanswered") accuracy.unanswered(carrier);
    const now = this.#parts.hot.get("leg", leg.id);
    if (now && isCommitted(now.state))
      for (const fact of ages.staleOf(now, carrier)) await this.#lost(now, carrier, fact);
    return outcome;
  }

  async #reconcile(id: Leg["id"], carrier: ParticipantId, told: DeliveryReport): Promise<Outcome> {
    const { hot, reports, ages, accuracy, scheduler } = this.#parts;
    const leg = hot.get("leg", id);
    // It was over before the answer came: nothing is left to hold against it.
    if (!leg || leg.assignment?.reference !== told.reference) return "equal";
    const { compared, differences } = compare(leg, hot.must("order", leg.order), told);
    accuracy.answered(carrier, compared, differences.length);
    ages.heard(leg, carrier, told);
    const late = seconds(between(told.at, scheduler.now()));
    const found = differences.length === 0 ? null : { carrier, differences, late };
    const changed = await reports.hear(carrier, told, found);
    if (changed === "repaired") accuracy.repaired(carrier, late);
    else if (found) accuracy.unrepaired(carrier);
    else return "equal";
    return changed === "repaired" ? "repaired" : "unrepaired";
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
