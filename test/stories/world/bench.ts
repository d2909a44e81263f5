import { HotState } from "../../../src/adapters/memory/index.ts";
import { greatCircleTravel } from "../../../src/adapters/roads/index.ts";
import type {
  Contact,
  Courier,
  Happened,
  HappenedType,
  Leg,
  Order,
  Participant,
  Place,
  Places,
  Quote,
  Shift,
  Step,
  Table,
  Tables,
  Travel,
} from "../../../src/domain/index.ts";
import { newId, type CourierId, type ParticipantId } from "../../../src/kernel/id.ts";
import { fromLocal } from "../../../src/kernel/local-time.ts";
import { money } from "../../../src/kernel/money.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { after, grams, instant, liters, seconds, type Instant } from "../../../src/kernel/quantity.ts";
import { seeded } from "../../../src/kernel/rng.ts";

export { greatCircleTravel };
export const zone = "Europe/Lisbon";
/** Nine in the morning of the founding Tuesday. */
export const nine = fromLocal({ year: 2027, month: 4, day: 13, hour: 9, minute: 0, second: 0 }, zone);
const minutesPast = (start: Instant, minutes: number): Instant => instant(start + minutes * 60_000);
/** So many minutes past nine. */
export const at = (minutes: number): Instant => minutesPast(nine, minutes);

/** A point so many metres east and north of the middle of the test town. */
export const spot = (east: number, north: number): Point => [-8.6 + east / 83_700, 41.15 + north / 111_195];
export const place = (point: Point): Place => ({ subject: "subject_x", point, cell: "88", zone, jurisdiction: "PT" });

const participant = (
  id: ParticipantId,
  roles: Participant["roles"],
  carriage: Participant["carriage"],
): Participant => ({
  id,
  name: id.slice("participant_".length),
  roles,
  zone,
  currency: "EUR",
  carriage,
});
export const exchange = participant("participant_exchange", ["operator"], null);
export const bakery = participant("participant_bakery", ["shipper"], null);
export const fleet = participant("participant_fleet", ["carrier"], {
  kind: "own",
  cost: { perHour: 1800, perKilometer: 20, perMotorKilometer: 20 },
});
export const vans = participant("participant_vans", ["carrier"], {
  kind: "partner",
  tariff: { base: 500, perKilometer: 100, minimum: 600, answerWithin: 120 },
});
export const gig = participant("participant_gig", ["platform"], { kind: "platform", connector: "gig" });
export const everyone = [exchange, bakery, fleet, vans, gig] as const;

export const bike: Courier["vehicle"] = {
  profile: "bicycle",
  maxWeight: grams(20_000),
  maxVolume: liters(60),
  maxParcels: 2,
};
export const contact: Contact = {
  name: "Ana",
  phone: null,
  email: null,
  address: "Elm Street 4",
  notes: null,
  point: spot(0, 0),
};

/** An address book with one house. */
export const onePlace: Places = {
  find: (question) => {
    const known = (typeof question === "string" ? question : (question.street ?? ""))
      .toLowerCase()
      .startsWith("elm street");
    const found = {
      point: spot(500, 500),
      label: "Elm Street 4",
      street: "Elm Street",
      houseNumber: "4",
      city: null,
      postcode: null,
    };
    return [{ ...found, precision: known ? ("house" as const) : ("place" as const), confidence: known ? 0.9 : 0.3 }];
  },
  at: () => null,
};

/** The living state, which also keeps what is written for the store alone. */
class Recording extends HotState {
  readonly #written: { readonly table: Table; readonly row: unknown }[] = [];

  override put<T extends Table>(table: T, row: Tables[T]): void {
    this.#written.push({ table, row });
    super.put(table, row);
  }
  written<T extends Table>(table: T): readonly Tables[T][] {
    return this.#written.filter((one) => one.table === table).map(({ row }) => row as Tables[T]);
  }
}

/** A network in memory on which single stages are tried: state, time and chance at hand, nothing stored, nobody woken. */
export class Bench {
  readonly hot = new Recording();
  readonly travel: Travel = greatCircleTravel();
  readonly #rng;
  now: Instant = nine;

  constructor(seed: number | string = "bench", participants: readonly Participant[] = everyone) {
    this.#rng = seeded(seed);
    for (const one of participants) this.hot.put("participant", one);
  }

  step(): Step {
    const { now, hot } = this;
    return { now, state: hot, rng: this.#rng, elapsed_ms: () => 0, id: (kind) => newId(kind, now, this.#rng) };
  }

  order(changes: Partial<Order> = {}, parcels = 1): Order {
    const { id } = this.step();
    const order: Order = {
      id: id("order"),
      shipper: bakery.id,
      reference: null,
      placedAt: this.now,
      acceptedAt: this.now,
      closedAt: null,
      cancelRequestedAt: null,
      pickup: place(spot(0, 0)),
      dropoff: place(spot(1000, 0)),
      pickupWindow: { earliest: null, latest: null },
      dropoffWindow: { earliest: null, latest: after(this.now, seconds(3600)) },
      originalDropoffWindow: { earliest: null, latest: after(this.now, seconds(3600)) },
      readyAt: this.now,
      requirements: [],
      serviceLevel: "on_demand",
      ifUndeliverable: "return",
      goods: "subject_goods",
      parcels: Array.from({ length: parcels }, () => ({
        id: id("parcel"),
        weight: grams(1000),
        volume: liters(10),
        state: "expected" as const,
        holder: { kind: "shipper" as const, participant: bakery.id },
      })),
      legs: [],
      state: "accepted",
      price: money(900, "EUR"),
      version: 1,
      importedBy: null,
      ...changes,
    };
    this.hot.put("order", order);
    return order;
  }

  leg(order: Order, changes: Partial<Leg> = {}): Leg {
    const leg: Leg = {
      id: this.step().id("leg"),
      order: order.id,
      shipper: order.shipper,
      parcels: order.parcels.map(({ id }) => id),
      from: order.pickup,
      to: order.dropoff,
      pickupWindow: order.pickupWindow,
      dropoffWindow: order.dropoffWindow,
      readyAt: order.readyAt,
      kind: "delivery",
      state: "open",
      assignment: null,
      round: 1,
      excluded: [],
      offer: null,
      dueAt: this.now,
      estimate: null,
      pickedUpAt: null,
      handedOverAt: null,
      driven_m: 0,
      drivenEstimated_m: 0,
      latency_ms: [],
      quoteWait_ms: [],
      ...changes,
    };
    this.hot.put("leg", leg);
    this.hot.put("order", { ...this.hot.must("order", order.id), legs: [...order.legs, leg.id] });
    return leg;
  }

  /** A leg that a carrier has promised to carry. */
  carried(changes: Partial<Leg> = {}, by: Participant = gig, parcels = 1, order: Partial<Order> = {}): Leg {
    const assignment = {
      carrier: by.id,
      quote: "quote_1" as const,
      courier: null,
      shift: null,
      price: money(700, "EUR"),
      reference: "del_1",
      at: this.now,
    };
    return this.leg(this.order(order, parcels), { state: "assigned", assignment, ...changes });
  }

  /** A courier on duty with an empty route. */
  courier(
    name: string,
    start: Point = spot(0, 0),
    vehicle: Courier["vehicle"] = bike,
    carrier: Participant = fleet,
  ): Shift {
    const courier: CourierId = `courier_${name}`;
    this.hot.put("courier", {
      id: courier,
      carrier: carrier.id,
      subject: "subject_c",
      employment: "staff",
      vehicle,
      skills: [],
      active: true,
      version: 1,
    });
    const shift: Shift = {
      id: `shift_${name}`,
      courier,
      carrier: carrier.id,
      startsAt: this.now,
      endsAt: after(this.now, seconds(8 * 3600)),
      start,
      end: null,
      state: "on_duty",
    };
    this.hot.put("shift", shift);
    this.hot.put("route", {
      id: `plan_${name}`,
      shift: shift.id,
      carrier: carrier.id,
      version: 1,
      stops: [],
      from: start,
      readyAt: this.now,
      odometer_m: 0,
    });
    return shift;
  }
}

/** The one event of a kind among those that happened. */
export function only<T extends HappenedType>(happened: readonly Happened[], type: T): Extract<Happened, { type: T }> {
  const found = happened.filter((event): event is Extract<Happened, { type: T }> => event.type === type);
  if (found.length !== 1)
    throw new Error(`${found.length} ${type} among ${happened.map((event) => event.type).join(", ")}`);
  return found[0]!;
}
export const types = (happened: readonly Happened[]): string => happened.map(({ type }) => type).join(" ");

let quotes = 0;
/** A quote of a carrier for some leg. */
export const quoteOf = (
  carrier: ParticipantId,
  amount: number,
  dropoffAt: Instant | null,
  changes: Partial<Quote> = {},
): Quote => ({
  id: `quote_${quotes++}`,
  leg: "leg_1",
  carrier,
  price: money(amount, "EUR"),
  pickupAt: null,
  dropoffAt,
  madeAt: nine,
  expiresAt: null,
  source: "platform",
  reference: null,
  own: null,
  ...changes,
});
