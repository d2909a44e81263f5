import { Type, type Static } from "typebox";
import {
  failureReasonWords,
  idOf,
  IsoInstant,
  LonLat,
  maybe,
  MoneyShape,
  Named,
  object,
  orNull,
  profileWords,
  requirementWords,
  RowProblem,
  text,
} from "./parts.ts";

const VehicleShape = object({
  profile: profileWords,
  maxWeightGrams: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
  maxVolumeLiters: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  maxParcels: Type.Integer({ minimum: 1, maximum: 10_000 }),
});

export const CourierBody = object({
  name: text(200),
  phone: maybe(text(40)),
  employment: Type.Enum(["staff", "contractor", "robot"]),
  vehicle: VehicleShape,
  skills: Type.Optional(Type.Array(requirementWords, { maxItems: 7, uniqueItems: true })),
});
export type CourierBody = Static<typeof CourierBody>;

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
export const CourierList = object({ couriers: Type.Array(CourierView) });
export type CourierList = Static<typeof CourierList>;

export const ShiftBody = object({
  courier: idOf("courier"),
  startsAt: IsoInstant,
  endsAt: IsoInstant,
  start: LonLat,
  end: maybe(LonLat),
});
export type ShiftBody = Static<typeof ShiftBody>;

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
export const ShiftList = object({ shifts: Type.Array(ShiftView) });
export const ShiftQuery = object({ from: Type.Optional(IsoInstant), until: Type.Optional(IsoInstant) });

export const PositionBody = object({ courier: idOf("courier"), point: LonLat, at: Type.Optional(IsoInstant) });
export type PositionBody = Static<typeof PositionBody>;
export const PositionsBody = object({ positions: Type.Array(PositionBody, { minItems: 1, maxItems: 1000 }) });
export type PositionsBody = Static<typeof PositionsBody>;
export const PositionsAnswer = object({
  taken: Type.Integer(),
  refused: Type.Array(object({ index: Type.Integer(), problem: RowProblem })),
});

export const LegReportBody = object({
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
      kind: Type.Enum(["photo", "signature", "pin", "name"]),
      value: Type.String({ minLength: 1, maxLength: 270_000, description: "text, or a data URL of at most 200 kB" }),
    }),
  ),
});
export type LegReportBody = Static<typeof LegReportBody>;

export const OfferView = object({
  id: idOf("offer"),
  leg: idOf("leg"),
  to: Named,
  price: MoneyShape,
  pickupAt: orNull(IsoInstant),
  dropoffAt: orNull(IsoInstant),
  madeAt: IsoInstant,
  expiresAt: IsoInstant,
  state: Type.Enum(["open", "accepted", "refused", "expired", "withdrawn"]),
});
export type OfferView = Static<typeof OfferView>;
export const OfferList = object({ offers: Type.Array(OfferView) });
export const OfferRefuseBody = object({ reason: maybe(text(300)) });

const positiveMinor = Type.Number({ minimum: 0, maximum: 1_000_000_000 });
const CarriageShape = Type.Union([
  object({
    kind: Type.Literal("own"),
    cost: object({ perHour: positiveMinor, perKilometer: positiveMinor, perMotorKilometer: positiveMinor }),
  }),
  object({
    kind: Type.Literal("partner"),
    tariff: object({
      base: positiveMinor,
      perKilometer: positiveMinor,
      minimum: positiveMinor,
      answerWithin: Type.Integer({ minimum: 1, maximum: 86_400, description: "seconds" }),
    }),
  }),
  object({ kind: Type.Literal("platform"), connector: Type.String({ pattern: "^[a-z0-9-]{1,60}$" }) }),
]);

export const ParticipantBody = object({
  name: text(200),
  roles: Type.Array(Type.Enum(["shipper", "carrier", "platform", "hub_operator"]), {
    minItems: 1,
    maxItems: 4,
    uniqueItems: true,
  }),
  zone: Type.Optional(text(64, "IANA zone; the city's when left out")),
  currency: Type.Optional(Type.String({ pattern: "^[A-Z]{3}$", description: "ISO 4217; the city's when left out" })),
  carriage: maybe(CarriageShape),
});
export type ParticipantBody = Static<typeof ParticipantBody>;

export const ParticipantView = object({
  id: idOf("participant"),
  name: Type.String(),
  roles: Type.Array(Type.Enum(["shipper", "carrier", "platform", "hub_operator", "operator"])),
  zone: Type.String(),
  currency: Type.String(),
  kind: orNull(Type.Enum(["own", "partner", "platform"])),
  /** What its carriage costs: for its own and the operator's eyes. */
  carriage: orNull(CarriageShape),
});
export type ParticipantView = Static<typeof ParticipantView>;
export const ParticipantList = object({ participants: Type.Array(ParticipantView) });
