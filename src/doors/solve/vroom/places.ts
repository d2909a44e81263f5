import type { Profile } from "../../../domain/index.ts";
import type { Travel } from "../../../domain/ports.ts";
import { isPoint, type Point } from "../../../kernel/point.ts";
import { unreachable, type Matrix } from "../../../optimizer/index.ts";
import { join, type JsonReader } from "../json-reader.ts";
import { floats, wholes } from "../plane.ts";
import type { TravelFor } from "../ports.ts";

/** VROOM's names for how a vehicle travels, and those of the routing engines it asks (OSRM, openrouteservice, Valhalla). */
const profiles: Readonly<Record<string, Profile>> = {
  car: "car",
  auto: "car",
  taxi: "car",
  driving: "car",
  "driving-car": "car",
  van: "van",
  "driving-hgv": "van",
  cargo_bike: "cargo_bike",
  bike: "bicycle",
  bicycle: "bicycle",
  "cycling-regular": "bicycle",
  foot: "foot",
  pedestrian: "foot",
  "foot-walking": "foot",
  robot: "robot",
};

/** What a profile's matrices say, as VROOM files them. */
interface Tables {
  readonly durations: readonly (readonly number[])[];
  readonly distances: readonly (readonly number[])[] | null;
  readonly costs: readonly (readonly number[])[] | null;
}

/**
 * The places of a VROOM problem: rows of its matrices where it has some, else its coordinates. A place gets its number when
 * it is first met.
 */
export class Places {
  readonly #reader: JsonReader;
  readonly tables: ReadonlyMap<string, Tables>;
  readonly #size: number | null;
  readonly #numbers = new Map<string, number>();
  readonly points: (Point | null)[] = [];
  /** The row in the matrices; null where there are none. */
  readonly rows: (number | null)[] = [];
  /** Set once the ways between the places are known. */
  travel: Travel | null = null;
  source: "given" | "roads" | "great_circle" = "given";

  constructor(reader: JsonReader, matrices: unknown) {
    this.#reader = reader;
    this.tables = readTables(reader, matrices);
    this.#size = [...this.tables.values()][0]?.durations.length ?? null;
  }

  /** The place that `value[name]` and `value[name_index]` mean; null when neither is there. */
  place(value: Readonly<Record<string, unknown>>, path: string, name: string): number | null {
    const index = value[`${name}_index`];
    const coordinates = value[name];
    const point = coordinates === undefined ? null : this.#point(coordinates, join(path, name));
    if (this.#size === null) return point === null ? null : this.#number(point.join(), point, null);
    if (index === undefined && coordinates === undefined) return null;
    if (Number.isInteger(index) && (index as number) >= 0 && (index as number) < this.#size)
      return this.#number(String(index), point, index as number);
    this.#reader.fault(
      join(path, `${name}_index`),
      index === undefined ? "is missing" : JSON.stringify(index),
      `name a row of the matrices, from 0 to ${this.#size - 1}`,
    );
    return 0;
  }

  #number(key: string, point: Point | null, row: number | null): number {
    const known = this.#numbers.get(key);
    const number = known ?? this.points.length;
    this.#numbers.set(key, number);
    this.points[number] ??= point;
    this.rows[number] = row;
    return number;
  }

  #point(value: unknown, path: string): Point {
    if (Array.isArray(value) && value.length === 2 && isPoint(value as unknown as Point))
      return value as unknown as Point;
    this.#reader.fault(path, JSON.stringify(value), "write [longitude, latitude] in degrees");
    return [0, 0];
  }

  /** Seconds, and metres or (where the file prices ways itself) their cost, for one profile at one speed. */
  async matrix(profile: string, factor: number, travelFor: TravelFor): Promise<Matrix> {
    const size = this.points.length;
    const given = this.tables.get(profile);
    if (given !== undefined) return this.#given(given, factor);
    const known = Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
    if (known === undefined || this.#size !== null) {
      const mend =
        this.#size === null ? `known without matrices: ${Object.keys(profiles).join(", ")}` : "give its matrix";
      this.#reader.fault("vehicles", `profile "${profile}" has no matrix`, mend);
      return { size, seconds: wholes(size * size), meters: wholes(size * size) };
    }
    const points = this.points.map((point) => point!);
    this.travel ??= await travelFor(points);
    const { seconds, meters, source } = await this.travel.matrix(points, points, known);
    this.source = source;
    return { size, seconds: scaled(seconds, factor), meters };
  }

  #given({ durations, distances, costs }: Tables, factor: number): Matrix {
    const size = this.points.length;
    const pick = (table: readonly (readonly number[])[]): Uint32Array => {
      const cells = wholes(size * size);
      this.rows.forEach((i, a) =>
        this.rows.forEach((j, b) => {
          cells[a * size + b] = table[i!]![j!]!;
        }),
      );
      return cells;
    };
    return { size, seconds: scaled(pick(durations), factor), meters: pick(costs ?? distances ?? durations) };
  }
}

/** VROOM's factor makes times shorter: 1.2 is a fifth faster. Its inverse counts with two digits. */
function scaled(seconds: Uint32Array, factor: number): Matrix["seconds"] {
  if (factor === 1) return seconds;
  const inverse = Math.round(100 / factor) / 100;
  const table = floats(seconds.length);
  seconds.forEach((second, k) => (table[k] = second === unreachable ? unreachable : second * inverse));
  return table;
}

export const profileOf = (name: string): Profile => profiles[name] ?? "car";

function readTables(reader: JsonReader, value: unknown): Map<string, Tables> {
  const tables = new Map<string, Tables>();
  if (value === undefined) return tables;
  let size: number | null = null;
  const table = (cells: unknown, path: string): number[][] => {
    const rows = reader.list(cells, path, (row, at) =>
      // A million cells are looked at without naming each.
      isWholes(row) ? row : reader.list(row, at, (cell, here) => reader.whole(cell, here, 0)),
    );
    size ??= rows.length;
    const odd = rows.findIndex((row) => row.length !== size);
    if (rows.length !== size || odd >= 0)
      reader.fault(odd < 0 ? path : `${path}[${odd}]`, "is not square", `write ${size} rows of ${size} numbers`);
    return rows;
  };
  const byProfile = reader.object(value, "matrices", Object.keys(value ?? {}));
  for (const [profile, one] of Object.entries(byProfile)) {
    const path = join("matrices", profile);
    const { durations, distances, costs } = reader.object(one, path, ["durations", "distances", "costs"]);
    if (durations === undefined)
      reader.fault(join(path, "durations"), "is missing", "every profile's matrices need the seconds of travel");
    tables.set(profile, {
      durations: table(durations, join(path, "durations")),
      distances: distances === undefined ? null : table(distances, join(path, "distances")),
      costs: costs === undefined ? null : table(costs, join(path, "costs")),
    });
  }
  return tables;
}

const isWholes = (row: unknown): row is number[] =>
  Array.isArray(row) &&
  row.every((cell) => Number.isInteger(cell) && (cell as number) >= 0 && (cell as number) < unreachable);
