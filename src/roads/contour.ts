/** Numbers at the corners of squares, row by row from the south; `Infinity` where nothing is known. */
export interface Field {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float64Array;
}

/** In columns and rows of a field. */
export type Place = readonly [column: number, row: number];

/**
 * The lines around all that is at most `limit`: closed rings (first place last again), the inside on their left, so
 * outer rings run counter-clockwise and holes clockwise. The border of the field counts as outside. Where two insides
 * touch at a corner only, they are kept apart.
 *
 * Source: Lorensen & Cline, Marching Cubes, 1987, in the plane.
 */
export function contour(field: Field, limit: number): Place[][] {
  const next = new Map<number, number>();
  const crossed = new Map<number, Place>();
  for (let row = -1; row < field.rows; row++)
    for (let column = -1; column < field.columns; column++) lineThrough(field, limit, column, row, next, crossed);
  const rings: Place[][] = [];
  for (const first of next.keys()) {
    const ring: Place[] = [];
    for (let edge = first; next.has(edge);) {
      ring.push(crossed.get(edge)!);
      const after = next.get(edge)!;
      next.delete(edge);
      edge = after;
    }
    if (ring.length > 0) rings.push([...ring, ring[0]!]);
  }
  return rings;
}

/** A square's corners counter-clockwise from the south-west; its edge i runs from corner i to the next. */
const corners = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/**
 * Notes where the lines cross the edges of one square, and from which edge to which: from where an inside ends, going
 * round counter-clockwise, to where that inside began.
 */
function lineThrough(
  { columns, rows, values }: Field,
  limit: number,
  column: number,
  row: number,
  next: Map<number, number>,
  crossed: Map<number, Place>,
): void {
  const value = (i: number): number => {
    const [x, y] = [column + corners[i & 3]![0], row + corners[i & 3]![1]];
    return x < 0 || y < 0 || x >= columns || y >= rows ? Infinity : values[y * columns + x]!;
  };
  const isInside = (i: number): boolean => value(i) <= limit;
  // An edge's name is the same from both of its squares: that of its south-western end, by its direction.
  const edgeId = (i: number): number => {
    const [x, y] = [column + (i === 1 ? 1 : 0), row + (i === 2 ? 1 : 0)];
    return 2 * ((y + 1) * (columns + 2) + x + 1) + (i & 1);
  };
  for (let end = 0; end < 4; end++) {
    if (!isInside(end) || isInside(end + 1)) continue;
    let begin = end + 3;
    while (isInside(begin)) begin--;
    next.set(edgeId(end), edgeId(begin & 3));
    const [[x1, y1], [x2, y2]] = [corners[end]!, corners[(end + 1) & 3]!];
    const share = shareInside(value(end), value(end + 1), limit);
    crossed.set(edgeId(end), [column + x1 + (x2 - x1) * share, row + y1 + (y2 - y1) * share]);
  }
}

/** Never quite at a corner, so that no two places of a ring are one. */
const shareInside = (inside: number, outside: number, limit: number): number =>
  outside === Infinity ? 0.5 : Math.min(0.99, Math.max(0.01, (limit - inside) / (outside - inside)));

/** Polygons of rings as `contour` gives them: each hole goes to the smallest ring around it. */
export function nest(rings: readonly Place[][]): Place[][][] {
  const outer = rings.filter((ring) => area(ring) > 0).map((ring) => [ring]);
  outer.sort(([one], [other]) => area(one!) - area(other!));
  for (const hole of rings) if (area(hole) < 0) outer.find(([ring]) => holds(ring!, hole[0]!))?.push(hole);
  return outer;
}

/** Counter-clockwise positive. */
const area = (ring: readonly Place[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length]!;
    return sum + (x * y2 - x2 * y) / 2;
  }, 0);

const holds = (ring: readonly Place[], [x, y]: Place): boolean =>
  ring.filter(([x1, y1], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length]!;
    return y1 > y !== y2 > y && x < x1 + ((x2 - x1) * (y - y1)) / (y2 - y1);
  }).length %
    2 ===
  1;
