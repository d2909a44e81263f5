import {
  orderIsClosed,
  orderState,
  type Happened,
  type Handler,
  type Journey,
  type Recorded,
  type State,
  type Step,
} from "../domain/index.ts";
import type { Clock } from "../kernel/clock.ts";
import { newId, type EventId, type OrderId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Rng } from "../kernel/rng.ts";

/** How far each order's sequence has come; a step counts on in a copy, so that a step that is thrown away leaves no gap. */
export class Sequences {
  readonly #base: ReadonlyMap<OrderId, number> | Sequences;
  readonly #own = new Map<OrderId, number>();

  constructor(base: ReadonlyMap<OrderId, number> | Sequences) {
    this.#base = base;
  }
  get(order: OrderId): number | undefined {
    return this.#own.get(order) ?? this.#base.get(order);
  }
  next(order: OrderId): number {
    const sequence = (this.get(order) ?? 0) + 1;
    this.#own.set(order, sequence);
    return sequence;
  }
  set(order: OrderId, sequence: number): void {
    this.#own.set(order, sequence);
  }
  entries(): IterableIterator<[OrderId, number]> {
    return this.#own.entries();
  }
}

/** What a step needs that is not in its state. */
export interface Circumstances {
  readonly clock: Clock;
  readonly rng: Rng;
  readonly journey: Journey;
}

/** One step in the making: the events recorded so far, in the order in which they happened. */
export class Stepping {
  readonly recorded: Recorded[] = [];
  readonly step: Step;
  readonly #journey: Journey;
  readonly #sequences: Sequences;
  readonly #touched = new Set<OrderId>();

  constructor(state: State, sequences: Sequences, { clock, rng, journey }: Circumstances) {
    const now = clock.now();
    this.#journey = journey;
    this.#sequences = sequences;
    this.step = { now, rng, state, elapsed_ms: () => clock.now() - now, id: (kind) => newId(kind, now, rng) };
  }

  /** Records what happened without waking anybody: it goes to the inbox. */
  note(happened: readonly Happened[]): readonly EventId[] {
    return happened.map((event) => this.#record(event).id);
  }

  /** Records what happened, wakes the stages, and goes on with what they answer, until nothing more follows. */
  async follow(happened: readonly Happened[]): Promise<void> {
    for (const event of happened) {
      this.#record(event);
      await this.#wake(event);
    }
    await this.#derive();
  }

  /** Goes on with an event that was recorded by an earlier step. */
  async resume(event: Happened): Promise<void> {
    this.#touched.add(event.order);
    await this.#wake(event);
    await this.#derive();
  }

  async #wake(event: Happened): Promise<void> {
    // The journey's type pairs each event with its handlers; looking up by the event's own type keeps the pair.
    const handlers = (this.#journey[event.type] ?? []) as readonly Handler<Happened>[];
    for (const handler of handlers) {
      for (const next of await handler(event, this.step)) {
        this.#record(next);
        await this.#wake(next);
      }
    }
  }

  #record(event: Happened): Recorded {
    const order = this.step.state.must("order", event.order);
    this.#touched.add(event.order);
    const recorded: Recorded = {
      id: this.step.id("event"),
      at: this.step.now,
      owner: order.shipper,
      order: order.id,
      sequence: this.#sequences.next(order.id),
      event,
    };
    this.recorded.push(recorded);
    return recorded;
  }

  /** The state of an order follows from its legs and parcels, whoever changed them. */
  async #derive(): Promise<void> {
    for (const id of [...this.#touched]) {
      const { state, now } = this.step;
      const order = state.must("order", id);
      const derived = orderState(order.acceptedAt !== null, order.parcels, state.legsOf(id));
      if (derived === order.state) continue;
      invariant(!orderIsClosed(order.state), `a closed order stays ${order.state}`);
      const closed = orderIsClosed(derived);
      state.put("order", { ...order, state: derived, closedAt: closed ? now : null });
      const event: Happened | null = closed
        ? { type: "OrderClosed", order: id, state: derived }
        : derived === "in_progress"
          ? { type: "OrderStarted", order: id }
          : null;
      if (!event) continue;
      this.#record(event);
      await this.#wake(event);
    }
  }
}
