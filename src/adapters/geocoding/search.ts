import type { AddressQuestion, FoundPlace, Places } from "../../domain/ports.ts";
import { greatCircle, type Point } from "../../kernel/point.ts";
import { foundHouse, foundPlace, foundStreet, interpolated, middleOf } from "./found.ts";
import type { Gazetteer, HouseEntry, StreetEntry } from "./gazetteer.ts";
import { indexNames, type Entry, type NameIndex } from "./name-index.ts";
import type { Alike } from "./spelling.ts";
import { plainWords, wordsOf } from "./words.ts";

/** What a word may stand for; in a question of one line every word may be anything. */
type Role = "any" | "name" | "number" | "context";

interface Word {
  readonly text: string;
  readonly role: Role;
}

/** A word of the question. */
interface Asked {
  readonly text: string;
  readonly role: Role;
  readonly alike: readonly Alike[];
  /** Where it stands; for two words read as one, the first of them. */
  readonly place: number;
  readonly covers: number;
}

/** So many names are looked at closely; the others are less alike. */
const shortlist = 24;
/** So many names are compared with one question: it bounds the answer's time, whatever is asked. */
const mostOpen = 600;
/** Below this share of the name, an entry is no answer. */
const leastOfName = 0.55;

export function openSearch(gazetteer: Gazetteer): Places["find"] {
  const index = indexNames(gazetteer);
  const points = index.entries.map(pointOf);
  const middle = middleOfTown(points);
  const off = points.map((point) => greatCircle(point, middle));
  return (question, limit) => {
    const words = wordsAsked(question).slice(0, 24);
    if (words.length === 0 || limit < 1) return [];
    const asked = ask(index, words);
    const answers = candidates(index, asked, off).flatMap((candidate) =>
      judge(index, words, asked, candidate).map((answer) => ({ answer, off: candidate.off })),
    );
    answers.sort((a, b) => b.answer.confidence - a.answer.confidence || a.off - b.off);
    return withoutRepeats(answers.map(({ answer }) => answer)).slice(0, limit);
  };
}

/** Where an entry is, roughly. */
const pointOf = ({ what }: Entry): Point =>
  what.kind === "place" ? what.point : (what.lines[0]?.[0] ?? what.houses[0]!.point);

/** As many names lie to the east of it as to the west, to the north as to the south: in town, where they are dense. */
function middleOfTown(points: readonly Point[]): Point {
  const median = (axis: 0 | 1): number =>
    points.map((point) => point[axis]).sort((a, b) => a - b)[points.length >> 1] ?? 0;
  return [median(0), median(1)];
}

/** Without a street, the town or its part is what is looked for. */
function wordsAsked(question: AddressQuestion): Word[] {
  const words = (text: string | null, role: Role): Word[] => wordsOf(text ?? "").map((word) => ({ text: word, role }));
  if (typeof question === "string") return words(question, "any");
  const { street, houseNumber, postcode, city } = question;
  if (street === null || street.trim() === "") return [...words(city, "any"), ...words(postcode, "context")];
  const number = plainWords(houseNumber ?? "").join("");
  return [
    ...words(street, "name"),
    ...(number === "" ? [] : [{ text: number, role: "number" as const }]),
    ...words(postcode, "context"),
    ...words(city, "context"),
  ];
}

/** One line per label; equal labels more than a kilometre apart are different places. */
function withoutRepeats(answers: readonly FoundPlace[]): FoundPlace[] {
  const kept: FoundPlace[] = [];
  for (const answer of answers)
    if (!kept.some(({ label, point }) => label === answer.label && greatCircle(point, answer.point) < 1000))
      kept.push(answer);
  return kept;
}

/** Each word of the question with the known words it may be, and each two neighbours read as one. */
function ask(index: NameIndex, words: readonly Word[]): Asked[] {
  const last = words.length - 1;
  const single = words.map(({ text, role }, place): Asked => {
    const alike = role === "number" ? [] : index.spelling.alike(text, place === last);
    return { text, role, alike, place, covers: 1 };
  });
  const pairs = words.slice(1).flatMap((next, place): Asked[] => {
    const { text: before, role } = words[place]!;
    if (role !== next.role) return [];
    const text = before + next.text;
    return [{ text, role, alike: index.spelling.alike(text, false), place, covers: 2 }];
  });
  return [...single, ...pairs];
}

interface Candidate {
  readonly entry: Entry;
  /** For each word of the name how well the question has it. */
  readonly likeness: Float64Array;
  /** For each word of the question how well the name explains it. */
  readonly explained: Map<number, number>;
  readonly nameShare: number;
  /** Metres from the middle of town: of streets of one name, who says nothing else means that in town, not a village's. */
  readonly off: number;
}

interface Matched {
  readonly likeness: Float64Array;
  readonly explained: Map<number, number>;
}

/** Names that share words with the question. The rarest words come first; once enough names are open, common words (`rua`) only add to these. */
function candidates(index: NameIndex, asked: readonly Asked[], off: readonly number[]): Candidate[] {
  const open = new Map<number, Matched>();
  const often = (word: number): number => index.postings[word]?.length ?? 0;
  const named = asked.filter(({ role }) => role === "any" || role === "name");
  const hits = named.flatMap(({ alike, place, covers }) => alike.map((hit) => ({ ...hit, place, covers })));
  for (const hit of hits.sort((a, b) => often(a.word) - often(b.word))) match(index, hit, open);
  const rated = [...open].map(([at, state]): Candidate => {
    const entry = index.entries[at]!;
    return { entry, ...state, nameShare: nameShare(index, entry, state.likeness), off: off[at]! };
  });
  return rated
    .filter((one) => one.nameShare >= leastOfName)
    .sort((a, b) => b.nameShare - a.nameShare || a.off - b.off)
    .slice(0, shortlist);
}

type Hit = Alike & Pick<Asked, "place" | "covers">;

function match(index: NameIndex, { word, likeness, place, covers }: Hit, open: Map<number, Matched>): void {
  for (const { entry, slot } of index.postings[word] ?? []) {
    let state = open.get(entry);
    if (state === undefined) {
      if (open.size >= mostOpen) continue;
      state = { likeness: new Float64Array(index.entries[entry]!.words.length), explained: new Map() };
      open.set(entry, state);
    }
    if (likeness > state.likeness[slot]!) state.likeness[slot] = likeness;
    for (let i = place; i < place + covers; i++)
      if (likeness > (state.explained.get(i) ?? 0)) state.explained.set(i, likeness);
  }
}

/** How much of the name was asked for, rare words counting more; the whole name written as one word is all of it. */
function nameShare(index: NameIndex, entry: Entry, likeness: Float64Array): number {
  const single = entry.words.length > 1 ? entry.words.length - 1 : 1;
  let [got, all] = [0, 0];
  for (let slot = 0; slot < single; slot++) {
    const weight = index.weight[entry.words[slot]!]!;
    got += weight * likeness[slot]!;
    all += weight;
  }
  const asOne = single < entry.words.length ? likeness[single]! : 0;
  return Math.max(got / all, asOne);
}

/** What an entry answers to the whole question: its house, if a number is asked for and known, else itself. */
function judge(index: NameIndex, words: readonly Word[], asked: readonly Asked[], candidate: Candidate): FoundPlace[] {
  const { gazetteer } = index;
  const { what } = candidate.entry;
  const explained = new Map(candidate.explained);
  for (const { place, covers, alike, role } of asked)
    for (const { word, likeness } of alike)
      if (role !== "name" && candidate.entry.context.has(word))
        for (let i = place; i < place + covers; i++) explained.set(i, Math.max(explained.get(i) ?? 0, likeness));
  const rate = (also: number | null, sure: number): number => confidence(words, candidate, explained, also, sure);
  if (what.kind === "place") return [foundPlace(gazetteer, what, rate(null, 0.98))];
  const asksFor = numbersIn(words, candidate);
  for (const { place, text } of asksFor) {
    const house = houseOf(what, text, words, explained);
    if (house !== null) return [foundHouse(gazetteer, house, rate(place, 1))];
  }
  for (const { place, text } of asksFor) {
    const near = beside(what, text, words, explained);
    if (near !== null) return [foundHouse(gazetteer, near.house, rate(place, near.sure), "near")];
  }
  return [foundStreet(gazetteer, what, middleOf(what), rate(null, 1))];
}

/** Words that may be a house number, those next to the street's name first. */
function numbersIn(words: readonly Word[], candidate: Candidate): { place: number; text: string }[] {
  const named = [...candidate.explained.keys()];
  const far = (place: number): number => Math.min(...named.map((other) => Math.abs(other - place)));
  return words
    .map(({ text, role }, place) => ({ text, role, place }))
    .filter(({ text, role, place }) => {
      if (role === "any") return /^\d{1,5}[a-z]?$/.test(text) && (candidate.explained.get(place) ?? 0) < 1;
      return role === "number";
    })
    .sort((a, b) => far(a.place) - far(b.place));
}

/** Where a number that the data lacks would be: `12a` beside 12, any other between its neighbours. */
function beside(
  street: StreetEntry,
  text: string,
  words: readonly Word[],
  explained: ReadonlyMap<number, number>,
): { readonly house: HouseEntry; readonly sure: number } | null {
  const [, number, letter] = /^(\d+)([a-z]?)$/.exec(text) ?? [];
  if (number === undefined) return null;
  const plain = letter === "" ? null : houseOf(street, number, words, explained);
  return plain === null ? interpolated(street, Number(number)) : { house: plain, sure: withoutLetter };
}

/** As sure as between two neighbours. */
const withoutLetter = 0.9;

/** The house of that number; of several, the one whose postcode the question has. */
function houseOf(
  street: StreetEntry,
  text: string,
  words: readonly Word[],
  explained: ReadonlyMap<number, number>,
): HouseEntry | null {
  const same = (house: HouseEntry): boolean => house.houseNumber.toLowerCase().replace(/[^a-z0-9]/g, "") === text;
  const fits = street.houses.filter(same);
  if (fits.length < 2) return fits[0] ?? null;
  const asked = new Set(words.filter((_, place) => explained.has(place)).map(({ text: word }) => word));
  return (
    fits.find((house) => house.postcode !== null && wordsOf(house.postcode).every((word) => asked.has(word))) ??
    fits[0]!
  );
}

/** How much of the question the answer explains, and how much of the answer's name the question had: their product, at most 1. */
function confidence(
  words: readonly Word[],
  candidate: Candidate,
  explained: ReadonlyMap<number, number>,
  number: number | null,
  sure: number,
): number {
  let [got, all] = [0, 0];
  words.forEach(({ text }, place) => {
    const weight = /^\d/.test(text) ? 2 : Math.min(6, 1 + text.length / 2);
    all += weight;
    got += weight * (place === number ? 1 : (explained.get(place) ?? 0));
  });
  const share = Math.min(1, (got / all) * (0.25 + 0.75 * candidate.nameShare) * sure);
  return Math.round(share * 1000) / 1000;
}
