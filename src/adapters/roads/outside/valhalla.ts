import type { Maneuver, Profile, TravelStep } from "../../../domain/ports.ts";
import type { Point } from "../../../kernel/point.ts";
import { greatCircle } from "../../../kernel/point.ts";
import { meters, seconds } from "../../../kernel/quantity.ts";
import { outage, type Outage } from "../../../kernel/result.ts";
import { isOutage, jsonIn, openService } from "../../outside/index.ts";
import { decodePolyline } from "./polyline.ts";
import type { Router, ServedBlock, ServedRoute } from "./router.ts";
import { amountOf, type Json, listOf, objectOf, tableOf, textOf } from "./wire.ts";

export interface ValhallaSettings {
  readonly url: string;
  /** `max_matrix_location_pairs` of the server; 2,500 as Valhalla comes. */
  readonly mostPairs?: number;
  readonly timeout_ms?: number;
}

/**
 * A Valhalla server's `/route` and `/sources_to_targets`.
 *
 * Source: valhalla.github.io/valhalla/api; answers recorded from Valhalla 3.6.1.
 */
export function valhallaRouter({ url, mostPairs = 2500, timeout_ms = 10_000 }: ValhallaSettings): Router {
  const service = openService({ url, timeout_ms, most_bytes: 20_000_000, pace_ms: 0, userAgent: "Milepool" });
  const ask = async (
    path: string,
    question: Json,
  ): Promise<{ readonly json: Json; readonly status: number } | Outage> => {
    const answer = await service.ask({ path, json: question });
    if (isOutage(answer)) return answer;
    const read = jsonIn(answer);
    return isOutage(read) ? read : { json: objectOf(read.json), status: answer.status };
  };
  return {
    serves: (profile) => costing[profile] !== undefined,
    fits: (sources, targets) => sources * targets <= mostPairs,

    async route(from, to, profile) {
      const answer = await ask("/route", {
        locations: [from, to].map(place),
        units: "kilometers",
        ...costing[profile],
      });
      if (isOutage(answer)) return answer;
      const { json, status } = answer;
      if (status === 400 && json["error_code"] === noWay) return null;
      return (status === 200 ? readRoute(objectOf(json["trip"])) : null) ?? nonsense(json, status);
    },

    async block(sources, targets, profile) {
      const [from, to] = [sources.map(place), targets.map(place)];
      const question = { sources: from, targets: to, verbose: false, units: "kilometers", ...costing[profile] };
      const answer = await ask("/sources_to_targets", question);
      if (isOutage(answer)) return answer;
      const { json, status } = answer;
      const block = readBlock(objectOf(json["sources_to_targets"]), sources.length, targets.length);
      return (status === 200 ? block : null) ?? nonsense(json, status);
    },
  };
}

/** "No path could be found for input". */
const noWay = 442;

/** Robots on pavements it does not know, so nobody asks it for them. */
const costing: Readonly<Partial<Record<Profile, Json>>> = {
  car: { costing: "auto" },
  van: { costing: "auto" },
  cargo_bike: { costing: "bicycle", costing_options: { bicycle: { bicycle_type: "Hybrid", cycling_speed: 15 } } },
  bicycle: { costing: "bicycle" },
  foot: { costing: "pedestrian" },
};

const place = ([lon, lat]: Point): Json => ({ lon, lat });

const nonsense = (json: Json, status: number): Outage =>
  outage(`Valhalla answered ${status}, ${amountOf(json["error_code"]) ?? "in another form"}`, false);

function readBlock(table: Json, rows: number, columns: number): ServedBlock | null {
  const times = tableOf(table["durations"], rows, columns, 1);
  const lengths = tableOf(table["distances"], rows, columns, 1000);
  return times && lengths ? { seconds: times, meters: lengths } : null;
}

function readRoute(trip: Json): ServedRoute | null {
  const [leg, summary] = [objectOf(listOf(trip["legs"])[0]), objectOf(trip["summary"])];
  const shape = decodePolyline(textOf(leg["shape"]) ?? "?");
  const [duration, kilometers] = [amountOf(summary["time"]), amountOf(summary["length"])];
  if (shape === null || shape.length < 2 || duration === null || kilometers === null) return null;
  const maneuvers = listOf(leg["maneuvers"]).map(objectOf);
  return {
    seconds: duration,
    meters: kilometers * 1000,
    shape,
    elapsed: elapsedOf(maneuvers, shape, duration),
    steps: maneuvers.map((maneuver) => stepOf(maneuver, shape.length)),
  };
}

/** Within a maneuver time passes with the way. */
function elapsedOf(maneuvers: readonly Json[], shape: readonly Point[], duration: number): number[] {
  const elapsed = shape.map(() => 0);
  let now = 0;
  for (const maneuver of maneuvers) {
    const [from, to] = [amountOf(maneuver["begin_shape_index"]), amountOf(maneuver["end_shape_index"])];
    if (from === null || to === null || to >= shape.length) continue;
    const lengths = shape.slice(from, to).map((point, i) => greatCircle(point, shape[from + i + 1]!));
    const total = lengths.reduce<number>((sum, length) => sum + length, 0) || 1;
    const time = amountOf(maneuver["time"]) ?? 0;
    lengths.forEach((length, i) => void (elapsed[from + i + 1] = now += (time * length) / total));
  }
  // Never back, and at its end when the route is.
  let latest = 0;
  const clock = elapsed.map((at) => (latest = Math.min(duration, Math.max(latest, at))));
  clock[clock.length - 1] = duration;
  return clock;
}

function stepOf(maneuver: Json, points: number): TravelStep {
  const type = amountOf(maneuver["type"]) ?? 0;
  const exit = amountOf(maneuver["roundabout_exit_count"]);
  return {
    maneuver: maneuverOf(type),
    street: textOf(listOf(maneuver["street_names"])[0]),
    exit: type === 26 && exit !== null ? Math.floor(exit) : null,
    distance: meters(Math.round((amountOf(maneuver["length"]) ?? 0) * 1000)),
    duration: seconds(Math.round(amountOf(maneuver["time"]) ?? 0)),
    at: Math.min(points - 1, Math.floor(amountOf(maneuver["begin_shape_index"]) ?? 0)),
  };
}

/** By Valhalla's numbers, "Maneuver types" of its page. */
function maneuverOf(type: number): Maneuver {
  if (type >= 1 && type <= 3) return "depart";
  if (type >= 4 && type <= 6) return "arrive";
  const bend = numbered[type];
  return bend ?? "continue";
}

const numbered: Readonly<Record<number, Maneuver>> = {
  9: "slight_right",
  10: "right",
  11: "sharp_right",
  12: "turn_round",
  13: "turn_round",
  14: "sharp_left",
  15: "left",
  16: "slight_left",
  18: "slight_right",
  19: "slight_left",
  20: "slight_right",
  21: "slight_left",
  23: "slight_right",
  24: "slight_left",
  26: "roundabout",
  28: "ferry",
  37: "slight_right",
  38: "slight_left",
};
