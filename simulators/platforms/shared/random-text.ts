import type { Rng } from "../../../src/kernel/rng.ts";

const text = (rng: Rng, alphabet: string, length: number): string => {
  let made = "";
  for (let i = 0; i < length; i++) made += alphabet[rng.below(alphabet.length)];
  return made;
};

export const hex = (rng: Rng, length: number): string => text(rng, "0123456789abcdef", length);
export const digits = (rng: Rng, length: number): string => text(rng, "0123456789", length);
/** URL-safe letters and digits. */
export const token = (rng: Rng, length: number): string =>
  text(rng, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);
/** Version 4 shape. */
export const uuid = (rng: Rng): string =>
  [hex(rng, 8), hex(rng, 4), `4${hex(rng, 3)}`, `8${hex(rng, 3)}`, hex(rng, 12)].join("-");

const givenNames = ["Alex", "Sam", "Noor", "Kim", "Lena", "Omar", "Ines", "Tomas", "Ada", "Ravi", "Mei", "Joao"];
/** "Alex I.", as platforms show their couriers. */
export const courierName = (rng: Rng): string => `${rng.pick(givenNames)} ${text(rng, "ABCDEFGHIJKLMNOPRSTVW", 1)}.`;
/** A number from the range kept free for fiction. */
export const fictionalPhone = (rng: Rng): string => `+1${rng.between(200, 990) | 0}55501${digits(rng, 2)}`;
