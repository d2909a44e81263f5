import { Type, type Static } from "typebox";
import {
  failureReasonWords,
  idOf,
  IsoInstant,
  LonLat,
  maybe,
  Named,
  object,
  orNull,
  profileWords,
  requirementWords,
  RowProblem,
  text,
} from "./parts.ts";
import { LegView } from "./order-record.ts";
import type { RouteTable } from "./route.ts";

const VehicleShape = object({
  profile: profileWords,
  maxWeightGrams: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
  maxVolumeLiters: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  maxParcels: Type.Integer({ minimum: 1, maximum: 10_000 }),
});

const CourierBody = object({
  name: text(200),
  phone: maybe(text(40)),
  employment: Type.Enum(["staff", "contractor", "robot"]),
  vehicle: VehicleShape,
  skills: Type.Optional(Type.Array(requirementWords, { maxItems: 7, uniqueItems: true })),
});

export const CourierView = object({
  id: idOf("courier"),
  carrier: Named,
  name: orNull(Type.String()),
  phone: orNull(Type.String()),
  employment: Type.Enum(["staff", "contractor", "gig", "robot"]),
  vehicle: VehicleShape,
  skills: Type.Array(requirementWords),
  active: Type.Boolean(),
});
export type CourierView = Static<typeof CourierView>;

const CourierList = object({ couriers: Type.Array(CourierView) });

const ShiftBody = object({
  courier: idOf("courier"),
  startsAt: IsoInstant,
  endsAt: IsoInstant,
  start: LonLat,
  end: maybe(LonLat),
});

export const ShiftView = object({
  id: idOf("shift"),
  courier: idOf("courier"),
  carrier: Named,
  startsAt: IsoInstant,
  endsAt: IsoInstant,
  start: LonLat,
  end: orNull(LonLat),
  state: Type.Enum(["planned", "on_duty", "over"]),
});
export type ShiftView = Static<typeof ShiftView>;

const ShiftList = object({ shifts: Type.Array(ShiftView) });

const ShiftQuery = object({ from: Type.Optional(IsoInstant), until: Type.Optional(IsoInstant) });

const PositionBody = object({ courier: idOf("courier"), point: LonLat, at: Type.Optional(IsoInstant) });

const PositionsBody = object({ positions: Type.Array(PositionBody, { minItems: 1, maxItems: 1000 }) });

const PositionsAnswer = object({
  taken: Type.Integer(),
  refused: Type.Array(object({ index: Type.Integer(), problem: RowProblem })),
});

const LegReportBody = object({
  to: Type.Enum([
    "en_route_to_pickup",
    "at_pickup",
    "picked_up",
    "en_route_to_dropoff",
    "at_dropoff",
    "handed_over",
    "pickup_failed",
    "dropoff_failed",
  ]),
  at: Type.Optional(IsoInstant),
  reason: maybe(failureReasonWords),
  proof: maybe(
    object({
      kind: Type.Enum(["photo", "signature", "pin", "name", "safe_place"], {
        description: "safe_place: a picture or words of where it was left, once a try has failed",
      }),
      value: Type.String({ minLength: 1, maxLength: 270_000, description: "text, or a data URL of at most 200 kB" }),
    }),
  ),
});

const ofShift = object({ id: idOf("shift") });
const ForCarrier = object({ carrier: Type.Optional(idOf("participant")) }, "for whom, where the operator asks");

export const fleetRoutes = {
  listCouriers: {
    method: "GET",
    path: "/v1/couriers",
    group: "Fleet",
    may: "fleet:read",
    does: "Couriers",
    answers: { 200: CourierList },
  },
  hireCourier: {
    method: "POST",
    path: "/v1/couriers",
    group: "Fleet",
    may: "fleet:write",
    does: "Take on a courier",
    query: ForCarrier,
    body: CourierBody,
    answers: { 201: CourierView },
  },
  listShifts: {
    method: "GET",
    path: "/v1/shifts",
    group: "Fleet",
    may: "fleet:read",
    does: "Shifts that touch a span; today when none is given",
    query: ShiftQuery,
    answers: { 200: ShiftList },
  },
  planShift: {
    method: "POST",
    path: "/v1/shifts",
    group: "Fleet",
    may: "fleet:write",
    does: "Plan a shift",
    body: ShiftBody,
    answers: { 201: ShiftView },
  },
  startShift: {
    method: "POST",
    path: "/v1/shifts/:id/start",
    group: "Fleet",
    may: "fleet:write",
    does: "Go on duty",
    params: ofShift,
    body: object({}),
    answers: { 200: ShiftView },
  },
  endShift: {
    method: "POST",
    path: "/v1/shifts/:id/end",
    group: "Fleet",
    may: "fleet:write",
    does: "Go off duty",
    params: ofShift,
    body: object({}),
    answers: { 200: ShiftView },
  },
  tellPositions: {
    method: "POST",
    path: "/v1/positions",
    group: "Fleet",
    may: "fleet:write",
    does: "Where couriers are: one, or `{positions: […]}`",
    body: Type.Union([PositionBody, PositionsBody]),
    answers: { 200: PositionsAnswer },
  },
  reportLeg: {
    method: "POST",
    path: "/v1/legs/:id/report",
    group: "Fleet",
    may: "fleet:write",
    does: "What a courier says of a leg",
    params: object({ id: idOf("leg") }),
    body: LegReportBody,
    answers: { 200: LegView },
  },
} as const satisfies RouteTable;
