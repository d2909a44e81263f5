import { skipCost } from "./match-model.ts";
import { forEachStep, type Layer, type Spot, type StepKind } from "./match-steps.ts";
import type { Move } from "./match-model.ts";
import type { Reach } from "./match-reach.ts";
import type { RoadGraph } from "./road-graph.ts";

/** A point that the most likely way passes. */
export interface Link {
  readonly point: number;
  readonly spot: Spot;
  /** How one comes here from the link before; null for the first. */
  readonly kind: StepKind | null;
  /** 0 to 1: how likely the point was on this road, of all that it may have been. */
  readonly confidence: number;
}

/** So many points in a row may be left out before the trace counts as broken. */
const mostSkipped = 3;

interface Edge {
  readonly layer: number;
  readonly from: number;
  readonly to: number;
  readonly kind: StepKind;
  readonly cost: number;
}

/**
 * The hidden Markov model over one unbroken piece of a trace: layers of spots, joined as they come in. A point that
 * nothing joins cheaply may be left out: the layers after it are then joined to the ones before it as well.
 */
export class Chain {
  readonly #graph: RoadGraph;
  readonly #reach: Reach;
  readonly #move: (from: number, to: number) => Move;
  readonly #layers: Layer[] = [];
  /** Into each layer. */
  readonly #edges: Edge[][] = [];
  readonly #best: (Edge | null)[][] = [];
  /** Whether a layer costs more than leaving it out would. */
  readonly #doubtful: boolean[] = [];

  constructor(graph: RoadGraph, reach: Reach, move: (from: number, to: number) => Move) {
    [this.#graph, this.#reach, this.#move] = [graph, reach, move];
  }

  /** Places in the trace of the newest points that nothing leads to. */
  get lost(): number[] {
    const points: number[] = [];
    for (let at = this.#layers.length - 1; at >= 0 && this.#least(at) === Infinity; at--)
      points.push(this.#layers[at]!.point);
    return points.reverse();
  }

  get last(): number | null {
    return this.#layers.at(-1)?.point ?? null;
  }

  /** Whether so many points were lost in a row that the trace is broken before the first of them. */
  get isBroken(): boolean {
    return this.lost.length > mostSkipped;
  }

  add(point: number, spots: readonly Spot[]): void {
    const at = this.#layers.length;
    const layer: Layer = { point, spots, costs: new Float64Array(spots.length).fill(Infinity) };
    this.#layers.push(layer);
    this.#edges.push([]);
    this.#best.push(spots.map(() => null));
    for (let back = 1; back <= at; back++) {
      this.#join(at - back, at, (back - 1) * skipCost);
      if (back > mostSkipped || !this.#doubtful[at - back]) break;
    }
    this.#doubtful.push(at > 0 && this.#least(at) > this.#leastSoFar(at - 1) + skipCost);
    if (at <= mostSkipped && this.#doubtful.slice(1, at).every((doubt) => doubt)) this.#beginAt(at);
  }

  /** A piece may begin here, the points before left out. */
  #beginAt(at: number): void {
    const { spots, costs } = this.#layers[at]!;
    spots.forEach(({ miss }, i) => {
      const cost = at * skipCost + miss;
      if (cost >= costs[i]!) return;
      costs[i] = cost;
      this.#best[at]![i] = null;
    });
  }

  #join(before: number, at: number, skipped: number): void {
    const [from, to] = [this.#layers[before]!, this.#layers[at]!];
    forEachStep(this.#graph, this.#reach, from, to, this.#move(from.point, to.point), (i, j, { kind, cost }) => {
      const edge: Edge = { layer: before, from: i, to: j, kind, cost: cost + skipped + to.spots[j]!.miss };
      this.#edges[at]!.push(edge);
      const total = from.costs[i]! + edge.cost;
      if (total >= to.costs[j]!) return;
      to.costs[j] = total;
      this.#best[at]![j] = edge;
    });
  }

  #least(at: number): number {
    return Math.min(...this.#layers[at]!.costs);
  }

  #leastSoFar(at: number): number {
    for (let back = at; back >= 0; back--) if (this.#least(back) < Infinity) return this.#least(back);
    return 0;
  }

  /** The most likely way through all points but the outliers, with what it leaves in doubt. */
  links(): Link[] {
    let [at, cost] = [-1, Infinity];
    const end = this.#layers.length - 1;
    for (let layer = end; layer >= 0 && layer >= end - mostSkipped; layer--) {
      const total = this.#least(layer) + (end - layer) * skipCost;
      if (total < cost) [at, cost] = [layer, total];
    }
    if (at === -1) return [];
    const shares = this.#likelihoods(at);
    const links: Link[] = [];
    const { costs } = this.#layers[at]!;
    let spot = costs.indexOf(this.#least(at));
    for (;;) {
      const edge: Edge | null = this.#best[at]![spot]!;
      const { point, spots } = this.#layers[at]!;
      const confidence = confidenceIn(spots, spot, shares[at]!);
      links.push({ point, spot: spots[spot]!, kind: edge?.kind ?? null, confidence });
      if (edge === null) return links.reverse();
      [at, spot] = [edge.layer, edge.from];
    }
  }

  /** Forwards and backwards over all steps (Rabiner 1989): how likely each spot is, of all ways that end in layer `end`. */
  #likelihoods(end: number): Float64Array[] {
    const ahead = this.#layers.map(({ spots }) => new Float64Array(spots.length).fill(Infinity));
    const behind = this.#layers.map(({ spots }) => new Float64Array(spots.length).fill(Infinity));
    for (let at = 0; at <= end; at++) {
      this.#layers[at]!.spots.forEach(({ miss }, i) => {
        if (this.#best[at]![i] === null && this.#layers[at]!.costs[i]! < Infinity) ahead[at]![i] = at * skipCost + miss;
      });
      for (const { layer, from, to, cost } of this.#edges[at]!)
        ahead[at]![to] = either(ahead[at]![to]!, ahead[layer]![from]! + cost);
    }
    behind[end]!.fill(0);
    for (let at = end; at >= 0; at--)
      for (const { layer, from, to, cost } of this.#edges[at]!)
        behind[layer]![from] = either(behind[layer]![from]!, behind[at]![to]! + cost);
    const all = ahead[end]!.reduce(either, Infinity);
    return ahead.map((costs, at) => costs.map((cost, i) => Math.exp(all - cost - behind[at]![i]!)));
  }
}

/** The cost of one or the other: −log(e⁻ᵃ + e⁻ᵇ). */
function either(a: number, b: number): number {
  if (a === Infinity) return b;
  if (b === Infinity) return a;
  const less = Math.min(a, b);
  return less - Math.log1p(Math.exp(less - Math.max(a, b)));
}

/** Both directions of a road are one road to whoever asks where somebody was. */
function confidenceIn(spots: readonly Spot[], chosen: number, shares: Float64Array): number {
  const { stretch } = spots[chosen]!.snap;
  let sum = 0;
  spots.forEach(({ snap }, i) => void (sum += snap.stretch === stretch ? shares[i]! : 0));
  return Math.min(1, sum);
}
