import { apart, between, cross, minus, NearIndex, offStretch, shareAlong, type Vec } from "./plane.ts";

/** OpenStreetMap's `highway` values that Millport has, the most important first. */
export const kinds = [
  "motorway",
  "trunk",
  "motorway_link",
  "trunk_link",
  "primary",
  "secondary",
  "tertiary",
  "unclassified",
  "residential",
  "living_street",
  "service",
  "pedestrian",
  "cycleway",
  "footway",
] as const;
export type Kind = (typeof kinds)[number];
export const rank = (kind: Kind): number => kinds.indexOf(kind);
export const forCars = (kind: Kind): boolean => rank(kind) <= rank("service");
/** Roads without doors: nobody stops there, no house has its number there. */
export const isExpress = (kind: Kind): boolean => rank(kind) <= rank("trunk_link");

export interface Edge {
  readonly id: number;
  a: number;
  b: number;
  kind: Kind;
  /** Along a→b, against it, or (null) both ways. */
  oneWay: "ab" | "ba" | null;
  bridge: boolean;
  /** How high it runs: streets on different levels pass each other without meeting. */
  level: number;
  circle: boolean;
  /** The street it belongs to, by number; null before streets are named. */
  street: number | null;
  /** What the drawing called it; the name of main roads, else "". */
  label: string;
  gone: boolean;
}

export type Laid = Pick<Edge, "kind" | "label" | "oneWay"> & { readonly level?: number };

/** Ends nearer than this become one crossing, metres. */
const snap = 9;

/**
 * Streets as they are drawn one after the other: each new line is cut where it crosses an older one, and both share the
 * crossing from then on. Numbers are handed out in drawing order, so the same drawing gives the same graph.
 */
export class StreetGraph {
  readonly points: Vec[] = [];
  readonly edges: Edge[] = [];
  readonly at: number[][] = [];
  readonly #nodes = new NearIndex<number>(30);
  readonly #segments = new NearIndex<number>(60);

  /** The other end of `edge`, seen from `node`. */
  other(edge: Edge, node: number): number {
    return edge.a === node ? edge.b : edge.a;
  }

  edgesAt(node: number): Edge[] {
    return this.at[node]!.map((id) => this.edges[id]!);
  }

  addNode(p: Vec): number {
    const node = this.points.push(p) - 1;
    this.at.push([]);
    this.#nodes.add(p, node);
    return node;
  }

  /** Joins two nodes; when they are joined already, the more important kind stays. Null when there is nothing to join. */
  join(a: number, b: number, laid: Laid, bridge = false): Edge | null {
    if (a === b) return null;
    const known = this.edgesAt(a).find((edge) => this.other(edge, a) === b);
    if (known !== undefined) {
      if (rank(laid.kind) < rank(known.kind)) Object.assign(known, { kind: laid.kind, label: laid.label });
      return known;
    }
    const { kind, label, oneWay, level = 0 } = laid;
    const drawn = { bridge, level, circle: false, street: null, gone: false };
    const edge: Edge = { id: this.edges.length, a, b, kind, label, oneWay, ...drawn };
    this.edges.push(edge);
    this.at[a]!.push(edge.id);
    this.at[b]!.push(edge.id);
    this.#segments.addBox(this.points[a]!, this.points[b]!, edge.id);
    return edge;
  }

  drop(edge: Edge): void {
    edge.gone = true;
    for (const node of [edge.a, edge.b]) this.at[node] = this.at[node]!.filter((id) => id !== edge.id);
  }

  /** Joins nodes one after the other, over and under whatever is there already; `bridge` says which stretches stand on one. */
  chain(nodes: readonly number[], laid: Laid, bridge = false): void {
    for (let i = 1; i < nodes.length; i++) this.join(nodes[i - 1]!, nodes[i]!, laid, bridge);
  }

  /** Draws a line; its ends join what lies within the snapping distance. */
  draw(line: readonly Vec[], laid: Laid, bridge: (a: Vec, b: Vec) => boolean = () => false): void {
    let from = this.nodeFor(line[0]!);
    for (let i = 1; i < line.length; i++) {
      const last = i === line.length - 1;
      const to = last || apart(this.points[from]!, line[i]!) > snap ? this.nodeFor(line[i]!) : from;
      if (to !== from) this.stretch(from, to, laid, bridge(line[i - 1]!, line[i]!));
      from = to;
    }
  }

  /** The node at `p`: one near by, else a new one on an edge near by, else a new one. */
  nodeFor(p: Vec): number {
    const near = this.nearestNode(p, snap);
    if (near !== null) return near;
    const edge = this.nearestEdge(p, 5);
    return edge === null ? this.addNode(p) : this.split(edge, p);
  }

  nearestNode(p: Vec, reach: number, not: (node: number) => boolean = () => false): number | null {
    let [best, far] = [-1, reach];
    this.#nodes.visit(p, p, reach, (node) => {
      const off = apart(this.points[node]!, p);
      if (off < far && this.at[node]!.length > 0 && !not(node)) [best, far] = [node, off];
    });
    return best < 0 ? null : best;
  }

  nearestEdge(p: Vec, reach: number, fits: (edge: Edge) => boolean = () => true): Edge | null {
    let best: Edge | null = null;
    let far = reach;
    this.#segments.visit(p, p, reach, (id) => {
      const edge = this.edges[id]!;
      if (edge.gone || edge.bridge || !fits(edge)) return;
      const off = this.distance(edge, p);
      if (off < far) [best, far] = [edge, off];
    });
    return best;
  }

  /** Whether any of the points lies within `reach` of a street. */
  touches(points: readonly Vec[], [low, high]: readonly [Vec, Vec], reach: number): boolean {
    let close = false;
    this.#segments.visit(low, high, reach, (id) => {
      const edge = this.edges[id]!;
      if (!close && !edge.gone) close = points.some((p) => this.distance(edge, p) < reach);
    });
    return close;
  }

  distance(edge: Edge, p: Vec): number {
    return offStretch(this.points[edge.a]!, this.points[edge.b]!, p);
  }

  /** Puts a crossing on `edge` beside `p`; an end of the edge within the snapping distance serves. */
  split(edge: Edge, p: Vec): number {
    const [a, b] = [this.points[edge.a]!, this.points[edge.b]!];
    const q = between(a, b, shareAlong(a, b, p));
    if (apart(q, a) < snap) return edge.a;
    if (apart(q, b) < snap) return edge.b;
    const middle = this.addNode(q);
    this.drop(edge);
    this.join(edge.a, middle, edge, edge.bridge);
    this.join(middle, edge.b, edge, edge.bridge);
    return middle;
  }

  /** A straight stretch between two nodes, cut at every crossing on its way. */
  stretch(from: number, to: number, laid: Laid, bridge = false): void {
    const stops = this.#crossings(from, to).sort((x, y) => x.share - y.share);
    let at = from;
    for (const { node } of [...stops, { node: to }]) {
      if (node !== at) this.join(at, node, laid, bridge);
      at = node;
    }
  }

  #crossings(from: number, to: number): { share: number; node: number }[] {
    const [p, q] = [this.points[from]!, this.points[to]!];
    const stops = new Map<number, number>();
    const seen = new Set<number>();
    const found: number[] = [];
    this.#segments.visit(p, q, 1, (id) => void (seen.has(id) || (seen.add(id), found.push(id))));
    for (const id of found) {
      const edge = this.edges[id]!;
      if (edge.gone || edge.level !== 0 || edge.a === from || edge.b === from || edge.a === to || edge.b === to)
        continue;
      const where = meet(p, q, this.points[edge.a]!, this.points[edge.b]!);
      if (where !== null) stops.set(this.split(edge, where), shareAlong(p, q, where));
    }
    this.#nodes.visit(p, q, 5, (node) => {
      if (this.at[node]!.length === 0) return;
      const share = shareAlong(p, q, this.points[node]!);
      if (share > 0 && share < 1 && apart(this.points[node]!, between(p, q, share)) < 5) stops.set(node, share);
    });
    stops.delete(from);
    stops.delete(to);
    return [...stops].map(([node, share]) => ({ share, node }));
  }
}

/** Where two stretches cross, null where they do not. */
function meet(p: Vec, q: Vec, a: Vec, b: Vec): Vec | null {
  const [d, e] = [minus(q, p), minus(b, a)];
  const turn = cross(d, e);
  if (Math.abs(turn) < 1e-9) return null;
  const t = cross(minus(a, p), e) / turn;
  const u = cross(minus(a, p), d) / turn;
  return t < 0 || t > 1 || u < 0 || u > 1 ? null : [p[0] + d[0] * t, p[1] + d[1] * t];
}
