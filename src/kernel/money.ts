import { invariant } from "./invariant.ts";
import { minor, type Minor } from "./quantity.ts";

/** ISO 4217 alphabetic code. */
export type Currency = string & { readonly __currency?: never };

/** An amount with its currency; amounts of two currencies never meet without a rate. */
export interface Money {
  readonly amount: Minor;
  readonly currency: Currency;
}

export const money = (amount: number, currency: Currency): Money => ({ amount: minor(amount), currency });

/** Throws BrokenInvariant when the currencies differ. */
export function add(a: Money, b: Money): Money {
  invariant(a.currency === b.currency, `cannot add ${a.currency} and ${b.currency}`);
  return money(a.amount + b.amount, a.currency);
}

export const negate = (a: Money): Money => money(-a.amount, a.currency);

/** How many decimals the currency's minor unit stands for: 2 for EUR, 0 for JPY (ISO 4217, through the runtime's CLDR data). */
export const decimals = (currency: Currency): number =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
