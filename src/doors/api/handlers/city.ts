import type { FoundPlace } from "../../../domain/index.ts";
import type { Answer, CityView, FoundPlaceView, PlaceAtAnswer } from "../contract.ts";
import type { Api, Asked } from "../context.ts";
import { rowProblem } from "../problems.ts";
import { readPoint } from "../requests.ts";

export function city({ network }: Api): CityView {
  const { name, attribution, bounds, centre, zone, jurisdiction, currency } = network.city;
  const tiles = "/v1/city/tiles/{z}/{x}/{y}";
  return {
    name,
    attribution: [...new Set([attribution, network.geocoder?.attribution ?? attribution])].join(" · "),
    bounds: [...bounds],
    centre: [centre[0], centre[1]],
    zone,
    jurisdiction,
    currency,
    demo: network.demo,
    tiles,
  };
}

/** The loaded city does not change while the program runs, so a browser may keep what it has for a while. */
export function cityTile({ network }: Api, { params, reply }: Asked<"cityTile">): unknown {
  const side = 2 ** params.z;
  const tile = params.x < side && params.y < side ? network.city.tile(params.z, params.x, params.y) : null;
  void reply.header("cache-control", "public, max-age=3600");
  if (tile === null) return reply.code(204).send();
  return reply
    .header("content-type", "application/vnd.mapbox-vector-tile")
    .header("content-encoding", "gzip")
    .send(Buffer.from(tile));
}

const foundPlaceView = (place: FoundPlace): FoundPlaceView => ({ ...place, point: [place.point[0], place.point[1]] });

/** Below this the loaded city is guessing, and somebody else may know better. */
const sureEnough = 0.6;

/** The loaded city first; an outside geocoder, where there is one, for what it does not know. */
export async function findPlaces({ network }: Api, { query }: Asked<"findPlaces">): Promise<Answer<"findPlaces">> {
  const limit = query.limit ?? 5;
  const known = network.places.find(query.text, limit);
  const isSure = (known[0]?.confidence ?? 0) >= sureEnough;
  const more = isSure ? undefined : await network.geocoder?.find(query.text, limit);
  const outside = more === undefined || "kind" in more ? [] : more;
  const found = [...known, ...outside].sort((a, b) => b.confidence - a.confidence);
  return { places: found.slice(0, limit).map(foundPlaceView) };
}

export function placeAt({ network }: Api, { query }: Asked<"placeAt">): PlaceAtAnswer {
  const point = readPoint([query.longitude, query.latitude], "longitude, latitude");
  const place = network.places.at(point);
  const snap = network.travel.snap(point, "van");
  const problem = snap.ok ? null : rowProblem(snap.refusal);
  return {
    place: place && foundPlaceView(place),
    problem: problem && { code: problem.code, detail: problem.detail, mend: problem.mend },
  };
}
