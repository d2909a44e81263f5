import type { Profile } from "../../../domain/index.ts";
import { greatCircle } from "../../../kernel/point.ts";
import { unreachable, type Matrix } from "../../../optimizer/index.ts";
import { profileWords } from "../../api/contract/parts.ts";
import type { JsonReader } from "../json-reader.ts";
import { cellOf, wholes } from "../plane.ts";
import type { TravelFor } from "../ports.ts";
import { fieldsOf } from "./names.ts";

/** Beyond this the matrix alone would not fit into memory. */
const mostLocations = 10_000;

/** A place of the file. */
export interface Location {
  readonly id: string;
  readonly point: readonly [number, number] | null;
}

export function readLocations(reader: JsonReader, list: unknown): Location[] {
  const found = reader.list(list, "locations", (value, path): Location => {
    const { id, point } = reader.object(value, path, fieldsOf("location"));
    return {
      id: reader.text(id, `${path}.id`),
      point: reader.orNull(point, () => readPoint(reader, point, `${path}.point`)),
    };
  });
  if (found.length === 0) reader.fault("locations", "is empty", "write the places that vehicles start from and visit");
  if (found.length <= mostLocations) return found;
  reader.fault("locations", `${found.length} places`, `at most ${mostLocations}; split the problem`);
  return [];
}

function readPoint(reader: JsonReader, value: unknown, path: string): readonly [number, number] {
  const [longitude, latitude, ...more] = Array.isArray(value) ? (value as unknown[]) : [];
  const fits = typeof longitude === "number" && typeof latitude === "number" && more.length === 0;
  if (fits && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90) return [longitude, latitude];
  reader.fault(path, JSON.stringify(value), "write [longitude, latitude] in degrees");
  return [0, 0];
}

/** A profile whose ways are known, or that asks the loaded city for them. */
export interface ProfileRead {
  readonly name: string;
  readonly matrix: Matrix;
  readonly roads: Profile | null;
}

/** Either tables of seconds and metres, or the loaded city's roads, or a speed over the great circle times a detour. */
export function readProfile(
  reader: JsonReader,
  value: unknown,
  path: string,
  locations: readonly Location[],
): ProfileRead {
  const fields = reader.object(value, path, fieldsOf("profile"));
  const name = reader.text(fields["name"], `${path}.name`);
  const size = locations.length;
  const table = (field: "seconds" | "meters" | "ascent"): Uint32Array =>
    readTable(reader, fields[field], `${path}.${field}`, size);
  const ascent = fields["ascent"] === undefined ? {} : { ascent: table("ascent") };
  if (fields["roads"] !== undefined) {
    const roads = profileWords.enum.find((word) => word === fields["roads"]) ?? null;
    if (roads === null)
      reader.fault(`${path}.roads`, JSON.stringify(fields["roads"]), `write ${profileWords.enum.join(", ")}`);
    requirePoints(reader, locations);
    return { name, roads, matrix: { size, seconds: new Uint32Array(), meters: new Uint32Array(), ...ascent } };
  }
  if (fields["seconds"] !== undefined || fields["meters"] !== undefined)
    return { name, roads: null, matrix: { size, seconds: table("seconds"), meters: table("meters"), ...ascent } };
  const speed = reader.number(fields["metersPerSecond"], `${path}.metersPerSecond`, 0);
  const detour = reader.number(fields["detour"], `${path}.detour`, 1, 1);
  if (!(speed > 0))
    reader.fault(`${path}.metersPerSecond`, "no speed", "give a speed above 0, roads, or tables of seconds and meters");
  requirePoints(reader, locations);
  return { name, roads: null, matrix: { ...greatCircles(locations, speed, detour), ...ascent } };
}

function requirePoints(reader: JsonReader, locations: readonly Location[]): void {
  locations.forEach(({ point }, k) => {
    if (point === null)
      reader.fault(`locations[${k}].point`, "is missing", "a profile without tables needs every point");
  });
}

/** The ways that the city knows between all places, for each profile that asks; and what should be said of them. */
export async function askRoads(
  profiles: readonly ProfileRead[],
  locations: readonly Location[],
  travelFor: TravelFor,
): Promise<{ readonly matrices: Matrix[]; readonly remarks: string[] }> {
  const points = locations.map(({ point }) => point ?? ([0, 0] as const));
  const remarks: string[] = [];
  const matrices: Matrix[] = [];
  for (const { name, matrix, roads } of profiles) {
    if (roads === null) {
      matrices.push(matrix);
      continue;
    }
    const { seconds, meters, source } = await (await travelFor(points)).matrix(points, points, roads);
    if (source === "great_circle")
      remarks.push(`${name}: no loaded city holds all the places: ways are great circles times 1.3, at a usual speed`);
    matrices.push({ ...matrix, seconds, meters });
  }
  return { matrices, remarks };
}

function greatCircles(locations: readonly Location[], speed: number, detour: number): Matrix {
  const size = locations.length;
  const [seconds, meters] = [wholes(size * size), wholes(size * size)];
  locations.forEach((a, i) => {
    locations.forEach((b, j) => {
      if (a.point === null || b.point === null) return;
      const far = greatCircle(a.point, b.point) * detour;
      meters[i * size + j] = cellOf(Math.ceil(far));
      seconds[i * size + j] = cellOf(Math.ceil(far / (speed || 1)));
    });
  });
  return { size, seconds, meters };
}

function readTable(reader: JsonReader, value: unknown, path: string, size: number): Uint32Array {
  const table = wholes(size * size);
  if (value === undefined) reader.fault(path, "is missing", "give both tables, seconds and meters");
  const rows = reader.list(value, path, (row, at) => ({ at, cells: reader.list(row, at, (cell) => cell) }));
  if (value !== undefined && rows.length !== size)
    reader.fault(path, `${rows.length} rows`, `write one for each of the ${size} locations`);
  rows.slice(0, size).forEach(({ at, cells }, i) => {
    if (cells.length !== size)
      return reader.fault(at, `${cells.length} numbers`, `write one for each of the ${size} locations`);
    cells.forEach((cell, j) => {
      const fits = cell === null || (Number.isInteger(cell) && (cell as number) >= 0 && (cell as number) < 2 ** 31);
      if (!fits)
        reader.fault(`${at}[${j}]`, JSON.stringify(cell), "write a whole number, or null where there is no way");
      table[i * size + j] = cell === null ? unreachable : Number(cell);
    });
  });
  return table;
}
