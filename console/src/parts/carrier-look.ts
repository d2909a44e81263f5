/** How a carrier is drawn, on the map and beside it: a colour of its own and, because colour alone is not enough, a shape by kind. */
export interface CarrierLook {
  readonly id: string;
  readonly name: string;
  /** Index into the palette's `carriers`. */
  readonly color: number;
  readonly shape: "circle" | "square" | "triangle";
}

interface Carrier {
  readonly id: string;
  readonly name: string;
  readonly kind: "own" | "partner" | "platform" | null;
}

const shapes = { own: "circle", partner: "square", platform: "triangle" } as const;
const rank = { own: 0, partner: 1, platform: 2 } as const;
/** How many colours there are before they repeat. */
const COLORS = 8;

/** Looks by carrier: own fleets first, then partners, then platforms, each by name, so that a colour does not wander between two visits. */
export function carrierLooks(participants: readonly Carrier[]): ReadonlyMap<string, CarrierLook> {
  const carriers = participants
    .filter((one): one is Carrier & { kind: keyof typeof shapes } => one.kind !== null)
    .toSorted((a, b) => rank[a.kind] - rank[b.kind] || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  return new Map(
    carriers.map(({ id, name, kind }, i) => [id, { id, name, color: i % COLORS, shape: shapes[kind] }] as const),
  );
}
