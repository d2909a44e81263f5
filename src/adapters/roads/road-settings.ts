import type { Profile } from "../../domain/ports.ts";
import { profiles } from "../../roads/index.ts";
import type { TravelOptions } from "./open-travel.ts";

/** What an operator knows of a city's roads and of its vehicles, and no map does. */
export type RoadSettings = Pick<TravelOptions, "zoneRules" | "vehicles" | "nearSide" | "holidays">;

/** Settings that are not understood are none: the message says where and why. */
export class RoadSettingsWrong extends Error {
  override readonly name = "RoadSettingsWrong";
}

const sizes = ["height", "width", "length", "weight", "ratedWeight", "axleLoad"] as const;
const avoidable = ["tolls", "ferries", "charges"] as const;

/** Reads the JSON that this folder's README documents. Throws RoadSettingsWrong. */
export function readRoadSettings(json: unknown): RoadSettings {
  const top = fieldsOf(json, "the settings", ["zones", "vehicles", "nearSide", "holidays"]);
  const vehicles = Object.entries(fieldsOf(top["vehicles"] ?? {}, "vehicles", profileNames));
  return {
    zoneRules: Object.fromEntries(
      Object.entries(fieldsOf(top["zones"] ?? {}, "zones", null)).map(([zone, tags]) => [zone, tagsOf(tags, zone)]),
    ),
    vehicles: Object.fromEntries(vehicles.map(([name, vehicle]) => [name, vehicleOf(name as Profile, vehicle)])),
    nearSide: wordsOf(top["nearSide"] ?? [], "nearSide", profileNames),
    holidays: listOf(top["holidays"] ?? [], "holidays").map((date, i) => {
      if (typeof date === "string" && /^(\d{4}-)?\d{2}-\d{2}$/.test(date)) return date;
      throw new RoadSettingsWrong(`holidays[${i}] must be a date like "2026-12-25", or "12-25" for every year`);
    }),
  };
}

const profileNames = Object.keys(profiles) as Profile[];

function vehicleOf(profile: Profile, json: unknown): NonNullable<NonNullable<RoadSettings["vehicles"]>[Profile]> {
  const at = `vehicles.${profile}`;
  const fields = fieldsOf(json, at, [...sizes, "emission", "isHazardous", "avoid"]);
  const given = sizes.filter((name) => fields[name] !== undefined);
  const { size: usual } = profiles[profile];
  const sizeOf = (name: (typeof sizes)[number]): number => {
    const value = fields[name] ?? usual?.[name];
    if (typeof value === "number" && value > 0 && value < 1000) return value;
    throw new RoadSettingsWrong(`${at}.${name} must be a number above 0, in metres or tonnes`);
  };
  const { emission, isHazardous } = fields;
  const isClass = Number.isInteger(emission) && (emission as number) >= 0 && (emission as number) <= 9;
  if (emission !== undefined && emission !== "electric" && !isClass)
    throw new RoadSettingsWrong(`${at}.emission must be the number of a Euro class, or "electric"`);
  if (isHazardous !== undefined && typeof isHazardous !== "boolean")
    throw new RoadSettingsWrong(`${at}.isHazardous must be true or false`);
  const avoid = wordsOf(fields["avoid"] ?? [], `${at}.avoid`, avoidable);
  const [height, width, length, weight, ratedWeight, axleLoad] = given.length === 0 ? [] : sizes.map(sizeOf);
  return {
    ...(height !== undefined && {
      size: {
        height,
        width: width!,
        length: length!,
        weight: weight!,
        ratedWeight: ratedWeight!,
        axleLoad: axleLoad!,
      },
    }),
    ...(emission !== undefined && { emission: emission as number | "electric" }),
    ...(isHazardous !== undefined && { isHazardous }),
    avoid: {
      tolls: avoid.includes("tolls"),
      ferries: avoid.includes("ferries"),
      charges: avoid.includes("charges"),
    },
  };
}

/** `known` null: any name is a name. */
function fieldsOf(json: unknown, at: string, known: readonly string[] | null): Readonly<Record<string, unknown>> {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new RoadSettingsWrong(`${at} must be an object`);
  const foreign = Object.keys(json).find((name) => known !== null && !known.includes(name));
  if (foreign !== undefined)
    throw new RoadSettingsWrong(`${at} knows no "${foreign}", only ${(known ?? []).join(", ")}`);
  return json as Readonly<Record<string, unknown>>;
}

function listOf(json: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(json)) throw new RoadSettingsWrong(`${at} must be a list`);
  return json as readonly unknown[];
}

function wordsOf<Word extends string>(json: unknown, at: string, known: readonly Word[]): readonly Word[] {
  const words = listOf(json, at);
  const foreign = words.find((word) => !known.includes(word as Word));
  if (foreign !== undefined)
    throw new RoadSettingsWrong(`${at} knows no ${JSON.stringify(foreign)}, only ${known.join(", ")}`);
  return words as readonly Word[];
}

function tagsOf(json: unknown, zone: string): Readonly<Record<string, string>> {
  const tags = fieldsOf(json, `zones.${zone}`, null);
  const wrong = Object.keys(tags).find((key) => typeof tags[key] !== "string");
  if (wrong !== undefined) throw new RoadSettingsWrong(`zones.${zone}.${wrong} must be the text of a tag`);
  return tags as Readonly<Record<string, string>>;
}
