import {
  type MatchedTrace,
  type Profile,
  type Snap,
  type SnapRefusal,
  type TracePoint,
  type Travel,
  type TravelMatrix,
  type TravelRoute,
  unreachable,
} from "../../domain/ports.ts";
import { invariant } from "../../kernel/invariant.ts";
import type { OsmData } from "../../kernel/osm.ts";
import type { Point } from "../../kernel/point.ts";
import { meters, type Meters, seconds } from "../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../kernel/result.ts";
import { decimetersOf, millisecondsOf, type RoadReport, type Roads, type RoadSnap } from "../../roads/index.ts";
import { bounds, type Bounds } from "../osm/index.ts";
import { BoundedMap } from "./bounded-map.ts";
import { Contractor } from "./contractor.ts";
import { matchTrace } from "./match-trace.ts";
import { type Preparation, ProfileRoads } from "./profile-roads.ts";

export interface TravelOptions {
  /** Where prepared roads are kept between runs; null keeps nothing. */
  readonly cacheFolder: string | null;
  /** Of the extract: prepared roads are found again by it. */
  readonly contentHash: string;
  /** Opened at once; the others when first asked, which holds up that question by a second in a city like Porto. */
  readonly profiles?: readonly Profile[];
  /** A point farther from every road is refused; 400 m unless given. */
  readonly snapLimit?: Meters;
}

/** The loaded city's roads and what is known about them. */
export interface RoadTravel extends Travel {
  readonly bounds: Bounds;
  /** Must stand wherever the data is shown; true of OpenStreetMap extracts, harmless on made-up cities. */
  readonly attribution: string;
  /** What was counted while the profile's graph was built, and how far its preparation is. */
  report(profile: Profile): RoadReport & { readonly preparation: Preparation };
  /**
   * Resolves when the profile answers at full speed. Until then times and lengths are the same, only slower; of ways
   * that are equal in both, another may be drawn: await this where a shape must be the same in every run.
   */
  ready(profile: Profile): Promise<void>;
  /** Gives up what is still being prepared; answers go on as they are. */
  close(): Promise<void>;
}

/** Points whose snap, and what the search found around it, is remembered, for each profile: about 5 kB each. */
const rememberedSnaps = 2_000;

/**
 * Opens the roads of a city. Hierarchies that are not in the cache are made in a worker thread meanwhile. Throws a
 * RangeError when `data` has no nodes (`readOsm` refuses such a file before).
 */
export async function openTravel(data: OsmData, options: TravelOptions): Promise<RoadTravel> {
  const box = bounds(data);
  if (box === null) throw new RangeError("a city without nodes has no roads to open");
  const city = new City(data, box, options);
  for (const profile of options.profiles ?? []) city.profile(profile);
  return city;
}

type SnapAnswer = Result<RoadSnap, SnapRefusal>;

interface OpenProfile {
  readonly prepared: ProfileRoads;
  readonly snaps: BoundedMap<string, SnapAnswer>;
}

class City implements RoadTravel {
  readonly bounds: Bounds;
  readonly attribution = "© OpenStreetMap contributors";
  readonly #data: OsmData;
  readonly #options: TravelOptions;
  readonly #limit: Meters;
  readonly #contractor = new Contractor();
  readonly #open = new Map<Profile, OpenProfile>();

  constructor(data: OsmData, box: Bounds, options: TravelOptions) {
    [this.#data, this.bounds, this.#options] = [data, box, options];
    this.#limit = options.snapLimit ?? meters(400);
  }

  profile(profile: Profile): OpenProfile {
    const known = this.#open.get(profile);
    if (known !== undefined) return known;
    const { cacheFolder: folder, contentHash } = this.#options;
    const prepared = new ProfileRoads(this.#data, profile, { folder, contentHash }, this.#contractor);
    const open = { prepared, snaps: new BoundedMap<string, SnapAnswer>(rememberedSnaps) };
    this.#open.set(profile, open);
    return open;
  }

  report(profile: Profile): RoadReport & { readonly preparation: Preparation } {
    const { roads, preparation } = this.profile(profile).prepared;
    return { ...roads.graph.report, preparation };
  }

  ready(profile: Profile): Promise<void> {
    const ready = this.profile(profile).prepared.ready();
    this.#contractor.hold();
    return ready;
  }

  close(): Promise<void> {
    return this.#contractor.close();
  }

  snap(point: Point, profile: Profile): Result<Snap, SnapRefusal> {
    const answer = this.#snap(point, profile);
    if (!answer.ok) return answer;
    const { lon, lat, distance, stretch } = answer.value;
    const { graph } = this.#roads(profile);
    const road = graph.names[graph.stretchName[stretch]!] ?? null;
    return ok({ point: [lon, lat], distance: meters(Math.round(distance)), road });
  }

  async route(from: Point, to: Point, profile: Profile): Promise<Result<TravelRoute, SnapRefusal>> {
    const [start, end] = [this.#snap(from, profile), this.#snap(to, profile)];
    if (!start.ok) return start;
    if (!end.ok) return end;
    const route = this.#roads(profile).route(start.value, end.value);
    invariant(route !== null, "in a built graph every stretch leads to every other");
    return ok({
      duration: seconds(Math.round(route.milliseconds / 1000)),
      distance: meters(Math.round(route.decimeters / 10)),
      shape: route.shape,
      elapsed: route.elapsed.map((ms) => ms / 1000),
      source: "roads",
    });
  }

  async matrix(sources: readonly Point[], targets: readonly Point[], profile: Profile): Promise<TravelMatrix> {
    const roads = this.#roads(profile);
    const [from, to] = [this.#reachable(sources, profile), this.#reachable(targets, profile)];
    const keys = roads.matrix(
      from.map(({ snap }) => snap),
      to.map(({ snap }) => snap),
    );
    const size = sources.length * targets.length;
    const [times, lengths] = [new Uint32Array(size).fill(unreachable), new Uint32Array(size).fill(unreachable)];
    from.forEach(({ at: i }, row) =>
      to.forEach(({ at: j }, column) => {
        const key = keys[row * to.length + column]!;
        if (key === Infinity) return;
        times[i * targets.length + j] = Math.round(millisecondsOf(key) / 1000);
        lengths[i * targets.length + j] = Math.round(decimetersOf(key) / 10);
      }),
    );
    return { sources: sources.length, targets: targets.length, seconds: times, meters: lengths, source: "roads" };
  }

  async match(trace: readonly TracePoint[], profile: Profile): Promise<MatchedTrace> {
    return matchTrace(this.#roads(profile).graph, trace);
  }

  #roads(profile: Profile): Roads {
    return this.profile(profile).prepared.roads;
  }

  #snap([lon, lat]: Point, profile: Profile): SnapAnswer {
    const { prepared, snaps } = this.profile(profile);
    return snaps.take(`${lon},${lat}`, () => this.#snapAnew(prepared.roads, lon, lat));
  }

  #snapAnew(roads: Roads, lon: number, lat: number): SnapAnswer {
    const [west, south, east, north] = this.bounds;
    if (!(lon >= west && lon <= east && lat >= south && lat <= north)) return refuse({ code: "POINT_OUTSIDE_CITY" });
    const snap = roads.snap(lon, lat);
    if (snap !== null && snap.distance <= this.#limit) return ok(snap);
    const nearest = snap === null ? null : meters(Math.ceil(snap.distance));
    return refuse({ code: "POINT_FAR_FROM_ROAD", limit: this.#limit, nearest });
  }

  #reachable(points: readonly Point[], profile: Profile): { readonly at: number; readonly snap: RoadSnap }[] {
    return points.flatMap((point, at) => {
      const answer = this.#snap(point, profile);
      return answer.ok ? [{ at, snap: answer.value }] : [];
    });
  }
}
