import { Type, type Static } from "typebox";
import { LonLat, Nothing, object, orNull, text } from "./parts.ts";
import type { RouteTable } from "./route.ts";

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

const TileParams = object({
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
  precision: Type.Enum(["house", "near", "street", "place"]),
  confidence: Type.Number(),
});
export type FoundPlaceView = Static<typeof FoundPlaceView>;

const PlaceSearchQuery = object({
  text: text(200),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 5 })),
});

const PlaceList = object({ places: Type.Array(FoundPlaceView, { description: "best first" }) });

const PlaceAtQuery = object({ longitude: Type.Number(), latitude: Type.Number() });

export const PlaceAtAnswer = object({
  place: orNull(FoundPlaceView),
  problem: orNull(
    object({ code: Type.String(), detail: Type.String(), mend: Type.String() }, "why a van cannot serve the point"),
  ),
});
export type PlaceAtAnswer = Static<typeof PlaceAtAnswer>;

export const cityRoutes = {
  city: {
    method: "GET",
    path: "/v1/city",
    group: "City",
    may: null,
    does: "The loaded city",
    answers: { 200: CityView },
  },
  cityTile: {
    method: "GET",
    path: "/v1/city/tiles/:z/:x/:y",
    group: "City",
    may: null,
    does: "A Mapbox vector tile; 204 where there is nothing",
    params: TileParams,
    produces: "application/vnd.mapbox-vector-tile",
    answers: { 200: Type.Any(), 204: Nothing },
  },
  findPlaces: {
    method: "GET",
    path: "/v1/places",
    group: "City",
    may: "orders:read",
    does: "Address search over the loaded city",
    query: PlaceSearchQuery,
    answers: { 200: PlaceList },
  },
  placeAt: {
    method: "GET",
    path: "/v1/places/at",
    group: "City",
    may: "orders:read",
    does: "The address nearest to a point, and whether a road reaches it",
    query: PlaceAtQuery,
    answers: { 200: PlaceAtAnswer },
  },
} as const satisfies RouteTable;
