// npm run bench:geocoding: a thousand addresses of Millport as hurried people write them, searched offline.
import { makeMillport, type Door } from "../simulators/city/millport/index.ts";
import { openPlaces } from "../src/adapters/geocoding/index.ts";
import type { StructuredAddress } from "../src/domain/ports.ts";
import { type Rng, seeded } from "../src/kernel/rng.ts";
import { machine } from "./program.ts";

const count = 1000;
const [seed = "typing"] = process.argv.slice(2);
console.log(`bench:geocoding, ${machine()}; ${count} addresses, seed ${seed}`);
const town = makeMillport({ seed: 1 });
const start = performance.now();
const places = openPlaces(town.data);
console.log(`${town.places.homes.length} homes indexed in ${(performance.now() - start).toFixed(0)} ms`);

/** The neighbours of each key on an English keyboard. */
const rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const beside = (letter: string): string[] => {
  const row = rows.findIndex((keys) => keys.includes(letter.toLowerCase()));
  if (row === -1) return [letter];
  const at = rows[row]!.indexOf(letter.toLowerCase());
  return [rows[row]![at - 1], rows[row]![at + 1], rows[row - 1]?.[at], rows[row + 1]?.[at]].filter(
    (key) => key !== undefined,
  );
};

const errors: Readonly<Record<string, (rng: Rng, name: string) => string>> = {
  "nothing wrong": (_, name) => name,
  swapped: (rng, name) => atLetter(rng, name, (a, b) => b + a),
  omitted: (rng, name) => atLetter(rng, name, (_, b) => b),
  doubled: (rng, name) => atLetter(rng, name, (a, b) => a + a + b),
  "next key": (rng, name) => atLetter(rng, name, (a, b) => rng.pick(beside(a)) + b),
  "two slips": (rng, name) => {
    const once = atLetter(rng, name, (a, b) => b + a);
    return name.length > 9 ? atLetter(rng, once, (a, b) => rng.pick(beside(a)) + b) : once;
  },
  abbreviated: (_, name) => name.replace(/\w+$/, (end) => short[end] ?? end),
  "abbreviated and omitted": (rng, name) =>
    atLetter(rng, name, (_, b) => b).replace(/\w+$/, (end) => short[end] ?? end),
};
const short: Readonly<Record<string, string>> = {
  Street: "St.",
  Avenue: "Ave",
  Road: "Rd",
  Lane: "Ln",
  Drive: "Dr.",
  Close: "Cl",
  Court: "Ct",
  Crescent: "Cres",
  Gardens: "Gdns",
  Terrace: "Terr.",
  Square: "Sq",
  Place: "Pl",
};

/** Changes two neighbouring letters. */
function atLetter(rng: Rng, name: string, change: (a: string, b: string) => string): string {
  const spots = Array.from(name).flatMap((letter, i) =>
    /\p{L}/u.test(letter) && /\p{L}/u.test(name[i + 1] ?? "") ? [i] : [],
  );
  const at = rng.pick(spots);
  return name.slice(0, at) + change(name[at]!, name[at + 1]!) + name.slice(at + 2);
}

/** Capitals, accents, and the order of the parts. */
function written(rng: Rng, home: Door, name: string): string {
  const plain = rng.next() < 0.5 ? name.normalize("NFD").replace(/\p{M}/gu, "") : name;
  const cased = rng.pick([plain, plain.toLowerCase(), plain.toUpperCase()]);
  const { houseNumber } = home;
  return rng.pick([
    `${cased} ${houseNumber}`,
    `${houseNumber} ${cased}`,
    `${cased} ${houseNumber}, Millport`,
    `${houseNumber}, ${cased}, Millport`,
    `Millport, ${cased} ${houseNumber}`,
    `${cased}, ${houseNumber} Millport`,
  ]);
}

const rng = seeded(seed);
const kinds = Object.keys(errors);
const asked = Array.from({ length: count }, () => {
  const home = rng.pick(town.places.homes);
  const kind = rng.pick(kinds);
  const street = errors[kind]!(rng, home.street);
  const structured: StructuredAddress = { street, houseNumber: home.houseNumber, postcode: null, city: "Millport" };
  return { home, kind, text: written(rng, home, street), structured };
});

const times: number[] = [];
const search = (question: string | StructuredAddress): string => {
  const before = performance.now();
  const [best] = places.find(question, 5);
  times.push(performance.now() - before);
  return `${best?.street} ${best?.houseNumber}`;
};
const isRight = (home: Door, answer: string): boolean => answer === `${home.street} ${home.houseNumber}`;
for (const { text } of asked.slice(0, 100)) places.find(text, 5);
const free = asked.map((one) => ({ ...one, right: isRight(one.home, search(one.text)) }));
report("free text", free);
for (const kind of kinds)
  report(
    `  ${kind}`,
    free.filter((one) => one.kind === kind),
  );
report(
  "structured",
  asked.map((one) => ({ ...one, right: isRight(one.home, search(one.structured)) })),
);
times.sort((a, b) => a - b);
const at = (share: number): string => times[Math.floor(times.length * share)]!.toFixed(2);
console.log(`answer time p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${times.at(-1)!.toFixed(1)} ms`);
const near = town.places.homes.filter((_, i) => i % 20 === 0);
const back = near.filter(({ point, street, houseNumber }) => {
  const found = places.at(point);
  return found?.street === street && found.houseNumber === houseNumber;
});
console.log(`reverse, from the front door: ${back.length} of ${near.length} right`);

function report(what: string, answers: readonly { readonly right: boolean }[]): void {
  const right = answers.filter((one) => one.right).length;
  console.log(
    `${what.padEnd(28)} ${right} of ${answers.length} right (${((100 * right) / answers.length).toFixed(1)} %)`,
  );
}
