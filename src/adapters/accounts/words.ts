import { randomInt } from "node:crypto";

/** The first operator signs in with this address; it need not exist. */
export const firstAdminEmail = "admin@milepool.local";
export const sessionLasts_ms = 7 * 86_400_000;

/** No letters or digits that look alike. */
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

/** 20 characters of 32: 100 bits of chance, in groups that can be read aloud. */
export const newPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join("")).join(
    "-",
  );
