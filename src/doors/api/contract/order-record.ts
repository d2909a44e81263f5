import { Type, type Static } from "typebox";
import {
  accountWords,
  Cursor,
  EstimateView,
  failureReasonWords,
  idOf,
  IsoInstant,
  legStateWords,
  Limit,
  LonLat,
  MoneyShape,
  Named,
  object,
  orNull,
  Window,
} from "./parts.ts";
import { OrderView, PlaceView } from "./orders.ts";
import type { RouteTable } from "./route.ts";

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
  expectedCostMinor: orNull(
    Type.Number({
      description: "like `courier` told to the operator and the carrier itself; a shipper sees the price that won",
    }),
  ),
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

const proofWords = Type.Enum(["photo", "signature", "pin", "name", "safe_place", "platform"], {
  description: "how it was handed over; known even when the proof itself is forgotten",
});
export const AttemptView = object({
  id: idOf("attempt"),
  leg: idOf("leg"),
  kind: Type.Enum(["pickup", "dropoff"]),
  at: IsoInstant,
  succeeded: Type.Boolean(),
  reason: orNull(failureReasonWords),
  proofKind: orNull(proofWords),
  proof: orNull(
    object({
      kind: proofWords,
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

const ofOrder = object({ id: idOf("order") });

export const recordRoutes = {
  getOrderDetail: {
    method: "GET",
    path: "/v1/orders/:id/detail",
    group: "Orders",
    may: "orders:read",
    does: "One order with its legs, timeline, decisions, attempts, money and ways",
    params: ofOrder,
    answers: { 200: OrderDetail },
  },
  orderTimeline: {
    method: "GET",
    path: "/v1/orders/:id/timeline",
    group: "Orders",
    may: "orders:read",
    does: "What happened, in sequence",
    params: ofOrder,
    answers: { 200: object({ timeline: Type.Array(TimelineEntry) }) },
  },
  orderLegs: {
    method: "GET",
    path: "/v1/orders/:id/legs",
    group: "Orders",
    may: "orders:read",
    does: "The order's legs",
    params: ofOrder,
    answers: { 200: object({ legs: Type.Array(LegView) }) },
  },
  orderDecisions: {
    method: "GET",
    path: "/v1/orders/:id/decisions",
    group: "Orders",
    may: "orders:read",
    does: "Why it went to whom",
    params: ofOrder,
    answers: { 200: DecisionList },
  },
  orderMoney: {
    method: "GET",
    path: "/v1/orders/:id/money",
    group: "Orders",
    may: "orders:read",
    does: "Ledger lines",
    params: ofOrder,
    answers: { 200: object({ money: Type.Array(PostingView) }) },
  },
  orderAttempts: {
    method: "GET",
    path: "/v1/orders/:id/attempts",
    group: "Orders",
    may: "orders:read",
    does: "Each try at a pickup or a drop-off",
    params: ofOrder,
    answers: { 200: object({ attempts: Type.Array(AttemptView) }) },
  },
  listDecisions: {
    method: "GET",
    path: "/v1/decisions",
    group: "Insights",
    may: "orders:read",
    does: "Decisions, newest first",
    query: object({
      order: Type.Optional(idOf("order")),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Limit(200, 50)),
    }),
    answers: { 200: DecisionList },
  },
} as const satisfies RouteTable;
