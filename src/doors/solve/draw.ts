import type { Point } from "../../kernel/point.ts";
import { schedule, type Solution } from "../../optimizer/index.ts";
import type { Task } from "./task.ts";

/** Twelve colours that differ in brightness too, for routes beside each other. */
const colours = [
  "#1b6ca8",
  "#d1495b",
  "#2e933c",
  "#7b3fa0",
  "#e08e1d",
  "#0f7c7c",
  "#a23b72",
  "#5c6b1f",
  "#33539e",
  "#c05b2b",
  "#4d8f8b",
  "#6b4226",
];

interface DrawnRoute {
  readonly vehicle: number;
  readonly colour: string;
  readonly stops: readonly {
    readonly name: string;
    readonly visit: string;
    readonly point: Point;
    readonly arrival: number;
  }[];
  readonly line: readonly Point[];
}

/** Null where the file does not say where its places are. */
function drawn(task: Task, { routes }: Solution): DrawnRoute[] | null {
  const { problem, points } = task;
  if (points.length === 0 || points.includes(null)) return null;
  const at = (location: number | null): Point[] => (location === null ? [] : [points[location]!]);
  return routes.flatMap((route, vehicle) => {
    if (route.length === 0) return [];
    const { start, end } = problem.vehicles[vehicle]!;
    const stops = schedule(problem, vehicle, route).stops.flatMap((stop) =>
      at(stop.location).map((point) => ({
        name: String(task.stopName(stop)),
        visit: stop.visit,
        point,
        arrival: stop.arrival / task.unit,
      })),
    );
    const line = [...at(start), ...stops.map(({ point }) => point), ...at(end)];
    return [{ vehicle, colour: colours[vehicle % colours.length]!, stops, line }];
  });
}

/** The routes as GeoJSON (RFC 7946): a line for each, and a point for each stop; null without places in degrees. */
export function asGeoJson(task: Task, solution: Solution): string | null {
  const routes = task.isMap ? drawn(task, solution) : null;
  if (routes === null) return null;
  const features = routes.flatMap(({ vehicle, colour, stops, line }) => [
    {
      type: "Feature",
      geometry: { type: "LineString", coordinates: line.length > 1 ? line : [line[0], line[0]] },
      properties: { vehicle: task.vehicleName(vehicle), stroke: colour },
    },
    ...stops.map(({ name, visit, point, arrival }, k) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: point },
      properties: {
        vehicle: task.vehicleName(vehicle),
        order: k + 1,
        stop: name,
        visit,
        arrival,
        "marker-color": colour,
      },
    })),
  ]);
  return `${JSON.stringify({ type: "FeatureCollection", features })}\n`;
}

const width = 1000;
const margin = 20;

/** The routes as a picture, straight from stop to stop; null where the places are not known. */
export function asSvg(task: Task, solution: Solution): string | null {
  const routes = drawn(task, solution);
  if (routes === null) return null;
  const { place, height } = canvas(task);
  const lines = routes.map(({ colour, line, vehicle }) => {
    const points = line.map((point) => place(point).join()).join(" ");
    return `<polyline points="${points}" stroke="${colour}"><title>${escaped(task.vehicleName(vehicle))}</title></polyline>`;
  });
  const dots = routes.flatMap(({ colour, stops }) =>
    stops.map(({ point, name, visit }) => {
      const [x, y] = place(point);
      const fill = visit === "pickup" ? "white" : colour;
      return `<circle cx="${x}" cy="${y}" r="4" fill="${fill}" stroke="${colour}"><title>${escaped(name)}</title></circle>`;
    }),
  );
  const starts = new Set(task.problem.vehicles.flatMap(({ start }) => (start === null ? [] : [start])));
  const depots = [...starts].map((location) => {
    const [x, y] = place(task.points[location]!);
    return `<rect x="${x - 5}" y="${y - 5}" width="10" height="10" fill="black"/>`;
  });
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  const body = [...lines, ...dots, ...depots].join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} fill="none" stroke-width="2">\n<rect width="100%" height="100%" fill="white"/>\n${body}\n</svg>\n`;
}

/** North is up; degrees of longitude are as long as in the middle of the picture. */
function canvas({ points, isMap }: Task): {
  readonly place: (point: Point) => [number, number];
  readonly height: number;
} {
  const known = points.map((point) => point!);
  const [west, south] = [0, 1].map((axis) => known.reduce((least, p) => Math.min(least, p[axis]!), Infinity)) as [
    number,
    number,
  ];
  const [east, north] = [0, 1].map((axis) => known.reduce((most, p) => Math.max(most, p[axis]!), -Infinity)) as [
    number,
    number,
  ];
  const squeeze = isMap ? Math.cos((((south + north) / 2) * Math.PI) / 180) : 1;
  const scale = (width - 2 * margin) / Math.max((east - west) * squeeze, north - south, 1e-9);
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return {
    place: ([x, y]) => [tenth(margin + (x - west) * squeeze * scale), tenth(margin + (north - y) * scale)],
    height: Math.ceil((north - south) * scale + 2 * margin),
  };
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
