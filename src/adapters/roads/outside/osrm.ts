import type { Maneuver, Profile, TravelStep } from "../../../domain/ports.ts";
import type { Point } from "../../../kernel/point.ts";
import { meters, seconds } from "../../../kernel/quantity.ts";
import { outage, type Outage } from "../../../kernel/result.ts";
import { isOutage, jsonIn, openService, type OutsideService } from "../../outside/index.ts";
import { decodePolyline } from "./polyline.ts";
import type { Router, ServedBlock, ServedRoute } from "./router.ts";
import { amountOf, type Json, listOf, objectOf, tableOf, textOf } from "./wire.ts";

/** OSRM prepares one profile for each server, so each has an address of its own; profiles without one are not served. */
export interface OsrmSettings {
  readonly urls: Readonly<Partial<Record<Profile, string>>>;
  /** `max-table-size` of the server: sources and targets together; 100 as OSRM comes. */
  readonly mostPoints?: number;
  readonly timeout_ms?: number;
}

/**
 * An OSRM server's route and table services, version v1.
 *
 * Source: project-osrm.org/docs/v5.24.0/api; OSRM does not install here, so its answers are known from that page alone.
 */
export function osrmRouter({ urls, mostPoints = 100, timeout_ms = 10_000 }: OsrmSettings): Router {
  const services = new Map<string, OutsideService>();
  const ask = async (profile: Profile, service: string, points: readonly Point[], query: string) => {
    const url = urls[profile]!;
    const server =
      services.get(url) ?? openService({ url, timeout_ms, most_bytes: 20_000_000, pace_ms: 0, userAgent: "Milepool" });
    services.set(url, server);
    const answer = await server.ask({ path: `/${service}/v1/${profileNames[profile]}/${written(points)}?${query}` });
    if (isOutage(answer)) return answer;
    const read = jsonIn(answer);
    return isOutage(read) ? read : objectOf(read.json);
  };
  return {
    serves: (profile) => urls[profile] !== undefined,
    fits: (sources, targets) => sources + targets <= mostPoints,

    async route(from, to, profile) {
      const answer = await ask(
        profile,
        "route",
        [from, to],
        "overview=full&geometries=polyline6&steps=true&annotations=duration",
      );
      if (isOutage(answer)) return answer;
      if (answer["code"] === "NoRoute") return null;
      return (answer["code"] === "Ok" ? readRoute(answer) : null) ?? nonsense(answer);
    },

    async block(sources, targets, profile) {
      const numbers = (from: number, count: number): string =>
        Array.from({ length: count }, (_, i) => from + i).join(";");
      const query = `sources=${numbers(0, sources.length)}&destinations=${numbers(sources.length, targets.length)}`;
      const answer = await ask(profile, "table", [...sources, ...targets], `${query}&annotations=duration,distance`);
      if (isOutage(answer)) return answer;
      const block = answer["code"] === "Ok" ? readBlock(answer, sources.length, targets.length) : null;
      return block ?? nonsense(answer);
    },
  };
}

/** What the profiles that come with OSRM are called. */
const profileNames: Readonly<Record<Profile, string>> = {
  car: "driving",
  van: "driving",
  cargo_bike: "cycling",
  bicycle: "cycling",
  foot: "walking",
  robot: "walking",
};

const written = (points: readonly Point[]): string => points.map(([lon, lat]) => `${lon},${lat}`).join(";");

const nonsense = (answer: Json): Outage =>
  outage(`OSRM answered ${textOf(answer["code"])?.slice(0, 40) ?? "without a code"}`, false);

function readBlock(answer: Json, rows: number, columns: number): ServedBlock | null {
  const [times, lengths] = [answer["durations"], answer["distances"]].map((one) => tableOf(one, rows, columns, 1));
  return times && lengths ? { seconds: times, meters: lengths } : null;
}

function readRoute(answer: Json): ServedRoute | null {
  const route = objectOf(listOf(answer["routes"])[0]);
  const leg = objectOf(listOf(route["legs"])[0]);
  const shape = decodePolyline(textOf(route["geometry"]) ?? "?");
  const [duration, distance] = [amountOf(route["duration"]), amountOf(route["distance"])];
  if (shape === null || shape.length < 2 || duration === null || distance === null) return null;
  const pieces = listOf(objectOf(leg["annotation"])["duration"]).map((piece) => amountOf(piece) ?? 0);
  const elapsed = pieces.length === shape.length - 1 ? summed(pieces, duration) : evenly(shape.length, duration);
  return { seconds: duration, meters: distance, shape, elapsed, steps: readSteps(leg, shape.length) };
}

/** Pieces know nothing of turns, the whole does: what it is longer, is spread over all. */
function summed(pieces: readonly number[], duration: number): number[] {
  const total = pieces.reduce((sum, piece) => sum + piece, 0);
  const elapsed = [0];
  for (const piece of pieces) elapsed.push(elapsed.at(-1)! + (total === 0 ? 0 : (piece * duration) / total));
  return elapsed;
}

const evenly = (count: number, duration: number): number[] =>
  Array.from({ length: count }, (_, i) => (duration * i) / (count - 1));

/** Each step's own geometry ends where the next begins: so their lengths tell the places in the whole. */
function readSteps(leg: Json, points: number): TravelStep[] {
  let at = 0;
  return listOf(leg["steps"])
    .map(objectOf)
    .map((step): TravelStep => {
      const maneuver = objectOf(step["maneuver"]);
      const exit = amountOf(maneuver["exit"]);
      const begins = Math.min(at, points - 1);
      at += Math.max(0, (decodePolyline(textOf(step["geometry"]) ?? "")?.length ?? 1) - 1);
      return {
        maneuver: maneuverOf(maneuver, textOf(step["mode"])),
        street: textOf(step["name"]),
        exit: exit === null ? null : Math.floor(exit),
        distance: meters(Math.round(amountOf(step["distance"]) ?? 0)),
        duration: seconds(Math.round(amountOf(step["duration"]) ?? 0)),
        at: begins,
      };
    });
}

const bends: Readonly<Record<string, Maneuver>> = {
  uturn: "turn_round",
  "sharp right": "sharp_right",
  right: "right",
  "slight right": "slight_right",
  straight: "continue",
  "slight left": "slight_left",
  left: "left",
  "sharp left": "sharp_left",
};

function maneuverOf(maneuver: Json, mode: string | null): Maneuver {
  const type = textOf(maneuver["type"]);
  if (type === "depart" || type === "arrive") return type;
  if (mode === "ferry") return "ferry";
  if (type === "roundabout" || type === "rotary") return "roundabout";
  return bends[textOf(maneuver["modifier"]) ?? "straight"] ?? "continue";
}
