import type { OsmData, OsmNode, OsmRelation, OsmTags, OsmWay } from "../../../src/kernel/osm.ts";
import type { Point } from "../../../src/kernel/point.ts";
import type { Vec } from "./plane.ts";

/** OpenStreetMap data in the making: ids count up from 1 in drawing order, per type, so the result is ordered as it is. */
export class OsmDraft {
  readonly #nodes: OsmNode[] = [];
  readonly #ways: OsmWay[] = [];
  readonly #relations: OsmRelation[] = [];
  readonly #globe: (p: Vec) => Point;

  constructor(globe: (p: Vec) => Point) {
    this.#globe = globe;
  }

  node(p: Vec, tags?: OsmTags): number {
    const [lon, lat] = this.#globe(p);
    const id = this.#nodes.length + 1;
    // No empty tags: a metropolis has ten million nodes, and hardly one in ten says anything.
    const plain = tags === undefined || Object.keys(tags).length === 0;
    return this.#nodes.push(plain ? { id, lon, lat } : { id, lon, lat, tags });
  }

  tag(id: number, tags: OsmTags): void {
    const node = this.#nodes[id - 1]!;
    this.#nodes[id - 1] = { ...node, tags: { ...node.tags, ...tags } };
  }

  way(refs: readonly number[], tags: OsmTags): number {
    return this.#ways.push({ id: this.#ways.length + 1, refs, tags });
  }

  /** A closed way around new nodes. */
  area(ring: readonly Vec[], tags: OsmTags): number {
    const refs = ring.map((p) => this.node(p));
    return this.way([...refs, refs[0]!], tags);
  }

  relation(members: OsmRelation["members"], tags: OsmTags): void {
    this.#relations.push({ id: this.#relations.length + 1, members, tags });
  }

  finish(): OsmData {
    return { nodes: this.#nodes, ways: this.#ways, relations: this.#relations };
  }
}
