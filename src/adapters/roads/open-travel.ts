import {
  type Isochrone,
  type MatchedTrace,
  type NearTarget,
  type Parking,
  type Profile,
  type Snap,
  type SnapRefusal,
  type SnapStory,
  type TracePoint,
  type Travel,
  type TravelMatrix,
  type TravelRoute,
  unreachable,
} from "../../domain/ports.ts";
import { invariant } from "../../kernel/invariant.ts";
import type { OsmData } from "../../kernel/osm.ts";
import type { Point } from "../../kernel/point.ts";
import { type Instant, meters, type Meters, type Seconds, seconds } from "../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../kernel/result.ts";
import {
  asUsual,
  type BandOfYear,
  type BuildOptions,
  onNearSide,
  type RoadConditions,
  type RoadReport,
  troubleAt,
} from "../../roads/index.ts";
import { bounds, type Bounds, streetBounds, widened } from "../osm/index.ts";
import { bandOfYear } from "./band-of-year.ts";
import { parkingOf, snapOf, storyOf } from "./explain.ts";
import { matchTrace } from "./match-trace.ts";
import { matrixOf } from "./matrix-of.ts";
import { BoundedMap } from "./bounded-map.ts";
import type { Metric, SnapAnswer } from "./metric.ts";
import { Outlook, type State } from "./outlook.ts";
import { type Preparation, ProfileRoads } from "./profile-roads.ts";
import { RoadWorkers } from "./road-workers.ts";
import { streetsIn, type StreetsSeen } from "./streets-in.ts";

export interface TravelOptions {
  /** Where prepared roads are kept between runs; null keeps nothing. */
  readonly cacheFolder: string | null;
  /** Of the extract: prepared roads are found again by it. */
  readonly contentHash: string;
  /** Opened at once; the others when first asked, which holds up that question by a second in a city like Porto. */
  readonly profiles?: readonly Profile[];
  /** A point farther from every road is refused; 400 m unless given. */
  readonly snapLimit?: Meters;
  /** ISO 3166-1 alpha-2: its law sets speeds where no sign does, and the side of the road. */
  readonly country?: string;
  /** Rules of low-emission and other zones that the map lacks, by zone name or id (see `ZoneRules` in `roads`). */
  readonly zoneRules?: NonNullable<BuildOptions["zoneRules"]>;
  /** Vehicles that differ from their profile's usual one. */
  readonly vehicles?: Readonly<Partial<Record<Profile, NonNullable<BuildOptions["vehicle"]>>>>;
  /** Who arrives at the door's own kerb where a street is busy; the others stop on either side. */
  readonly nearSide?: readonly Profile[];
  /** Public holidays of the city, `2026-12-25`, or `12-25` for every year: traffic is as at weekends. */
  readonly holidays?: readonly string[];
  /** The city's IANA time zone: by its clock traffic is dense or thin. UTC unless given. */
  readonly zone?: string;
}

/** The loaded city's roads and what is known about them. */
export interface RoadTravel extends Travel {
  /** Around all streets, by as much as a point may lie away from them: what lies outside is not in the city. */
  readonly bounds: Bounds;
  /** Must stand wherever the data is shown; true of OpenStreetMap extracts, harmless on made-up cities. */
  readonly attribution: string;
  /** What was counted while the profile's graph was built, and how far its preparation is. */
  report(profile: Profile): RoadReport & { readonly preparation: Preparation };
  /**
   * Puts new conditions in force, in place of those before, for all profiles at once; resolves when every answer knows
   * them. Until then answers are those of before: none is of both. Reports that come meanwhile are taken in turn.
   */
  apply(conditions: RoadConditions): Promise<void>;
  /**
   * Resolves when the profile answers at full speed. Until then times and lengths are the same, only slower; of ways
   * that are equal in both, another may be drawn: await this where a shape must be the same in every run.
   */
  ready(profile: Profile): Promise<void>;
  /** The streets within some bounds as who departs then finds them, `most` at most: the most important kinds first. */
  streetsIn(box: Bounds, profile: Profile, departure: Instant, most: number): Promise<StreetsSeen>;
  /** Gives up what is still being prepared; answers go on as they are. */
  close(): Promise<void>;
}

/**
 * Opens the roads of a city. Hierarchies that are not in the cache are made in a worker thread meanwhile. Throws a
 * RangeError when `data` has no nodes (`readOsm` refuses such a file before).
 */
export async function openTravel(data: OsmData, options: TravelOptions): Promise<RoadTravel> {
  const box = streetBounds(data) ?? bounds(data);
  if (box === null) throw new RangeError("a city without nodes has no roads to open");
  const city = new City(data, box, options);
  for (const profile of options.profiles ?? []) city.profile(profile);
  return city;
}

/**
 * Points whose snap, and what the search found around it, is remembered, for all profiles, hours and conditions together: up to 10 kB each, outside
 * the heap, in a town of 70,000 people. Shared, because a day has many hours, and at each the couriers stand somewhere else.
 */
const rememberedSnaps = 4_000;

class City implements RoadTravel {
  readonly bounds: Bounds;
  readonly attribution = "© OpenStreetMap contributors";
  readonly #data: OsmData;
  readonly #options: TravelOptions;
  readonly #limit: Meters;
  readonly #workers = new RoadWorkers();
  readonly #open = new Map<Profile, ProfileRoads>();
  readonly #snaps = new BoundedMap<string, SnapAnswer>(rememberedSnaps);
  #outlook = new Outlook(asUsual);
  #applied: Promise<void> = Promise.resolve();

  constructor(data: OsmData, box: Bounds, options: TravelOptions) {
    [this.#data, this.#options] = [data, options];
    this.#limit = options.snapLimit ?? meters(400);
    this.bounds = widened(box, this.#limit);
  }

  profile(profile: Profile): ProfileRoads {
    const known = this.#open.get(profile);
    if (known !== undefined) return known;
    const { cacheFolder: folder, contentHash, country = null, zoneRules = {}, vehicles = {} } = this.#options;
    const vehicle = vehicles[profile];
    const store = { folder, contentHash, options: { country, zoneRules, ...(vehicle && { vehicle }) } };
    const roads = new ProfileRoads(this.#data, profile, store, this.#outlook.now, this.#workers);
    this.#open.set(profile, roads);
    return roads;
  }

  report(profile: Profile): RoadReport & { readonly preparation: Preparation } {
    const { graph, preparation } = this.profile(profile);
    return { ...graph.report, preparation };
  }

  apply(conditions: RoadConditions): Promise<void> {
    return (this.#applied = this.#applied.then(() => this.#applyNext(conditions)));
  }

  async #applyNext(conditions: RoadConditions): Promise<void> {
    const outlook = new Outlook(conditions);
    const putInForce = new Map<ProfileRoads, () => void>();
    // Profiles that are opened meanwhile open under the old conditions: they are taken along.
    for (let open = [...this.#open.values()]; open.length > putInForce.size; open = [...this.#open.values()]) {
      const left = open.filter((roads) => !putInForce.has(roads));
      const made = await Promise.all(left.map((roads) => roads.prepare(outlook.now)));
      left.forEach((roads, i) => putInForce.set(roads, made[i]!));
    }
    for (const put of putInForce.values()) put();
    this.#outlook = outlook;
  }

  ready(profile: Profile): Promise<void> {
    const ready = this.profile(profile).ready();
    this.#workers.hold();
    return ready;
  }

  close(): Promise<void> {
    return this.#workers.close();
  }

  snap(point: Point, profile: Profile): Result<Snap, SnapRefusal> {
    const metric = this.profile(profile).now;
    const answer = this.#snap(metric, point);
    return answer.ok ? ok(snapOf(metric.roads.graph, answer.value)) : answer;
  }

  explainSnap(point: Point, profile: Profile): Result<SnapStory, SnapRefusal> {
    const metric = this.profile(profile).now;
    const answer = this.#snap(metric, point);
    return answer.ok ? ok(storyOf(metric.roads.graph, point)) : answer;
  }

  parkingPlaces(doors: readonly Point[], profile: Profile): Parking {
    return parkingOf(this.profile(profile).now.roads.graph, doors);
  }

  async route(
    from: Point,
    to: Point,
    profile: Profile,
    departure?: Instant,
  ): Promise<Result<TravelRoute, SnapRefusal>> {
    const metric = await this.#metric(profile, departure);
    const [start, end] = [this.#snap(metric, from), this.#snap(metric, to)];
    if (!start.ok) return start;
    if (!end.ok) return end;
    const route = metric.roads.route(start.value, end.value);
    invariant(route !== null, "every stretch that can be snapped to leads to every other");
    return ok({
      duration: seconds(Math.round(route.milliseconds / 1000)),
      distance: meters(Math.round(route.decimeters / 10)),
      shape: route.shape,
      elapsed: route.elapsed.map((ms) => ms / 1000),
      steps: route.steps.map(({ milliseconds, decimeters, ...step }) => ({
        ...step,
        duration: seconds(Math.round(milliseconds / 1000)),
        distance: meters(Math.round(decimeters / 10)),
      })),
      source: "roads",
    });
  }

  async matrix(
    sources: readonly Point[],
    targets: readonly Point[],
    profile: Profile,
    departure?: Instant,
  ): Promise<TravelMatrix> {
    const metric = await this.#metric(profile, departure);
    const [from, to] = [sources, targets].map((points) => points.map((point) => this.#snap(metric, point)));
    return matrixOf(metric, from!, to!, this.#workers);
  }

  async nearest(
    from: Point,
    targets: readonly Point[],
    count: number,
    profile: Profile,
    departure?: Instant,
  ): Promise<Result<readonly NearTarget[], SnapRefusal>> {
    const metric = await this.#metric(profile, departure);
    const start = this.#snap(metric, from);
    if (!start.ok) return start;
    const ends = targets.map((point) => this.#snap(metric, point));
    const { seconds: times, meters: lengths } = await matrixOf(metric, [start], ends, this.#workers);
    const reached = [...times.keys()].filter((target) => times[target] !== unreachable);
    reached.sort((one, other) => times[one]! - times[other]! || one - other);
    const near = (target: number): NearTarget => ({
      target,
      duration: seconds(times[target]!),
      distance: meters(lengths[target]!),
    });
    return ok(reached.slice(0, count).map(near));
  }

  async isochrones(
    from: Point,
    limits: readonly Seconds[],
    profile: Profile,
    departure?: Instant,
  ): Promise<Result<readonly Isochrone[], SnapRefusal>> {
    const metric = await this.#metric(profile, departure);
    const start = this.#snap(metric, from);
    if (!start.ok) return start;
    const areas = metric.roads.isochrones(
      start.value,
      limits.map((limit) => limit * 1000),
    );
    return ok(limits.map((limit, i) => ({ limit, polygons: areas[i]!, source: "roads" })));
  }

  async match(trace: readonly TracePoint[], profile: Profile): Promise<MatchedTrace> {
    return matchTrace(this.profile(profile).now.roads.graph, trace);
  }

  async streetsIn(box: Bounds, profile: Profile, departure: Instant, most: number): Promise<StreetsSeen> {
    const metric = await this.#metric(profile, departure);
    return streetsIn(metric.roads.graph, this.profile(profile).graph, box, most);
  }

  stateAt(profile: Profile, departure?: Instant): string {
    const { state, when } = this.#circumstances(departure);
    return when === null || !this.profile(profile).dependsOnBand
      ? state.name
      : `${state.name} ${when.band} ${when.month}`;
  }

  #metric(profile: Profile, departure: Instant | undefined): Promise<Metric> {
    const { state, when } = this.#circumstances(departure);
    return this.profile(profile).metricAt(when, state);
  }

  #circumstances(departure: Instant | undefined): { readonly state: State; readonly when: BandOfYear | null } {
    if (departure === undefined) return { state: this.#outlook.now, when: null };
    const { zone = "UTC", holidays = [] } = this.#options;
    return { state: this.#outlook.at(departure), when: bandOfYear(departure, zone, holidays) };
  }

  #snap(metric: Metric, [lon, lat]: Point): SnapAnswer {
    return this.#snaps.take(`${metric.name} ${lon},${lat}`, () => this.#snapAnew(metric, lon, lat));
  }

  #snapAnew({ roads }: Metric, lon: number, lat: number): SnapAnswer {
    const [west, south, east, north] = this.bounds;
    if (!(lon >= west && lon <= east && lat >= south && lat <= north)) return refuse({ code: "POINT_OUTSIDE_CITY" });
    const [snap, limit] = [roads.snap(lon, lat), this.#limit];
    const trouble = troubleAt(roads.graph, { lon, lat, nearest: snap?.distance ?? null, limit });
    if (trouble !== null) {
      const met = { road: trouble.name, nearest: meters(Math.ceil(trouble.distance)) };
      if (trouble.kind === "island") return refuse({ code: "POINT_ON_ISLAND", ...met });
      return refuse({ code: "POINT_ROADS_CLOSED", limit, ...met, because: trouble.reason });
    }
    if (snap !== null && snap.distance <= limit) {
      const isNear = this.#options.nearSide?.includes(roads.graph.profile) === true;
      return ok(isNear ? onNearSide(roads.graph, snap, lon, lat) : snap);
    }
    const nearest = snap === null ? null : meters(Math.ceil(snap.distance));
    return refuse({ code: "POINT_FAR_FROM_ROAD", limit, nearest });
  }
}
