import type { AddressQuestion, FoundPlace } from "../../../domain/ports.ts";
import { isPoint, type Point } from "../../../kernel/point.ts";
import { distance } from "../spelling.ts";
import { wordsOf } from "../words.ts";

/** A JSON object of the outside: every field may be missing or of another kind. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const objectIn = (from: Json, field: string): Json => {
  const value = from[field];
  return isJson(value) ? value : {};
};

/** The first of the fields that holds a text, cut to what an address can be; null when none does. */
export function textIn(from: Json, ...fields: readonly string[]): string | null {
  for (const field of fields) {
    const value = from[field];
    if (typeof value === "string" && value.trim() !== "") return value.trim().slice(0, 200);
  }
  return null;
}

/** Null unless both are numbers, or texts of numbers, on the globe. */
export function pointOf(longitude: unknown, latitude: unknown): Point | null {
  const point: Point = [Number(longitude ?? Number.NaN), Number(latitude ?? Number.NaN)];
  return isPoint(point) ? point : null;
}

/** What any geocoder says of an address, before it is judged. */
export interface Answered {
  readonly point: Point;
  /** Of a shop or a place; null for an address. */
  readonly name: string | null;
  readonly street: string | null;
  readonly houseNumber: string | null;
  readonly city: string | null;
  readonly postcode: string | null;
  readonly isStreet: boolean;
  /** More words that the answer explains: part of town, region, country. */
  readonly around: readonly (string | null)[];
}

/** The question in one line, as people write it. */
export function lineOf(question: AddressQuestion): string {
  if (typeof question === "string") return question.slice(0, 300);
  const { street, houseNumber, postcode, city } = question;
  const join = (parts: readonly (string | null)[], by: string): string =>
    parts.filter((part) => part !== null && part !== "").join(by);
  return join([join([street, houseNumber], " "), join([postcode, city], " ")], ", ").slice(0, 300);
}

/**
 * An answer as the domain has it. Services rate by fame or by their own index, so the confidence is ours: how much of the
 * question's words the answer has, a word with a slip counting less, as in the search over the loaded city.
 */
export function judged(answer: Answered, question: AddressQuestion | null): FoundPlace {
  const { point, name, street, houseNumber, city, postcode, isStreet } = answer;
  const line = street === null ? null : houseNumber === null ? street : `${street} ${houseNumber}`;
  const label = [name, line, city === name ? null : city].filter((part) => part !== null).join(", ");
  const precision = houseNumber !== null && name === null ? "house" : isStreet ? "street" : "place";
  const confidence = question === null ? 1 : explained(lineOf(question), answer);
  return { point, label, street, houseNumber, city, postcode, precision, confidence };
}

function explained(question: string, answer: Answered): number {
  const { name, street, houseNumber, city, postcode, around } = answer;
  const known = wordsOf([name, street, houseNumber, city, postcode, ...around].filter(Boolean).join(" "));
  let [got, all] = [0, 0];
  for (const word of wordsOf(question).slice(0, 24)) {
    const weight = /^\d/.test(word) ? 2 : Math.min(6, 1 + word.length / 2);
    all += weight;
    got += weight * Math.max(0, ...known.map((other) => likeness(word, other)));
  }
  return all === 0 ? 0 : Math.round((got / all) * 1000) / 1000;
}

function likeness(word: string, other: string): number {
  if (word === other) return 1;
  const length = Math.max(word.length, other.length);
  if (/^\d/.test(word) || length < 4) return 0;
  const slips = distance(word, other, length < 6 ? 1 : 2);
  return slips === null ? 0 : 0.94 - slips / length;
}
