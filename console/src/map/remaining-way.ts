type Point = readonly [longitude: number, latitude: number];

/**
 * What of a way still lies ahead of somebody at `here`: from the nearest place on it to its end, `here` first. Flat geometry
 * with longitudes shortened by the latitude: exact enough over the few kilometres of a route.
 */
export function remainingWay(way: readonly Point[], here: Point | null): readonly Point[] {
  if (here === null || way.length < 2) return way;
  const shrink = Math.cos((here[1] * Math.PI) / 180);
  let best = Infinity;
  let ahead = 1;
  for (let i = 1; i < way.length; i++) {
    const distance = distanceToStretch(here, way[i - 1]!, way[i]!, shrink);
    if (distance < best) [best, ahead] = [distance, i];
  }
  return [here, ...way.slice(ahead)];
}

function distanceToStretch(p: Point, a: Point, b: Point, shrink: number): number {
  const [x, y] = [(p[0] - a[0]) * shrink, p[1] - a[1]];
  const [dx, dy] = [(b[0] - a[0]) * shrink, b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / length));
  return Math.hypot(x - along * dx, y - along * dy);
}
