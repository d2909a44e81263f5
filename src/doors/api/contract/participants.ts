import { Type, type Static } from "typebox";
import { idOf, maybe, object, orNull, text } from "./parts.ts";
import type { RouteTable } from "./route.ts";

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

const ParticipantBody = object({
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

const ParticipantList = object({ participants: Type.Array(ParticipantView) });

export const participantRoutes = {
  listParticipants: {
    method: "GET",
    path: "/v1/participants",
    group: "Network",
    may: "orders:read",
    does: "The organisations of the network",
    answers: { 200: ParticipantList },
  },
  joinParticipant: {
    method: "POST",
    path: "/v1/participants",
    group: "Network",
    may: "admin",
    does: "Let an organisation in (the operator only)",
    body: ParticipantBody,
    answers: { 201: ParticipantView },
  },
} as const satisfies RouteTable;
