import { Type, type Static } from "typebox";
import type { RoadClosedBecause } from "../../../domain/index.ts";
import type { RoadHours } from "../../network.ts";
import { IsoInstant, LonLat, object, orNull, profileWords, same } from "./parts.ts";
import type { RouteTable } from "./route.ts";

export const RoadSourceView = object({
  source: Type.String(),
  observedAt: Type.String({ format: "date-time" }),
  validUntil: Type.String({ format: "date-time" }),
  isStale: Type.Boolean({ description: "nothing of it holds any longer" }),
  closures: Type.Integer(),
  slowdowns: Type.Integer(),
});
export type RoadSourceView = Static<typeof RoadSourceView>;

const RoadSources = object({ sources: Type.Array(RoadSourceView) });

/** As the roads are now, or as they usually are: peaks are 06:30 to 09:30 and 16:30 to 19:30 on workdays, night from 21:00. */
const roadHoursWords = same<RoadHours>()(["now", "night", "morning_peak", "day", "evening_peak", "weekend"]);
const roadClosedWords = same<RoadClosedBecause>()([
  "kind",
  "access",
  "size",
  "zone",
  "island",
  "hour",
  "closure",
  "passing",
]);

const longitude = Type.Number({ minimum: -180, maximum: 180 });
const latitude = Type.Number({ minimum: -90, maximum: 90 });

const RoadViewQuery = object({
  west: longitude,
  south: latitude,
  east: longitude,
  north: latitude,
  profile: profileWords,
  hours: roadHoursWords,
});

const Line = Type.Array(LonLat);

export const StreetView = object({
  line: Line,
  name: orNull(Type.String()),
  kind: Type.String({ description: "OpenStreetMap's word for the kind of road, without links" }),
  way: Type.Integer({ description: "its OpenStreetMap way" }),
  forward: orNull(Type.Number({ description: "km/h along the line, waits left out; null: closed" })),
  backward: orNull(Type.Number({ description: "km/h against it; one null of the two: a one-way street" })),
  share: orNull(Type.Number({ description: "of the free-flow speed, in the slower direction" })),
  zone: orNull(Type.String()),
  isTimed: Type.Boolean({ description: "its tags say something else at other hours" }),
  because: orNull(roadClosedWords),
});
export type StreetView = Static<typeof StreetView>;

const ClosedStreetView = object({
  line: Line,
  name: orNull(Type.String()),
  way: Type.Integer(),
  because: roadClosedWords,
});

const TurnView = object({
  at: LonLat,
  kind: Type.String({ description: "OpenStreetMap's word, e.g. no_left_turn" }),
  when: orNull(Type.String({ description: "in the map's words; null: always" })),
  from: orNull(Type.String()),
  to: orNull(Type.String()),
});

const ZoneView = object({
  name: Type.String(),
  kind: Type.String(),
  rule: orNull(Type.String({ description: "in the map's words" })),
  lines: Type.Array(Line, { description: "its border" }),
});

const RoadsAnswer = object({
  streets: Type.Array(StreetView, { description: "3,000 at most: the most important kinds first" }),
  left: Type.Integer({ description: "streets that were too many to show" }),
  closed: Type.Array(ClosedStreetView, {
    description: "streets that this profile may not use: by a sign, for its size, in a zone, on an island",
  }),
  turns: Type.Array(TurnView, { description: "turn restrictions, whoever they bind" }),
  zones: Type.Array(ZoneView),
});
export type RoadsAnswer = Static<typeof RoadsAnswer>;

const SnapQuery = object({ longitude, latitude, profile: profileWords });

const SnapAnswer = object({
  snap: orNull(
    object(
      {
        point: LonLat,
        road: orNull(Type.String()),
        distance_m: Type.Integer(),
        way: orNull(Type.Integer()),
        side: orNull(Type.Enum(["left", "right"], { description: "of the road, looking along it as it is drawn" })),
        isTwoWay: Type.Boolean(),
      },
      "where the point meets the road; null: it cannot be served, see `problem`",
    ),
  ),
  passedOver: Type.Array(
    object({
      road: orNull(Type.String()),
      way: Type.Integer(),
      distance_m: Type.Integer(),
      because: roadClosedWords,
    }),
    { description: "roads that lie nearer, and why none of them was taken" },
  ),
  problem: orNull(object({ code: Type.String(), detail: Type.String(), mend: Type.String() })),
});
export type SnapAnswer = Static<typeof SnapAnswer>;

const ReachQuery = object({
  longitude,
  latitude,
  profile: profileWords,
  hours: roadHoursWords,
  minutes: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1, maximum: 60 }), { minItems: 1, maxItems: 4, default: [5, 10, 15] }),
  ),
});

const ReachAnswer = object({
  areas: Type.Array(
    object({
      minutes: Type.Integer(),
      polygons: Type.Array(Type.Array(Line), { description: "of each the outer ring and its holes, as in GeoJSON" }),
    }),
    { description: "where one can be by then, in the order asked" },
  ),
  source: Type.Enum(["roads", "great_circle"]),
});
export type ReachAnswer = Static<typeof ReachAnswer>;

const TraceBody = object({
  profile: profileWords,
  trace: Type.Array(
    object({
      point: LonLat,
      at: IsoInstant,
      accuracy_m: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 10_000, description: "what the receiver says of itself" }),
      ),
    }),
    { minItems: 1, maxItems: 1000, description: "positions in the order in which they were taken" },
  ),
});

const MatchAnswer = object({
  matched: Type.Number({ description: "share of the positions that were found on a road, 0 to 1" }),
  distance_m: Type.Integer({ description: "driven in all parts" }),
  points: Type.Array(
    object({
      snap: orNull(object({ point: LonLat, road: orNull(Type.String()), distance_m: Type.Integer() })),
      confidence: orNull(Type.Number({ description: "that it is this road, of all it may have been, 0 to 1" })),
      part: orNull(Type.Integer()),
      miss: orNull(
        Type.Enum(["broken", "off_road", "outlier"], {
          description:
            "why it is on no road: no place or out of order, too far from every road, or no drive explains it",
        }),
      ),
    }),
    { description: "one for each position" },
  ),
  parts: Type.Array(
    object({
      first: Type.Integer(),
      last: Type.Integer(),
      line: Line,
      distance_m: Type.Integer(),
      roads: Type.Array(Type.String(), { description: "names on which positions lay, in the order of the drive" }),
      brokenBy: orNull(Type.Enum(["gap", "off_road", "no_way"], { description: "what ended the part before" })),
    }),
    { description: "ways that were driven without a break, by places in the trace" },
  ),
  source: Type.Enum(["roads", "great_circle"]),
});
export type MatchAnswer = Static<typeof MatchAnswer>;

const NearestBody = object({
  from: LonLat,
  candidates: Type.Array(LonLat, { minItems: 1, maxItems: 1000 }),
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 10 })),
  profile: profileWords,
  hours: Type.Optional(roadHoursWords),
});

const NearestAnswer = object({
  nearest: Type.Array(
    object({
      candidate: Type.Integer({ description: "its place among the candidates; the first is 0" }),
      durationSeconds: Type.Integer(),
      distance_m: Type.Integer(),
    }),
    { description: "the soonest reached first; who cannot be reached is left out" },
  ),
});
export type NearestAnswer = Static<typeof NearestAnswer>;

export const roadRoutes = {
  reportRoads: {
    method: "POST",
    path: "/v1/roads/conditions",
    group: "Roads",
    may: "admin",
    does: "Report congestion, weather and closures: in place of what the same source reported before",
    body: Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true })),
    answers: { 200: RoadSourceView },
  },
  roadConditions: {
    method: "GET",
    path: "/v1/roads/conditions",
    group: "Roads",
    may: "orders:read",
    does: "Who reported what of the roads, and whether it still holds",
    answers: { 200: RoadSources },
  },
  roads: {
    method: "GET",
    path: "/v1/roads",
    group: "Roads",
    may: "orders:read",
    does: "The streets within a box with their speeds, and what is forbidden there; with an ETag of the roads' state",
    query: RoadViewQuery,
    answers: { 200: RoadsAnswer },
  },
  snapToRoad: {
    method: "GET",
    path: "/v1/roads/at",
    group: "Roads",
    may: "orders:read",
    does: "Which road a point is served from, and why none that is nearer",
    query: SnapQuery,
    answers: { 200: SnapAnswer },
  },
  reachFrom: {
    method: "GET",
    path: "/v1/roads/reach",
    group: "Roads",
    may: "orders:read",
    does: "Where one can be from a point after some minutes",
    query: ReachQuery,
    answers: { 200: ReachAnswer },
  },
  matchTrace: {
    method: "POST",
    path: "/v1/roads/match",
    group: "Roads",
    may: "orders:read",
    does: "Which way a trace of positions was driven",
    onlyAsks: true,
    body: TraceBody,
    answers: { 200: MatchAnswer },
  },
  nearestByRoad: {
    method: "POST",
    path: "/v1/roads/nearest",
    group: "Roads",
    may: "orders:read",
    does: "Which of some places are reached first from a point",
    onlyAsks: true,
    body: NearestBody,
    answers: { 200: NearestAnswer },
  },
} as const satisfies RouteTable;
