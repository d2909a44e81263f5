import type { FastifyReply, FastifyRequest } from "fastify";
import type { MatchedPoint } from "../../../domain/index.ts";
import type { Point } from "../../../kernel/point.ts";
import { meters, minutes, toIso } from "../../../kernel/quantity.ts";
import type { RoadSource } from "../../network.ts";
import type {
  Answer,
  MatchAnswer,
  NearestAnswer,
  ReachAnswer,
  RoadsAnswer,
  RoadSourceView,
  SnapAnswer,
} from "../contract.ts";
import { type Api, type Asked, onlyOperator } from "../context.ts";
import { must, rowProblem } from "../problems.ts";
import { readInstant, readPoint } from "../requests.ts";

const roadSourceView = ({ observedAt, validUntil, ...source }: RoadSource): RoadSourceView => ({
  ...source,
  observedAt: toIso(observedAt),
  validUntil: toIso(validUntil),
});

/** Roads are everybody's: who runs the network says whom to believe. */
export async function reportRoads({ network }: Api, { scope, body }: Asked<"reportRoads">): Promise<RoadSourceView> {
  onlyOperator(scope);
  return roadSourceView(must(await network.roadReports.take(body)));
}

export const roadConditions = ({ network }: Api): Answer<"roadConditions"> => ({
  sources: network.roadReports.sources().map(roadSourceView),
});

/**
 * The roads change when a feed reports or the hour's traffic does, not with every look: a browser asks whether it has
 * the newest, and mostly has.
 */
export async function roads(
  { network }: Api,
  { query, request, reply }: Asked<"roads">,
): Promise<RoadsAnswer | undefined> {
  const { profile, hours } = query;
  const { roadMap, travel } = network;
  if (roadMap === undefined) return { streets: [], left: 0, closed: [], turns: [], zones: [] };
  const state = travel.stateAt(profile, roadMap.departure(hours));
  if (isKnown(request, reply, `${started}-${state}`)) return undefined;
  const view = await roadMap.view([query.west, query.south, query.east, query.north], profile, hours);
  return {
    streets: view.streets.map((street) => ({ ...street, line: lineOf(street.line) })),
    left: view.left,
    closed: view.closed.map((street) => ({ ...street, line: lineOf(street.line) })),
    turns: view.turns.map((turn) => ({ ...turn, at: [...turn.at] })),
    zones: view.zones.map((zone) => ({ ...zone, lines: zone.lines.map(lineOf) })),
  };
}

/** Another program may have another city loaded. */
const started = Date.now().toString(36);

/** Names the answer; says 304 where the browser has it already (RFC 9110, 13.1.2). */
function isKnown(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  const name = `"${tag.replace(/[^\w-]/g, "-")}"`;
  void reply.header("etag", name).header("cache-control", "private, no-cache").header("vary", "cookie, authorization");
  if (request.headers["if-none-match"] !== name) return false;
  void reply.code(304).send();
  return true;
}

/** To a metre: an area is no finer than that. */
const roughly = ([lon, lat]: Point): Point => [Math.round(lon * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];

const lineOf = (line: readonly Point[]): [number, number][] => line.map(([lon, lat]) => [lon, lat]);

export function snapToRoad({ network }: Api, { query }: Asked<"snapToRoad">): SnapAnswer {
  const told = network.travel.explainSnap([query.longitude, query.latitude], query.profile);
  if (!told.ok) {
    const { code, detail, mend } = rowProblem(told.refusal);
    return { snap: null, passedOver: [], problem: { code, detail, mend } };
  }
  const { snap, way, side, isTwoWay, passedOver } = told.value;
  const [longitude, latitude] = snap.point;
  return {
    snap: { point: [longitude, latitude], road: snap.road, distance_m: snap.distance, way, side, isTwoWay },
    passedOver: passedOver.map(({ distance, ...road }) => ({ ...road, distance_m: distance })),
    problem: null,
  };
}

export async function reachFrom({ network }: Api, { query }: Asked<"reachFrom">): Promise<ReachAnswer> {
  const asked = query.minutes ?? [5, 10, 15];
  const departure = network.roadMap?.departure(query.hours);
  const limits = asked.map(minutes);
  const from: Point = [query.longitude, query.latitude];
  const areas = must(await network.travel.isochrones(from, limits, query.profile, departure));
  return {
    areas: areas.map(({ polygons }, i) => ({
      minutes: asked[i]!,
      polygons: polygons.map((rings) => rings.map((ring) => lineOf(ring.map(roughly)))),
    })),
    source: areas[0]?.source ?? "roads",
  };
}

export async function matchTrace({ network }: Api, { body }: Asked<"matchTrace">): Promise<MatchAnswer> {
  const trace = body.trace.map(({ point, at, accuracy_m }, i) => ({
    point: readPoint(point, `trace[${i}].point`),
    at: readInstant(at, `trace[${i}].at`),
    accuracy: accuracy_m === undefined ? null : meters(accuracy_m),
  }));
  const { points, parts, source } = await network.travel.match(trace, body.profile);
  return {
    matched: points.filter((point) => "snap" in point).length / points.length,
    distance_m: parts.reduce((sum, { distance }) => sum + distance, 0),
    points: points.map(matchedView),
    parts: parts.map(({ first, last, shape, distance, brokenBy }) => ({
      first,
      last,
      line: lineOf(shape),
      distance_m: distance,
      roads: roadsOf(points.slice(first, last + 1)),
      brokenBy,
    })),
    source,
  };
}

function matchedView(point: MatchedPoint): MatchAnswer["points"][number] {
  if ("miss" in point) return { snap: null, confidence: null, part: null, miss: point.miss };
  const { snap, confidence, part } = point;
  const [longitude, latitude] = snap.point;
  const met = { point: [longitude, latitude] as [number, number], road: snap.road, distance_m: snap.distance };
  return { snap: met, confidence, part, miss: null };
}

/** The names along a drive: one that follows itself is one, and what has none is left out. */
function roadsOf(points: readonly MatchedPoint[]): string[] {
  const names = points.flatMap((point) => ("snap" in point && point.snap.road !== null ? [point.snap.road] : []));
  return names.filter((name, i) => name !== names[i - 1]);
}

export async function nearestByRoad({ network }: Api, { body }: Asked<"nearestByRoad">): Promise<NearestAnswer> {
  const { profile, hours = "now", count = 10 } = body;
  const from = readPoint(body.from, "from");
  const candidates = body.candidates.map((point, i) => readPoint(point, `candidates[${i}]`));
  const departure = network.roadMap?.departure(hours);
  const found = must(await network.travel.nearest(from, candidates, count, profile, departure));
  return {
    nearest: found.map(({ target, duration, distance }) => ({
      candidate: target,
      durationSeconds: duration,
      distance_m: distance,
    })),
  };
}
