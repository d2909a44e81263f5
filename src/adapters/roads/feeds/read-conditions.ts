import { cellToBoundary, isValidCell } from "h3-js";
import { isPoint, type Point } from "../../../kernel/point.ts";
import { fromIso, type Instant } from "../../../kernel/quantity.ts";
import { ok, refuse, type Result } from "../../../kernel/result.ts";
import {
  profiles,
  type ProfileName,
  type RoadClass,
  roadClasses,
  type RoadClosure,
  type RoadPlace,
  type Slowdown,
} from "../../../roads/index.ts";
import type { ConditionsReport, Span, UnreadableReport } from "./report.ts";
import { shareIn, type Weather, weathers } from "./weather.ts";

/** More would hold up the roads for seconds; who knows more, sends the important part. */
const most = { items: 5000, cells: 5000, points: 500, ways: 5000 } as const;
/** A car at less than a kilometre an hour; smaller ones would make journeys longer than a key can hold (roads, key.ts). */
const leastShare = 0.02;
/** A report is of now: what it says ages. */
const longestValid_ms = 7 * 24 * 3_600_000;
/** Clocks differ. */
const ahead_ms = 5 * 60_000;

/**
 * Reads a report of congestion, weather and closures: the JSON that this folder's README documents. Refused as a whole
 * when any of it is wrong: half a report would open closed streets.
 */
export function readConditions(json: unknown, now: Instant): Result<ConditionsReport, UnreadableReport> {
  try {
    return ok(new Reading(now).report(json));
  } catch (error) {
    if (error instanceof Wrong) return refuse({ code: "ROAD_REPORT_UNREADABLE", reason: error.reason, at: error.at });
    throw error;
  }
}

class Wrong extends Error {
  override readonly name = "Wrong";
  readonly at: string;
  readonly reason: string;

  constructor(at: string, reason: string) {
    super(reason);
    [this.at, this.reason] = [at, reason];
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads one report and counts what is bounded over all of it. */
class Reading {
  readonly #now: Instant;
  #cells = 0;

  constructor(now: Instant) {
    this.#now = now;
  }

  report(json: unknown): ConditionsReport {
    const top = ["source", "observedAt", "validUntil", "slowdowns", "weather", "closures"];
    const fields = fieldsOf(json, "", top);
    const [observedAt, validUntil] = [timeOf(fields, "", "observedAt"), timeOf(fields, "", "validUntil")];
    if (observedAt === null) throw new Wrong("observedAt", "must be a time");
    if (validUntil === null) throw new Wrong("validUntil", "must be a time");
    if (observedAt > this.#now + ahead_ms) throw new Wrong("observedAt", "lies in the future");
    if (validUntil <= observedAt) throw new Wrong("validUntil", "must be later than observedAt");
    if (validUntil - observedAt > longestValid_ms) throw new Wrong("validUntil", "is more than seven days later");
    const items = (field: string): { item: unknown; at: string }[] =>
      listOf(fields[field] ?? [], field, most.items).map((item, i) => ({ item, at: `${field}[${i}]` }));
    return {
      source: sourceOf(fields),
      observedAt,
      validUntil,
      slowdowns: [
        ...items("slowdowns").flatMap(({ item, at }) => this.#slowdowns(item, at)),
        ...items("weather").flatMap(({ item, at }) => this.#weather(item, at)),
      ],
      closures: items("closures").flatMap(({ item, at }) => this.#closures(item, at)),
    };
  }

  #slowdowns(item: unknown, at: string): (Slowdown & Span)[] {
    const fields = fieldsOf(item, at, [...whereFields, "everywhere", "classes", "profiles", "share", "from", "until"]);
    const { share } = fields;
    if (typeof share !== "number" || !(share >= leastShare && share <= 2))
      throw new Wrong(`${at}.share`, `must be from ${leastShare} to 2 (a street that stands still is a closure)`);
    const classes = namesOf(fields, at, "classes", roadClasses);
    return this.#places(fields, at).map((where) => ({
      where,
      classes,
      ...whom(fields, at),
      share,
      ...spanOf(fields, at),
    }));
  }

  /** By the profile, as rain slows cars less than cyclists. */
  #weather(item: unknown, at: string): (Slowdown & Span)[] {
    const fields = fieldsOf(item, at, ["cells", "everywhere", "kind", "from", "until"]);
    const kind = fields["kind"] as Weather;
    if (!weathers.includes(kind)) throw new Wrong(`${at}.kind`, `must be one of ${weathers.join(", ")}`);
    const span = spanOf(fields, at);
    const names = Object.keys(profiles) as ProfileName[];
    return this.#places(fields, at).flatMap((where) =>
      names.map((name) => ({ where, classes: null, profiles: [name], share: shareIn(kind, name), ...span })),
    );
  }

  #closures(item: unknown, at: string): (RoadClosure & Span)[] {
    const fields = fieldsOf(item, at, [...whereFields, "profiles", "from", "until"]);
    const places = this.#places(fields, at).filter((where) => where !== null);
    return places.map((where) => ({ where, ...whom(fields, at), ...spanOf(fields, at) }));
  }

  /** Exactly one way of saying where; null is everywhere, and has to be said. */
  #places(fields: Fields, at: string): (RoadPlace | null)[] {
    const said = [...whereFields, "everywhere"].filter((name) => fields[name] !== undefined);
    if (said.length !== 1) throw new Wrong(at, "must say where by one of cells, ways, line, area or everywhere");
    const [field] = said as [string];
    const place = `${at}.${field}`;
    if (field === "everywhere") {
      if (fields[field] !== true) throw new Wrong(place, "can only be true");
      return [null];
    }
    if (field === "cells") return this.#areasOf(fields[field], place);
    if (field === "ways") return [{ kind: "ways", ways: listOf(fields[field], place, most.ways).map(wayOf(place)) }];
    const points = listOf(fields[field], place, most.points).map(pointOf(place));
    if (points.length < (field === "line" ? 2 : 3)) throw new Wrong(place, "has too few points");
    return [field === "line" ? { kind: "line", line: points } : { kind: "area", ring: points }];
  }

  #areasOf(value: unknown, at: string): RoadPlace[] {
    const cells = listOf(value, at, most.cells);
    this.#cells += cells.length;
    if (this.#cells > most.cells) throw new Wrong(at, `brings the report above ${most.cells} cells`);
    return cells.map((cell, i) => {
      if (typeof cell !== "string" || !isValidCell(cell)) throw new Wrong(`${at}[${i}]`, "is no H3 cell");
      return { kind: "area", ring: cellToBoundary(cell).map(([lat, lon]): Point => [lon, lat]) };
    });
  }
}

const whereFields = ["cells", "ways", "line", "area"] as const;

function fieldsOf(value: unknown, at: string, known: readonly string[]): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Wrong(at, "must be an object");
  for (const field of Object.keys(value))
    if (!known.includes(field))
      throw new Wrong(at === "" ? field.slice(0, 40) : `${at}.${field.slice(0, 40)}`, "is not known here");
  return value as Fields;
}

function listOf(value: unknown, at: string, mostItems: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new Wrong(at, "must be a list");
  if (value.length > mostItems) throw new Wrong(at, `has more than ${mostItems} items`);
  return value as readonly unknown[];
}

function sourceOf({ source }: Fields): string {
  if (typeof source !== "string" || !/^[\w.:-]{1,80}$/.test(source))
    throw new Wrong("source", "must be 1 to 80 letters, digits, dots, colons, hyphens or underscores");
  return source;
}

function timeOf(fields: Fields, at: string, field: string): Instant | null {
  const value = fields[field];
  if (value === undefined || value === null) return null;
  const time = typeof value === "string" && value.length < 40 ? fromIso(value) : null;
  if (time === null) throw new Wrong(at === "" ? field : `${at}.${field}`, "must be a time with its offset (ISO 8601)");
  return time;
}

function spanOf(fields: Fields, at: string): Span {
  const [from, until] = [timeOf(fields, at, "from"), timeOf(fields, at, "until")];
  if (from !== null && until !== null && until <= from) throw new Wrong(`${at}.until`, "must be later than from");
  return { from, until };
}

const whom = (fields: Fields, at: string): { readonly profiles: readonly ProfileName[] | null } => ({
  profiles: namesOf(fields, at, "profiles", Object.keys(profiles) as ProfileName[]),
});

/** Null where the field is absent: all of them are meant. */
function namesOf<Name extends RoadClass | ProfileName>(
  fields: Fields,
  at: string,
  field: string,
  known: readonly Name[],
): readonly Name[] | null {
  if (fields[field] === undefined) return null;
  const names = listOf(fields[field], `${at}.${field}`, known.length) as readonly Name[];
  const foreign = names.findIndex((name) => !known.includes(name));
  if (foreign !== -1) throw new Wrong(`${at}.${field}[${foreign}]`, `must be one of ${known.join(", ")}`);
  return names;
}

const pointOf =
  (at: string) =>
  (value: unknown, i: number): Point => {
    const [lon, lat] = Array.isArray(value) ? (value as unknown[]) : [];
    if (typeof lon !== "number" || typeof lat !== "number" || !isPoint([lon, lat]))
      throw new Wrong(`${at}[${i}]`, "must be [longitude, latitude] in degrees");
    return [lon, lat];
  };

const wayOf =
  (at: string) =>
  (value: unknown, i: number): number => {
    if (typeof value !== "number" || !Number.isSafeInteger(value))
      throw new Wrong(`${at}[${i}]`, "must be a way's number");
    return value;
  };
