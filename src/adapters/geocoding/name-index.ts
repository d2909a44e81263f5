import type { Gazetteer, PlaceEntry, StreetEntry } from "./gazetteer.ts";
import { Spelling } from "./spelling.ts";
import { plainWords, wordsOf } from "./words.ts";

/** Something with a name, and the words the name is made of. */
export interface Entry {
  readonly what: StreetEntry | PlaceEntry;
  /** Numbers of the name's words; the last is the whole name in one word. */
  readonly words: readonly number[];
  /** Words that may follow the name: town, postcode, part of town. */
  readonly context: ReadonlySet<number>;
}

export interface NameIndex {
  readonly gazetteer: Gazetteer;
  readonly spelling: Spelling;
  readonly entries: readonly Entry[];
  /** For each word the entries whose name has it, with its place in the name. */
  readonly postings: readonly { readonly entry: number; readonly slot: number }[][];
  /** How telling a word is: rare ones more. */
  readonly weight: Float64Array;
}

/** Reads every name once. */
export function indexNames(gazetteer: Gazetteer): NameIndex {
  const spelling = new Spelling();
  const number = (text: string): number[] => wordsOf(text).map((word) => spelling.add(word));
  const entries: Entry[] = [...gazetteer.streets, ...gazetteer.places].flatMap((what) => {
    const words = wordsOf(what.name);
    if (words.length === 0) return [];
    const named = words.map((word) => spelling.add(word));
    if (words.length > 1) named.push(spelling.add(plainWords(what.name).join("")));
    return [{ what, words: named, context: contextOf(gazetteer, what, number) }];
  });
  const postings = Array.from({ length: spelling.size }, (): { entry: number; slot: number }[] => []);
  entries.forEach((entry, at) => entry.words.forEach((word, slot) => postings[word]!.push({ entry: at, slot })));
  const weight = Float64Array.from(postings, (list) => 0.35 + Math.log(1 + entries.length / (1 + list.length)));
  return { gazetteer, spelling, entries, postings, weight };
}

function contextOf(
  gazetteer: Gazetteer,
  what: StreetEntry | PlaceEntry,
  number: (text: string) => number[],
): Set<number> {
  const words = new Set<number>();
  const add = (text: string | null): void => void (text !== null && number(text).forEach((word) => words.add(word)));
  if (what.kind === "place") {
    [what.city, what.postcode, what.street, what.houseNumber, gazetteer.cityAt(what.point)].forEach(add);
    return words;
  }
  for (const city of new Set(what.houses.map((house) => house.city))) add(city);
  for (const postcode of new Set(what.houses.map((house) => house.postcode))) add(postcode);
  if (what.lines.length > 0) add(gazetteer.cityAt(what.lines[0]![0]!));
  return words;
}
