import type { OsmTags } from "../kernel/osm.ts";
import type { Size, Vehicle } from "./vehicle.ts";

/** Signs about size and load, and what they bind. Source: wiki.openstreetmap.org, "Key:maxheight" and its likes. */
const signs: readonly (readonly [tag: string, size: keyof Size])[] = [
  ["maxheight", "height"],
  ["maxheight:physical", "height"],
  ["maxwidth", "width"],
  ["maxwidth:physical", "width"],
  ["maxlength", "length"],
  ["maxweight", "weight"],
  ["maxweightrating", "ratedWeight"],
  ["maxaxleload", "axleLoad"],
];

/** Whether a sign stops a vehicle for its size, its weight or its dangerous goods. At the limit it passes. */
export function isTooBig(tags: OsmTags, { size, isHazardous }: Vehicle): boolean {
  if (isHazardous && tags["hazmat"] === "no") return true;
  if (size === null) return false;
  return signs.some(([tag, of]) => tags[tag] !== undefined && (sizeOf(tags[tag]) ?? Infinity) < size[of]);
}

/**
 * Metres or tonnes: `3.5`, `3.5 t`, `2.2 m`, `7'6"`, `7500 kg`, `12 st`; null for words such as `default`.
 *
 * Source: wiki.openstreetmap.org, "Map features/Units".
 */
export function sizeOf(text: string): number | null {
  const [, feet, inches] = /^(\d+)'\s*(?:(\d+)(?:"|''))?$/.exec(text.trim()) ?? [];
  if (feet !== undefined) return Number(feet) * 0.3048 + Number(inches ?? 0) * 0.0254;
  const [, number, unit] = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  if (number === undefined) return null;
  const scale = units[unit!.toLowerCase()];
  return scale === undefined ? null : Number(number.replace(",", ".")) * scale;
}

const units: Readonly<Record<string, number>> = {
  "": 1,
  m: 1,
  cm: 0.01,
  ft: 0.3048,
  t: 1,
  kg: 0.001,
  st: 0.907_184_74,
  lt: 1.016_046_908_8,
  lbs: 0.000_453_592_37,
};
