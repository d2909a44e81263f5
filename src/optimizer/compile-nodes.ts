import type { Objective, Problem, Shipment, Visit, Window } from "./types.ts";

/**
 * Latest instant where the caller left it open: 68 years, so that an arrival over an `unreachable` way (136 years)
 * is too late like any other, and the walks need no branch for it.
 */
export const openEnd = 2 ** 31;

/** What a node is. Calls come first: shipment `s` has the nodes `2 s` (pickup) and `2 s + 1` (delivery). */
export const kinds = { call: 0, rest: 1, reload: 2, charge: 3 } as const;

/** Whatever is known of a node; see `Instance`. */
export interface Nodes {
  /** Nodes from here on are helpers: breaks and stations. */
  readonly calls: number;
  readonly kind: Uint8Array;
  /** The break, by its index in the vehicle, or the station. */
  readonly helper: Int32Array;
  /** Whose break it is; -1 for stations. */
  readonly helperOf: Int32Array;
  readonly place: Int32Array;
  /** Opening of the first and closing of the last window; it closes before it opens where service can never begin. */
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  /** All windows of node `x`: `windowOpens` and `windowCloses` from `windowFrom[x]` to before `windowFrom[x + 1]`. */
  readonly windowFrom: Int32Array;
  readonly windowOpens: Float64Array;
  readonly windowCloses: Float64Array;
  readonly service: Float64Array;
  readonly setup: Float64Array;
  readonly anySetup: boolean;
  readonly due: Float64Array;
  readonly lateCost: Float64Array;
  /** Whether any node has several windows; any has a price for lateness. Both spare the common case the work. */
  readonly gaps: boolean;
  readonly soft: boolean;
}

interface Helper {
  readonly kind: number;
  readonly index: number;
  readonly vehicle: number;
  readonly place: number;
  readonly windows: readonly Window[];
  readonly service: number;
}

export function compileNodes(problem: Problem, objective: Objective): Nodes {
  const helpers = helpersOf(problem);
  const calls = problem.shipments.length * 2;
  const writer = new NodeWriter(calls, helpers.length, objective);
  problem.shipments.forEach((s: Shipment, i) => {
    writer.visit(2 * i, s.pickup, s.release);
    writer.visit(2 * i + 1, s.delivery, null);
  });
  helpers.forEach((helper, k) => writer.helper(calls + k, helper));
  return writer.finish();
}

function helpersOf({ vehicles, stations = [] }: Problem): Helper[] {
  const rests = vehicles.flatMap(({ breaks = [] }, vehicle) =>
    breaks.map(({ windows, duration }, index): Helper => {
      return { kind: kinds.rest, index, vehicle, place: -1, windows, service: duration };
    }),
  );
  const halts = stations.flatMap(({ location, windows, service, hub, power }, index): Helper[] => {
    const halt = { index, vehicle: -1, place: location, windows, service };
    return [
      ...(hub ? [{ ...halt, kind: kinds.reload }] : []),
      ...(power !== null ? [{ ...halt, kind: kinds.charge }] : []),
    ];
  });
  return [...rests, ...halts];
}

class NodeWriter {
  readonly #objective: Objective;
  readonly #opens: number[] = [];
  readonly #closes: number[] = [];
  readonly #nodes;
  #gaps = false;
  #soft = false;

  constructor(calls: number, helpers: number, objective: Objective) {
    const nodes = calls + helpers;
    this.#objective = objective;
    this.#nodes = {
      calls,
      kind: new Uint8Array(nodes),
      helper: new Int32Array(nodes).fill(-1),
      helperOf: new Int32Array(nodes).fill(-1),
      place: new Int32Array(nodes).fill(-1),
      opens: new Float64Array(nodes),
      closes: new Float64Array(nodes),
      service: new Float64Array(nodes),
      setup: new Float64Array(nodes),
      due: new Float64Array(nodes).fill(Infinity),
      lateCost: new Float64Array(nodes),
      windowFrom: new Int32Array(nodes + 1),
    };
  }

  visit(node: number, visit: Visit | null, release: number | null): void {
    this.#windows(node, visit?.windows ?? [], release);
    if (visit === null) return;
    const { place, service, setup, due, lateCost } = this.#nodes;
    place[node] = visit.location;
    service[node] = visit.service;
    setup[node] = visit.setup ?? 0;
    if (visit.due === null || visit.costPerLateSecond <= 0) return;
    due[node] = visit.due;
    if (this.#objective !== "cost") return;
    lateCost[node] = visit.costPerLateSecond;
    this.#soft = true;
  }

  helper(node: number, { kind, index, vehicle, place, windows, service }: Helper): void {
    this.#windows(node, windows, null);
    this.#nodes.kind[node] = kind;
    this.#nodes.helper[node] = index;
    this.#nodes.helperOf[node] = vehicle;
    this.#nodes.place[node] = place;
    this.#nodes.service[node] = service;
  }

  /** The windows in numbers, without what lies before `release`; when nothing is left, one that opens after it has closed. */
  #windows(node: number, windows: readonly Window[], release: number | null): void {
    const all: readonly Window[] = windows.length > 0 ? windows : [{ earliest: null, latest: null }];
    const clipped = all.map(
      (w) => [Math.max(w.earliest ?? -openEnd, release ?? -openEnd), w.latest ?? openEnd] as const,
    );
    const possible = clipped.filter(([earliest, latest]) => earliest <= latest);
    const left = possible.length > 0 ? possible : clipped.slice(-1);
    this.#nodes.windowFrom[node] = this.#opens.length;
    for (const [earliest, latest] of left) {
      this.#opens.push(earliest);
      this.#closes.push(latest);
    }
    this.#nodes.windowFrom[node + 1] = this.#opens.length;
    this.#nodes.opens[node] = left[0]![0];
    this.#nodes.closes[node] = left.at(-1)![1];
    this.#gaps ||= left.length > 1;
  }

  finish(): Nodes {
    return {
      ...this.#nodes,
      windowOpens: Float64Array.from(this.#opens),
      windowCloses: Float64Array.from(this.#closes),
      anySetup: this.#nodes.setup.some((seconds) => seconds > 0),
      gaps: this.#gaps,
      soft: this.#soft,
    };
  }
}
