import { latLngToCell } from "h3-js";
import type {
  Batch,
  Contact,
  Courier,
  Happened,
  Leg,
  Order,
  Participant,
  Place,
  Recorded,
  Route,
  Scope,
  Shift,
  Table,
  Tables,
} from "../../../domain/index.ts";
import type { CourierId, EventId, LegId, OrderId, ParticipantId, ShiftId, SubjectId } from "../../../kernel/id.ts";
import { money } from "../../../kernel/money.ts";
import type { Point } from "../../../kernel/point.ts";
import { grams, instant, liters, type Instant } from "../../../kernel/quantity.ts";
import type { Cipher } from "../../vault/cipher.ts";

/** Rows and batches for tests of stores: two shippers, a carrier, a partner, and a stranger. */
export const ada: ParticipantId = "participant_ada";
export const ben: ParticipantId = "participant_ben";
export const carol: ParticipantId = "participant_carol";
export const dora: ParticipantId = "participant_dora";
export const stranger: ParticipantId = "participant_stranger";

export const scopeOf = (viewer: ParticipantId | "network"): Scope => ({ viewer, by: "test", may: [] });
export const nine: Instant = instant(Date.UTC(2026, 10, 21, 9));

const bakery: Point = [-8.6109, 41.1496];
const elm: Point = [-8.6001, 41.1612];

const cellOf = ([longitude, latitude]: Point): string => latLngToCell(latitude, longitude, 8);
const placeOf = (subject: SubjectId, point: Point): Place => ({
  subject,
  point,
  cell: cellOf(point),
  zone: "Europe/Lisbon",
  jurisdiction: "PT",
});

const pickupOf = (order: OrderId): Place => placeOf(`subject_${order}a`, bakery);
export const dropoffOf = (order: OrderId): Place => placeOf(`subject_${order}b`, elm);

export const orderOf = (id: OrderId, shipper: ParticipantId, changed: Partial<Order> = {}): Order => ({
  id,
  shipper,
  reference: null,
  placedAt: nine,
  acceptedAt: null,
  closedAt: null,
  cancelRequestedAt: null,
  pickup: pickupOf(id),
  dropoff: dropoffOf(id),
  pickupWindow: { earliest: nine, latest: null },
  dropoffWindow: { earliest: null, latest: null },
  originalDropoffWindow: { earliest: null, latest: null },
  readyAt: nine,
  requirements: [],
  serviceLevel: "on_demand",
  ifUndeliverable: "return",
  goods: `subject_${id}g`,
  parcels: [
    {
      id: `parcel_${id}`,
      weight: grams(500),
      volume: liters(2),
      state: "expected",
      holder: { kind: "shipper", participant: shipper },
    },
  ],
  legs: [],
  state: "accepted",
  price: money(900, "EUR"),
  version: 1,
  importedBy: null,
  ...changed,
});

export const legOf = (
  id: LegId,
  { id: order, shipper, parcels, pickup, dropoff }: Order,
  changed: Partial<Leg> = {},
): Leg => ({
  id,
  order,
  shipper,
  parcels: parcels.map((parcel) => parcel.id),
  from: pickup,
  to: dropoff,
  pickupWindow: { earliest: nine, latest: null },
  dropoffWindow: { earliest: null, latest: null },
  readyAt: nine,
  kind: "delivery",
  state: "open",
  assignment: null,
  round: 0,
  excluded: [dora],
  offer: null,
  dueAt: nine,
  estimate: null,
  pickedUpAt: null,
  handedOverAt: null,
  driven_m: 0,
  drivenEstimated_m: 0,
  latency_ms: [12],
  quoteWait_ms: [3],
  ...changed,
});

export const assignedTo = (
  carrier: ParticipantId,
  reference: string | null = null,
): NonNullable<Leg["assignment"]> => ({
  carrier,
  quote: "quote_1",
  courier: null,
  shift: null,
  price: money(700, "EUR"),
  reference,
  at: nine,
});

export const participantOf = (id: ParticipantId, role: Participant["roles"][number]): Participant => ({
  id,
  name: id,
  roles: [role],
  zone: "Europe/Lisbon",
  currency: "EUR",
  carriage:
    role === "carrier" ? { kind: "own", cost: { perHour: 1800, perKilometer: 20, perMotorKilometer: 20 } } : null,
});

export const courierOf = (id: CourierId, carrier: ParticipantId): Courier => ({
  id,
  carrier,
  subject: `subject_${id}`,
  employment: "staff",
  vehicle: { profile: "bicycle", maxWeight: grams(20_000), maxVolume: liters(80), maxParcels: 10 },
  skills: [],
  active: true,
  version: 1,
});

export const shiftOf = (
  id: ShiftId,
  courier: CourierId,
  carrier: ParticipantId,
  changed: Partial<Shift> = {},
): Shift => ({
  id,
  courier,
  carrier,
  startsAt: nine,
  endsAt: instant(nine + 3_600_000),
  start: bakery,
  end: null,
  state: "on_duty",
  ...changed,
});

export const routeOf = (shift: Shift, legs: readonly Leg[]): Route => ({
  id: `plan_${shift.id}`,
  shift: shift.id,
  carrier: shift.carrier,
  version: 3,
  stops: legs.map((leg) => ({
    leg: leg.id,
    kind: "dropoff",
    place: leg.to,
    service: 60 as never,
    arrive: nine,
    depart: nine,
  })),
  from: shift.start,
  readyAt: nine,
  odometer_m: 0,
});

const contactAt = (point: Point): Contact => ({
  name: "Ada",
  phone: null,
  email: null,
  address: "Elm 4",
  notes: null,
  point,
});

/** The sealed contacts of an order's two places. */
export const contactsOf = (cipher: Cipher, { shipper, pickup, dropoff }: Order): Batch["sealed"] =>
  [pickup, dropoff].map(({ subject, point }) =>
    cipher.seal({ subject, owner: shipper, kind: "contact", content: contactAt(point), createdAt: nine }),
  );

export const put = <T extends Table>(table: T, row: Tables[T]): Batch["rows"][number] =>
  ({ table, row }) as Batch["rows"][number];

export const batchOf = (changed: Partial<Batch>): Batch => ({
  rows: [],
  drops: [],
  recorded: [],
  waiting: [],
  handled: [],
  sealed: [],
  answers: [],
  ...changed,
});

/** An event of an order, as it is recorded. */
export const recordedOf = (owner: ParticipantId, sequence: number, event: Happened, id?: EventId): Recorded => ({
  id: id ?? `event_${event.order}${sequence}`,
  at: instant(nine + sequence),
  owner,
  order: event.order,
  sequence,
  event,
});
