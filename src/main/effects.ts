import type { Vault } from "../commons/governance/ports.ts";
import {
  beforePickup,
  journeyScope,
  type DeliveryReport,
  type Happened,
  type Leg,
  type OrderChange,
  type Request,
  type Round,
  type Step,
} from "../domain/index.ts";
import type { Errand, PlatformConnector, Trust } from "../journey/dispatch/ports.ts";
import type { ParticipantId } from "../kernel/id.ts";
import { after, seconds, type Seconds } from "../kernel/quantity.ts";
import { outage, type Outage } from "../kernel/result.ts";
import type { Rng } from "../kernel/rng.ts";
import type { Engine } from "./engine.ts";
import type { LabourMarket } from "./labour-market.ts";
import { PriceHistory } from "./price-history.ts";
import { QuoteRounds, type QuoteRoundParts } from "./quote-rounds.ts";
import type { Scheduler } from "./scheduler.ts";

export interface EffectParts {
  readonly engine: Engine;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly vault: Vault;
  readonly connectors: ReadonlyMap<ParticipantId, PlatformConnector>;
  /** Told of every answer to a request for a price. */
  readonly market: LabourMarket;
  /** What follows from how fresh a platform's facts are. */
  readonly trust: (carrier: ParticipantId) => Trust;
  /** What a booking's own answer tells of the delivery goes the way of every report. */
  readonly hear: (carrier: ParticipantId, report: DeliveryReport) => Promise<void>;
  readonly failed: (what: string, error: unknown) => void;
}

/** When something is tried again, an unknown booking looked up, seconds after each other; the last one repeats. */
const again_s = [5, 15, 30, 60, 120, 300] as const;
const waitAfter = (tries: number): Seconds => seconds(again_s[Math.min(tries, again_s.length - 1)]!);
/** So many look-ups in a row must say "never heard of it" before a booking counts as not made. */
const surelyNot = 2;

const isOutage = (answer: object): answer is Outage => "kind" in answer && answer.kind === "outage";

/**
 * Asks the world what a step wanted to know, after the step is stored, and brings the answer back as an event. Every request keeps its key,
 * so asking again after a crash repeats nothing: an unknown booking is looked up, never booked again.
 */
export class Effects {
  readonly #parts: EffectParts;
  readonly #rounds: QuoteRounds;
  #stopped = false;

  constructor(parts: EffectParts) {
    this.#parts = parts;
    const ask: QuoteRoundParts["ask"] = (carrier, call) => this.#ask("quotes", carrier, call);
    this.#rounds = new QuoteRounds({ ...parts, prices: new PriceHistory(), ask });
  }

  /** Performs a request of this run. */
  perform(request: Request): void {
    this.#start(request, () => this.#first(request));
  }

  /** Takes up a request of an earlier run: nobody knows whether the world has heard it. */
  resume(request: Request, failures = 0): void {
    const act = () => (request.kind === "booking" ? this.#lookUp(request, 0, 0) : this.#first(request));
    this.#start(request, act, failures);
  }

  /** What is under way is left as it is: the next run takes it up. */
  stop(): void {
    this.#stopped = true;
  }

  #start(request: Request, act: () => Promise<void>, failures = 0): void {
    if (this.#stopped) return;
    act().catch((error: unknown) => {
      if (this.#stopped) return;
      const { scheduler, failed } = this.#parts;
      failed(request.kind, error);
      // Nobody knows how far it came: it is taken up as after a crash.
      scheduler.at(after(scheduler.now(), waitAfter(failures)), () => this.resume(request, failures + 1));
    });
  }

  /** What a platform answers; a connector that breaks has not answered, and is told of. */
  async #ask<Answer>(
    kind: Request["kind"],
    carrier: ParticipantId,
    call: (connector: PlatformConnector) => Promise<Answer | Outage>,
  ): Promise<Answer | Outage> {
    const connector = this.#parts.connectors.get(carrier);
    if (!connector) return outage("not linked", true);
    try {
      return await call(connector);
    } catch (error) {
      this.#parts.failed(kind, error);
      return outage("the connector is broken", true);
    }
  }

  #first(request: Request): Promise<void> {
    if (request.kind === "quotes") return this.#quotes(request);
    if (request.kind === "booking") return this.#book(request);
    return request.kind === "update" ? this.#update(request) : this.#cancel(request);
  }

  async #quotes(request: Request): Promise<void> {
    const found = await this.#errand(request);
    const answers = found ? await this.#rounds.answers(request, found.errand, found.ours) : [];
    await this.#answer(request, () => [
      {
        type: "QuotesClosed",
        order: request.order,
        leg: request.leg,
        request: request.id,
        round: request.round,
        answers,
      },
    ]);
  }

  async #book(request: Request): Promise<void> {
    const carrier = request.carriers[0]!;
    if (!this.#parts.connectors.has(carrier)) return this.#refused(request, carrier, "not linked");
    const found = await this.#errand(request);
    if (!found) return this.#refused(request, carrier, "the personal data is gone");
    const { errand } = found;
    const current = await this.#rounds.current(carrier, errand, request.quote!);
    // Nothing was booked yet, so nothing needs to be looked up.
    if (isOutage(current)) return this.#refused(request, carrier, `its quote had expired: ${current.reason}`);
    if (!current.ok && current.refusal.code === "ALREADY_BOOKED") return this.#lookUp(request, 0, 0);
    if (!current.ok) return this.#refused(request, carrier, current.refusal.words);
    const { reference, price } = current.value;
    const answer = await this.#ask(request.kind, carrier, (connector) =>
      connector.book(errand, { reference: reference ?? "", price }),
    );
    if (isOutage(answer)) return this.#unknown(request, carrier, answer.reason, 0, 0);
    if (answer.ok) return this.#confirmed(request, carrier, answer.value);
    if (answer.refusal.code === "ALREADY_BOOKED") return this.#lookUp(request, 0, 0);
    return this.#refused(request, carrier, answer.refusal.words);
  }

  async #lookUp(request: Request, tries: number, misses: number): Promise<void> {
    const carrier = request.carriers[0]!;
    const found = await this.#ask(request.kind, carrier, (connector) => connector.find(request.key));
    if (isOutage(found)) return this.#unknown(request, carrier, found.reason, tries, misses);
    if (found.ok && found.value) return this.#confirmed(request, carrier, found.value);
    // Who may not look, or asks wrongly, has not heard that nothing stands there.
    if (!found.ok && found.refusal.code !== "UNKNOWN_DELIVERY")
      return this.#unknown(request, carrier, found.refusal.words, tries, misses);
    if (misses + 1 >= surelyNot) return this.#refused(request, carrier, "the platform never heard of it");
    return this.#unknown(request, carrier, "not found yet", tries, misses + 1);
  }

  /** Says once that nothing is known, and looks the booking up later, until something is. */
  async #unknown(
    request: Request,
    carrier: ParticipantId,
    reason: string,
    tries: number,
    misses: number,
  ): Promise<void> {
    const { engine, scheduler } = this.#parts;
    await engine.do(({ state }) => {
      const stored = state.get("request", request.id);
      if (stored?.state !== "open") return { value: undefined };
      state.put("request", { ...stored, state: "unknown" });
      return {
        value: undefined,
        happened: [
          { type: "BookingUnknown", order: request.order, leg: request.leg, request: request.id, carrier, reason },
        ],
      };
    });
    scheduler.at(after(scheduler.now(), waitAfter(tries)), () =>
      this.#start(request, () => this.#lookUp(request, tries + 1, misses)),
    );
  }

  async #confirmed(request: Request, carrier: ParticipantId, report: DeliveryReport): Promise<void> {
    const { order, leg, id, quote } = request;
    const price = report.price ?? quote!.price;
    await this.#answer(request, () => [
      { type: "BookingConfirmed", order, leg, request: id, carrier, quote: quote!, reference: report.reference, price },
    ]);
    await this.#parts.hear(carrier, report);
  }

  #refused(request: Request, carrier: ParticipantId, reason: string): Promise<void> {
    const { order, leg, id } = request;
    return this.#answer(request, () => [{ type: "BookingRefused", order, leg, request: id, carrier, reason }]);
  }

  async #cancel(request: Request): Promise<void> {
    const carrier = request.carriers[0]!;
    const answer = await this.#ask(request.kind, carrier, (connector) => connector.cancel(request.reference!));
    if (isOutage(answer)) return this.#later(request, () => this.#cancel(request));
    const { order, leg, id } = request;
    const reason = answer.ok ? null : answer.refusal.words;
    await this.#answer(request, () => [
      { type: "CancelAnswered", order, leg, request: id, carrier, done: answer.ok, reason },
    ]);
  }

  /** What does no harm twice is simply asked again. */
  #later(request: Request, act: () => Promise<void>): void {
    const { scheduler } = this.#parts;
    scheduler.at(after(scheduler.now(), seconds(20)), () => this.#start(request, act));
  }

  /** Tells the platform what the errand is now, as far as it takes such changes; a later one of the same kind is in it already. */
  async #update(request: Request): Promise<void> {
    const carrier = request.carriers[0]!;
    const { changes = [] } = request;
    const takes = this.#parts.connectors.get(carrier)?.takes ?? [];
    const able = changes.filter((change) => takes.includes(change));
    const found = await this.#errand(request);
    if (!found) return this.#updated(request, [], "the personal data is gone");
    const { assignment, state } = found.errand.leg;
    // Given back or over: the next carrier is told all.
    if (assignment?.reference !== request.reference) return this.#updated(request, changes, null);
    if (!beforePickup(state)) return this.#updated(request, [], "it was picked up before the platform could be told");
    if (able.length === 0) return this.#updated(request, [], "the platform takes no such change");
    const answer = await this.#ask(request.kind, carrier, (connector) =>
      connector.update!(request.reference!, found.errand, able),
    );
    if (isOutage(answer)) return this.#later(request, () => this.#update(request));
    if (!answer.ok) return this.#updated(request, [], answer.refusal.words);
    const isAll = able.length === changes.length;
    await this.#updated(request, able, isAll ? null : "the platform takes no such change");
    await this.#parts.hear(carrier, answer.value);
  }

  #updated(request: Request, told: readonly OrderChange[], reason: string | null): Promise<void> {
    const { order, leg, id, carriers, changes = [] } = request;
    const untold = changes.filter((change) => !told.includes(change));
    return this.#answer(request, () => [
      { type: "UpdateAnswered", order, leg, request: id, carrier: carriers[0]!, told, untold, reason },
    ]);
  }

  /** Brings the answer in, once: a second one for the same request is dropped. */
  #answer(request: Request, happened: (step: Step) => readonly Happened[]): Promise<void> {
    return this.#parts.engine.do((step) => {
      const stored = step.state.get("request", request.id);
      if (!stored || stored.state === "answered") return { value: undefined };
      step.state.put("request", { ...stored, state: "answered" });
      return { value: undefined, happened: happened(step) };
    });
  }

  /** Opens what the platform must know from the vault, and finds the price of the cheapest own place that keeps the promise; null when it was forgotten. */
  async #errand({
    leg: legId,
    key,
    round,
  }: Request): Promise<{ readonly errand: Errand; readonly ours: number | null } | null> {
    const { engine, vault } = this.#parts;
    const found = await engine.do(({ state }) => {
      const leg = state.get("leg", legId);
      if (!leg) return { value: null };
      const known = state.get("round", legId);
      const ours = known?.round === round ? cheapestInTime(known, leg) : null;
      return { value: { leg, order: state.must("order", leg.order), ours } };
    });
    if (!found) return null;
    const { leg, order, ours } = found;
    const contacts = await vault.open(journeyScope, "carry", "contact", [leg.from.subject, leg.to.subject]);
    const goods = await vault.open(journeyScope, "carry", "goods", [order.goods]);
    const [pickup, dropoff] = [contacts.get(leg.from.subject), contacts.get(leg.to.subject)];
    if (!pickup || !dropoff) return null;
    const carried = goods.get(order.goods) ?? { contents: [], value: null };
    return { errand: { leg, order, pickup, dropoff, goods: carried, key }, ours };
  }
}

/** Minor units; null where no own place keeps the promise. */
function cheapestInTime({ candidates }: Round, { dropoffWindow: { latest } }: Leg): number | null {
  const inTime = candidates.filter(({ dropoffAt }) => latest === null || dropoffAt === null || dropoffAt <= latest);
  return inTime.length === 0 ? null : Math.min(...inTime.map(({ price }) => price.amount));
}
