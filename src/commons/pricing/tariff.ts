import { money, type Currency, type Money } from "../../kernel/money.ts";
import type { Meters } from "../../kernel/quantity.ts";

/** A price by road distance, minor units of the currency it is applied in. */
export interface DistanceTariff {
  readonly base: number;
  readonly perKilometer: number;
  readonly minimum: number;
}

/** What shippers pay the network for an order: the founding tariff, the same for all until agreements set their own. */
export const shipperTariff: DistanceTariff = { base: 390, perKilometer: 95, minimum: 490 };

/** Rounded half up to the minor unit, once, here. */
export function priceOf(tariff: DistanceTariff, distance: Meters, currency: Currency): Money {
  const price = Math.round(tariff.base + (tariff.perKilometer * distance) / 1000);
  return money(Math.max(tariff.minimum, price), currency);
}
