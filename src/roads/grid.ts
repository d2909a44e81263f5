import { fixed, metersPerDegree, metersPerDegreeEast } from "./plane.ts";

/** Which pieces of road (from one point of a stretch to the next, named by the first) touch each square of the city. */
export interface Grid {
  /** South-west corner and size of a square, 1e-7 degrees. */
  readonly west: number;
  readonly south: number;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  /** Square `row × columns + column` holds `piece[i]` for i from `start[square]` to before `start[square + 1]`. */
  readonly start: Uint32Array;
  readonly piece: Uint32Array;
}

/** About a block: few pieces to look at, few squares to search. Sparse countries get larger squares. */
const squareMeters = 150;
const mostSquares = (coords: Int32Array): number => Math.min(2_000_000, Math.max(1024, coords.length));

export function makeGrid(coords: Int32Array, stretchStart: Uint32Array): Grid {
  const frame = frameOf(coords);
  const start = new Uint32Array(frame.columns * frame.rows + 1);
  forEachSquare(frame, coords, stretchStart, (square) => void start[square + 1]!++);
  for (let i = 1; i < start.length; i++) start[i]! += start[i - 1]!;
  const [piece, next] = [new Uint32Array(start.at(-1)!), start.slice()];
  forEachSquare(frame, coords, stretchStart, (square, at) => void (piece[next[square]!++] = at));
  return { ...frame, start, piece };
}

type Frame = Omit<Grid, "start" | "piece">;

function frameOf(coords: Int32Array): Frame {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < coords.length; i += 2) {
    west = Math.min(west, coords[i]!);
    east = Math.max(east, coords[i]!);
    south = Math.min(south, coords[i + 1]!);
    north = Math.max(north, coords[i + 1]!);
  }
  if (coords.length === 0) return { west: 0, south: 0, width: 1, height: 1, columns: 0, rows: 0 };
  const side = (meters: number): Frame => {
    const height = Math.ceil((meters / metersPerDegree) * fixed);
    const width = Math.ceil((meters / Math.max(1, metersPerDegreeEast((south + north) / 2 / fixed))) * fixed);
    const [columns, rows] = [Math.floor((east - west) / width) + 1, Math.floor((north - south) / height) + 1];
    return columns * rows > mostSquares(coords) ? side(meters * 2) : { west, south, width, height, columns, rows };
  };
  return side(squareMeters);
}

/** Every square that a piece passes, row by row: also what runs across half the country touches few. */
function forEachSquare(
  { west, south, width, height, columns }: Frame,
  coords: Int32Array,
  stretchStart: Uint32Array,
  visit: (square: number, piece: number) => void,
): void {
  const column = (x: number): number => Math.floor((x - west) / width);
  const row = (y: number): number => Math.floor((y - south) / height);
  for (let stretch = 0; stretch + 1 < stretchStart.length; stretch++)
    for (let at = stretchStart[stretch]!; at + 1 < stretchStart[stretch + 1]!; at++) {
      const up = coords[2 * at + 1]! <= coords[2 * at + 3]! ? 0 : 2;
      const [x1, y1] = [coords[2 * at + up]!, coords[2 * at + up + 1]!];
      const [x2, y2] = [coords[2 * at + 2 - up]!, coords[2 * at + 3 - up]!];
      const [left, right] = [column(Math.min(x1, x2)), column(Math.max(x1, x2))];
      const [first, last] = [row(y1), row(y2)];
      const xAt = (y: number): number => x1 + ((x2 - x1) * (y - y1)) / (y2 - y1);
      for (let r = first; r <= last; r++) {
        const from = r === first ? x1 : xAt(south + r * height);
        const to = r === last ? x2 : xAt(south + (r + 1) * height);
        // Rounding may put a crossing a hair into the next square: a piece is never looked for farther off than that.
        const end = Math.min(right, column(Math.max(from, to) + 1));
        for (let c = Math.max(left, column(Math.min(from, to) - 1)); c <= end; c++) visit(r * columns + c, at);
      }
    }
}
