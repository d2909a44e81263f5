import type { LiveAnswer, LiveCourier, LiveLeg } from "../../../../src/doors/api/contract.ts";
import type { Position } from "geojson";
import { shortId } from "../../parts/short-id.ts";

/** How far a position may be believed. Fresh: at most 30 s old; ageing: at most 2 min; old: longer; none: never heard. */
export type Trust = "fresh" | "ageing" | "old" | "none";

export const trustOf = (age_s: number | null | undefined): Trust => {
  if (age_s === null || age_s === undefined) return "none";
  if (age_s <= 30) return "fresh";
  return age_s <= 120 ? "ageing" : "old";
};

/** Whether the drop-off promise holds: late when it is broken or the estimate breaks it, tight when its late end might. */
export type Outlook = "kept" | "tight" | "late" | "unknown";

export function promiseOf(leg: Pick<LiveLeg, "dropoffWindow" | "estimate">, now: string): Outlook {
  const { latest } = leg.dropoffWindow;
  if (latest === null) return "unknown";
  const limit = Date.parse(latest);
  if (Date.parse(now) > limit) return "late";
  const { estimate } = leg;
  if (estimate === null || estimate.dropoff === null) return "unknown";
  if (Date.parse(estimate.dropoff) > limit) return "late";
  return estimate.late !== null && Date.parse(estimate.late) > limit ? "tight" : "kept";
}

/** What a leg is doing, in as many words as a dispatcher filters by. */
export type Phase = "waiting" | "collecting" | "carrying" | "trouble";
export const phases: readonly Phase[] = ["waiting", "collecting", "carrying", "trouble"];

function phaseOf(leg: LiveLeg): Phase {
  switch (leg.state) {
    case "open":
    case "offered":
      return "waiting";
    case "assigned":
    case "en_route_to_pickup":
    case "at_pickup":
      return "collecting";
    case "picked_up":
    case "en_route_to_dropoff":
    case "at_dropoff":
    case "handed_over":
      return "carrying";
    case "cancelled":
    case "pickup_failed":
    case "dropoff_failed":
      return "trouble";
  }
}

export interface CourierRow {
  readonly kind: "courier";
  readonly id: string;
  readonly name: string;
  readonly courier: LiveCourier;
  readonly trust: Trust;
  /** Legs whose goods are on board: their drop-off is ahead and their pickup is not. */
  readonly carrying: number;
  readonly next: LiveCourier["stops"][number] | null;
}

export interface OrderRow {
  readonly kind: "order";
  readonly id: string;
  readonly name: string;
  readonly leg: LiveLeg;
  readonly phase: Phase;
  readonly promise: Outlook;
  /** Who carries it, by name; null while nobody does or nobody says. */
  readonly courierName: string | null;
}

export type Row = CourierRow | OrderRow;

export function courierRows(live: LiveAnswer): CourierRow[] {
  return live.couriers
    .map((courier): CourierRow => {
      const pickups = new Set(courier.stops.filter(({ kind }) => kind === "pickup").map(({ leg }) => leg));
      return {
        kind: "courier",
        id: courier.id,
        name: courier.name ?? shortId(courier.id),
        courier,
        trust: trustOf(courier.position?.ageSeconds),
        carrying: courier.stops.filter(({ kind, leg }) => kind === "dropoff" && !pickups.has(leg)).length,
        next: courier.stops[0] ?? null,
      };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

const urgency: Readonly<Record<Outlook, number>> = { late: 0, tight: 1, unknown: 2, kept: 2 };

/** What needs somebody comes first: late, then tight, then by the end of the window. */
export function orderRows(live: LiveAnswer): OrderRow[] {
  const names = new Map<string, string>(live.couriers.map(({ id, name }) => [id, name ?? shortId(id)]));
  const latest = ({ leg }: OrderRow) =>
    leg.dropoffWindow.latest === null ? Infinity : Date.parse(leg.dropoffWindow.latest);
  return live.legs
    .map((leg): OrderRow => ({
      kind: "order",
      id: leg.id,
      name: leg.reference ?? shortId(leg.order),
      leg,
      phase: phaseOf(leg),
      promise: promiseOf(leg, live.now),
      courierName: leg.courier === null ? null : (names.get(leg.courier) ?? null),
    }))
    .toSorted(
      (a, b) => urgency[a.promise] - urgency[b.promise] || order(latest(a), latest(b)) || (a.id < b.id ? -1 : 1),
    );
}

const order = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

export interface LiveFilter {
  readonly text: string;
  /** A carrier's id, `nobody` for legs without one, null for all. */
  readonly carrier: string | null;
  /** Null for all; couriers have none. */
  readonly phase: Phase | "late" | null;
}

export const noFilter: LiveFilter = { text: "", carrier: null, phase: null };

/** Whether the row answers the filter: each word occurs somewhere in what one reads of it. */
export function passes(row: Row, { text, carrier, phase }: LiveFilter): boolean {
  const its = row.kind === "courier" ? row.courier.carrier : row.leg.carrier;
  if (carrier !== null && carrier !== (its?.id ?? "nobody")) return false;
  if (row.kind === "order" && phase !== null) {
    if (phase === "late" ? row.promise !== "late" && row.promise !== "tight" : row.phase !== phase) return false;
  }
  const readable = [
    row.name,
    its?.name,
    row.id,
    ...(row.kind === "order" ? [row.leg.order, row.leg.shipper.name, row.courierName] : []),
  ]
    .join(" ")
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => readable.includes(word));
}

/** What is chosen on the page: a courier or a leg. */
export type Chosen = { readonly kind: "courier" | "order"; readonly id: string } | null;

/** Where to fly for a row, or null when nobody knows where it is. */
export function whereIs(row: Row): Position | null {
  if (row.kind === "courier") return row.courier.position === null ? null : [...row.courier.position.point];
  if (row.leg.carrierPosition !== null) return [...row.leg.carrierPosition.point];
  return [...(row.phase === "carrying" ? row.leg.to : row.leg.from)];
}
