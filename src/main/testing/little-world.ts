import { createHash } from "node:crypto";
import { openMemoryStore } from "../../adapters/memory/index.ts";
import { greatCircleTravel } from "../../adapters/roads/index.ts";
import { cipherWith, openVault } from "../../adapters/vault/index.ts";
import {
  journeyScope,
  operatorId,
  type DeliveryReport,
  type Happened,
  type Leg,
  type Order,
  type Participant,
  type Sealed,
  type Store,
} from "../../domain/index.ts";
import type { PlatformConnector } from "../../journey/dispatch/ports.ts";
import type { OrderRequest } from "../../journey/intake/index.ts";
import type { OrderId, ParticipantId } from "../../kernel/id.ts";
import { fromLocal } from "../../kernel/local-time.ts";
import type { Point } from "../../kernel/point.ts";
import { after, grams, instant, liters, seconds, type Instant } from "../../kernel/quantity.ts";
import { seeded } from "../../kernel/rng.ts";
import { openNetwork, type RunningNetwork } from "../network.ts";
import { Life } from "./life.ts";
import { ScriptedPlatform } from "./scripted-platform.ts";
import { VirtualTime } from "../virtual-time.ts";

const zone = "Europe/Lisbon";
const nine = fromLocal({ year: 2027, month: 4, day: 13, hour: 9, minute: 0, second: 0 }, zone);
/** So many minutes past nine. */
export const at = (minutes: number): Instant => instant(nine + minutes * 60_000);
/** A point so many metres east and north of the middle of the town. */
export const spot = (east: number, north: number): Point => [-8.6 + east / 83_700, 41.15 + north / 111_195];

const somebody = (
  id: ParticipantId,
  roles: Participant["roles"],
  carriage: Participant["carriage"] = null,
): Participant => ({ id, name: id.slice("participant_".length), roles, zone, currency: "EUR", carriage });

export const bakery = somebody("participant_bakery", ["shipper"]);
export const fleet = somebody("participant_fleet", ["carrier"], {
  kind: "own",
  cost: { perHour: 1800, perKilometer: 20, perMotorKilometer: 20 },
});
export const vans = somebody("participant_vans", ["carrier"], {
  kind: "partner",
  tariff: { base: 500, perKilometer: 100, minimum: 600, answerWithin: 120 },
});
export const gig = somebody("participant_gig", ["platform"], { kind: "platform", connector: "gig" });
export const wild = somebody("participant_wild", ["platform"], { kind: "platform", connector: "wild" });

export const elm: OrderRequest["pickup"] = {
  name: "Ana",
  phone: null,
  email: null,
  address: "Elm Street 4",
  point: spot(0, 0),
  notes: null,
};

/** Who is in the world besides the operator and the bakery. */
export interface Cast {
  readonly carriers?: readonly Participant[];
  /** Who speaks for the platforms among them, for a life; the scripted ones unless given. */
  readonly connect?: (world: LittleWorld) => ReadonlyMap<ParticipantId, PlatformConnector>;
  /** What happens at the store with each batch, before it is written or instead; the life is the one that commits. */
  readonly commit?: (write: Store["commit"], life: Life) => Store["commit"];
}

const scripted = (world: LittleWorld): ReadonlyMap<ParticipantId, PlatformConnector> => {
  const platforms = [[gig.id, world.gig] as const, [wild.id, world.wild] as const];
  return new Map(platforms.filter(([id]) => world.carriers.some((one) => one.id === id)));
};

/**
 * A network between scripted platforms, under virtual time, whose process may die at any moment: what is left is what the store holds,
 * and the platforms remember.
 */
export class LittleWorld {
  readonly time = new VirtualTime(nine);
  readonly store = openMemoryStore();
  readonly gig = new ScriptedPlatform("gig", 300, () => this.time);
  readonly wild = new ScriptedPlatform("wild", 400, () => this.time);
  /** What went wrong inside. */
  readonly faults: string[] = [];
  readonly carriers: readonly Participant[];
  readonly #commit: NonNullable<Cast["commit"]>;
  readonly #connect: NonNullable<Cast["connect"]>;
  #lives = 0;
  life!: Life;
  network!: RunningNetwork;

  private constructor({ carriers = [gig], commit = (write) => write, connect = scripted }: Cast) {
    this.carriers = carriers;
    this.#commit = commit;
    this.#connect = connect;
  }

  static async open(cast: Cast = {}): Promise<LittleWorld> {
    const world = new LittleWorld(cast);
    await world.start();
    await world.network.introduce([
      { ...somebody(operatorId, ["operator"]), name: "exchange" },
      bakery,
      ...world.carriers,
    ]);
    return world;
  }

  /** A process begins. */
  async start(): Promise<void> {
    const life = new Life(this.time);
    const random = seeded("vault");
    const key = createHash("sha256").update("a little world").digest();
    const cipher = cipherWith(key, (count) => Uint8Array.from({ length: count }, () => random.below(256)));
    const write = life.mortal(this.#commit((batch) => this.store.commit(batch), life));
    const network = await openNetwork({
      store: { ...this.store, commit: write },
      vault: openVault({ cipher, store: this.store.vault }),
      scheduler: life,
      rng: seeded(`network, life ${this.#lives++}`),
      city: {
        name: "Littleton",
        attribution: "",
        bounds: [-9, 41, -8, 42],
        centre: spot(0, 0),
        zone,
        jurisdiction: "PT",
        currency: "EUR",
        tile: () => null,
      },
      travel: greatCircleTravel(),
      places: { find: () => [], at: () => null },
      connectors: this.#connect(this),
      clockControl: null,
      demo: false,
      log: (what, error) =>
        life.over
          ? undefined
          : void this.faults.push(`${what}: ${error instanceof Error ? error.message : String(error)}`),
    });
    // Together, so that nobody asks the dead and waits for the living.
    [this.life, this.network] = [life, network];
  }

  /** The process dies where it stands and another begins. */
  async crash(): Promise<void> {
    this.life.end();
    await this.start();
  }

  /** Lets time pass until so many minutes past nine. */
  until(minutes: number): Promise<void> {
    return this.time.run(at(minutes));
  }

  async order(changes: Partial<OrderRequest> = {}): Promise<OrderId> {
    const request: OrderRequest = {
      reference: null,
      pickup: elm,
      dropoff: { ...elm, point: spot(1500, 0) },
      pickupWindow: { earliest: null, latest: null },
      dropoffWindow: { earliest: null, latest: after(this.time.now(), seconds(3600)) },
      readyAt: null,
      parcels: [{ weight: grams(800), volume: liters(4), contents: "bread" }],
      value: null,
      requirements: [],
      serviceLevel: null,
      ifUndeliverable: "return",
      ...changes,
    };
    const [placed] = await this.network.orders.place(journeyScope, bakery.id, [request]);
    if (!placed?.ok) throw new Error(placed?.refusal.code);
    return placed.value.id;
  }

  /** A platform's webhook; what the door answers. */
  async hear(platform: ScriptedPlatform, report: DeliveryReport): Promise<number | string> {
    const answer = await this.network.receive(platform.name, {}, new TextEncoder().encode(JSON.stringify(report)));
    return answer === null ? "nobody" : answer.ok ? answer.value.applied : answer.refusal.code;
  }

  async state(order: OrderId): Promise<Order["state"]> {
    return (await this.store.reads.order(journeyScope, order))!.state;
  }

  async legs(order: OrderId): Promise<readonly Leg[]> {
    return this.store.reads.legs(journeyScope, order);
  }

  async events(order: OrderId): Promise<readonly Happened[]> {
    return (await this.store.reads.timeline(journeyScope, order)).map(({ event }) => event);
  }

  /** The types of an order's events, of those asked for. */
  async story(order: OrderId, ...types: readonly Happened["type"][]): Promise<string> {
    const told = (await this.events(order)).map(({ type }) => type);
    return told.filter((type) => types.length === 0 || types.includes(type)).join(" ");
  }

  /** The event log as an auditor gets it: plain JSON, in the order of its sealing. */
  async log<Line = Sealed>(): Promise<readonly Line[]> {
    while ((await this.store.seal(1000)) > 0);
    const log: Sealed[] = [];
    for (let position = 0; ;) {
      const page = await this.store.reads.feed(journeyScope, position, 1000);
      log.push(...page.map(({ event }) => event));
      if (page.length < 1000) return JSON.parse(JSON.stringify(log)) as readonly Line[];
      position = page.at(-1)!.position;
    }
  }
}
