import { decimals, type Currency } from "../../../src/kernel/money.ts";
import { minor, type Minor } from "../../../src/kernel/quantity.ts";

/** Major units as a number: 11.5 for 1150 cents. */
export const majorOf = (amount: Minor, currency: Currency): number => amount / 10 ** decimals(currency);

/** Major units as text with all decimals of the currency: "11.50". */
export const majorText = (amount: Minor, currency: Currency): string =>
  majorOf(amount, currency).toFixed(decimals(currency));

/** Reads major units; null when they are no amount of this currency, a half cent for example. */
export function minorOf(major: number, currency: Currency): Minor | null {
  const amount = major * 10 ** decimals(currency);
  return Number.isFinite(amount) && Math.abs(amount - Math.round(amount)) < 1e-6 ? minor(Math.round(amount)) : null;
}
