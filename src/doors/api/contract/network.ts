import { Type, type Static } from "typebox";
import {
  As,
  idOf,
  IsoInstant,
  legStateWords,
  LonLat,
  Named,
  object,
  orderStateWords,
  orNull,
  permissionWords,
  profileWords,
  text,
  Window,
} from "./parts.ts";
import { EstimateView } from "./orders.ts";

export const CityView = object({
  name: Type.String(),
  attribution: Type.String({ description: "shown on every map" }),
  bounds: Type.Unsafe<[west: number, south: number, east: number, north: number]>(
    Type.Array(Type.Number(), { minItems: 4, maxItems: 4 }),
  ),
  centre: LonLat,
  zone: Type.String(),
  jurisdiction: Type.String(),
  currency: Type.String(),
  demo: Type.Boolean(),
  tiles: Type.String({ description: "template of the vector tiles, with {z}, {x} and {y}" }),
});
export type CityView = Static<typeof CityView>;
export const TileParams = object({
  z: Type.Integer({ minimum: 0, maximum: 22 }),
  x: Type.Integer({ minimum: 0, maximum: 4_194_303 }),
  y: Type.Integer({ minimum: 0, maximum: 4_194_303 }),
});

export const FoundPlaceView = object({
  point: LonLat,
  label: Type.String(),
  street: orNull(Type.String()),
  houseNumber: orNull(Type.String()),
  city: orNull(Type.String()),
  postcode: orNull(Type.String()),
  precision: Type.Enum(["house", "street", "place"]),
  confidence: Type.Number(),
});
export type FoundPlaceView = Static<typeof FoundPlaceView>;
export const PlaceSearchQuery = object({
  text: text(200),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 5 })),
});
export const PlaceList = object({ places: Type.Array(FoundPlaceView, { description: "best first" }) });
export const PlaceAtQuery = object({ longitude: Type.Number(), latitude: Type.Number() });
export const PlaceAtAnswer = object({
  place: orNull(FoundPlaceView),
  problem: orNull(
    object({ code: Type.String(), detail: Type.String(), mend: Type.String() }, "why a van cannot serve the point"),
  ),
});
export type PlaceAtAnswer = Static<typeof PlaceAtAnswer>;

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
export const StreamQuery = object({
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

const Spread = object({ mean: Type.Number(), p50: Type.Number(), p90: Type.Number(), p99: Type.Number() });
const Share = orNull(Type.Number());
export const SummaryView = object({
  orders: Type.Integer(),
  delivered: Type.Integer(),
  failed: Type.Integer(),
  cancelled: Type.Integer(),
  open: Type.Integer(),
  onTimeShare: Share,
  onTimeOriginalShare: Share,
  platformShare: Share,
  partnerShare: Share,
  thirdPartyShare: Share,
  dispatchLatencyMs: Spread,
  quoteWaitMs: Spread,
  costPerOrderMinor: orNull(Type.Number()),
  currency: Type.String(),
  kmPerParcel: orNull(Type.Number()),
  kmEstimatedShare: Share,
});
export type SummaryView = Static<typeof SummaryView>;
export const SummaryQuery = object({ from: Type.Optional(IsoInstant), until: Type.Optional(IsoInstant), as: As });

export const ConnectionView = object({
  participant: Named,
  connector: Type.String(),
  health: object({
    calls: Type.Integer(),
    refusals: Type.Integer(),
    outages: Type.Integer(),
    webhooks: Type.Integer(),
    webhooksRefused: Type.Integer(),
    lastAnswerAt: orNull(IsoInstant),
    lastFailure: orNull(object({ at: IsoInstant, operation: Type.String(), what: Type.String() })),
    latencyMs: orNull(object({ p50: Type.Number(), p99: Type.Number() })),
    unknown: Type.Record(Type.String(), Type.Integer()),
  }),
});
export type ConnectionView = Static<typeof ConnectionView>;
export const ConnectionList = object({ connections: Type.Array(ConnectionView) });

export const SessionView = object({
  person: orNull(object({ id: Type.String(), email: Type.String(), name: Type.String() })),
  viewer: orNull(object({ id: Type.Union([idOf("participant"), Type.Literal("network")]), name: Type.String() })),
  may: Type.Array(permissionWords),
  views: Type.Array(
    object({
      id: Type.Union([idOf("participant"), Type.Literal("network")]),
      name: Type.String(),
      roles: Type.Array(Type.String()),
    }),
    { description: "on whose behalf this person may look and act: name one in the header Milepool-As" },
  ),
  demo: Type.Boolean(),
  version: Type.String(),
});
export type SessionView = Static<typeof SessionView>;
export const SignInBody = object({
  email: Type.String({ format: "email", maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
});
export type SignInBody = Static<typeof SignInBody>;

export const KeyBody = object({
  name: text(100),
  may: Type.Array(permissionWords, { minItems: 1, maxItems: 6, uniqueItems: true }),
});
export type KeyBody = Static<typeof KeyBody>;
export const KeyView = object({
  id: idOf("key"),
  participant: Type.Union([idOf("participant"), Type.Literal("network")]),
  name: Type.String(),
  may: Type.Array(permissionWords),
  createdAt: IsoInstant,
  revokedAt: orNull(IsoInstant),
});
export type KeyView = Static<typeof KeyView>;
export const KeyList = object({ keys: Type.Array(KeyView) });
export const KeyCreated = object({
  key: KeyView,
  secret: Type.String({ description: "the whole key, shown this once" }),
});
export type KeyCreated = Static<typeof KeyCreated>;

export const EndpointBody = object({ url: Type.String({ format: "uri", pattern: "^https?://", maxLength: 2000 }) });
export const EndpointView = object({
  id: idOf("endpoint"),
  participant: idOf("participant"),
  url: Type.String(),
  active: Type.Boolean(),
  position: Type.Integer(),
  failures: Type.Integer(),
  retryAt: orNull(IsoInstant),
  createdAt: IsoInstant,
});
export type EndpointView = Static<typeof EndpointView>;
export const EndpointList = object({ endpoints: Type.Array(EndpointView) });
export const EndpointCreated = object({
  endpoint: EndpointView,
  secret: Type.String({ description: "whsec_…, shown this once" }),
});
const TryView = object({
  event: idOf("event"),
  position: Type.Integer(),
  at: IsoInstant,
  status: orNull(Type.Integer()),
  error: orNull(Type.String()),
});
export type TryView = Static<typeof TryView>;
export const TryList = object({ tries: Type.Array(TryView, { description: "newest first" }) });
export const ReplayBody = object({
  position: Type.Integer({ minimum: 0, description: "everything after this feed position is sent again" }),
});

export const PersonBody = object({
  email: Type.String({ format: "email", maxLength: 254 }),
  name: text(200),
  participant: Type.Union([idOf("participant"), Type.Literal("network")]),
  may: Type.Array(permissionWords, { minItems: 1, maxItems: 6, uniqueItems: true }),
});
export type PersonBody = Static<typeof PersonBody>;
const PersonView = object({
  id: Type.String(),
  email: Type.String(),
  name: Type.String(),
  memberships: Type.Array(
    object({
      participant: Type.Union([idOf("participant"), Type.Literal("network")]),
      may: Type.Array(permissionWords),
    }),
  ),
});
export const PersonList = object({ people: Type.Array(PersonView) });
export const PersonCreated = object({
  person: PersonView,
  password: orNull(Type.String({ description: "shown this once; null for a person who was known already" })),
});

export const Health = object({ ok: Type.Boolean(), why: orNull(Type.String()) });
