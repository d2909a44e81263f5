import type { OsmData, OsmTags } from "../src/kernel/osm.ts";
import type { Point } from "../src/kernel/point.ts";
import {
  asideReasons,
  dijkstra,
  type FoundWay,
  type RoadGraph,
  type RoadSnap,
  type Search,
} from "../src/roads/index.ts";
import { meetStretch } from "../src/roads/match-candidates.ts";
import { wayWithin } from "../src/roads/same-stretch.ts";
import { begin, end } from "../src/roads/seeds.ts";
import { traceWay } from "../src/roads/trace.ts";
import { type IsSignal, losses, ownRide, peerRide, type Ride, signalsOf } from "./agreement-rides.ts";
import { streetKind } from "./street-kind.ts";
import type { Peer, PeerEdge, PeerRoute } from "./valhalla.ts";

// Why our time between two places is not the peer's. Each engine is asked to time the other's way, too, so that what
// differs because streets are judged differently is told from what differs because another way is taken.

/** Seconds by which each cause makes our time longer (negative: shorter) than the peer's; they add up to the difference. */
export type Causes = ReadonlyMap<string, number>;

/** The only cause that explains nothing. */
export const unexplained = "unexplained: it times neither way again";

export class Explainer {
  readonly #graph: RoadGraph;
  readonly #search: Search;
  readonly #peer: Peer;
  readonly #isSignal: IsSignal;
  readonly #tags: ReadonlyMap<number, OsmTags>;
  /** Of each OpenStreetMap way the arcs, by twice its id, plus 1 against the way's own direction. */
  readonly #arcs = new Map<number, number[]>();

  constructor(data: OsmData, graph: RoadGraph, search: Search, peer: Peer) {
    [this.#graph, this.#search, this.#peer] = [graph, search, peer];
    this.#isSignal = signalsOf(data);
    this.#tags = new Map(data.ways.flatMap(({ id, tags }) => (tags === undefined ? [] : [[id, tags] as const])));
    graph.arcSide.forEach((side, arc) => {
      const key = 2 * graph.stretchWay[side >> 1]! + (side & 1);
      const arcs = this.#arcs.get(key);
      if (arcs === undefined) this.#arcs.set(key, [arc]);
      else arcs.push(arc);
    });
  }

  /** Our way, and our clock along it. */
  drive(from: RoadSnap, to: RoadSnap, search = this.#search): { readonly way: FoundWay; readonly ride: Ride } | null {
    const graph = this.#graph;
    const isShared = from.stretch === to.stretch;
    const way = isShared ? wayWithin(graph, search, from, to) : search.way(begin(graph, from), end(graph, to));
    return way && { way, ride: ownRide(graph, way, from, to, this.#isSignal) };
  }

  async explain(from: RoadSnap, to: RoadSnap, theirs: PeerRoute): Promise<Causes> {
    const causes = new CauseSum();
    const asked = this.drive(from, to)!.ride;
    const edges = await this.#retraced(theirs);
    const ends = edges && [
      this.#endOn(from, edges[0]!, theirs.shape[0]!),
      this.#endOn(to, edges.at(-1)!, theirs.shape.at(-1)!),
    ];
    const [start, goal] = [ends?.[0] ?? from, ends?.[1] ?? to];
    const own = this.drive(start, goal)!;
    causes.add("an end meets another street", asked.seconds - own.ride.seconds);
    const timed = await this.#peer.walk(traceWay(this.#graph, own.way, start, goal).shape);
    const peerOnOurs = timed && this.#sameLength(peerRide(timed, this.#isSignal), own.ride.meters);
    const density = new Map([...(edges ?? []), ...(timed ?? [])].map((edge) => [edge.way, edge.density]));
    if (peerOnOurs !== null && edges === null) {
      this.#judge(own.ride, peerOnOurs, density, 1, causes);
      return causes.add(choiceOf(peerOnOurs.seconds, theirs.seconds), peerOnOurs.seconds - theirs.seconds);
    }
    if (edges === null) return causes.add(unexplained, own.ride.seconds - theirs.seconds);
    const peer = peerRide(edges, this.#isSignal);
    causes.add("rounding", peer.seconds - theirs.seconds);
    const isMet = ends!.every((one) => one !== null);
    const ownOnTheirs = isMet ? this.#along(edges, start, goal, peer.meters) : null;
    const rides = { own: own.ride, peer, ownOnTheirs, peerOnOurs };
    return this.#split(rides, density, () => this.#whyClosed(edges, isMet), causes);
  }

  /** The edges of the peer's own way; null where it times them otherwise than it did the way. */
  async #retraced({ shape, seconds }: PeerRoute): Promise<readonly PeerEdge[] | null> {
    const edges = await this.#peer.walk(shape);
    if (edges === null) return null;
    const off = Math.abs(peerRide(edges, this.#isSignal).seconds - seconds);
    return off <= Math.max(2, seconds / 50) ? edges : null;
  }

  /**
   * Streets are judged on both ways, half each, or on the only way that both may drive; what is left of the difference
   * is the choice of the way.
   */
  #split(rides: FourRides, density: ReadonlyMap<number, number>, whyClosed: () => string, causes: CauseSum): Causes {
    const { own, peer, ownOnTheirs, peerOnOurs } = rides;
    const weight = ownOnTheirs !== null && peerOnOurs !== null ? 0.5 : 1;
    if (ownOnTheirs !== null) this.#judge(ownOnTheirs, peer, density, weight, causes);
    if (peerOnOurs !== null) this.#judge(own, peerOnOurs, density, weight, causes);
    const byOurs = own.seconds - (ownOnTheirs ?? own).seconds;
    const byTheirs = (peerOnOurs ?? peer).seconds - peer.seconds;
    if (ownOnTheirs === null && peerOnOurs === null)
      return causes.add(`its way is closed to us: ${whyClosed()}`, own.seconds - peer.seconds);
    if (ownOnTheirs === null) return causes.add(`its way is closed to us: ${whyClosed()}`, byTheirs);
    if (peerOnOurs === null) return causes.add("our way is closed to it", byOurs);
    return causes.add(choiceOf(peerOnOurs.seconds, peer.seconds), (byOurs + byTheirs) / 2);
  }

  /** Where an end lies on the street on which the peer puts it; null where that street is closed to us. */
  #endOn(snap: RoadSnap, { way }: PeerEdge, [lon, lat]: Point): RoadSnap | null {
    if (this.#graph.stretchWay[snap.stretch] === way) return snap;
    const arcs = [0, 1].flatMap((side) => this.#arcs.get(2 * way + side) ?? []);
    const snaps = arcs.map((arc) => meetStretch(this.#graph, this.#graph.arcSide[arc]! >> 1, lon, lat));
    return snaps.reduce<RoadSnap | null>((best, one) => (one.distance < (best?.distance ?? 5) ? one : best), null);
  }

  /** Our clock along the peer's way; null where we may not drive it. */
  #along(edges: readonly PeerEdge[], from: RoadSnap, to: RoadSnap, meters: number): Ride | null {
    const graph = this.#graph;
    const isTheirs = new Uint8Array(graph.arcKey.length);
    for (const { way, forward } of edges) for (const arc of this.#arcsOn(way, forward)) isTheirs[arc] = 1;
    const turnKey = graph.turnKey.map((key, turn) =>
      isTheirs[graph.stateArc[graph.turnTo[turn]!]!] === 1 ? key : Infinity,
    );
    const driven = this.drive(from, to, dijkstra({ ...graph, turnKey }));
    return driven && this.#sameLength(driven.ride, meters);
  }

  #sameLength = (ride: Ride, meters: number): Ride | null =>
    Math.abs(ride.meters - meters) <= Math.max(20, meters / 100) ? ride : null;

  #arcsOn = (way: number, forward: boolean): readonly number[] => this.#arcs.get(2 * way + (forward ? 0 : 1)) ?? [];

  /** What both time differently on one way, street by street. */
  #judge(own: Ride, peer: Ride, density: ReadonlyMap<number, number>, weight: number, causes: CauseSum): void {
    for (const loss of losses) causes.add(loss, weight * (own.lost[loss] - peer.lost[loss]));
    for (const way of new Set([...own.onWays.keys(), ...peer.onWays.keys()])) {
      const seconds = (own.onWays.get(way) ?? 0) - (peer.onWays.get(way) ?? 0);
      causes.add(`speed: ${streetKind(this.#tags.get(way) ?? {}, density.get(way) ?? 0)}`, weight * seconds);
    }
  }

  #whyClosed(edges: readonly PeerEdge[], isMet: boolean): string {
    const closed = edges.find(({ way, forward }) => this.#arcsOn(way, forward).length === 0);
    if (closed === undefined) return isMet ? this.#whyNotPassed(edges) : "an end";
    const { way, reason } = this.#graph.asides;
    const at = way.indexOf(closed.way);
    return at === -1 ? "against a one-way" : closedBy[asideReasons[reason[at]!]!];
  }

  #whyNotPassed(edges: readonly PeerEdge[]): string {
    if (edges.some((edge, i) => edge.way === edges[i + 1]?.way && edge.forward !== edges[i + 1]!.forward))
      return "it turns round";
    const { arcEnds } = this.#graph;
    const ends = edges.some(({ way, forward }) => this.#arcsOn(way, forward).some((arc) => arcEnds[arc] === 1));
    return ends ? "for residents and visitors alone" : "a turn";
  }
}

/** Of a way that the peer times but does not take. */
const choiceOf = (ours: number, theirs: number): string =>
  ours < theirs - 1
    ? "it passes over a way that is faster by its own clock"
    : "each takes what is faster by its own clock";

const closedBy = {
  kind: "the kind of street",
  access: "a sign",
  size: "its size",
  zone: "a zone",
  island: "cut off from the city",
} as const;

/** Each engine's clock along its own way, and along the other's; null where that is closed to it. */
interface FourRides {
  readonly own: Ride;
  readonly peer: Ride;
  readonly ownOnTheirs: Ride | null;
  readonly peerOnOurs: Ride | null;
}

class CauseSum extends Map<string, number> {
  add(cause: string, seconds: number): this {
    return this.set(cause, (this.get(cause) ?? 0) + seconds);
  }
}
