import type { OsmNode } from "../kernel/osm.ts";
import { type SignalSide, signalOf } from "./judge-node.ts";
import { fixed, lengthBetween } from "./plane.ts";

/** Metres along the road within which signals are one junction's. */
const oneJunction = 30;

/** What holds up who drives from one junction to the next. */
interface SignalsPassed {
  /** Signals waited at on the way, both ends left out. */
  readonly waits: number;
  /** Whether one was passed so shortly before the end that a signal there is the same junction's. */
  readonly isJustPassed: boolean;
}

/** A signal that lies behind who comes to a node. */
interface Passed {
  readonly signal: OsmNode;
  readonly meters: number;
}

/**
 * The signals of a city's streets. A large junction is drawn with several, one before it on each street, on each of its
 * nodes or at its crossings; who has waited at one passes the others that follow within 30 m.
 *
 * Source: wiki.openstreetmap.org, "Tag:highway=traffic_signals" (complex intersections), "Key:traffic_signals:direction".
 */
export class Signals {
  /** Of a node, the signals that streets pass shortly before it. */
  readonly #before = new Map<OsmNode, Passed[]>();

  constructor(streets: Iterable<readonly OsmNode[]>) {
    for (const street of streets)
      street.forEach((node, at) => {
        const side = sideOf(node);
        if (side !== null && side !== "backward") this.#mark(node, street, at, 1);
        if (side !== null && side !== "forward") this.#mark(node, street, at, -1);
      });
  }

  #mark(signal: OsmNode, street: readonly OsmNode[], from: number, step: 1 | -1): void {
    let meters = 0;
    for (let at = from; street[at] !== undefined; at += step) {
      if (at !== from) meters += metersBetween(street[at - step]!, street[at]!);
      if (meters > oneJunction) return;
      const known = this.#before.get(street[at]!);
      if (known === undefined) this.#before.set(street[at]!, [{ signal, meters }]);
      else known.push({ signal, meters });
    }
  }

  /** In the direction of the nodes; `against` is the side that does not bind there. */
  passed(nodes: readonly OsmNode[], against: SignalSide): SignalsPassed {
    const ahead = nodes.slice(1);
    let [waits, since] = [0, Infinity];
    for (const { signal, meters } of this.#before.get(nodes[0]!) ?? [])
      if (!ahead.includes(signal)) since = Math.min(since, meters);
    ahead.forEach((node, i) => {
      since += metersBetween(nodes[i]!, node);
      const side = sideOf(node);
      if (i === ahead.length - 1 || side === null || side === against) return;
      if (since > oneJunction) waits++;
      since = 0;
    });
    return { waits, isJustPassed: since <= oneJunction };
  }
}

const sideOf = ({ tags }: OsmNode): SignalSide | null => (tags === undefined ? null : signalOf(tags));
const metersBetween = (a: OsmNode, b: OsmNode): number =>
  lengthBetween(a.lon * fixed, a.lat * fixed, b.lon * fixed, b.lat * fixed);
