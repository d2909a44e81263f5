import { Type, type Static } from "typebox";
import {
  As,
  Cursor,
  EstimateView,
  idOf,
  IsoInstant,
  Limit,
  LonLat,
  maybe,
  MoneyShape,
  Named,
  object,
  orderSortWords,
  orderStateWords,
  orNull,
  parcelStateWords,
  requirementWords,
  RowProblem,
  serviceLevelWords,
  text,
  Window,
} from "./parts.ts";
import type { RouteTable } from "./route.ts";

export const PlaceBody = object(
  {
    name: text(200, "who is there"),
    phone: maybe(text(40, "with its country, e.g. +351 912 345 678; kept without its separators")),
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

const OrdersBody = object(
  { orders: Type.Array(OrderBody, { minItems: 1, maxItems: 1000 }) },
  "Several orders; each is taken or refused on its own",
);

/** Of several each is checked on its own: a mistake in one holds up no other. */
const OneOrMany = Type.Union([
  OrderBody,
  object({ orders: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 1000 }) }),
]);

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
  "A place; `point` and `contact` are null for those who may not see them, once the person was forgotten, and in a list unless `contacts=true` opens them",
);
export type PlaceView = Static<typeof PlaceView>;

const orderShape = {
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
};
export const OrderView = object(orderShape);
export type OrderView = Static<typeof OrderView>;

const OrderFilter = {
  state: Type.Optional(
    Type.Array(orderStateWords, { maxItems: 8, description: "repeat it or part by commas for several" }),
  ),
  text: Type.Optional(
    text(
      100,
      "the start of the id or of your reference, or the last six letters of the id, by which people call it; people's names are sealed and not searched",
    ),
  ),
  placedFrom: Type.Optional(IsoInstant),
  placedUntil: Type.Optional(IsoInstant),
  importedBy: Type.Optional(idOf("import")),
  shipper: Type.Optional(idOf("participant")),
  /** Who has, or had, one of its legs, as far as the caller sees. */
  carrier: Type.Optional(idOf("participant")),
  as: As,
};

const OrderListQuery = object({
  ...OrderFilter,
  sort: Type.Optional(
    Type.Unsafe<Static<typeof orderSortWords>>({
      ...orderSortWords,
      default: "-placed",
      description:
        "`window`: by when it should be there; `estimate`: when we think it will be, and for a closed order when it was closed. A minus turns it round; what is not known stands last",
    }),
  ),
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Limit(500, 50)),
  contacts: Type.Optional(
    Type.Boolean({ default: false, description: "open names and addresses too; each opening is written down" }),
  ),
});

export const OrderExportQuery = object(OrderFilter);

const Standing = object(
  {
    leg: idOf("leg"),
    kind: Type.Enum(["delivery", "return"]),
    carrier: orNull(Named),
    courier: orNull(idOf("courier")),
    courierName: orNull(Type.String({ description: "of one's own couriers; null for those of others" })),
    estimate: orNull(EstimateView),
  },
  "Who has the order, or had it last: its newest leg that you see. `carrier` is null while nobody has it, or once you have lost it",
);

const ListedOrder = object({ ...orderShape, standing: orNull(Standing) });
export type ListedOrder = Static<typeof ListedOrder>;

export const OrderList = object({
  orders: Type.Array(ListedOrder),
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

const CancelBody = object({ reason: Type.Optional(text(300)) });

const CancelManyBody = object({
  orders: Type.Array(idOf("order"), { minItems: 1, maxItems: 1000 }),
  reason: Type.Optional(text(300)),
});

const CancelOutcome = object({
  order: idOf("order"),
  state: orNull(orderStateWords),
  problem: orNull(RowProblem),
});

export const CancelManyAnswer = object({
  cancelled: Type.Integer(),
  pending: Type.Integer({ description: "asked for, and not answered yet by the platform that carries it" }),
  outcomes: Type.Array(CancelOutcome),
});
export type CancelManyAnswer = Static<typeof CancelManyAnswer>;

const ofOrder = object({ id: idOf("order") });
const ForShipper = object({ shipper: Type.Optional(idOf("participant")) }, "for whom, where the operator asks");

export const orderRoutes = {
  createOrder: {
    method: "POST",
    path: "/v1/orders",
    group: "Orders",
    may: "orders:write",
    does: "Place one order (201) or several (`{orders: […]}`, 200 with one outcome each). Idempotency-Key is honoured.",
    query: ForShipper,
    body: Type.Union([OrderBody, OrdersBody]),
    checked: OneOrMany,
    answers: { 200: OrdersAnswer, 201: OrderView },
  },
  quoteOrder: {
    method: "POST",
    path: "/v1/orders/quote",
    group: "Orders",
    may: "orders:write",
    does: "What it would cost and when it would be there, without placing it",
    query: ForShipper,
    body: Type.Union([OrderBody, OrdersBody]),
    checked: OneOrMany,
    answers: { 200: QuotesAnswer },
  },
  listOrders: {
    method: "GET",
    path: "/v1/orders",
    group: "Orders",
    may: "orders:read",
    does: "Orders with who has them, sorted and filtered, newest first unless asked otherwise; with counts by state",
    query: OrderListQuery,
    answers: { 200: OrderList },
  },
  getOrder: {
    method: "GET",
    path: "/v1/orders/:id",
    group: "Orders",
    may: "orders:read",
    does: "One order; its ETag is its version",
    params: ofOrder,
    answers: { 200: OrderView },
  },
  changeOrder: {
    method: "PATCH",
    path: "/v1/orders/:id",
    group: "Orders",
    may: "orders:write",
    does: "Change what may still be changed. If-Match is honoured.",
    params: ofOrder,
    body: OrderPatch,
    answers: { 200: OrderView },
  },
  cancelOrder: {
    method: "POST",
    path: "/v1/orders/:id/cancel",
    group: "Orders",
    may: "orders:write",
    does: "Cancel before pickup",
    params: ofOrder,
    body: CancelBody,
    answers: { 200: OrderView },
  },
  forgetOrder: {
    method: "POST",
    path: "/v1/orders/:id/forget",
    group: "Orders",
    may: "orders:write",
    does: "Erase the personal data of a closed order for ever",
    params: ofOrder,
    body: object({}),
    answers: { 200: OrderView },
  },
  cancelOrders: {
    method: "POST",
    path: "/v1/orders/cancel",
    group: "Orders",
    may: "orders:write",
    does: "Cancel several; one outcome each",
    body: CancelManyBody,
    answers: { 200: CancelManyAnswer },
  },
} as const satisfies RouteTable;
