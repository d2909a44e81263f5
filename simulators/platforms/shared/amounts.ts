import { decimals, type Currency } from "../../../src/kernel/money.ts";
import type { Minor } from "../../../src/kernel/quantity.ts";

/** Major units as a number: 11.5 for 1150 cents. */
export const majorOf = (amount: Minor, currency: Currency): number => amount / 10 ** decimals(currency);
