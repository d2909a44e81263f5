import { decimals, money, type Money } from "../../../kernel/money.ts";

/** An amount in major units, a number or a decimal text, as money: rounded to the currency's minor unit. Null when it is none. */
export function majorUnits(amount: unknown, currency: string | null): Money | null {
  if (currency === null || !/^[A-Za-z]{3}$/.test(currency)) return null;
  const digits = typeof amount === "number" ? String(amount) : amount;
  if (typeof digits !== "string" || !/^-?\d{1,12}(\.\d{1,12})?$/.test(digits)) return null;
  const code = currency.toUpperCase();
  // Shifted as text: 1.005 × 100 is 100.49999 in binary.
  return money(Math.round(Number(`${digits}e${decimals(code)}`)), code);
}
