import { Type, type Static } from "typebox";
import {
  As,
  EstimateView,
  idOf,
  IsoInstant,
  legStateWords,
  LonLat,
  Named,
  object,
  orderStateWords,
  orNull,
  profileWords,
  Window,
} from "./parts.ts";
import type { RouteTable } from "./route.ts";

export const LiveCourier = object({
  id: idOf("courier"),
  name: orNull(Type.String()),
  carrier: Named,
  profile: profileWords,
  shift: idOf("shift"),
  shiftEndsAt: IsoInstant,
  position: orNull(object({ point: LonLat, at: IsoInstant, ageSeconds: Type.Number() })),
  routeVersion: Type.Integer(),
  stops: Type.Array(
    object({
      leg: idOf("leg"),
      kind: Type.Enum(["pickup", "dropoff"]),
      point: LonLat,
      arrive: IsoInstant,
      depart: IsoInstant,
      parkAt: orNull(
        object(
          { point: LonLat, road: orNull(Type.String()), walkSeconds: Type.Integer() },
          "where the vehicle is left, and the walk to the door, one way; null: it goes up to the door",
        ),
      ),
    }),
  ),
});
export type LiveCourier = Static<typeof LiveCourier>;

export const LiveLeg = object({
  id: idOf("leg"),
  order: idOf("order"),
  reference: orNull(Type.String()),
  kind: Type.Enum(["delivery", "return"]),
  state: legStateWords,
  orderState: orderStateWords,
  shipper: Named,
  carrier: orNull(Named),
  courier: orNull(idOf("courier")),
  from: LonLat,
  to: LonLat,
  pickupWindow: Window,
  dropoffWindow: Window,
  estimate: orNull(EstimateView),
  carrierPosition: orNull(object({ point: LonLat, at: IsoInstant, ageSeconds: Type.Number() })),
});
export type LiveLeg = Static<typeof LiveLeg>;

export const LiveAnswer = object({
  now: IsoInstant,
  couriers: Type.Array(LiveCourier),
  legs: Type.Array(LiveLeg),
});
export type LiveAnswer = Static<typeof LiveAnswer>;

export const RouteWay = object(
  { shift: idOf("shift"), version: Type.Integer(), way: Type.Array(LonLat) },
  "A route as a line on the map",
);
export type RouteWay = Static<typeof RouteWay>;

export const WaysAnswer = object({ ways: Type.Array(RouteWay) });
export type WaysAnswer = Static<typeof WaysAnswer>;

const StreamQuery = object({
  as: As,
  after: Type.Optional(
    Type.Integer({
      minimum: 0,
      description: "feed position to go on after; the header Last-Event-ID says the same and wins",
    }),
  ),
});

export const ClockView = object({ now: IsoInstant, speed: Type.Number(), paused: Type.Boolean() });
export type ClockView = Static<typeof ClockView>;

export const ClockBody = Type.Union([
  object({ action: Type.Literal("pause") }),
  object({ action: Type.Literal("play"), speed: Type.Number({ minimum: 1, maximum: 60 }) }),
  object({ action: Type.Literal("step"), seconds: Type.Integer({ minimum: 1, maximum: 3600 }) }),
]);
export type ClockBody = Static<typeof ClockBody>;

export const liveRoutes = {
  live: {
    method: "GET",
    path: "/v1/live",
    group: "Live",
    may: "orders:read",
    does: "What moves now",
    answers: { 200: LiveAnswer },
  },
  liveWays: {
    method: "GET",
    path: "/v1/live/ways",
    group: "Live",
    may: "orders:read",
    does: "Running routes as lines on the map",
    answers: { 200: WaysAnswer },
  },
  liveStream: {
    method: "GET",
    path: "/v1/live/stream",
    group: "Live",
    may: "orders:read",
    produces: "text/event-stream",
    does: "`live` (a LiveAnswer, at most one a second), `ways` (a WaysAnswer of what changed), `happened` (a TimelineEntry; its id is the feed position, resumable by Last-Event-ID), `clock` (a ClockView, in the demo)",
    query: StreamQuery,
    answers: { 200: Type.String() },
  },
  eventStream: {
    method: "GET",
    path: "/v1/events/stream",
    group: "Live",
    may: "orders:read",
    produces: "text/event-stream",
    does: "Every sealed event as CloudEvents 1.0 JSON, from the beginning or after Last-Event-ID",
    query: StreamQuery,
    answers: { 200: Type.String() },
  },
  clock: {
    method: "GET",
    path: "/v1/clock",
    group: "Live",
    may: null,
    does: "The network's time",
    answers: { 200: ClockView },
  },
  setClock: {
    method: "POST",
    path: "/v1/clock",
    group: "Live",
    may: "admin",
    does: "Pause, play or step the demo's clock",
    body: ClockBody,
    answers: { 200: ClockView },
  },
} as const satisfies RouteTable;
