import type { OsmTags } from "../kernel/osm.ts";
import { type Hours, isWithin, type Moment, readHours } from "./hours.ts";
import { measureOf, type Vehicle } from "./vehicle.ts";

/** One `value @ condition` of a conditional tag: in force when all of `when` hold. */
export interface Clause {
  readonly value: string;
  readonly when: readonly Condition[];
}

/** A part of a condition between two `AND`s. */
export type Condition =
  | { readonly kind: "hours"; readonly hours: Hours }
  /** The vehicle against a number, as in `weight>7.5`; the limit in metres, tonnes, or the number of a Euro class. */
  | {
      readonly kind: "measure";
      readonly of: string;
      readonly is: "<" | "<=" | ">" | ">=" | "=";
      readonly limit: number;
    }
  /** For who has business there, as in `yes @ delivery`. */
  | { readonly kind: "purpose"; readonly purpose: string }
  | { readonly kind: "unknown"; readonly text: string };

/** Words for who has business there; the value of such a clause is read as that word (see `valueOf`). */
const purposes = new Set(["destination", "delivery", "customers", "private", "residents", "unloading", "permit"]);

/**
 * `value @ condition[; value @ condition]`, with brackets where a condition has a `;` of its own.
 *
 * Source: wiki.openstreetmap.org, "Conditional restrictions".
 */
export function readClauses(text: string): Clause[] {
  return splitOutside(text, ";").map((part): Clause => {
    const at = part.indexOf("@");
    if (at === -1) return { value: part.trim(), when: [{ kind: "unknown", text: part.trim() }] };
    const condition = withoutBrackets(part.slice(at + 1).trim());
    return { value: part.slice(0, at).trim(), when: condition.split(/\s+and\s+/i).map(readCondition) };
  });
}

function readCondition(text: string): Condition {
  const part = withoutBrackets(text.trim());
  if (purposes.has(part)) return { kind: "purpose", purpose: part };
  const [, of, is, limit] = /^([a-z_]+)\s*(<=|>=|<|>|=)\s*(.+)$/i.exec(part) ?? [];
  if (of !== undefined) {
    const number = limitOf(of, limit!);
    if (number === null) return { kind: "unknown", text: part };
    return { kind: "measure", of: of.toLowerCase(), is: is as "<", limit: number };
  }
  const hours = readHours(part);
  return hours === null ? { kind: "unknown", text: part } : { kind: "hours", hours };
}

/** `euro_4`, `7.5`, `7.5 t`, `3500 kg`, `2.2 m`. */
function limitOf(of: string, text: string): number | null {
  if (/^emissions?$/i.test(of)) return euroOf(text.trim());
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(t|kg|m|st)?$/.exec(text.trim()) ?? [];
  if (number === undefined) return null;
  return Number(number) * (unit === "kg" ? 0.001 : unit === "st" ? 0.907_185 : 1);
}

/** `euro_4`, `Euro 4` or `euro4` as 4; null otherwise. */
function euroOf(text: string): number | null {
  const [, number] = /^euro[ _]?(\d)[a-z_]*$/i.exec(text) ?? [];
  return number === undefined ? null : Number(number);
}

const withoutBrackets = (text: string): string =>
  text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1).trim() : text;

/** Splits at a sign that stands in no brackets. */
function splitOutside(text: string, sign: string): string[] {
  const [parts, depth] = [[""], { now: 0 }];
  for (const letter of text) {
    if (letter === "(") depth.now++;
    if (letter === ")") depth.now--;
    if (letter === sign && depth.now <= 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.filter((part) => part.trim() !== "");
}

/** In force, not in force, or not to be known: nothing is guessed. */
type Truth = true | false | null;

function isMet(condition: Condition, moment: Moment, vehicle: Vehicle): Truth {
  if (condition.kind === "hours") return isWithin(condition.hours, moment);
  if (condition.kind === "purpose") return true;
  if (condition.kind === "unknown") return null;
  const measure = measureOf(vehicle, condition.of);
  if (measure === null) return null;
  const { is, limit } = condition;
  if (is === "=") return measure === limit;
  return is.startsWith("<")
    ? measure < limit || (is === "<=" && measure === limit)
    : measure > limit || (is === ">=" && measure === limit);
}

/** The value of the last clause in force; null when none is, or it cannot be known. */
export function valueAt(clauses: readonly Clause[], moment: Moment, vehicle: Vehicle): string | null {
  let value: string | null = null;
  for (const clause of clauses) {
    const truths = clause.when.map((condition) => isMet(condition, moment, vehicle));
    if (truths.every((truth) => truth === true)) value = valueOf(clause);
  }
  return value;
}

/** Open to who has business there (`yes @ delivery`) is what the plain tags call `delivery`. */
function valueOf({ value, when }: Clause): string {
  const purpose = when.find((condition) => condition.kind === "purpose");
  return purpose !== undefined && (value === "yes" || value === "designated") ? purpose.purpose : value;
}

const suffix = ":conditional";

/** The conditional tags among some tags, read; empty for almost every way. */
export interface Conditionals {
  /** By the plain tag that they overrule. */
  readonly clauses: ReadonlyMap<string, readonly Clause[]>;
  /** Hours occur among the conditions: what is so now, may be otherwise later. */
  readonly isTimed: boolean;
  /** Conditions that cannot be known for this vehicle: the clauses with them are left out. */
  readonly unknown: number;
}

/** Null when no tag is conditional. */
export function readConditionals(tags: OsmTags, vehicle: Vehicle): Conditionals | null {
  let clauses: Map<string, readonly Clause[]> | null = null;
  for (const key in tags)
    if (key.endsWith(suffix)) (clauses ??= new Map()).set(key.slice(0, -suffix.length), readClauses(tags[key]!));
  if (clauses === null) return null;
  const conditions = [...clauses.values()].flat().flatMap(({ when }) => when);
  const isUnknown = (condition: Condition): boolean =>
    condition.kind === "unknown" || (condition.kind === "measure" && measureOf(vehicle, condition.of) === null);
  return {
    clauses,
    isTimed: conditions.some(({ kind }) => kind === "hours"),
    unknown: conditions.filter(isUnknown).length,
  };
}

/** The tags as they read at a moment, to a vehicle: what is conditional and in force has replaced the plain tag. */
export function tagsAt(tags: OsmTags, { clauses }: Conditionals, moment: Moment, vehicle: Vehicle): OsmTags {
  const plain: Record<string, string> = { ...tags };
  for (const [key, list] of clauses) {
    const value = valueAt(list, moment, vehicle);
    if (value !== null) plain[key] = value;
  }
  return plain;
}
