import type { Feature } from "geojson";
import type { ReachAnswer, RoadsAnswer, StreetView } from "../../../../../src/doors/api/contract.ts";

/** Up to these speeds, km/h, a street has the colour of their place; what is faster has the next. */
const motorBreaks = [15, 25, 35, 50, 70];
const otherBreaks = [4, 6, 10, 14, 18];

export const breaksOf = (profile: string): readonly number[] =>
  profile === "car" || profile === "van" ? motorBreaks : otherBreaks;

/** Of 0 (slowest) to 5, or null where nobody drives: the slower direction counts. */
export function paceOf(street: Pick<StreetView, "forward" | "backward">, profile: string): number | null {
  const speed = speedOf(street);
  if (speed === null) return null;
  const at = breaksOf(profile).findIndex((end) => speed <= end);
  return at === -1 ? breaksOf(profile).length : at;
}

/** km/h in the slower direction that is open; null where both are closed. */
function speedOf({ forward, backward }: Pick<StreetView, "forward" | "backward">): number | null {
  const open = [forward, backward].filter((speed) => speed !== null);
  return open.length === 0 ? null : Math.min(...open);
}

const isOneWay = ({ forward, backward }: Pick<StreetView, "forward" | "backward">): boolean =>
  (forward === null) !== (backward === null);

/** A street as a line of a table: its pieces in view together. */
export interface StreetRow {
  readonly name: string | null;
  readonly kind: string;
  /** Metres in view. */
  readonly length: number;
  /** km/h over its length; null where all of it is closed. */
  readonly speed: number | null;
  /** Of the free-flow speed, over its length. */
  readonly share: number | null;
  readonly isOneWay: boolean;
  readonly isTimed: boolean;
  readonly zone: string | null;
}

/** The streets in view by name and kind, the most held up first, then the longest. Nameless ones of a kind are one line. */
export function streetRows(streets: readonly StreetView[]): StreetRow[] {
  const groups = Map.groupBy(streets, ({ name, kind }) => `${name ?? ""} ${kind}`);
  const rows = [...groups.values()].map(rowOf);
  return rows.sort((a, b) => (a.share ?? -1) - (b.share ?? -1) || b.length - a.length);
}

function rowOf(pieces: readonly StreetView[]): StreetRow {
  const { name, kind } = pieces[0]!;
  const open = pieces.filter((piece) => piece.share !== null);
  const length = sum(pieces, lengthOf);
  const driven = sum(open, lengthOf);
  const hours = sum(open, (piece) => lengthOf(piece) / speedOf(piece)!);
  return {
    name,
    kind,
    length,
    speed: open.length === 0 ? null : driven / hours,
    share: open.length === 0 ? null : sum(open, (piece) => lengthOf(piece) * piece.share!) / driven,
    isOneWay: pieces.every(isOneWay),
    isTimed: pieces.some((piece) => piece.isTimed),
    zone: pieces.find((piece) => piece.zone !== null)?.zone ?? null,
  };
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((all, item) => all + of(item), 0);

/** Metres; a piece of no length counts as one, so that nothing is divided by nought. */
export function lengthOf({ line }: Pick<StreetView, "line">): number {
  let length = 0;
  for (let i = 1; i < line.length; i++) {
    const [[x, y], [toX, toY]] = [line[i - 1]!, line[i]!];
    length += Math.hypot((toX - x) * Math.cos((y * Math.PI) / 180), toY - y) * 111_195;
  }
  return Math.max(1, length);
}

/** A box as the map asks for it: a little larger than what is seen, so that small moves ask nothing new. */
export function boxAround(
  [west, south, east, north]: readonly [number, number, number, number],
  zoom: number,
): { readonly west: number; readonly south: number; readonly east: number; readonly north: number } {
  const step = 90 / 2 ** Math.max(1, Math.round(zoom));
  const down = (value: number) => Number((Math.floor(value / step) * step).toFixed(6));
  const up = (value: number) => Number((Math.ceil(value / step) * step).toFixed(6));
  const within = (value: number, most: number) => Math.min(most, Math.max(-most, value));
  return {
    west: within(down(west), 180),
    south: within(down(south), 90),
    east: within(up(east), 180),
    north: within(up(north), 90),
  };
}

export interface RoadFeatures {
  readonly streets: readonly Feature[];
  readonly closed: readonly Feature[];
  readonly turns: readonly Feature[];
  readonly zones: readonly Feature[];
}

/** What of an answer lies on the map. One-way streets are turned round to run the way they are driven. */
export function roadFeatures(roads: RoadsAnswer, profile: string): RoadFeatures {
  const lineOf = (line: readonly (readonly number[])[], properties: Feature["properties"]): Feature => ({
    type: "Feature",
    properties,
    geometry: { type: "LineString", coordinates: line.map((point) => [...point]) },
  });
  const open = roads.streets.filter((street) => speedOf(street) !== null);
  const shut = roads.streets.filter((street) => speedOf(street) === null);
  return {
    streets: open.map((street) =>
      lineOf(street.forward === null ? street.line.toReversed() : street.line, {
        pace: paceOf(street, profile),
        kind: street.kind,
        oneWay: isOneWay(street),
      }),
    ),
    closed: [...shut, ...roads.closed].map((street) => lineOf(street.line, {})),
    turns: roads.turns.map((turn) => ({
      type: "Feature",
      properties: { sign: signOf(turn.kind), only: turn.kind.startsWith("only"), timed: turn.when !== null },
      geometry: { type: "Point", coordinates: [...turn.at] },
    })),
    zones: roads.zones.flatMap(({ name, rule, lines }) => {
      const words = [name, hoursIn(rule)].filter((word) => word !== null).join(" · ");
      return lines.map((line): Feature => (isClosed(line) ? areaIn(line, { words }) : lineOf(line, { words })));
    }),
  };
}

const isClosed = (line: readonly (readonly number[])[]): boolean =>
  line.length > 3 && line[0]![0] === line.at(-1)![0] && line[0]![1] === line.at(-1)![1];

const areaIn = (ring: readonly (readonly number[])[], properties: Feature["properties"]): Feature => ({
  type: "Feature",
  properties,
  geometry: { type: "Polygon", coordinates: [ring.map((point) => [...point])] },
});

/** When a rule holds, in the map's words (`Mo-Fr 07:00-19:00`); null: always, or it does not say. */
export const hoursIn = (rule: string | null): string | null =>
  /((?:Mo|Tu|We|Th|Fr|Sa|Su|PH)[\w, -]*?\s)?\d{1,2}:\d{2}-\d{1,2}:\d{2}(?:,\s*\d{1,2}:\d{2}-\d{1,2}:\d{2})*/.exec(
    rule ?? "",
  )?.[0] ?? null;

function signOf(kind: string): string {
  if (kind.includes("left")) return "←";
  if (kind.includes("right")) return "→";
  return kind.includes("u_turn") ? "↓" : kind.includes("straight") ? "↑" : "×";
}

/** Areas within reach, the largest below. */
export const reachFeatures = ({ areas }: ReachAnswer): Feature[] =>
  areas
    .map(({ minutes, polygons }, step): Feature => ({
      type: "Feature",
      properties: { minutes, step },
      geometry: { type: "MultiPolygon", coordinates: polygons },
    }))
    .toReversed();
