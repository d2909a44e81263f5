import { HotState, openMemoryStore } from "../../adapters/memory/index.ts";
import { orderOf, participantOf, scopeOf } from "../../adapters/memory/testing/samples.ts";
import type { Batch, Happened, Journey, Order, Recorded, Request, Step } from "../../domain/index.ts";
import type { OrderId, ParticipantId } from "../../kernel/id.ts";
import { instant } from "../../kernel/quantity.ts";
import { seeded } from "../../kernel/rng.ts";
import { Engine, type EngineParts, type Outcome } from "../engine.ts";
import { VirtualTime } from "../virtual-time.ts";

export const noon = instant(Date.UTC(2027, 3, 13, 11));
export const ada: ParticipantId = "participant_ada";
const network = scopeOf("network");

/** An order that is placed, and nothing more. */
export const placedOrder = (id: OrderId, changes: Partial<Order> = {}): Order =>
  orderOf(id, ada, { state: "placed", readyAt: noon, placedAt: noon, ...changes });

/** Something that may happen to an order any number of times and wakes nobody by itself. */
export const noted = (order: OrderId, detail = "noted"): Happened => ({
  type: "DisruptionRaised",
  order,
  leg: "leg_none",
  kind: "silent",
  detail,
});

/** Places an order; what follows waits in the inbox when `later` says so. */
export const placing =
  (order: Order, later = false) =>
  ({ state }: Step): Outcome<OrderId> => {
    state.put("order", order);
    return { value: order.id, happened: [{ type: "OrderPlaced", order: order.id }], later };
  };

/** A request of the world about an order, as a step would put it. */
export const requestOf = (order: OrderId, state: Request["state"] = "open"): Request => ({
  id: `request_${order}`,
  kind: "quotes",
  order,
  leg: "leg_none",
  owner: ada,
  carriers: [],
  round: 1,
  key: "k",
  quote: null,
  reference: null,
  madeAt: noon,
  deadline: null,
  state,
});

/** An engine over a store in memory that may be opened again, as after a crash, with a journey of the test's own. */
export class Ground {
  readonly memory = openMemoryStore();
  /** Batches that the store has taken, and how many it was offered. */
  readonly taken: Batch[] = [];
  offered = 0;
  readonly faults: string[] = [];
  readonly lost: Error[] = [];
  readonly told: Recorded[] = [];
  readonly asked: Request[] = [];
  #lives = 0;
  /** How long a batch may take, and by which watch; never over unless a test says so. */
  pace: Pick<EngineParts, "longestBatch_ms" | "stopwatch"> = { longestBatch_ms: null };
  time = new VirtualTime(noon);
  hot!: HotState;
  engine!: Engine;
  /** What the store does with a batch; a test puts its trouble here. */
  commit = (batch: Batch): Promise<void> => this.memory.commit(batch);

  static async open(journey: Journey = {}): Promise<Ground> {
    const ground = new Ground();
    await ground.memory.commit(batchWith([{ table: "participant", row: participantOf(ada, "shipper") }]));
    await ground.start(journey);
    return ground;
  }

  /** A new process over the same store: nothing of the old one is left but what the store holds. */
  async start(journey: Journey = {}): Promise<readonly Request[]> {
    this.time = new VirtualTime(this.time.now());
    this.hot = new HotState();
    const commit = async (batch: Batch): Promise<void> => {
      this.offered++;
      await this.commit(batch);
      this.taken.push(batch);
    };
    const { time: scheduler, hot } = this;
    const rng = seeded(`ground, life ${this.#lives++}`);
    this.engine = new Engine({
      store: { ...this.memory, commit },
      hot,
      scheduler,
      rng,
      journey,
      ...this.pace,
    });
    this.engine.watch({
      committed: (recorded, requests) => {
        this.told.push(...recorded);
        this.asked.push(...requests);
      },
      failed: (what, error) =>
        void this.faults.push(`${what}: ${error instanceof Error ? error.message : String(error)}`),
      lost: (error) => void this.lost.push(error),
    });
    return this.engine.restore();
  }

  /** Everything that can go on has gone on. */
  rest(): Promise<void> {
    return this.time.run(this.time.now());
  }

  async story(order: OrderId): Promise<readonly string[]> {
    const timeline = await this.memory.reads.timeline(network, order);
    return timeline.map(({ event }) => (event.type === "DisruptionRaised" ? event.detail : event.type));
  }

  async sequences(order: OrderId): Promise<readonly number[]> {
    return (await this.memory.reads.timeline(network, order)).map(({ sequence }) => sequence);
  }
}

const batchWith = (rows: Batch["rows"]): Batch => ({
  rows,
  drops: [],
  recorded: [],
  waiting: [],
  handled: [],
  sealed: [],
  answers: [],
});
