import { Type, type Static, type TSchema } from "typebox";
import type {
  Account,
  FailureReason,
  LegState,
  OrderSort,
  OrderState,
  ParcelState,
  Permission,
  Profile,
  Requirement,
  ServiceLevel,
} from "../../../domain/index.ts";

/** Small shapes that many answers share. The lists are the domain's, repeated here so that a browser loads nothing but this contract; the compiler compares them. */

/** An enumeration that names every word of a type of the domain, and no other. */
export const same =
  <Word extends string>() =>
  <const List extends readonly Word[]>(list: [Word] extends [List[number]] ? List : never) =>
    Type.Enum([...list] as unknown as List);

/** Fields that nobody knows are refused, not ignored: a misspelt `dropofWindow` would otherwise be a lost promise. */
export const object = <Shape extends Record<string, TSchema>>(shape: Shape, description?: string) =>
  Type.Object(shape, { additionalProperties: false, ...(description ? { description } : {}) });

export const orNull = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
/** May be left out, or null: both mean the same. */
export const maybe = <Schema extends TSchema>(schema: Schema) => Type.Optional(orNull(schema));
export const text = (maxLength: number, description?: string) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: "^(?=[^]*\\S)[^\\u0000]*$",
    ...(description ? { description } : {}),
  });
export const idOf = <K extends string>(kind: K) =>
  Type.Unsafe<`${K}_${string}`>(
    Type.String({
      pattern: `^${kind}_[0-9a-hjkmnp-tv-z]{26}$`,
      description: `the id of ${/^[aeio]/.test(kind) ? "an" : "a"} ${kind}, ${kind}_ and 26 characters`,
    }),
  );

export const IsoInstant = Type.String({
  format: "date-time",
  maxLength: 40,
  description: "RFC 3339 with an offset, e.g. 2026-11-21T09:00:00Z; answers are always in UTC",
  examples: ["2026-11-21T09:00:00Z"],
});

export const LonLat = Type.Unsafe<[longitude: number, latitude: number]>(
  Type.Array(Type.Number(), {
    minItems: 2,
    maxItems: 2,
    description: "[longitude, latitude] in WGS 84 degrees, in this order",
    examples: [[-8.611, 41.147]],
  }),
);

export const MoneyShape = object(
  {
    amount: Type.Integer({ description: "in the currency's minor unit, e.g. cents" }),
    currency: Type.String({ pattern: "^[A-Z]{3}$", description: "ISO 4217" }),
  },
  "An amount with its currency",
);
export type MoneyShape = Static<typeof MoneyShape>;

export const Window = object(
  { earliest: orNull(IsoInstant), latest: orNull(IsoInstant) },
  "When service may begin; both ends inside, an open end is null",
);
export type Window = Static<typeof Window>;

export const EstimateView = object({
  pickup: orNull(IsoInstant),
  dropoff: orNull(IsoInstant),
  early: orNull(IsoInstant),
  late: orNull(IsoInstant),
  madeAt: IsoInstant,
  source: Type.Enum(["plan", "carrier", "great_circle"]),
});
export type EstimateView = Static<typeof EstimateView>;

export const orderSortWords = same<OrderSort>()(["-placed", "placed", "window", "-window", "estimate", "-estimate"]);

export const orderStateWords = same<OrderState>()([
  "placed",
  "accepted",
  "in_progress",
  "delivered",
  "partly_delivered",
  "failed",
  "returned",
  "cancelled",
]);
export const legStateWords = same<LegState>()([
  "open",
  "offered",
  "assigned",
  "en_route_to_pickup",
  "at_pickup",
  "picked_up",
  "en_route_to_dropoff",
  "at_dropoff",
  "handed_over",
  "cancelled",
  "pickup_failed",
  "dropoff_failed",
]);
export const parcelStateWords = same<ParcelState>()([
  "expected",
  "in_custody",
  "at_hub",
  "held",
  "delivered",
  "returned",
  "lost",
  "damaged",
]);
export const requirementWords = same<Requirement>()([
  "age_check",
  "cold",
  "fragile",
  "two_person",
  "signature",
  "pin",
  "photo",
]);
export const serviceLevelWords = same<ServiceLevel>()(["on_demand", "planned"]);
export const profileWords = same<Profile>()(["car", "van", "cargo_bike", "bicycle", "foot", "robot"]);
export const permissionWords = same<Permission>()([
  "orders:read",
  "orders:write",
  "fleet:read",
  "fleet:write",
  "audit:read",
  "admin",
]);
export const failureReasonWords = same<FailureReason>()([
  "not_ready",
  "closed",
  "nobody_home",
  "wrong_address",
  "no_access",
  "refused_by_recipient",
  "age_check_failed",
  "damaged",
  "other",
]);

export const accountWords = same<Account>()(["payable", "receivable", "margin"]);

export const Named = object({ id: idOf("participant"), name: Type.String() }, "A participant, by id and name");
export type Named = Static<typeof Named>;

/** RFC 9457: what every error looks like, as `application/problem+json`. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: "where the code is explained" }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: "what happened, in a sentence" }),
    code: Type.String({ description: "one of docs/refusals.md" }),
    mend: Type.String({ description: "how to mend it, in a sentence" }),
    field: Type.Optional(Type.String({ description: "the path in the request, e.g. dropoff.point" })),
    instance: Type.Optional(Type.String()),
  },
  { additionalProperties: true, description: "RFC 9457 problem details; further fields are the facts behind the code" },
);
export type Problem = Static<typeof Problem>;

/** As `Problem`, for one row of many. */
export const RowProblem = Type.Object(
  { code: Type.String(), detail: Type.String(), mend: Type.String(), field: Type.Optional(Type.String()) },
  { additionalProperties: true },
);
export type RowProblem = Static<typeof RowProblem>;

export const Cursor = Type.String({ minLength: 1, maxLength: 500, description: "`next` of the page before" });
export const Limit = (most: number, usual: number) => Type.Integer({ minimum: 1, maximum: most, default: usual });
/** For links and streams, which cannot carry the header `Milepool-As`. */
export const As = Type.Optional(
  Type.String({
    pattern: "^(network|participant_[0-9a-hjkmnp-tv-z]{26})$",
    description: "act as this participant, where one may act for several; the header Milepool-As says the same",
  }),
);
export const Nothing = Type.Null({ description: "nothing" });
