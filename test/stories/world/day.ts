import { createHash } from "node:crypto";
import { openMemoryStore } from "../../../src/adapters/memory/index.ts";
import { greatCircleTravel } from "../../../src/adapters/roads/index.ts";
import { cipherWith, openVault } from "../../../src/adapters/vault/index.ts";
import {
  journeyScope,
  operatorId,
  type DeliveryReport,
  type Happened,
  type Participant,
  type Recorded,
} from "../../../src/domain/index.ts";
import type { PlatformConnector } from "../../../src/journey/dispatch/ports.ts";
import type { OrderRequest } from "../../../src/journey/intake/index.ts";
import type { CourierReport } from "../../../src/journey/track/index.ts";
import { toLocal } from "../../../src/kernel/local-time.ts";
import { money } from "../../../src/kernel/money.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { after, grams, instant, liters, seconds, type Instant } from "../../../src/kernel/quantity.ts";
import { ok, refuse } from "../../../src/kernel/result.ts";
import { seeded } from "../../../src/kernel/rng.ts";
import { openNetwork, type RunningNetwork } from "../../../src/main/network.ts";
import { VirtualTime } from "../../../src/main/virtual-time.ts";
import type { Line } from "../../auditor/audit.ts";
import { bakery, bike, contact, exchange, fleet, gig, nine, onePlace, spot, vans, zone as lisbon } from "./bench.ts";

/** What the platform answers in a story: its price, or that it will not. */
export interface Script {
  readonly from?: Instant;
  readonly zone?: string;
  readonly gig?: { readonly asks: number; readonly books?: boolean };
  readonly carriers?: readonly Participant[];
}

/** A small day over the real journey, told as a dispatcher's log. */
export class Day {
  readonly #time: VirtualTime;
  readonly #from: Instant;
  readonly #zone: string;
  readonly #store = openMemoryStore();
  readonly #lines: string[] = [];
  readonly #names = new Map<string, string>();
  #network!: RunningNetwork;
  #bookings = 0;

  private constructor(from: Instant, zone: string) {
    this.#time = new VirtualTime(from);
    this.#from = from;
    this.#zone = zone;
  }

  static async open({
    from = nine,
    zone = lisbon,
    gig: script,
    carriers = [fleet, vans, gig],
  }: Script = {}): Promise<Day> {
    const day = new Day(from, zone);
    const cipher = cipherWith(createHash("sha256").update("story").digest(), (count) => new Uint8Array(count));
    day.#network = await openNetwork({
      store: day.#store,
      vault: openVault({ cipher, store: day.#store.vault }),
      scheduler: day.#time,
      rng: seeded("story"),
      city: {
        name: "Storyville",
        attribution: "",
        bounds: [-9, 41, -8, 42],
        centre: spot(0, 0),
        zone,
        jurisdiction: "PT",
        currency: "EUR",
        tile: () => null,
      },
      travel: greatCircleTravel(),
      places: onePlace,
      connectors: new Map(script ? [[gig.id, day.#platform(script)]] : []),
      clockControl: null,
      demo: false,
      log: (what, error) => day.#tell(`FAULT   ${what}: ${error instanceof Error ? error.message : String(error)}`),
    });
    day.#network.onCommitted((recorded) => recorded.forEach((one) => day.#read(one)));
    await day.#network.introduce([{ ...exchange, id: operatorId }, bakery, ...carriers]);
    return day;
  }

  /** Does something so many minutes into the day. */
  at(minutes: number, act: (network: RunningNetwork) => Promise<unknown>): void {
    this.#time.at(after(this.#from, seconds(minutes * 60)), () => {
      const release = this.#time.hold();
      void act(this.#network).finally(release);
    });
  }

  shift(minutes: number, name: string, start: Point): void {
    this.at(minutes, async ({ fleet: of }) => {
      const courier = await of.hire(journeyScope, fleet.id, {
        name,
        phone: null,
        employment: "staff",
        vehicle: bike,
        skills: [],
      });
      if (!courier.ok) throw new Error(courier.refusal.code);
      const startsAt = this.#time.now();
      const request = {
        courier: courier.value.id,
        startsAt,
        endsAt: after(startsAt, seconds(8 * 3600)),
        start,
        end: null,
      };
      const shift = await of.planShift(journeyScope, request);
      if (!shift.ok) throw new Error(shift.refusal.code);
      this.#names.set(courier.value.id, name);
      await of.startShift(journeyScope, shift.value.id);
      this.#tell(`shift   ${name}`);
    });
  }

  order(minutes: number, name: string, changes: Partial<OrderRequest> = {}): void {
    const end = (point: Point) => ({ ...contact, point });
    this.at(minutes, async ({ orders }) => {
      const request: OrderRequest = {
        reference: name,
        pickup: end(spot(0, 0)),
        dropoff: end(spot(1500, 0)),
        pickupWindow: { earliest: null, latest: null },
        dropoffWindow: { earliest: null, latest: after(this.#time.now(), seconds(3600)) },
        readyAt: null,
        parcels: [{ weight: grams(800), volume: liters(4), contents: "bread" }],
        value: null,
        requirements: [],
        serviceLevel: null,
        ifUndeliverable: "return",
        ...changes,
      };
      const [placed] = await orders.place(journeyScope, bakery.id, [request]);
      if (!placed!.ok) this.#tell(`refused ${name}: ${placed!.refusal.code}`);
      else this.#names.set(placed!.value.id, name);
    });
  }

  cancel(minutes: number, name: string): void {
    this.at(minutes, async ({ orders }) => {
      const answer = await orders.cancel(journeyScope, this.#id(name) as `order_${string}`, "changed my mind");
      if (!answer.ok) this.#tell(`refused cancelling ${name}: ${answer.refusal.code}`);
    });
  }

  /** What whoever carries the order's newest leg says. */
  report(minutes: number, name: string, to: CourierReport["to"], reason: CourierReport["reason"] = null): void {
    this.at(minutes, async ({ fleet: of, hot }) => {
      const leg = hot.legsOf(this.#id(name) as `order_${string}`).at(-1)!;
      const said = {
        to,
        at: this.#time.now(),
        reason,
        proof: to === "handed_over" ? ({ kind: "name", value: "Ana" } as const) : null,
      };
      const answer = await of.report(journeyScope, leg.id, said);
      if (!answer.ok) this.#tell(`refused ${name}: ${answer.refusal.code}`);
    });
  }

  /** A partner's yes or no to every offer that is out. */
  answer(minutes: number, yes: boolean): void {
    this.at(minutes, async ({ offers }) => {
      for (const offer of await offers.open(journeyScope)) await offers.answer(journeyScope, offer.id, yes, null);
    });
  }

  /** What the platform tells of its newest booking. */
  hear(minutes: number, state: DeliveryReport["state"], changes: Partial<DeliveryReport> = {}): void {
    const body = () =>
      new TextEncoder().encode(JSON.stringify({ ...this.#delivery(state), message: `${minutes}`, ...changes }));
    this.at(minutes, (network) => network.receive("gig", {}, body()));
  }

  /** Lets the day pass; the log of it, and of its ledger. */
  async told(minutes = 300): Promise<string> {
    await this.#time.run(after(this.#from, seconds(minutes * 60)));
    await this.#network.stop();
    return this.#lines.join("\n");
  }

  /** The event log as an auditor gets it: plain JSON. */
  async log(): Promise<readonly Line[]> {
    const feed = await this.#store.reads.feed(journeyScope, 0, 1000);
    return JSON.parse(JSON.stringify(feed.map(({ event }) => event))) as readonly Line[];
  }

  #id(name: string): string {
    return [...this.#names].find(([, known]) => known === name)![0];
  }

  #tell(line: string): void {
    const { hour, minute } = toLocal(this.#time.now(), this.#zone);
    this.#lines.push(`${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")} ${line}`);
  }

  #read({ event }: Recorded): void {
    const reference = this.#network.hot.get("order", event.order)?.reference;
    if (reference) this.#names.set(event.order, reference);
    const words = inWords(event, (id) => this.#names.get(id) ?? id.replace("participant_", ""));
    if (words !== null)
      this.#tell(
        `${words[0].padEnd(7)} ${this.#names.get(event.order) ?? event.order}${words[1] ? ` ${words[1]}` : ""}`,
      );
  }

  #delivery(state: DeliveryReport["state"]): DeliveryReport {
    return {
      reference: `del_${this.#bookings}`,
      key: null,
      message: `booked ${this.#bookings}`,
      at: this.#time.now(),
      state,
      returning: false,
      returned: false,
      leftSafe: false,
      reason: null,
      price: null,
      pickupAt: null,
      dropoffAt: null,
      courier: null,
      proof: state === "handed_over" ? "photo" : null,
      tracking: null,
      unknown: [],
    };
  }

  #platform({ asks, books = true }: NonNullable<Script["gig"]>): PlatformConnector {
    const unknown = refuse({ code: "UNKNOWN_DELIVERY" as const, words: "unknown", reference: null });
    return {
      name: "gig",
      quote: async () =>
        ok({
          reference: "q",
          price: money(asks, "EUR"),
          pickupAt: null,
          dropoffAt: instant(this.#time.now() + 1_500_000),
          expiresAt: null,
        }),
      book: async () => {
        if (!books) return refuse({ code: "NO_COURIERS" as const, words: "no couriers available", reference: null });
        this.#bookings++;
        return ok(this.#delivery("assigned"));
      },
      find: async () => ok(null),
      get: async () => unknown,
      cancel: async () => ok(this.#delivery("cancelled")),
      receive: ({ body }) => ok([JSON.parse(new TextDecoder().decode(body)) as DeliveryReport]),
      health: () => ({
        calls: 0,
        refusals: 0,
        outages: 0,
        webhooks: 0,
        webhooksRefused: 0,
        lastAnswerAt: null,
        lastFailure: null,
        latency: null,
        unknown: {},
      }),
    };
  }
}

/** An event as a dispatcher would write it down; null for what only machines care about. */
function inWords(event: Happened, name: (id: string) => string): readonly [verb: string, rest: string] | null {
  switch (event.type) {
    case "OrderPlaced":
      return ["order", ""];
    case "LegOffered":
      return ["offer", `to ${name(event.to)}`];
    case "OfferRefused":
      return ["no", `from ${name(event.by)}`];
    case "OfferExpired":
      return ["silence", `from ${name(event.by)}`];
    case "BookingRequested":
      return ["book", `with ${name(event.carrier)}`];
    case "BookingRefused":
      return ["no", `from ${name(event.carrier)}: ${event.reason}`];
    case "LegAssigned":
      return [
        "assign",
        `to ${event.courier ? name(event.courier) : name(event.carrier)} for ${(event.price.amount / 100).toFixed(2)}`,
      ];
    case "CarrierCancelled":
      return ["gone", name(event.carrier)];
    case "LegProgressed":
      return ["leg", event.to.replaceAll("_", " ")];
    case "ParcelMoved":
      return [
        "parcel",
        `${event.to.replaceAll("_", " ")}, with ${event.holder.kind === "recipient" ? "the recipient" : name(event.holder.participant)}`,
      ];
    case "DisruptionRaised":
      return ["trouble", event.detail];
    case "OrderCancelRequested":
      return ["cancel", "by the shipper"];
    case "OrderClosed":
      return ["closed", event.state];
    case "JourneySettled":
      return ["settled", `in ${event.postings} postings`];
    default:
      return null;
  }
}
