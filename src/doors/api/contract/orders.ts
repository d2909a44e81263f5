import { Type, type Static } from "typebox";
import {
  accountWords,
  As,
  Cursor,
  failureReasonWords,
  idOf,
  IsoInstant,
  legStateWords,
  Limit,
  LonLat,
  maybe,
  MoneyShape,
  Named,
  object,
  orderStateWords,
  orNull,
  parcelStateWords,
  requirementWords,
  RowProblem,
  serviceLevelWords,
  text,
  Window,
} from "./parts.ts";

export const PlaceBody = object(
  {
    name: text(200, "who is there"),
    phone: maybe(text(40)),
    email: maybe(Type.String({ format: "email", maxLength: 254 })),
    address: maybe(text(300, "one line, e.g. Harbour Street 12; searched in the loaded city when there is no point")),
    point: maybe(LonLat),
    notes: maybe(text(1000, "for the courier's eyes")),
  },
  "A place: an address, a point, or both (then the point counts)",
);
export type PlaceBody = Static<typeof PlaceBody>;

const WindowBody = object(
  { earliest: maybe(IsoInstant), latest: maybe(IsoInstant) },
  "When service may begin; both ends inside, an open end is null or left out",
);

export const OrderBody = object(
  {
    reference: maybe(text(100, "your own number for it, unique among your orders")),
    pickup: PlaceBody,
    dropoff: PlaceBody,
    pickupWindow: maybe(WindowBody),
    dropoffWindow: maybe(WindowBody),
    readyAt: maybe(IsoInstant),
    parcels: Type.Array(
      object({
        weightGrams: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
        volumeLiters: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 1 })),
        contents: maybe(text(200)),
      }),
      { maxItems: 100 },
    ),
    value: maybe(
      object({
        amount: Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 }),
        currency: Type.String({ pattern: "^[A-Z]{3}$" }),
      }),
    ),
    requirements: Type.Optional(Type.Array(requirementWords, { maxItems: 7, uniqueItems: true })),
    serviceLevel: maybe(serviceLevelWords),
    ifUndeliverable: Type.Optional(Type.Enum(["return", "leave_safe"])),
  },
  "What a shipper asks for: bring these parcels from here to there within these windows",
);
export type OrderBody = Static<typeof OrderBody>;

export const OrdersBody = object(
  { orders: Type.Array(OrderBody, { minItems: 1, maxItems: 1000 }) },
  "Several orders; each is taken or refused on its own",
);
export type OrdersBody = Static<typeof OrdersBody>;

export const OrderPatch = object(
  {
    readyAt: Type.Optional(IsoInstant),
    dropoffWindow: Type.Optional(WindowBody),
    dropoffNotes: maybe(text(1000)),
    dropoffPhone: maybe(text(40)),
  },
  "What may still be changed: readiness until pickup; the drop-off's window, notes and phone until pickup",
);
export type OrderPatch = Static<typeof OrderPatch>;

const ContactView = object({
  name: Type.String(),
  phone: orNull(Type.String()),
  email: orNull(Type.String()),
  address: Type.String(),
  notes: orNull(Type.String()),
});
export type ContactView = Static<typeof ContactView>;

export const PlaceView = object(
  {
    point: orNull(LonLat),
    cell: Type.String({ description: "H3 cell, resolution 8" }),
    zone: Type.String(),
    jurisdiction: Type.String(),
    contact: orNull(ContactView),
  },
  "A place; `point` and `contact` are null for those who may not see them, and once the person was forgotten",
);
export type PlaceView = Static<typeof PlaceView>;

export const OrderView = object({
  id: idOf("order"),
  shipper: Named,
  reference: orNull(Type.String()),
  state: orderStateWords,
  placedAt: IsoInstant,
  acceptedAt: orNull(IsoInstant),
  closedAt: orNull(IsoInstant),
  pickup: PlaceView,
  dropoff: PlaceView,
  pickupWindow: Window,
  dropoffWindow: Window,
  originalDropoffWindow: Window,
  readyAt: IsoInstant,
  requirements: Type.Array(requirementWords),
  serviceLevel: serviceLevelWords,
  ifUndeliverable: Type.Enum(["return", "leave_safe"]),
  goods: orNull(object({ contents: Type.Array(Type.String()), value: orNull(MoneyShape) })),
  parcels: Type.Array(
    object({
      id: idOf("parcel"),
      weightGrams: Type.Integer(),
      volumeLiters: Type.Integer(),
      state: parcelStateWords,
      holder: object({ kind: Type.Enum(["shipper", "carrier", "hub", "recipient"]), participant: orNull(Named) }),
    }),
  ),
  legs: Type.Array(idOf("leg")),
  /** What the shipper pays; the carriers do not see it. */
  price: orNull(MoneyShape),
  version: Type.Integer({ description: "its ETag is this number in quotes" }),
  importedBy: orNull(idOf("import")),
});
export type OrderView = Static<typeof OrderView>;

const OrderFilter = {
  state: Type.Optional(
    Type.Array(orderStateWords, { maxItems: 8, description: "repeat it or part by commas for several" }),
  ),
  text: Type.Optional(text(100, "the start of the id or of the reference")),
  placedFrom: Type.Optional(IsoInstant),
  placedUntil: Type.Optional(IsoInstant),
  importedBy: Type.Optional(idOf("import")),
  shipper: Type.Optional(idOf("participant")),
  as: As,
};
export const OrderListQuery = object({
  ...OrderFilter,
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Limit(500, 50)),
  contacts: Type.Optional(
    Type.Boolean({ default: false, description: "open names and addresses too; each opening is written down" }),
  ),
});
export type OrderListQuery = Static<typeof OrderListQuery>;
export const OrderExportQuery = object(OrderFilter);

export const OrderList = object({
  orders: Type.Array(OrderView),
  next: orNull(Cursor),
  counts: Type.Record(Type.String(), Type.Integer(), {
    description: "orders in each state under the same filters, the state filter left out",
  }),
});
export type OrderList = Static<typeof OrderList>;

const OrderOutcome = object({ index: Type.Integer(), order: orNull(OrderView), problem: orNull(RowProblem) });
export const OrdersAnswer = object({
  outcomes: Type.Array(OrderOutcome, { description: "in the order of the request" }),
});
export type OrdersAnswer = Static<typeof OrdersAnswer>;

export const QuoteView = object({
  price: MoneyShape,
  pickupAt: orNull(IsoInstant),
  dropoffAt: orNull(IsoInstant),
  distanceMeters: Type.Integer(),
  source: Type.Enum(["roads", "great_circle"]),
});
export type QuoteView = Static<typeof QuoteView>;
export const QuotesAnswer = object({
  outcomes: Type.Array(object({ index: Type.Integer(), quote: orNull(QuoteView), problem: orNull(RowProblem) })),
});
export type QuotesAnswer = Static<typeof QuotesAnswer>;

export const CancelBody = object({ reason: Type.Optional(text(300)) });
export const CancelManyBody = object({
  orders: Type.Array(idOf("order"), { minItems: 1, maxItems: 1000 }),
  reason: Type.Optional(text(300)),
});
export type CancelManyBody = Static<typeof CancelManyBody>;
const CancelOutcome = object({
  order: idOf("order"),
  state: orNull(orderStateWords),
  problem: orNull(RowProblem),
});
export const CancelManyAnswer = object({ cancelled: Type.Integer(), outcomes: Type.Array(CancelOutcome) });
export type CancelManyAnswer = Static<typeof CancelManyAnswer>;

export const ImportProblem = Type.Object(
  {
    row: Type.Integer({ description: "line in the file as a spreadsheet counts it: the heading is row 1" }),
    column: orNull(Type.String({ description: "as the file calls it; null when the whole row is meant" })),
    code: Type.String(),
    detail: Type.String(),
    mend: Type.String(),
  },
  { additionalProperties: false },
);
export type ImportProblem = Static<typeof ImportProblem>;

export const ImportAnswer = object({
  importId: orNull(idOf("import")),
  dryRun: Type.Boolean(),
  rows: Type.Integer({ description: "rows with something in them, the heading left out" }),
  taken: Type.Integer(),
  refused: Type.Integer(),
  separator: Type.String(),
  columns: Type.Array(object({ heading: Type.String(), field: orNull(Type.String()) }), {
    description: "how each heading was understood; null: not understood and left out",
  }),
  notes: Type.Array(Type.String(), {
    description: "what one should know before saying yes, e.g. which zone times without offset were read in",
  }),
  preview: Type.Array(
    object({
      row: Type.Integer(),
      reference: orNull(Type.String()),
      pickup: Type.String(),
      dropoff: Type.String(),
      order: orNull(idOf("order")),
      quote: orNull(QuoteView),
    }),
    { description: "the good rows" },
  ),
  problems: Type.Array(ImportProblem, { description: "sorted by row; a bad row may have several" }),
});
export type ImportAnswer = Static<typeof ImportAnswer>;

export const EstimateView = object({
  pickup: orNull(IsoInstant),
  dropoff: orNull(IsoInstant),
  early: orNull(IsoInstant),
  late: orNull(IsoInstant),
  madeAt: IsoInstant,
  source: Type.Enum(["plan", "carrier", "great_circle"]),
});
export type EstimateView = Static<typeof EstimateView>;

export const LegView = object({
  id: idOf("leg"),
  order: idOf("order"),
  kind: Type.Enum(["delivery", "return"]),
  state: legStateWords,
  parcels: Type.Array(idOf("parcel")),
  from: PlaceView,
  to: PlaceView,
  pickupWindow: Window,
  dropoffWindow: Window,
  readyAt: IsoInstant,
  dueAt: IsoInstant,
  round: Type.Integer(),
  assignment: orNull(
    object({
      carrier: Named,
      courier: orNull(idOf("courier")),
      courierName: orNull(Type.String()),
      price: MoneyShape,
      reference: orNull(Type.String()),
      at: IsoInstant,
    }),
  ),
  estimate: orNull(EstimateView),
  pickedUpAt: orNull(IsoInstant),
  handedOverAt: orNull(IsoInstant),
});
export type LegView = Static<typeof LegView>;

export const TimelineEntry = object({
  id: idOf("event"),
  at: IsoInstant,
  order: idOf("order"),
  sequence: Type.Integer(),
  type: Type.String({ description: "the CloudEvents type, e.g. io.milepool.order.delivered.v1" }),
  name: Type.String({ description: "the event's own name, e.g. LegAssigned" }),
  data: Type.Record(Type.String(), Type.Unknown(), { description: "ids and facts, never personal data" }),
});
export type TimelineEntry = Static<typeof TimelineEntry>;

export const CandidateView = object({
  carrier: Named,
  courier: orNull(idOf("courier")),
  courierName: orNull(Type.String()),
  price: orNull(MoneyShape),
  pickupAt: orNull(IsoInstant),
  dropoffAt: orNull(IsoInstant),
  source: orNull(Type.Enum(["own_plan", "agreement", "platform"])),
  expectedCostMinor: orNull(Type.Number()),
  chosen: Type.Boolean(),
  lost: orNull(Type.Object({ code: Type.String(), words: Type.String() }, { additionalProperties: true })),
});
export type CandidateView = Static<typeof CandidateView>;

export const DecisionView = object({
  id: idOf("decision"),
  leg: idOf("leg"),
  order: idOf("order"),
  at: IsoInstant,
  outcome: Type.Enum(["chosen", "none"]),
  candidates: Type.Array(CandidateView),
  inputs: Type.Array(object({ what: Type.String(), origin: Type.String(), ageSeconds: Type.Number() })),
  policy: object({ name: Type.String(), version: Type.Integer(), latenessPerMinuteMinor: Type.Number() }),
  latencyMs: Type.Number(),
  quoteWaitMs: Type.Number(),
});
export type DecisionView = Static<typeof DecisionView>;
export const DecisionList = object({ decisions: Type.Array(DecisionView), next: orNull(Cursor) });
export type DecisionList = Static<typeof DecisionList>;

export const AttemptView = object({
  id: idOf("attempt"),
  leg: idOf("leg"),
  kind: Type.Enum(["pickup", "dropoff"]),
  at: IsoInstant,
  succeeded: Type.Boolean(),
  reason: orNull(failureReasonWords),
  proof: orNull(
    object({
      kind: Type.Enum(["photo", "signature", "pin", "name", "platform"]),
      value: Type.String(),
      at: IsoInstant,
    }),
  ),
});
export type AttemptView = Static<typeof AttemptView>;

export const PostingView = object({
  id: idOf("posting"),
  entry: Type.String(),
  participant: Named,
  account: accountWords,
  amount: MoneyShape,
  at: IsoInstant,
  text: Type.String(),
});
export type PostingView = Static<typeof PostingView>;

export const OrderDetail = object({
  order: OrderView,
  legs: Type.Array(LegView),
  timeline: Type.Array(TimelineEntry),
  decisions: Type.Array(DecisionView),
  attempts: Type.Array(AttemptView),
  money: Type.Array(PostingView),
  ways: Type.Array(
    object({
      leg: idOf("leg"),
      way: Type.Array(LonLat, { description: "the road between the leg's two places; not where somebody went" }),
      trail: Type.Array(object({ point: LonLat, at: IsoInstant }), {
        description: "positions of the own courier while carrying it",
      }),
    }),
  ),
});
export type OrderDetail = Static<typeof OrderDetail>;
