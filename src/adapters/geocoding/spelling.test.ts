import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { distance, Spelling } from "./spelling.ts";

const word = fc.stringMatching(/^[a-e]{3,12}$/);

const slips = fc.array(fc.record({ kind: fc.nat(3), at: fc.nat(11), letter: fc.constantFrom("a", "b", "c") }), {
  maxLength: 3,
});

function slipped(
  text: string,
  { kind, at, letter }: { readonly kind: number; readonly at: number; readonly letter: string },
): string {
  const [before, here, rest] = [text.slice(0, at), text.slice(at, at + 1), text.slice(at + 1)];
  return [
    before + letter + rest,
    before + letter + here + rest,
    before + rest,
    before + rest.slice(0, 1) + here + rest.slice(1),
  ][kind]!;
}

/** The same distance by its definition: the least over the last letter kept, changed, dropped, added or swapped. */
function slowly(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const swapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return Math.min(
    slowly(a.slice(0, -1), b.slice(0, -1)) + (a.at(-1) === b.at(-1) ? 0 : 1),
    slowly(a.slice(0, -1), b) + 1,
    slowly(a, b.slice(0, -1)) + 1,
    ...(swapped ? [slowly(a.slice(0, -2), b.slice(0, -2)) + 1] : []),
  );
}

test("G10 the distance is that of its definition, and null exactly when it is more than allowed", () => {
  const short = fc.stringMatching(/^[abc]{0,6}$/);
  fc.assert(
    fc.property(short, short, fc.nat(4), (a, b, most) => {
      const exact = slowly(a, b);
      assert.equal(distance(a, b, most), exact <= most ? exact : null);
    }),
  );
});

test("G11 every stored word within the allowed slips is found, and nothing else", () => {
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 40 }), slips, (words, typed) => {
      const asked = typed.reduce(slipped, words[0]!);
      fc.pre(asked.length >= 3);
      const spelling = new Spelling();
      const numbers = new Map(words.map((one) => [spelling.add(one), one]));
      const found = new Set(spelling.alike(asked, false).map(({ word: number }) => numbers.get(number)!));
      for (const one of words) {
        const most = Math.max(one.length, asked.length) < 6 ? 1 : 2;
        assert.equal(found.has(one), distance(one, asked, most) !== null, `${asked} ~ ${one}`);
      }
    }),
  );
});
