/** OpenStreetMap's data model (wiki.openstreetmap.org, "Elements"): how every city reaches us, made up or real. */
export type OsmTags = Readonly<Record<string, string>>;

export interface OsmNode {
  readonly id: number;
  /** WGS 84 degrees. */
  readonly lon: number;
  readonly lat: number;
  readonly tags?: OsmTags;
}

export interface OsmWay {
  readonly id: number;
  /** Node ids in drawing order; an area repeats its first node at the end. */
  readonly refs: readonly number[];
  readonly tags?: OsmTags;
}

export interface OsmRelation {
  readonly id: number;
  readonly members: readonly {
    readonly type: "node" | "way" | "relation";
    readonly ref: number;
    readonly role: string;
  }[];
  readonly tags?: OsmTags;
}

/** A whole extract in memory. */
export interface OsmData {
  readonly nodes: readonly OsmNode[];
  readonly ways: readonly OsmWay[];
  readonly relations: readonly OsmRelation[];
}
